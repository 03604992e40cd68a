import type { Accumulator, AggregateRow } from '../../sql/functions/define.ts';
import { keyFunction } from '../../values/key.ts';
import type { Scalar, SqlType } from '../../values/types.ts';

interface Entry {
  readonly args: readonly Scalar[];
  readonly row: AggregateRow;
  count: number;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A single INTEGER is its own key, which spares a text per row; everything else is known by its canonical text. */
type TupleKey = string | number;

/** Distinct argument tuples in order of first arrival; the inner state is made of them when the result is asked for. */
interface DistinctState {
  readonly entries: Map<TupleKey, Entry>;
  inner: unknown;
  /** `inner` lags behind `entries`. */
  stale: boolean;
}

/**
 * An aggregate over the distinct tuples of its arguments. Each tuple counts how often it came, so that it also serves
 * updating inputs: a tuple leaves when its last row is taken back.
 */
export function distinctAccumulator(inner: Accumulator<unknown>, types: readonly SqlType[]): Accumulator<DistinctState> {
  const keys = types.map(keyFunction);
  const isInteger = types.length === 1 && types[0]!.kind === 'integer';
  const keyOf = (args: readonly Scalar[]): TupleKey => {
    const [first] = args;
    if (isInteger && typeof first === 'number') return first;
    // The same number in another lane.
    if (isInteger && typeof first === 'bigint' && first >= -MAX_SAFE && first <= MAX_SAFE) return Number(first);
    return args.map((arg, i) => keys[i]!(arg)).join('');
  };
  const fresh = (state: DistinctState): unknown => {
    if (state.stale) {
      state.inner = inner.create();
      for (const { args, row } of state.entries.values()) state.inner = inner.add(state.inner, args, row);
      state.stale = false;
    }
    return state.inner;
  };
  const addEntry = (state: DistinctState, key: TupleKey, entry: Entry): void => {
    const known = state.entries.get(key);
    if (known !== undefined) {
      known.count += entry.count;
      return;
    }
    if (!state.stale) state.inner = inner.add(state.inner, entry.args, entry.row);
    state.entries.set(key, { ...entry });
  };
  return {
    create: () => ({ entries: new Map(), inner: inner.create(), stale: false }),
    add(state, args, row) {
      const key = keyOf(args);
      const known = state.entries.get(key);
      if (known !== undefined) known.count++;
      else addEntry(state, key, { args: [...args], row: { eventTime: row.eventTime, sequence: row.sequence }, count: 1 });
      return state;
    },
    retract(state, args) {
      const key = keyOf(args);
      const known = state.entries.get(key);
      if (known !== undefined && --known.count === 0) {
        state.entries.delete(key);
        state.stale = true;
      }
      return state;
    },
    merge(into, from) {
      for (const [key, entry] of from.entries) addEntry(into, key, entry);
      return into;
    },
    result: (state) => inner.result(fresh(state)),
    save: (state) => [...state.entries.values()].map((e): Scalar => [[...e.args], e.row.eventTime, e.row.sequence, e.count]),
    load(saved) {
      const state: DistinctState = { entries: new Map(), inner: inner.create(), stale: true };
      // `save` wrote exactly this shape.
      for (const [args, eventTime, sequence, count] of saved as unknown as [Scalar[], number, number, number][]) {
        state.entries.set(keyOf(args), { args, row: { eventTime, sequence }, count });
      }
      return state;
    },
  };
}
