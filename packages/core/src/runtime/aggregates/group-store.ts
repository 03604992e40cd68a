import { checkedDigits } from '../../values/decimal.ts';
import { addExact, checked64, type Exact } from '../../values/exact.ts';
import type { Scalar } from '../../values/types.ts';
import { grownFloats } from '../rows/slot-pool.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import type { AggregatePlan, MomentSet } from './aggregate-plan.ts';

const FIRST_GROUPS = 16;
/** A quarter of what a 64-bit integer holds, a tenth of what 38 digits do. */
const NEAR_INTEGER = 2 ** 61;
const NEAR_DECIMAL = 1e37;
const magnitude = (value: Exact): number => Math.abs(Number(value));
/** A guess at the size of one accumulator object, for the state counters. */
const ACCUMULATOR_BYTES = 96;

/**
 * The aggregate state of numbered groups. Sums stand in `slots`, `stride` doubles per group; an exact sum that left the safe
 * range is NaN there and stands in `wide`. Other aggregates are one object per group. The owner numbers groups from 0, and
 * sets the bound.
 */
export class GroupStore {
  readonly plan: AggregatePlan;
  slots: Float64Array;
  /** Exact sums and bounds beyond 2^53, by slot index. */
  readonly wide = new Map<number, bigint>();
  /** Per general aggregate, per group. */
  readonly states: readonly unknown[][];
  private readonly blank: Float64Array;

  constructor(plan: AggregatePlan) {
    this.plan = plan;
    this.slots = new Float64Array(plan.stride * FIRST_GROUPS);
    this.states = plan.generals.map(() => []);
    this.blank = blankGroup(plan);
  }

  get bytes(): number {
    const objects = this.states.reduce((sum, states) => sum + states.length * ACCUMULATOR_BYTES, 0);
    return this.slots.byteLength + objects + this.wide.size * 64;
  }

  /** Makes group `group` empty; groups are reset before their first use. */
  reset(group: number): void {
    const { stride, generals } = this.plan;
    if ((group + 1) * stride > this.slots.length)
      this.slots = grownFloats(this.slots, Math.max((group + 1) * stride, this.slots.length * 2));
    const at = group * stride;
    for (let i = 0; i < stride; i++) {
      this.slots[at + i] = this.blank[i]!;
      if (this.wide.size > 0) this.wide.delete(at + i);
    }
    for (let g = 0; g < generals.length; g++) this.states[g]![group] = generals[g]!.accumulator.create();
  }

  /** Lets go of the objects of a group. */
  forget(group: number): void {
    for (const states of this.states) states[group] = undefined;
    if (this.wide.size === 0) return;
    const at = group * this.plan.stride;
    for (let i = 0; i < this.plan.stride; i++) this.wide.delete(at + i);
  }

  exactAt(index: number): Exact {
    const value = this.slots[index]!;
    return !Number.isNaN(value) ? value : this.wide.get(index)!;
  }

  setExact(index: number, value: Exact): void {
    if (typeof value === 'number') {
      if (this.wide.size > 0) this.wide.delete(index);
      this.slots[index] = value;
    } else {
      this.slots[index] = Number.NaN;
      this.wide.set(index, value);
    }
  }

  /** The sum after adding `value`, checked: an overflow is an error of the row. */
  checkedSum(set: MomentSet, group: number, value: Exact): Exact {
    const sum = addExact(this.exactAt(group * this.plan.stride + set.sum), value);
    if (!set.checked) return sum;
    return set.form === 'integer' ? checked64(sum, 'SUM') : checkedDigits(sum, 'SUM');
  }

  /** Joins group `from` of another store (a later pane) into group `into` of this one. */
  merge(into: number, other: GroupStore, from: number): void {
    const { sets, generals, stride } = this.plan;
    for (const set of sets) mergeSet(set, this, into * stride, other, from * stride);
    for (let g = 0; g < generals.length; g++) {
      const states = this.states[g]!;
      states[into] = generals[g]!.accumulator.merge(states[into], other.states[g]![from]);
    }
  }

  /** Whether joining could bring a checked sum near what it may hold: then rows have to be added one by one, each with its own error. */
  isNearLimit(into: number, other: GroupStore, from: number): boolean {
    if (this.wide.size === 0 && other.wide.size === 0) return false;
    const { sets, stride } = this.plan;
    return sets.some((set) => {
      if (!set.checked || set.sum < 0 || (set.form !== 'integer' && set.form !== 'decimal')) return false;
      const own = into < 0 ? 0 : this.exactAt(into * stride + set.sum);
      const most = set.form === 'integer' ? NEAR_INTEGER : NEAR_DECIMAL;
      return magnitude(own) > most || magnitude(other.exactAt(from * stride + set.sum)) > most;
    });
  }

  /** Copies group `from` of the same store or another one over group `into`, objects included (they are moved, not cloned). */
  move(into: number, other: GroupStore, from: number): void {
    this.reset(into);
    const { stride } = this.plan;
    for (let i = 0; i < stride; i++) {
      const [to, at] = [into * stride + i, from * stride + i];
      this.slots[to] = other.slots[at]!;
      const wide = other.wide.get(at);
      if (wide !== undefined) this.wide.set(to, wide);
    }
    for (let g = 0; g < this.states.length; g++) this.states[g]![into] = other.states[g]![from];
  }

  /** Writes the groups of a list; `read` numbers them 0, 1, … */
  write(writer: StateWriter, groups: readonly number[]): void {
    const { stride, generals } = this.plan;
    const slots = new Float64Array(groups.length * stride);
    const wide: [number, bigint][] = [];
    groups.forEach((group, to) => {
      for (let i = 0; i < stride; i++) {
        slots[to * stride + i] = this.slots[group * stride + i]!;
        const value = this.wide.size > 0 ? this.wide.get(group * stride + i) : undefined;
        if (value !== undefined) wide.push([to * stride + i, value]);
      }
    });
    writer.section('groups');
    writer.float64s(slots, slots.length);
    writer.integer(wide.length);
    for (const [index, value] of wide) {
      writer.integer(index);
      writer.scalar(value);
    }
    for (let g = 0; g < generals.length; g++) {
      const { accumulator } = generals[g]!;
      for (const group of groups) writer.scalar(accumulator.save(this.states[g]![group]));
    }
  }

  read(reader: StateReader, count: number): void {
    reader.section('groups');
    const { stride, generals } = this.plan;
    const slots = reader.float64s();
    this.slots = slots.length === 0 ? new Float64Array(stride * FIRST_GROUPS) : slots;
    this.wide.clear();
    for (let left = reader.integer(); left > 0; left--) this.wide.set(reader.integer(), BigInt(reader.scalar() as Exact));
    for (let g = 0; g < generals.length; g++) {
      const { accumulator } = generals[g]!;
      for (let group = 0; group < count; group++) this.states[g]![group] = accumulator.load(reader.scalar());
    }
  }
}

/** Lowest and highest so far start beyond every value; NaN, which is above all floats, stands for "none" in a float minimum. */
function blankGroup(plan: AggregatePlan): Float64Array {
  const blank = new Float64Array(plan.stride);
  for (const set of plan.sets) {
    if (set.min >= 0) blank[set.min] = set.form === 'float' ? Number.NaN : Number.POSITIVE_INFINITY;
    if (set.max >= 0) blank[set.max] = Number.NEGATIVE_INFINITY;
  }
  return blank;
}

function mergeSet(set: MomentSet, into: GroupStore, to: number, other: GroupStore, from: number): void {
  const n1 = into.slots[to + set.count]!;
  const n2 = other.slots[from + set.count]!;
  if (n2 === 0) return;
  if (set.m2 >= 0) {
    const m2 = into.slots[to + set.m2]! + other.slots[from + set.m2]!;
    // Chan et al. 1979: the squared deviation between the two means is added.
    const delta = n1 === 0 ? 0 : floatSum(other, from + set.sum) / n2 - floatSum(into, to + set.sum) / n1;
    into.slots[to + set.m2] = m2 + (delta * delta * n1 * n2) / (n1 + n2);
  }
  into.slots[to + set.count] = n1 + n2;
  if (set.form === 'float' || set.form === 'counted') mergeFloats(set, into.slots, to, other.slots, from);
  else mergeExact(set, into, to, other, from);
}

const floatSum = (store: GroupStore, index: number): number => Number(store.exactAt(index) ?? Number.NaN);

function mergeFloats(set: MomentSet, a: Float64Array, to: number, b: Float64Array, from: number): void {
  if (set.sum >= 0) a[to + set.sum] = a[to + set.sum]! + b[from + set.sum]!;
  if (set.min >= 0) {
    const [own, other] = [a[to + set.min]!, b[from + set.min]!];
    if (other < own || Number.isNaN(own)) a[to + set.min] = other;
  }
  if (set.max >= 0) {
    const [own, other] = [a[to + set.max]!, b[from + set.max]!];
    if (other > own || Number.isNaN(other)) a[to + set.max] = other;
  }
}

function mergeExact(set: MomentSet, into: GroupStore, to: number, other: GroupStore, from: number): void {
  if (set.sum >= 0) {
    const sum = addExact(into.exactAt(to + set.sum), other.exactAt(from + set.sum));
    into.setExact(to + set.sum, sum);
  }
  if (set.min >= 0 && other.exactAt(from + set.min) < into.exactAt(to + set.min))
    into.setExact(to + set.min, other.exactAt(from + set.min));
  if (set.max >= 0 && other.exactAt(from + set.max) > into.exactAt(to + set.max))
    into.setExact(to + set.max, other.exactAt(from + set.max));
}

/** Results of one group: a scalar per aggregate call. */
export function groupResults(store: GroupStore, group: number, into: Scalar[]): Scalar[] {
  const { outputs, sets, generals } = store.plan;
  for (let i = 0; i < outputs.length; i++) {
    const output = outputs[i]!;
    into[i] =
      output.kind === 'moments'
        ? output.finish(readMoments(store, sets[output.set]!, group))
        : generals[output.index]!.accumulator.result(store.states[output.index]![group]);
  }
  return into;
}

function readMoments(store: GroupStore, set: MomentSet, group: number) {
  const at = group * store.plan.stride;
  const { slots } = store;
  const exact = set.form === 'integer' || set.form === 'decimal';
  const value = (slot: number): Exact => (slot < 0 ? 0 : exact ? store.exactAt(at + slot) : slots[at + slot]!);
  const m2 = set.m2 < 0 ? 0 : slots[at + set.m2]!;
  return {
    count: slots[at + set.count]!,
    sum: value(set.sum),
    // Kept in units of the last digit.
    m2: set.scale > 0 ? m2 / 10 ** (2 * set.scale) : m2,
    min: value(set.min),
    max: value(set.max),
  };
}
