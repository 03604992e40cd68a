import type { Expr } from '../../sql/bind/expression.ts';
import type { Column } from '../../values/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../values/column-builder.ts';
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

/** Texts that the dictionary of calculated keys holds before it begins anew. */
const TEXTS_MAX = 1 << 16;

/** A key that is calculated. Its texts have codes that stay the same from batch to batch, so that a known key is one array read. */
class Calculated {
  readonly evaluate: RowExpression;
  readonly conversion: KeyConversion;
  private readonly type: SqlType;
  private builder: ColumnBuilder;

  constructor(evaluate: RowExpression, type: SqlType, conversion: KeyConversion) {
    this.evaluate = evaluate;
    this.type = type;
    this.conversion = conversion;
    this.builder = columnBuilder(type);
  }

  /** A row that fails is NULL here, and in `failed`. */
  column(batch: RecordBatch, from: number, to: number, failed: Map<number, unknown>): Column {
    const { builder, evaluate, conversion } = this;
    for (let row = from; row < to; row++) {
      let value: Scalar = null;
      if (!failed.has(row)) {
        try {
          value = evaluate(batch, row);
          if (value !== null && conversion !== null) value = conversion(value);
        } catch (error) {
          value = null;
          failed.set(row, error);
        }
      }
      builder.append(value);
    }
    const column = builder.finish();
    if (column.lane === 'dict' && column.dictionary.size > TEXTS_MAX) this.builder = columnBuilder(this.type);
    return column;
  }
}

export function makeKeyReader(exprs: readonly Expr[], env: CompileEnv, conversions: readonly KeyConversion[] = []): KeyReader {
  const readers = exprs.map((expr, i): number | Calculated => {
    const conversion = conversions[i] ?? null;
    if (expr.kind === 'column' && conversion === null) return expr.index;
    return new Calculated(compileExpression(expr, env), expr.type, conversion);
  });
  const plain = readers.filter((reader) => typeof reader === 'number');
  if (plain.length === readers.length) {
    return (batch) => ({ columns: plain.map((index) => batch.columns[index]!), offset: 0, failed: null });
  }
  return (batch, from, to) => {
    const failed = new Map<number, unknown>();
    const columns = readers.map((reader) =>
      typeof reader === 'number' ? sliceColumn(batch.columns[reader]!, from, to) : reader.column(batch, from, to, failed),
    );
    return { columns, offset: from, failed: failed.size === 0 ? null : failed };
  };
}
