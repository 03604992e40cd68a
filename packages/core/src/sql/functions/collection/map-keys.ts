import { entriesOf, type Keyed } from '../../../values/scalar-shape.ts';
import { arrayOf, type Scalar, STRING } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

export const mapKeys = scalarFunction({
  name: 'map_keys',
  category: 'collection',
  summary: 'The keys of a map, a struct or a JSON object in text, in order.',
  parameters: [collectionParameter('map')],
  returns: fromCollection('map', 'map_keys', () => arrayOf(STRING)),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "MAP_KEYS(MAP('a', 1, 'b', 2))", gives: ['a', 'b'] },
    { sql: `MAP_KEYS('{"x":1}')`, gives: ['x'] },
    { sql: 'MAP_KEYS(NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const read = readCollection('map', 'map_keys', type);
    return (map) => entriesOf(read(map as Scalar) as Keyed).map(([name]) => name);
  },
});
