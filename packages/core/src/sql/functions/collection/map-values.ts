import { entriesOf, type Keyed } from '../../../values/scalar-shape.ts';
import { ANY, arrayOf } from '../../../values/types.ts';
import { commonTypeOf } from '../../../values/unify-types.ts';
import { scalarFunction } from '../adapt.ts';
import type { ReturnRule } from '../define.ts';

/** Values of a struct whose fields have no common type are dynamic. */
const valuesResult: ReturnRule = ([type]) => {
  if (type?.kind === 'map') return arrayOf(type.value);
  return arrayOf(type?.kind === 'struct' ? (commonTypeOf(type.fields.map((field) => field.type)) ?? ANY) : ANY);
};

export const mapValues = scalarFunction({
  name: 'map_values',
  category: 'collection',
  summary: 'The values of a map, a struct or a JSON object in text, in order.',
  parameters: [{ name: 'map', takes: 'map' }],
  returns: valuesResult,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "MAP_VALUES(MAP('a', 1, 'b', 2))", gives: [1, 2] },
    { sql: `MAP_VALUES('{"x":1}')`, gives: [1] },
    { sql: 'MAP_VALUES(NULL)', gives: null },
  ],
  evaluate: (map) => entriesOf(map as Keyed).map(([, value]) => value),
});
