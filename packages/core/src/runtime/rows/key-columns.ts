import type { Expr } from '../../sql/bind/expression.ts';
import type { Column } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { sliceColumn } from '../../values/column-gather.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { type CompileEnv, compileExpression, type RowExpression } from '../compile/compile-expression.ts';

/** Key expressions of some rows of a batch as columns. */
export interface KeyColumns {
  readonly columns: readonly Column[];
  /** Row of the batch that row 0 of the columns stands for. */
  readonly offset: number;
  /** Errors of rows whose keys could not be calculated, by row of the batch; null: none. */
  readonly failed: ReadonlyMap<number, unknown> | null;
}

/** What to do with a value before it becomes a key, e.g. bring a decimal to the scale of the other side. */
export type KeyConversion = ((value: Scalar) => Scalar) | null;

/** Key columns for rows `from` to `to` of a batch. An expression that is a plain column gives the batch's own column. */
export type KeyReader = (batch: RecordBatch, from: number, to: number) => KeyColumns;

interface Calculated {
  readonly evaluate: RowExpression;
  readonly type: SqlType;
  readonly conversion: KeyConversion;
}

export function makeKeyReader(exprs: readonly Expr[], env: CompileEnv, conversions: readonly KeyConversion[] = []): KeyReader {
  const readers = exprs.map((expr, i): number | Calculated => {
    const conversion = conversions[i] ?? null;
    if (expr.kind === 'column' && conversion === null) return expr.index;
    return { evaluate: compileExpression(expr, env), type: expr.type, conversion };
  });
  const plain = readers.filter((reader) => typeof reader === 'number');
  if (plain.length === readers.length) {
    return (batch) => ({ columns: plain.map((index) => batch.columns[index]!), offset: 0, failed: null });
  }
  return (batch, from, to) => {
    const failed = new Map<number, unknown>();
    const columns = readers.map((reader) =>
      typeof reader === 'number' ? sliceColumn(batch.columns[reader]!, from, to) : calculated(reader, batch, from, to, failed),
    );
    return { columns, offset: from, failed: failed.size === 0 ? null : failed };
  };
}

function calculated(reader: Calculated, batch: RecordBatch, from: number, to: number, failed: Map<number, unknown>): Column {
  const values = new Array<Scalar>(to - from).fill(null);
  for (let row = from; row < to; row++) {
    if (failed.has(row)) continue;
    try {
      const value = reader.evaluate(batch, row);
      values[row - from] = value === null || reader.conversion === null ? value : reader.conversion(value);
    } catch (error) {
      failed.set(row, error);
    }
  }
  return columnFromScalars(reader.type, values, { strings: 'str' });
}
