import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { floatCall, notInRange } from './numeric-call.ts';

/** Logarithms exist above zero only. */
export const refuseNotPositive = (name: string) => (x: number) =>
  x <= 0 ? notInRange(name, `of ${x} does not exist`, 'Logarithms need a number above 0; guard with NULLIF or a filter.') : undefined;

export const ln = scalarFunction({
  name: 'ln',
  category: 'math',
  summary: 'Natural logarithm; zero and negative numbers are an error.',
  parameters: [{ name: 'n', takes: 'float' }],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'LN(1)', gives: 0 },
    { sql: 'LN(NULL)', gives: null },
  ],
  evaluate: floatCall(Math.log, refuseNotPositive('LN')),
});
