import type { Expr } from '../../sql/bind/expression.ts';
import type { Column } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type CompileEnv, compileExpression } from '../compile/compile-expression.ts';

/** Values of expressions on the rows of one batch. */
export type ValueReader = (row: number) => Scalar;

/** Prepares expressions per batch: a plain column is then read straight from its array. */
export function makeValueReaders(exprs: readonly Expr[], env: CompileEnv): (batch: RecordBatch) => readonly ValueReader[] {
  const makers = exprs.map((expr): ((batch: RecordBatch) => ValueReader) => {
    const evaluate = compileExpression(expr, env);
    if (expr.kind !== 'column') return (batch) => (row) => evaluate(batch, row);
    return (batch) => columnReader(batch.columns[expr.index]!);
  });
  return (batch) => makers.map((make) => make(batch));
}

function columnReader(column: Column): ValueReader {
  if (column.lane !== 'f64') return (row) => scalarAt(column, row);
  const { values, nulls } = column;
  if (nulls === null) return (row) => values[row]!;
  return (row) => (nulls[row] === 1 ? null : values[row]!);
}
