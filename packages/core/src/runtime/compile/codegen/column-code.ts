import type { Column } from '../../../values/column.ts';
import { scalarAt } from '../../../values/column-read.ts';
import type { RecordBatch } from '../../../values/record-batch.ts';
import type { SqlType } from '../../../values/types.ts';
import type { Code } from './code.ts';
import type { Value } from './value.ts';

/** What generated code was made for: the lane of a column, and whether it has NULLs. */
export interface ColumnShape {
  readonly lane: Column['lane'];
  readonly nullable: boolean;
}

export const shapeOf = (column: Column): ColumnShape => ({ lane: column.lane, nullable: column.nulls !== null });

/** Text that equal shapes share: the key of a kernel. */
export function signatureOf(batch: Pick<RecordBatch, 'columns'>, used: Iterable<number>): string {
  let text = '';
  for (const index of used) {
    const column = batch.columns[index]!;
    text += column.lane + (column.nulls === null ? ',' : '?,');
  }
  return text;
}

/** Reads of input columns, `index` by `index`, as locals made where they are first needed. */
export function columnReader(code: Code, shapes: ReadonlyMap<number, ColumnShape>): (index: number, type: SqlType) => Value {
  const declared = new Set<number>();
  return (index) => {
    const shape = shapes.get(index)!;
    if (!declared.has(index)) {
      declared.add(index);
      code.prologue.push(`const c${index} = batch.columns[${index}];`, `const a${index} = c${index}.values;`);
      if (shape.nullable) code.prologue.push(`const n${index} = c${index}.nulls;`);
      if (shape.lane === 'dict') code.prologue.push(`const d${index} = c${index}.dictionary;`);
    }
    return code.cached(`column ${index}`, () => readColumn(code, index, shape));
  };
}

function readColumn(code: Code, index: number, { lane, nullable }: ColumnShape): Value {
  const isNull = nullable ? `n${index}[i] === 1` : null;
  const name = code.fresh('x');
  switch (lane) {
    case 'f64':
      code.add(`const ${name} = a${index}[i];`);
      return { rep: 'num', code: name, isNull };
    case 'bool':
      code.add(`const ${name} = a${index}[i] === 1;`);
      return { rep: 'bool', code: name, isNull };
    case 'dict':
      code.add(`const ${name} = a${index}[i];`);
      return { rep: 'dict', code: name, isNull, dictionary: `d${index}` };
    case 'str':
      code.add(`const ${name} = a${index}[i];`);
      return { rep: 'str', code: name, isNull };
    default:
      code.add(`const ${name} = ${code.constant(scalarAt)}(c${index}, i);`);
      return { rep: 'any', code: name };
  }
}
