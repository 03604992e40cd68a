import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const pi = scalarFunction({
  name: 'pi',
  category: 'math',
  summary: 'The circle constant.',
  parameters: [],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'ROUND(PI(), 1)', gives: 3.1 },
    { sql: 'FLOOR(PI())', gives: 3 },
  ],
  evaluate: () => Math.PI,
});
