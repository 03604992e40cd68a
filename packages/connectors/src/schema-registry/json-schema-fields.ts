import type { Field } from '@velostream/core/connect';
import { ANY, arrayOf, BOOLEAN, DATE, FLOAT, INTEGER, mapOf, type SqlType, STRING, TIMESTAMP } from '@velostream/core/connect/formats';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Columns of a JSON Schema of an object, as far as a property says its type. */
export function jsonSchemaFields(text: string): readonly Field[] {
  const schema = JSON.parse(text) as JsonSchema;
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeOf(property),
    nullable: isNullable(schema, name, property),
  }));
}

function isNullable({ required = [] }: JsonSchema, name: string, { type }: JsonSchema): boolean {
  return !required.includes(name) || (Array.isArray(type) && type.includes('null'));
}

function typeOf({ type, format, items }: JsonSchema): SqlType {
  const types = (Array.isArray(type) ? type : [type]).filter((t) => t !== 'null');
  if (types.length !== 1) return ANY;
  switch (types[0]) {
    case 'integer':
      return INTEGER;
    case 'number':
      return FLOAT;
    case 'boolean':
      return BOOLEAN;
    case 'string':
      return format === 'date-time' ? TIMESTAMP : format === 'date' ? DATE : STRING;
    case 'array':
      return arrayOf(items === undefined ? ANY : typeOf(items));
    case 'object':
      return mapOf(ANY);
    default:
      return ANY;
  }
}
