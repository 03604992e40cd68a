import type { Convert } from './cast.ts';
import { parseJson } from './json.ts';
import { entriesOf, isKeyed, structOf } from './scalar-shape.ts';
import { ANY, type Scalar, type SqlType } from './types.ts';

type ConverterOf = (from: SqlType, to: SqlType) => Convert | undefined;

/** Arrays, maps and structs: element by element; text is read as JSON. `converterOf` is passed in to break the circle. */
export function collectionConverter(from: SqlType, to: SqlType, converterOf: ConverterOf): Convert | undefined {
  if (from.kind === 'string') {
    const convert = converterOf(ANY, to);
    return (v) => {
      const parsed = parseJson(v as string);
      return parsed === undefined || parsed === null ? undefined : convert?.(parsed);
    };
  }
  switch (to.kind) {
    case 'array':
      return from.kind === 'array' ? arrayConverter(converterOf(from.element, to.element)) : undefined;
    case 'map':
      return mapConverter(from, to.value, converterOf);
    case 'struct':
      return structConverter(from, to, converterOf);
    default:
      return undefined;
  }
}

const orNull = (convert: Convert, value: Scalar): Scalar | undefined => (value === null ? null : convert(value));

function arrayConverter(element: Convert | undefined): Convert | undefined {
  if (element === undefined) return undefined;
  return (v) => {
    const items: Scalar[] = [];
    for (const item of v as readonly Scalar[]) {
      const converted = orNull(element, item);
      if (converted === undefined) return undefined;
      items.push(converted);
    }
    return items;
  };
}

/** Type of the value behind a key, whatever collection it is in. */
function valueTypeOf(from: SqlType, name: string): SqlType {
  if (from.kind === 'map') return from.value;
  return from.kind === 'struct' ? (from.fields.find((field) => field.name === name)?.type ?? ANY) : ANY;
}

function mapConverter(from: SqlType, value: SqlType, converterOf: ConverterOf): Convert | undefined {
  if (from.kind !== 'map' && from.kind !== 'struct') return undefined;
  const converters = new Map<SqlType, Convert | undefined>();
  const convertOf = (type: SqlType): Convert | undefined => {
    if (!converters.has(type)) converters.set(type, converterOf(type, value));
    return converters.get(type);
  };
  return (v) => {
    const map = new Map<string, Scalar>();
    for (const [name, item] of isKeyed(v) ? entriesOf(v) : []) {
      const convert = convertOf(valueTypeOf(from, name));
      const converted = convert && orNull(convert, item);
      if (converted === undefined) return undefined;
      map.set(name, converted);
    }
    return map;
  };
}

function structConverter(from: SqlType, to: SqlType & { kind: 'struct' }, converterOf: ConverterOf): Convert | undefined {
  if (from.kind !== 'map' && from.kind !== 'struct') return undefined;
  const converters = to.fields.map((field) => converterOf(valueTypeOf(from, field.name), field.type));
  if (converters.includes(undefined)) return undefined;
  return (v) => {
    const given = new Map(isKeyed(v) ? entriesOf(v) : []);
    const fields: [string, Scalar][] = [];
    for (let i = 0; i < to.fields.length; i++) {
      const { name } = to.fields[i]!;
      const converted = orNull(converters[i]!, given.get(name) ?? null);
      if (converted === undefined) return undefined;
      fields.push([name, converted]);
    }
    return structOf(fields);
  };
}
