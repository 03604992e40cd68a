import type { Expr } from '../../sql/bind/expression.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type Eval, type Frame, newFrame } from './frame.ts';
import { type CompileEnv, type Interpreter, interpret } from './interpret.ts';

export type { CompileEnv } from './interpret.ts';

/** Value of an expression on one row of a batch. Throws `VeloError` when the row cannot be calculated. */
export type RowExpression = (batch: RecordBatch, row: number) => Scalar;
/** Values of several expressions on one row: a fresh array per call. */
export type RowExpressions = (batch: RecordBatch, row: number) => Scalar[];
/** Value of an expression over `left ++ right`. */
export type PairExpression = (left: RecordBatch, leftRow: number, right: RecordBatch, rightRow: number) => Scalar;
/** Value of an expression over a row of scalars; system columns are NULL there. */
export type ScalarExpression = (row: readonly Scalar[]) => Scalar;

/** Compiles over a frame of the caller's, who says where columns are read. */
export function compileInto(expr: Expr, env: CompileEnv, frame: Frame, column: (index: number) => Eval): Eval {
  const to: Interpreter = { env, frame, column, compile: (e) => interpret(e, to) };
  return to.compile(expr);
}

const batchColumn =
  (index: number): Eval =>
  (frame) =>
    scalarAt(frame.batch.columns[index]!, frame.row);

/**
 * Compiles an expression to closures over rows of a batch: the way that works for every expression and host, and the
 * meaning that generated code is tested against. Three-valued logic; integers and decimals are exact.
 */
export function compileExpression(expr: Expr, env: CompileEnv): RowExpression {
  const frame = newFrame();
  const evaluate = compileInto(expr, env, frame, batchColumn);
  return (batch, row) => {
    frame.batch = batch;
    frame.row = row;
    return evaluate(frame);
  };
}

/** Compiles several expressions over the same row. */
export function compileRow(exprs: readonly Expr[], env: CompileEnv): RowExpressions {
  const frame = newFrame();
  const evals = exprs.map((expr) => compileInto(expr, env, frame, batchColumn));
  return (batch, row) => {
    frame.batch = batch;
    frame.row = row;
    const values: Scalar[] = new Array(evals.length);
    for (let i = 0; i < evals.length; i++) values[i] = evals[i]!(frame);
    return values;
  };
}

/** Compiles an expression over pairs of rows: columns below `leftWidth` are the left row's. */
export function compilePairExpression(expr: Expr, leftWidth: number, env: CompileEnv): PairExpression {
  const frame = newFrame();
  const evaluate = compileInto(expr, env, frame, (index) =>
    index < leftWidth ? (f) => scalarAt(f.batch.columns[index]!, f.row) : (f) => scalarAt(f.right.columns[index - leftWidth]!, f.rightRow),
  );
  return (left, leftRow, right, rightRow) => {
    frame.batch = left;
    frame.row = leftRow;
    frame.right = right;
    frame.rightRow = rightRow;
    return evaluate(frame);
  };
}

/** Compiles an expression over rows that are held as scalars (rows of tables, results of aggregates). */
export function compileScalarExpression(expr: Expr, env: CompileEnv): ScalarExpression {
  const frame = newFrame();
  const evaluate = compileInto(expr, env, frame, (index) => (f) => f.scalars[index] as Scalar);
  return (row) => {
    frame.scalars = row;
    return evaluate(frame);
  };
}
