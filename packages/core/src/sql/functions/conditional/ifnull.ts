import { scalarFunction } from '../adapt.ts';
import { commonOfAll } from '../math/extreme.ts';

export const ifnull = scalarFunction({
  name: 'ifnull',
  aliases: ['nvl'],
  category: 'conditional',
  summary: 'The first argument, or the second where the first is NULL.',
  parameters: [
    { name: 'value', takes: 'same' },
    { name: 'otherwise', takes: 'same' },
  ],
  returns: commonOfAll,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: 'IFNULL(NULL, 2)', gives: 2 },
    { sql: "IFNULL('a', 'b')", gives: 'a' },
    { sql: 'IFNULL(NULL, NULL)', gives: null },
  ],
  evaluate: (value, otherwise) => value ?? otherwise ?? null,
});
