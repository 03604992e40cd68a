import type { Template } from '../../protocol/studio/template.ts';
import type { MappedInput } from './customize-template.ts';

type Spec = Readonly<Record<string, unknown>>;
const isObject = (x: unknown): x is Spec => typeof x === 'object' && x !== null && !Array.isArray(x);

/** By query, how its output columns are called now. */
type OutputNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The template's test for the real sources: data under the real names and types, assertions about queries that are there. */
export function customizedTest(template: Template, mapped: readonly MappedInput[], outputs: OutputNames): { readonly test?: Spec } {
  if (template.test === undefined) return {};
  const data = isObject(template.test['data']) ? template.test['data'] : {};
  const renamed = mapped.flatMap((each) => {
    const own = data[each.input.topic];
    return each.source === undefined || !isObject(own) ? [] : [[each.source.name, inputData(own, each)] as const];
  });
  const assertions = Array.isArray(template.test['assertions']) ? template.test['assertions'] : [];
  const all = new Map([...outputs.values()].flatMap((names) => [...names]));
  return {
    test: {
      ...template.test,
      data: Object.fromEntries(renamed),
      assertions: assertions
        .filter((a) => !isObject(a) || typeof a['query'] !== 'string' || outputs.has(a['query']))
        .map((a) => (isObject(a) ? renameAssertion(a, outputs.get(String(a['query'])) ?? all) : a)),
    },
  };
}

function inputData(data: Spec, { source, fields, input }: MappedInput): Spec {
  const list = Array.isArray(data['fields']) ? data['fields'] : [];
  const real = new Map(source?.schema.columns.map((column) => [column.name, column]) ?? []);
  const wanted = new Map(input.fields.map((field) => [field.name, field]));
  const mappedFields = list.filter(isObject).flatMap((field) => {
    const name = String(field['name']);
    const actual = fields.get(name);
    if (actual === undefined) return wanted.has(name) ? [] : [field];
    return [{ ...renameIn(field, fields), name: actual, ...generatorType(field, real.get(actual)?.type) }];
  });
  const anomalies = Array.isArray(data['anomalies']) ? data['anomalies'].filter(isObject) : [];
  const moved = anomalies.map((a) => ({ ...a, field: fields.get(String(a['field'])) ?? a['field'] }));
  return { ...data, fields: mappedFields, ...(moved.length > 0 ? { anomalies: moved } : {}) };
}

/** Numbers that the real source has as text are made as text with the same range. */
function generatorType(field: Spec, type: string | undefined): Spec {
  if (type === undefined) return {};
  if (/STRING|VARCHAR|TEXT/.test(type) && field['type'] !== 'uuid') return { type: 'string' };
  if (/INT/.test(type)) return { type: 'integer' };
  if (/FLOAT|DOUBLE/.test(type)) return { type: 'float' };
  return {};
}

/** References to other fields within constraints follow. */
function renameIn(field: Spec, fields: ReadonlyMap<string, string>): Spec {
  const walk = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value))
      return key === 'depends_on' ? value.map((name) => fields.get(String(name)) ?? name) : value.map((item) => walk(item));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
    if (typeof value !== 'string') return value;
    if (key === 'group_by') return fields.get(value) ?? value;
    if (key === 'expression') return value.replace(/[A-Za-z_]\w*/g, (word) => fields.get(word) ?? word);
    return value;
  };
  return walk(field) as Spec;
}

/** Names of fields in assertions; output columns with a name of their own are in no mapping and stay. */
function renameAssertion(assertion: Spec, fields: ReadonlyMap<string, string>): Spec {
  const rename = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map((name) => (typeof name === 'string' ? (fields.get(name) ?? name) : name))
      : typeof value === 'string'
        ? (fields.get(value) ?? value)
        : value;
  return Object.fromEntries(
    Object.entries(assertion).map(([key, value]) => [
      key,
      ['field', 'fields', 'key_field', 'key_fields', 'partition_by'].includes(key) ? rename(value) : value,
    ]),
  );
}
