import { scalarFunction } from '../adapt.ts';
import { commonOfAll } from '../math/extreme.ts';

export const ifFunction = scalarFunction({
  name: 'if',
  aliases: ['iif'],
  category: 'conditional',
  summary: 'The second argument where the first is true, else the third.',
  parameters: [
    { name: 'condition', takes: 'boolean' },
    { name: 'then', takes: 'same' },
    { name: 'otherwise', takes: 'same' },
  ],
  returns: (types, constants) => commonOfAll(types.slice(1), constants.slice(1)),
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "IF(TRUE, 'a', 'b')", gives: 'a' },
    { sql: "IF(NULL, 'a', 'b')", gives: 'b' },
    { sql: 'IF(FALSE, 1, NULL)', gives: null },
  ],
  evaluate: (condition, then, otherwise) => (condition === true ? then : otherwise) ?? null,
});
