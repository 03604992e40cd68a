import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { floatCall, notInRange } from './numeric-call.ts';

export const sqrt = scalarFunction({
  name: 'sqrt',
  category: 'math',
  summary: 'Square root; a negative number is an error.',
  parameters: [{ name: 'n', takes: 'float' }],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'SQRT(9)', gives: 3 },
    { sql: 'SQRT(2.25)', gives: 1.5 },
    { sql: 'SQRT(NULL)', gives: null },
  ],
  evaluate: floatCall(Math.sqrt, (x) =>
    x < 0 ? notInRange('SQRT', `of ${x} is not a real number`, 'Use SQRT(ABS(n)), or filter negatives out.') : undefined,
  ),
});
