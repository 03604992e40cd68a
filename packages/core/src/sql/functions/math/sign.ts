import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { floatCall } from './numeric-call.ts';

export const sign = scalarFunction({
  name: 'sign',
  category: 'math',
  summary: '-1, 0 or 1.',
  parameters: [{ name: 'n', takes: 'float' }],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'SIGN(-2.5)', gives: -1 },
    { sql: 'SIGN(0)', gives: 0 },
    { sql: 'SIGN(NULL)', gives: null },
  ],
  evaluate: floatCall((x) => Math.sign(x) + 0),
});
