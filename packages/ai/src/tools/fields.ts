import {
  array,
  boolean,
  enum as enumOf,
  globalRegistry,
  int,
  looseObject,
  maximum,
  maxLength,
  minimum,
  number,
  object as objectOf,
  optional,
  record,
  string,
  unknown,
  type ZodMiniBoolean,
  type ZodMiniString,
  type ZodMiniType,
} from 'zod/mini';

/** Named one by one, so that a page does not carry the whole library. */
const z = { array, boolean, enum: enumOf, looseObject, number, optional, record, string, unknown };

/** Schema pieces with the words that models and people read. */
const said = <T extends ZodMiniType>(schema: T, description: string): T => {
  globalRegistry.add(schema, { description });
  return schema;
};

export const text = (description: string): ZodMiniString => said(string().check(maxLength(20_000)), description);
export const shortText = (description: string): ZodMiniString => said(string().check(maxLength(400)), description);
export const whole = (description: string, min: number, max: number) => said(int().check(minimum(min), maximum(max)), description);
export const flag = (description: string): ZodMiniBoolean => said(boolean(), description);
export const oneOf = <const T extends readonly string[]>(values: T, description: string) => said(enumOf(values), description);
export const open = (description: string) => said(record(string(), unknown()), description);
export const list = <T extends ZodMiniType>(item: T, description: string) => said(array(item), description);
export const maybe = <T extends ZodMiniType>(schema: T) => optional(schema);
export const object = objectOf;
/** Output facts: named keys, others let through. */
export const facts = <T extends Record<string, ZodMiniType>>(shape: T) => looseObject(shape);
export { z };
