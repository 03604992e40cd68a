import type { OverCall } from '../../sql/bind/expression.ts';
import type { AggregateFunction, Moments } from '../../sql/functions/define.ts';
import { decimalToFloat } from '../../values/decimal-text.ts';
import { addExact, type Exact, subtractExact } from '../../values/exact.ts';
import type { Scalar } from '../../values/types.ts';
import { typesOf } from '../compile/call.ts';
import { isExactType, isNumericLike, scaleOf } from '../compile/comparison.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import type { CallInputs, CallValue } from './call-value.ts';
import { DoubleSum, squaredDeviations } from './double-sum.ts';
import { ExtremeDeque } from './extreme-deque.ts';
import type { FrameRange } from './frame-bounds.ts';
import type { PartitionBuffer } from './partition-buffer.ts';

/** Sums over rows `start` … `end` (counted for good, see `PartitionBuffer.base`). */
interface MomentState {
  epoch: number;
  start: number;
  end: number;
  count: number;
  /** Of INTEGER and DECIMAL. */
  exact: Exact;
  readonly sum: DoubleSum;
  readonly squares: DoubleSum;
  readonly min: ExtremeDeque;
  readonly max: ExtremeDeque;
}

/**
 * Aggregates that follow from sums (COUNT, SUM, AVG, the variances, MIN, MAX): values are added at the end of the frame and
 * taken away at its start, so that a row costs the same whatever the length of the frame. Sums of doubles are kept in twice
 * their precision, which taking away does not wear out. `null` when the call is no such aggregate.
 */
export function momentValue(call: OverCall & { readonly fn: AggregateFunction }, inputs: CallInputs): CallValue<MomentState> | null {
  if (call.distinct || call.args.length > 1) return null;
  const moments = call.fn.moments?.(typesOf(call.args));
  if (moments === undefined) return null;
  const type = call.args[0]?.type;
  if (type !== undefined && !isNumericLike(type) && moments.needs.some((need) => need !== 'count')) return null;
  const needs = new Set(moments.needs);
  return new MomentValue(inputs, moments.finish, {
    exactSum: needs.has('sum') && type !== undefined && isExactType(type),
    sum: needs.has('m2') || (needs.has('sum') && (type === undefined || !isExactType(type))),
    squares: needs.has('m2'),
    min: needs.has('min'),
    max: needs.has('max'),
    scale: type === undefined ? 0 : scaleOf(type),
  });
}

interface Kept {
  readonly exactSum: boolean;
  readonly sum: boolean;
  readonly squares: boolean;
  readonly min: boolean;
  readonly max: boolean;
  readonly scale: number;
}

class MomentValue implements CallValue<MomentState> {
  private readonly arg: number;
  private readonly filter: number;
  private readonly finish: (m: Moments) => Scalar;
  private readonly kept: Kept;
  private readonly moments: { count: number; sum: Exact; m2: number; min: Exact; max: Exact } = { count: 0, sum: 0, m2: 0, min: 0, max: 0 };

  constructor(inputs: CallInputs, finish: (m: Moments) => Scalar, kept: Kept) {
    this.arg = inputs.args[0] ?? -1;
    this.filter = inputs.filter;
    this.finish = finish;
    this.kept = kept;
  }

  create(): MomentState {
    const [min, max] = [new ExtremeDeque(-1), new ExtremeDeque(1)];
    return { epoch: -1, start: 0, end: 0, count: 0, exact: 0, sum: new DoubleSum(), squares: new DoubleSum(), min, max };
  }

  evaluate(state: MomentState, buffer: PartitionBuffer, _position: number, frame: FrameRange): Scalar {
    const start = buffer.base + frame.start;
    const end = buffer.base + frame.end;
    if (state.epoch !== buffer.epoch || start < state.start || end < state.end || start > state.end) reset(state, buffer.epoch, start);
    while (state.start < start) this.takeAway(state, buffer);
    this.extend(state, buffer, end);
    const { moments, kept } = this;
    moments.count = state.count;
    if (kept.exactSum) moments.sum = state.exact;
    else if (kept.sum) moments.sum = state.sum.value;
    if (kept.squares) moments.m2 = this.deviations(state, buffer);
    if (kept.min) moments.min = state.min.value;
    if (kept.max) moments.max = state.max.value;
    return this.finish(moments);
  }

  leave(state: MomentState, buffer: PartitionBuffer): void {
    if (state.epoch === buffer.epoch && state.start === buffer.base && state.end > state.start) this.takeAway(state, buffer);
  }

  write(state: MomentState, writer: StateWriter, buffer: PartitionBuffer): void {
    const isWhole = state.epoch === buffer.epoch;
    writer.integer(isWhole ? state.start - buffer.base : -1);
    writer.integer(isWhole ? state.end - buffer.base : -1);
    const sums = Float64Array.from([...state.sum.save(), ...state.squares.save()]);
    writer.float64s(sums, sums.length);
  }

  read(state: MomentState, reader: StateReader, buffer: PartitionBuffer): void {
    const start = reader.integer();
    const end = reader.integer();
    const sums = [...reader.float64s()];
    if (start < 0) return;
    reset(state, buffer.epoch, start + buffer.base);
    this.extend(state, buffer, end + buffer.base);
    // What is exact has been made again; what is rounded depends on how it came about.
    state.sum.load(sums.slice(0, sums.length / 2));
    state.squares.load(sums.slice(sums.length / 2));
  }

  private extend(state: MomentState, buffer: PartitionBuffer, end: number): void {
    while (state.end < end) {
      const position = state.end - buffer.base;
      if (this.counts(buffer, position)) this.put(state, buffer, position, 1);
      state.end++;
    }
  }

  private takeAway(state: MomentState, buffer: PartitionBuffer): void {
    const position = state.start - buffer.base;
    if (this.counts(buffer, position)) this.put(state, buffer, position, -1);
    state.start++;
    if (this.kept.min) state.min.dropBefore(state.start);
    if (this.kept.max) state.max.dropBefore(state.start);
  }

  private counts(buffer: PartitionBuffer, position: number): boolean {
    if (this.filter >= 0 && buffer.value(this.filter, position) !== true) return false;
    return this.arg < 0 || buffer.value(this.arg, position) !== null;
  }

  /** Adds the row at `state.end`, or takes the one at `state.start` away. */
  private put(state: MomentState, buffer: PartitionBuffer, position: number, weight: 1 | -1): void {
    state.count += weight;
    if (this.arg < 0) return;
    const { kept } = this;
    // The type of the argument is numeric wherever more than the count is kept.
    const value = buffer.value(this.arg, position) as Exact;
    if (kept.exactSum) state.exact = weight > 0 ? addExact(state.exact, value) : subtractExact(state.exact, value);
    if (kept.sum) state.sum.put(kept.squares ? decimalToFloat(value, kept.scale) : (value as number), weight);
    if (kept.squares) state.squares.putSquare(decimalToFloat(value, kept.scale), weight);
    if (weight < 0) return;
    if (kept.min) state.min.push(state.end, value);
    if (kept.max) state.max.push(state.end, value);
  }

  private deviations(state: MomentState, buffer: PartitionBuffer): number {
    if (state.count <= 1) return 0;
    const m2 = squaredDeviations(state.count, state.sum, state.squares);
    return Number.isFinite(m2) && Number.isFinite(state.sum.value) && Number.isFinite(state.squares.value)
      ? m2
      : this.directly(state, buffer);
  }

  /** By Youngs and Cramer, over all rows of the frame: for values whose squares leave the range of doubles, or that are no numbers. */
  private directly(state: MomentState, buffer: PartitionBuffer): number {
    let count = 0;
    let sum = 0;
    let m2 = 0;
    for (let at = state.start; at < state.end; at++) {
      const position = at - buffer.base;
      if (!this.counts(buffer, position)) continue;
      const value = decimalToFloat(buffer.value(this.arg, position) as Exact, this.kept.scale);
      count++;
      sum += value;
      if (count > 1) m2 += (count * value - sum) ** 2 / (count * (count - 1));
    }
    return m2;
  }
}

function reset(state: MomentState, epoch: number, start: number): void {
  state.epoch = epoch;
  state.start = start;
  state.end = start;
  state.count = 0;
  state.exact = 0;
  state.sum.clear();
  state.squares.clear();
  state.min.clear();
  state.max.clear();
}
