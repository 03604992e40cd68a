import type { Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';

/** What a column means that is neither grouped nor aggregated (§6.4): the binder calls it. */
export const firstArrived = defineAggregate<{ value: Scalar; sequence: number }>({
  name: 'first_arrived',
  category: 'aggregate',
  summary: 'Value of the row that arrived first, whatever its event time; NULLs count.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  nulls: 'keep',
  ordered: true,
  examples: [
    { sql: 'FIRST_ARRIVED(x)', rows: [{ x: 2 }, { x: 1 }], gives: 2 },
    { sql: 'FIRST_ARRIVED(x)', rows: [{ x: null }, { x: 1 }], gives: null },
  ],
  accumulator: () => ({
    create: () => ({ value: null, sequence: -1 }),
    add(state, [value], row) {
      if (state.sequence < 0 || row.sequence < state.sequence) {
        state.value = value as Scalar;
        state.sequence = row.sequence;
      }
      return state;
    },
    merge: (a, b) => (b.sequence < 0 || (a.sequence >= 0 && a.sequence <= b.sequence) ? a : b),
    result: (state) => state.value,
    save: (state) => [state.value, state.sequence],
    load: (saved) => {
      const [value, sequence] = saved as readonly [Scalar, number];
      return { value, sequence };
    },
  }),
});
