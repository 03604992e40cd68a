import { castFunction } from '../../../values/cast.ts';
import { entriesOf, type Keyed } from '../../../values/scalar-shape.ts';
import { ANY, arrayOf, type Scalar, type SqlType } from '../../../values/types.ts';
import { commonTypeOf } from '../../../values/unify-types.ts';
import { scalarFunction } from '../adapt.ts';
import { collectionParameter, fromCollection, readCollection } from './collection-argument.ts';

/** Values of a struct whose fields have no common type are dynamic. */
function elementOf(type: SqlType | undefined): SqlType {
  if (type?.kind === 'map') return type.value;
  return type?.kind === 'struct' ? (commonTypeOf(type.fields.map((field) => field.type)) ?? ANY) : ANY;
}

export const mapValues = scalarFunction({
  name: 'map_values',
  category: 'collection',
  summary: 'The values of a map, a struct or a JSON object in text, in order.',
  parameters: [collectionParameter('map')],
  returns: fromCollection('map', 'map_values', (type) => arrayOf(elementOf(type))),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "MAP_VALUES(MAP('a', 1, 'b', 2))", gives: [1, 2] },
    { sql: `MAP_VALUES('{"x":1}')`, gives: [1] },
    { sql: 'MAP_VALUES(NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const read = readCollection('map', 'map_values', type);
    if (type?.kind !== 'struct') return (map) => entriesOf(read(map as Scalar) as Keyed).map(([, value]) => value);
    // Fields of several types meet in one.
    const casts = new Map(type.fields.map((field) => [field.name, castFunction(field.type, elementOf(type))]));
    return (map) => entriesOf(map as Keyed).map(([name, value]) => casts.get(name)?.(value) ?? null);
  },
});
