import type { Accumulator, AggregateRow } from '../../sql/functions/define.ts';
import { keyFunction } from '../../values/key.ts';
import type { Scalar, SqlType } from '../../values/types.ts';

interface Kept {
  readonly args: readonly Scalar[];
  readonly row: AggregateRow;
}

/** The rows of a group, in order of arrival, and the state they add up to. */
interface KeptState {
  rows: (Kept | null)[];
  /** Positions in `rows` by argument tuple, oldest first. */
  readonly byKey: Map<string, number[]>;
  gone: number;
  inner: unknown;
  stale: boolean;
}

/** Rows that are gone are squeezed out when they are more than the rest and this many. */
const SQUEEZE_MIN = 32;

/**
 * Gives an aggregate that cannot take rows back the means to: keeps the rows of each group and calculates anew when one left.
 * State: one entry per row of the group.
 */
export function retractingAccumulator(inner: Accumulator<unknown>, types: readonly SqlType[]): Accumulator<KeptState> {
  const keys = types.map(keyFunction);
  const keyOf = (args: readonly Scalar[]): string => args.map((arg, i) => keys[i]!(arg)).join('');
  const append = (state: KeptState, kept: Kept): void => {
    const key = keyOf(kept.args);
    const at = state.rows.push(kept) - 1;
    const positions = state.byKey.get(key);
    if (positions === undefined) state.byKey.set(key, [at]);
    else positions.push(at);
  };
  const squeeze = (state: KeptState): void => {
    const rows = state.rows.filter((row): row is Kept => row !== null);
    state.rows = [];
    state.byKey.clear();
    state.gone = 0;
    for (const row of rows) append(state, row);
  };
  const created = (): KeptState => ({ rows: [], byKey: new Map(), gone: 0, inner: inner.create(), stale: false });
  return {
    create: created,
    add(state, args, row) {
      const kept = { args: [...args], row: { eventTime: row.eventTime, sequence: row.sequence } };
      if (!state.stale) state.inner = inner.add(state.inner, args, kept.row);
      append(state, kept);
      return state;
    },
    retract(state, args) {
      const key = keyOf(args);
      const positions = state.byKey.get(key);
      const at = positions?.shift();
      if (positions === undefined || at === undefined) return state;
      if (positions.length === 0) state.byKey.delete(key);
      state.rows[at] = null;
      state.stale = true;
      state.gone++;
      if (state.gone > SQUEEZE_MIN && state.gone * 2 > state.rows.length) squeeze(state);
      return state;
    },
    merge(into, from) {
      for (const kept of from.rows) if (kept !== null) append(into, kept);
      into.stale = true;
      return into;
    },
    result(state) {
      if (state.stale) {
        state.inner = inner.create();
        for (const kept of state.rows) if (kept !== null) state.inner = inner.add(state.inner, kept.args, kept.row);
        state.stale = false;
      }
      return inner.result(state.inner);
    },
    save: (state) =>
      state.rows.filter((row): row is Kept => row !== null).map((e): Scalar => [[...e.args], e.row.eventTime, e.row.sequence]),
    load(saved) {
      const state = created();
      // `save` wrote exactly this shape.
      for (const [args, eventTime, sequence] of saved as unknown as [Scalar[], number, number][]) {
        append(state, { args, row: { eventTime, sequence } });
      }
      state.stale = true;
      return state;
    },
  };
}
