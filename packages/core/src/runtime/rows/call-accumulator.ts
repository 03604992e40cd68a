import type { AggregateCall } from '../../sql/bind/expression.ts';
import type { Accumulator, AggregateRow } from '../../sql/functions/define.ts';
import type { Scalar } from '../../values/types.ts';
import { distinctAccumulator } from '../aggregates/distinct-accumulator.ts';
import { constantsOf, typesOf } from '../compile/call.ts';

/** One aggregate call over rows that are at hand: DISTINCT and the rule for NULL arguments applied. */
export interface CallAccumulator {
  readonly accumulator: Accumulator<unknown>;
  /** The new state; rows with a NULL argument leave it as it is, unless the function keeps them. */
  add(state: unknown, args: readonly Scalar[], row: AggregateRow): unknown;
}

export function callAccumulator(call: Pick<AggregateCall, 'fn' | 'args' | 'distinct'>): CallAccumulator {
  const types = typesOf(call.args);
  const plain = call.fn.accumulator(types, constantsOf(call.args));
  const accumulator = (call.distinct ? distinctAccumulator(plain, types) : plain) as Accumulator<unknown>;
  const keepsNulls = call.fn.nulls === 'keep';
  return {
    accumulator,
    add: (state, args, row) => (keepsNulls || !args.includes(null) ? accumulator.add(state, args, row) : state),
  };
}
