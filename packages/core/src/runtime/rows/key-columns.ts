import type { Expr } from '../../sql/bind/expression.ts';
import type { Column } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { type CompileEnv, compileExpression, type RowExpression } from '../compile/compile-expression.ts';

/** Reads key expressions from batches as columns. */
export interface KeyColumns {
  readonly columns: readonly Column[];
  /** Errors of rows whose keys could not be calculated; null: none. */
  readonly failed: ReadonlyMap<number, unknown> | null;
}

/** What to do with a value before it becomes a key, e.g. bring a decimal to the scale of the other side. */
export type KeyConversion = ((value: Scalar) => Scalar) | null;

/**
 * Key columns for rows `from` to `to` of a batch. An expression that is a plain column gives the batch's own column;
 * others are calculated per row (the column then starts at row 0 too, so that row numbers fit).
 */
export type KeyReader = (batch: RecordBatch, from: number, to: number) => KeyColumns;

export function makeKeyReader(exprs: readonly Expr[], env: CompileEnv, conversions: readonly KeyConversion[] = []): KeyReader {
  const readers = exprs.map((expr, i) => {
    const conversion = conversions[i] ?? null;
    if (expr.kind === 'column' && conversion === null) return { index: expr.index };
    return { evaluate: compileExpression(expr, env), type: expr.type, conversion };
  });
  return (batch, from, to) => {
    const failed = new Map<number, unknown>();
    const columns = readers.map((reader) =>
      'index' in reader ? batch.columns[reader.index]! : calculated(reader, batch, from, to, failed),
    );
    return { columns, failed: failed.size === 0 ? null : failed };
  };
}

interface Calculated {
  readonly evaluate: RowExpression;
  readonly type: SqlType;
  readonly conversion: KeyConversion;
}

function calculated(reader: Calculated, batch: RecordBatch, from: number, to: number, failed: Map<number, unknown>): Column {
  const values: Scalar[] = new Array<Scalar>(to).fill(null);
  for (let row = from; row < to; row++) {
    if (failed.has(row)) continue;
    try {
      const value = reader.evaluate(batch, row);
      values[row] = value === null || reader.conversion === null ? value : reader.conversion(value);
    } catch (error) {
      failed.set(row, error);
    }
  }
  return columnFromScalars(reader.type, values, { strings: 'str' });
}
