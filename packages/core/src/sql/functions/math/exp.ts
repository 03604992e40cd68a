import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { floatCall } from './numeric-call.ts';

export const exp = scalarFunction({
  name: 'exp',
  category: 'math',
  summary: 'e to the power of the number.',
  parameters: [{ name: 'n', takes: 'float' }],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'EXP(0)', gives: 1 },
    { sql: 'EXP(NULL)', gives: null },
  ],
  evaluate: floatCall(Math.exp),
});
