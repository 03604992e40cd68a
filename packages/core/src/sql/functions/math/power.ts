import { FLOAT } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const power = scalarFunction({
  name: 'power',
  aliases: ['pow'],
  category: 'math',
  summary: 'The base to the power of the exponent.',
  parameters: [
    { name: 'base', takes: 'float' },
    { name: 'exponent', takes: 'float' },
  ],
  returns: FLOAT,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'POWER(2, 10)', gives: 1024 },
    { sql: 'POWER(2, NULL)', gives: null },
  ],
  evaluate: (base, exponent) => (base as number) ** (exponent as number),
});
