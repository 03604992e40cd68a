import type { Expr, OverCall } from '../../sql/bind/expression.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type CompileEnv, compileRow, type RowExpressions } from '../compile/compile-expression.ts';
import { valueOrder } from '../rows/sort-order.ts';
import type { CallValue } from './call-value.ts';
import { callValue } from './call-values.ts';
import { type FrameBounds, type FrameRange, makeFrameBounds } from './frame-bounds.ts';
import { type BufferShape, PartitionBuffer } from './partition-buffer.ts';

interface Call {
  readonly value: CallValue<unknown>;
  readonly bounds: FrameBounds;
}

/** OVER calls with one ORDER BY over rows that stand in order, calculated for any of them. */
export class OrderedCalls {
  /** Values per row that `read` gives. */
  readonly inputs: number;
  private readonly calls: readonly Call[];
  private readonly readInputs: RowExpressions;
  private readonly shape: BufferShape;
  private readonly range: FrameRange = { start: 0, end: 0 };
  /** Rows before and behind the current one that any frame holds; infinite for functions of the whole partition. */
  private readonly behind: number;
  private readonly ahead: number;

  constructor(calls: readonly OverCall[], env: CompileEnv) {
    const exprs: Expr[] = [];
    const add = (e: Expr): number => exprs.push(e) - 1;
    const { orderBy } = calls[0]!;
    this.calls = calls.map((call) => ({
      value: callValue(call, { args: call.args.map(add), filter: call.filter === null ? -1 : add(call.filter) }, orderBy.length > 0),
      bounds: makeFrameBounds(call.frame, orderBy),
    }));
    this.readInputs = compileRow(exprs, env);
    this.inputs = exprs.length;
    this.shape = { inputs: exprs.length, orders: orderBy.map(valueOrder), keepsTimes: false };
    const frames = calls.map(({ fn, frame }) => (fn.kind === 'aggregate' && frame.unit === 'rows' ? frame : WHOLE));
    this.behind = Math.max(...frames.map(({ start }) => Math.max(0, -start)));
    this.ahead = Math.max(...frames.map(({ end }) => Math.max(0, end)));
  }

  /** What the calls read of a row. */
  read(batch: RecordBatch, row: number): readonly Scalar[] {
    return [...this.readInputs(batch, row)];
  }

  /** Values of the rows among `slots`, which stand in order, that a change of the rows from `from` to `to - 1` may touch. */
  evaluate(
    slots: readonly number[],
    inputs: readonly (readonly Scalar[])[],
    keys: readonly (readonly Scalar[])[],
    { from, to }: { readonly from: number; readonly to: number },
  ): Map<number, readonly Scalar[]> {
    const results = new Map<number, readonly Scalar[]>();
    const begin = Math.max(0, from - this.ahead - 1);
    const end = Math.min(slots.length, to + this.behind + 1);
    const first = Math.max(0, begin - this.behind);
    const last = Math.min(slots.length, end + this.ahead);
    const buffer = new PartitionBuffer(this.shape);
    for (let at = first; at < last; at++) buffer.insert(inputs[slots[at]!]!, keys[slots[at]!]!, Number.NaN);
    const states = this.calls.map((call) => call.value.create());
    for (let at = begin; at < end; at++) {
      const values = this.calls.map((call, c): Scalar => {
        call.bounds(buffer, at - first, this.range);
        return call.value.evaluate(states[c], buffer, at - first, this.range);
      });
      results.set(slots[at]!, values);
    }
    return results;
  }
}

const WHOLE = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
