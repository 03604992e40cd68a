import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { refuseNotPositive } from './ln.ts';
import { floatCall } from './numeric-call.ts';

export const log10 = scalarFunction({
  name: 'log10',
  category: 'math',
  summary: 'Logarithm to base 10; zero and negative numbers are an error.',
  parameters: [{ name: 'n', takes: 'float' }],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'LOG10(1000)', gives: 3 },
    { sql: 'LOG10(NULL)', gives: null },
  ],
  evaluate: floatCall(Math.log10, refuseNotPositive('LOG10')),
});
