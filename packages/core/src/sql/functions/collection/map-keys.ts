import { entriesOf, type Keyed } from '../../../values/scalar-shape.ts';
import { arrayOf, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const mapKeys = scalarFunction({
  name: 'map_keys',
  category: 'collection',
  summary: 'The keys of a map, a struct or a JSON object in text, in order.',
  parameters: [{ name: 'map', takes: 'map' }],
  returns: arrayOf(STRING),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "MAP_KEYS(MAP('a', 1, 'b', 2))", gives: ['a', 'b'] },
    { sql: `MAP_KEYS('{"x":1}')`, gives: ['x'] },
    { sql: 'MAP_KEYS(NULL)', gives: null },
  ],
  evaluate: (map) => entriesOf(map as Keyed).map(([name]) => name),
});
