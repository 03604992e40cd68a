import { flinkType, quoteText } from '../quote.ts';
import { arg, as, type CallSite, constant, type Mappings, named, notOnFlink } from './mapping.ts';

export const conditionalFunctions: Mappings = {
  coalesce: named('COALESCE'),
  if: as((call) => `CASE WHEN ${arg(call, 0)} THEN ${arg(call, 1)} ELSE ${arg(call, 2)} END`),
  ifnull: named('COALESCE'),
  nullif: named('NULLIF'),
};

/** `a.b[0].c` or `items.0.sku` as a path of SQL; undefined when it is none of these. */
function jsonPath(call: CallSite): string | undefined {
  const path = constant(call, 1);
  if (typeof path !== 'string') return undefined;
  const steps = path
    .replace(/^\$\.?/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
  if (steps.some((step) => !/^\w+$/.test(step))) return undefined;
  return quoteText(`$${steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')}`);
}

const json = (print: (json: string, path: string) => string, differs?: string): Mappings[string] =>
  as((call) => {
    const path = jsonPath(call);
    if (path === undefined) return call.report.refuse('A path into JSON has to be a literal of names and numbers on Flink.');
    return print(arg(call, 0), path);
  }, differs);

const scalarOrText = (text: string, path: string): string => `COALESCE(JSON_VALUE(${text}, ${path}), JSON_QUERY(${text}, ${path}))`;
const AS_TEXT = 'A value out of JSON is text on Flink until it is cast.';

export const jsonFunctions: Mappings = {
  json_value: json(scalarOrText, AS_TEXT),
  json_extract: json(scalarOrText, AS_TEXT),
  json_query: json((text, path) => `JSON_QUERY(${text}, ${path})`),
  json_exists: json((text, path) => `JSON_EXISTS(${text}, ${path})`, 'A JSON null is no value to JSON_EXISTS on Flink.'),
  json_object: as((call) => {
    const keys = call.args
      .filter((_, i) => i % 2 === 0)
      .map((a) => (a.expr.kind === 'literal' && typeof a.expr.value === 'string' ? a.text : null));
    if (keys.some((key) => key === null)) return call.report.refuse('Names in JSON_OBJECT have to be literals on Flink.');
    return `JSON_OBJECT(${keys.map((key, i) => `KEY ${key} VALUE ${arg(call, i * 2 + 1)}`).join(', ')})`;
  }, 'The fields of a JSON text may come in another order on Flink.'),
  json_array: as((call) => `JSON_ARRAY(${call.args.map((a) => a.text).join(', ')} NULL ON NULL)`),
};

export const collectionFunctions: Mappings = {
  array: as((call) =>
    call.args.length === 0
      ? call.report.refuse('An ARRAY without elements has no type on Flink.')
      : `ARRAY[${call.args.map((a) => a.text).join(', ')}]`,
  ),
  array_contains: named('ARRAY_CONTAINS'),
  array_distinct: named('ARRAY_DISTINCT'),
  array_length: as((call) =>
    call.args[0]?.expr.type.kind === 'array'
      ? `CAST(CARDINALITY(${arg(call, 0)}) AS BIGINT)`
      : `CASE WHEN ${arg(call, 0)} IS JSON ARRAY THEN CAST(JSON_VALUE(${arg(call, 0)}, '$.length()') AS BIGINT) END`,
  ),
  map: as((call) =>
    call.args.length === 0
      ? call.report.refuse('A MAP without entries has no type on Flink.')
      : `MAP[${call.args.map((a) => a.text).join(', ')}]`,
  ),
  map_keys: named('MAP_KEYS', 'The keys of a map come in no certain order on Flink.'),
  map_values: named('MAP_VALUES', 'The values of a map come in no certain order on Flink.'),
  struct: as((call) => {
    const type = flinkType(call.type);
    if (call.type.kind !== 'struct' || type === undefined)
      return call.report.refuse('A STRUCT needs names that are literals, and types, on Flink.');
    const values = call.type.fields.map((field) => {
      const at = call.args.findIndex((a) => a.expr.kind === 'literal' && a.expr.value === field.name);
      return at < 0 ? `CAST(NULL AS ${flinkType(field.type) ?? 'STRING'})` : arg(call, at + 1);
    });
    return `CAST(ROW(${values.join(', ')}) AS ${type})`;
  }),
};

/** Window bounds are columns by the time a call would be printed. */
const BOUND = 'it has a meaning in a query with a WINDOW only';
export const windowFunctions: Mappings = {
  window_start: notOnFlink(BOUND),
  window_end: notOnFlink(BOUND),
  session_duration: notOnFlink(BOUND),
};
