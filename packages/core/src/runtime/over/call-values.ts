import type { OverCall } from '../../sql/bind/expression.ts';
import type { AggregateFunction } from '../../sql/functions/define.ts';
import { analyticValue } from './analytic-value.ts';
import type { CallInputs, CallValue } from './call-value.ts';
import { frameValue } from './frame-value.ts';
import { momentValue } from './moment-value.ts';

// Each call keeps its own kind of state, and gets back nothing but what its `create` made.
export function callValue(call: OverCall, inputs: CallInputs, ordered: boolean): CallValue<unknown> {
  const { fn } = call;
  if (fn.kind === 'analytic') return analyticValue(fn, inputs, ordered) as CallValue<unknown>;
  const aggregate = call as OverCall & { readonly fn: AggregateFunction };
  return (momentValue(aggregate, inputs) ?? frameValue(aggregate, inputs)) as CallValue<unknown>;
}
