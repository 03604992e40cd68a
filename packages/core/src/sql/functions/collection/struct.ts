import { assert } from '../../../diagnostics/assert.ts';
import { structOf } from '../../../values/scalar-shape.ts';
import type { Scalar, StructField } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import type { ReturnRule } from '../define.ts';

/** Names are part of the type, so they have to stand in the query. */
const structResult: ReturnRule = (types, constants) => {
  const fields: StructField[] = [];
  if (types.length % 2 === 1) return { kind: 'struct', fields: types.map((type, i) => ({ name: `field${i}`, type })) };
  for (let i = 0; i < types.length; i += 2) {
    const name = constants[i];
    if (typeof name !== 'string') return { problem: 'names of "STRUCT" are text literals' };
    fields.push({ name, type: types[i + 1]! });
  }
  return { kind: 'struct', fields };
};

export const struct = scalarFunction({
  name: 'struct',
  category: 'collection',
  summary: 'A struct from names and values in turn; an odd number of arguments gives fields named field0, field1, ….',
  parameters: [{ name: 'entry', takes: 'value', optional: true, variadic: true }],
  returns: structResult,
  nulls: 'own',
  volatility: 'immutable',
  examples: [
    { sql: "STRUCT('a', 1, 'b', 'x')", gives: { a: 1, b: 'x' } },
    { sql: "STRUCT('a', NULL)", gives: { a: null } },
    { sql: 'STRUCT(7)', gives: { field0: 7 } },
  ],
  prepare: (types, constants) => {
    const result = structResult(types, constants);
    assert(!('problem' in result) && result.kind === 'struct', 'the call was checked when it was bound');
    const names = result.fields.map((field) => field.name);
    const [step, first] = types.length % 2 === 0 ? [2, 1] : [1, 0];
    return (...values) => structOf(names.map((name, i) => [name, values[i * step + first] as Scalar] as const));
  },
});
