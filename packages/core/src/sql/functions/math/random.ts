import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const random = scalarFunction({
  name: 'random',
  aliases: ['rand'],
  category: 'math',
  summary: 'A number from 0 (inclusive) to 1 (exclusive), from the random source of the engine; another one on every call.',
  parameters: [],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'volatile',
  examples: [
    { sql: 'FLOOR(RANDOM())', gives: 0 },
    { sql: 'SIGN(FLOOR(RANDOM()))', gives: 0 },
  ],
  evaluateInContext: (context) => context.random(),
});
