import { valueError } from '../../../diagnostics/codes/values.ts';
import { castFunction } from '../../../values/cast.ts';
import { textFunction } from '../../../values/scalar-text.ts';
import { typeText } from '../../../values/type-text.ts';
import { ANY, mapOf, type Scalar, type SqlType } from '../../../values/types.ts';
import { commonTypeOf } from '../../../values/unify-types.ts';
import { scalarFunction } from '../adapt.ts';
import type { ReturnRule } from '../define.ts';

const KEYS: ReadonlySet<string> = new Set(['string', 'integer', 'any', 'json', 'null']);

/** Values without a common type are dynamic. */
const valueType = (types: readonly SqlType[]): SqlType => commonTypeOf(types.filter((_, i) => i % 2 === 1)) ?? ANY;

const mapResult: ReturnRule = (types) => {
  if (types.length % 2 === 1) return { problem: '"MAP" needs a value for every key' };
  const key = types.find((type, i) => i % 2 === 0 && !KEYS.has(type.kind));
  return key === undefined ? mapOf(valueType(types)) : { problem: `keys of "MAP" are text or whole numbers, not ${typeText(key)}` };
};

export const map = scalarFunction({
  name: 'map',
  category: 'collection',
  summary: 'A map from keys (text or whole numbers) and values in turn.',
  parameters: [{ name: 'entry', takes: 'value', optional: true, variadic: true }],
  returns: mapResult,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "MAP('a', 1, 'b', NULL)", gives: { a: 1, b: null } },
    { sql: 'MAP()', gives: {} },
  ],
  prepare: (types) => {
    const keys = types.filter((_, i) => i % 2 === 0).map(textFunction);
    const value = valueType(types);
    const casts = types.filter((_, i) => i % 2 === 1).map((type) => castFunction(type, value));
    return (...values) => {
      const map = new Map<string, Scalar>();
      for (let i = 0; i < values.length; i += 2) {
        const key = values[i] as Scalar;
        if (key === null)
          throw valueError('VS5106', {
            name: 'MAP',
            problem: 'has a NULL key',
            hint: 'Give every entry a key, for example with COALESCE.',
          });
        map.set(keys[i / 2]!(key), casts[i / 2]!(values[i + 1] as Scalar));
      }
      return map;
    };
  },
});
