import * as z from 'zod/mini';

/** Schema pieces with the words that models and people read. */
const said = <T extends z.ZodMiniType>(schema: T, description: string): T => {
  z.globalRegistry.add(schema, { description });
  return schema;
};

export const text = (description: string): z.ZodMiniString => said(z.string().check(z.maxLength(20_000)), description);
export const shortText = (description: string): z.ZodMiniString => said(z.string().check(z.maxLength(400)), description);
export const whole = (description: string, min: number, max: number) => said(z.int().check(z.minimum(min), z.maximum(max)), description);
export const flag = (description: string): z.ZodMiniBoolean => said(z.boolean(), description);
export const oneOf = <const T extends readonly string[]>(values: T, description: string) => said(z.enum(values), description);
export const open = (description: string) => said(z.record(z.string(), z.unknown()), description);
export const list = <T extends z.ZodMiniType>(item: T, description: string) => said(z.array(item), description);
export const maybe = <T extends z.ZodMiniType>(schema: T) => z.optional(schema);
export const object = z.object;
/** Output facts: named keys, others let through. */
export const facts = <T extends Record<string, z.ZodMiniType>>(shape: T) => z.looseObject(shape);
export { z };
