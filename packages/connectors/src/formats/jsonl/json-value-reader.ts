import { apiReader, type Field, parseJsonExact, type Scalar, type SqlType, textReader } from '@velostream/core/connect/formats';

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Reads the text of one JSON value into a column: null for NULL, undefined when it does not fit. */
export type ReadJsonValue = (text: string) => Scalar | undefined;

/**
 * Reader of JSON values of one type. Numbers keep their digits (19-digit integers are exact); numbers, dates and booleans may
 * stand in strings; a STRING column takes numbers, booleans and collections as their JSON text.
 */
export function jsonValueReader(field: Field): ReadJsonValue {
  const { type } = field;
  const isText = type.kind === 'string';
  const readText = textReader(type);
  const readNested = apiReader(type, field.name);
  const isCollection = type.kind === 'array' || type.kind === 'map' || type.kind === 'struct';
  const isDynamic = type.kind === 'json' || type.kind === 'any';
  return (text) => {
    const first = text.charCodeAt(0);
    if (first === 0x6e) return text === 'null' ? null : undefined;
    if (isDynamic || (isCollection && (first === 0x7b || first === 0x5b))) return nested(readNested, text);
    if (isCollection) return undefined;
    if (first === 0x22) {
      const inner = stringOf(text);
      return inner === undefined || isText ? inner : readText(inner);
    }
    if (first === 0x7b || first === 0x5b) return isText && isJson(text) ? text : undefined;
    if (first === 0x74 || first === 0x66) return text === 'true' || text === 'false' ? readWord(type, text) : undefined;
    if (!NUMBER.test(text) || type.kind === 'boolean') return undefined;
    return readText(text);
  };
}

function readWord(type: SqlType, text: string): Scalar | undefined {
  if (type.kind === 'string') return text;
  return type.kind === 'boolean' ? text === 'true' : undefined;
}

function nested(read: (value: unknown) => Scalar, text: string): Scalar | undefined {
  try {
    return read(parseJsonExact(text));
  } catch {
    return undefined;
  }
}

/** Text of a JSON string; undefined when it is malformed or holds half a surrogate pair. */
function stringOf(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'string' && value.isWellFormed() ? value : undefined;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    parseJsonExact(text);
    return true;
  } catch {
    return false;
  }
}
