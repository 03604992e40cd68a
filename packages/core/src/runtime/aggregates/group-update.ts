import type { AggregateRow } from '../../sql/functions/define.ts';
import type { Exact } from '../../values/exact.ts';
import type { Scalar } from '../../values/types.ts';
import type { AggregatePlan, GeneralAggregate, MomentSet } from './aggregate-plan.ts';
import type { GroupStore } from './group-store.ts';

/** Adds one row, whose inputs are calculated, to one group. Throws before anything has changed. */
export type GroupUpdate = (store: GroupStore, group: number, inputs: readonly Scalar[], row: AggregateRow) => void;

/** The update in its general form: by scalars, for every type. Generated loops give the same numbers. */
export function groupUpdate(plan: AggregatePlan): GroupUpdate {
  const exactSums = plan.sets.filter((set) => set.checked && set.sum >= 0 && (set.form === 'integer' || set.form === 'decimal'));
  const refusing = plan.generals.filter((general) => general.mayRefuse);
  const several = plan.generals.length + plan.sets.length > 1;
  return (store, group, inputs, row) => {
    for (const set of exactSums) if (isAdded(set, inputs)) store.checkedSum(set, group, inputs[set.arg] as Exact);
    // What `add` would refuse, it refuses on a state of its own first.
    if (several) for (const general of refusing) tryAdd(general, inputs, row);
    for (let g = 0; g < plan.generals.length; g++) {
      const general = plan.generals[g]!;
      const args = addedArgs(general, inputs);
      if (args === null) continue;
      const states = store.states[g]!;
      states[group] = general.accumulator.add(states[group], args, row);
    }
    const at = group * plan.stride;
    for (const set of plan.sets) if (isAdded(set, inputs)) addToSet(set, store, at, inputs[set.arg] as Exact);
  };
}

/** Takes one earlier row away from a group of a plan made for retraction. */
export function groupRetract(plan: AggregatePlan): GroupUpdate {
  return (store, group, inputs, row) => {
    for (let g = 0; g < plan.generals.length; g++) {
      const general = plan.generals[g]!;
      const args = addedArgs(general, inputs);
      if (args === null) continue;
      const states = store.states[g]!;
      // A plan for retraction wraps what cannot retract.
      states[group] = general.accumulator.retract!(states[group], args, row);
    }
  };
}

const isAdded = (set: MomentSet, inputs: readonly Scalar[]): boolean =>
  (set.filter < 0 || inputs[set.filter] === true) && (set.arg < 0 || inputs[set.arg] !== null);

function addedArgs(general: GeneralAggregate, inputs: readonly Scalar[]): Scalar[] | null {
  if (general.filter >= 0 && inputs[general.filter] !== true) return null;
  const args = general.args.map((arg) => inputs[arg] as Scalar);
  return general.keepsNulls || !args.includes(null) ? args : null;
}

function tryAdd(general: GeneralAggregate, inputs: readonly Scalar[], row: AggregateRow): void {
  const args = addedArgs(general, inputs);
  if (args !== null) general.accumulator.add(general.accumulator.create(), args, row);
}

function addToSet(set: MomentSet, store: GroupStore, at: number, value: Exact): void {
  const { slots } = store;
  const n = slots[at + set.count]! + 1;
  slots[at + set.count] = n;
  if (set.form === 'counted') return;
  if (set.sum >= 0) {
    const sum = set.form === 'float' ? slots[at + set.sum]! + (value as number) : store.checkedSum(set, at / store.plan.stride, value);
    if (set.form === 'float') slots[at + set.sum] = sum as number;
    else store.setExact(at + set.sum, sum);
    if (set.m2 >= 0 && n > 1) slots[at + set.m2] = slots[at + set.m2]! + deviation(n, Number(value), Number(sum));
  }
  if (set.form === 'float') addFloatBounds(set, slots, at, value as number);
  else addExactBounds(set, store, at, value);
}

/** Growth of the sum of squared deviations by the n-th value (Youngs & Cramer 1971). `sum` includes the value. */
export function deviation(n: number, value: number, sum: number): number {
  const d = n * value - sum;
  return (d * d) / (n * (n - 1));
}

function addFloatBounds(set: MomentSet, slots: Float64Array, at: number, value: number): void {
  if (set.min >= 0) {
    const min = slots[at + set.min]!;
    if (value < min || Number.isNaN(min)) slots[at + set.min] = value;
  }
  if (set.max >= 0 && (value > slots[at + set.max]! || Number.isNaN(value))) slots[at + set.max] = value;
}

function addExactBounds(set: MomentSet, store: GroupStore, at: number, value: Exact): void {
  if (set.min >= 0 && value < store.exactAt(at + set.min)) store.setExact(at + set.min, value);
  if (set.max >= 0 && value > store.exactAt(at + set.max)) store.setExact(at + set.max, value);
}
