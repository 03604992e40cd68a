import type { Scalar } from './types.ts';

export type DynamicKind = 'null' | 'boolean' | 'number' | 'string' | 'bytes' | 'array' | 'map';

/** A map (`Map`) or a struct (null-prototype object). */
export type Keyed = ReadonlyMap<string, Scalar> | { readonly [field: string]: Scalar };

/** What a value is when only the value can tell. Structs and maps are one kind. */
export function dynamicKind(value: Scalar): DynamicKind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'bigint':
      return 'number';
    default:
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      return value instanceof Uint8Array ? 'bytes' : 'map';
  }
}

export const isKeyed = (value: Scalar): value is Keyed => dynamicKind(value) === 'map';

/** Keys and values of a map or struct, in insertion order. */
export const entriesOf = (value: Keyed): [string, Scalar][] => (value instanceof Map ? [...value] : Object.entries(value));

/** Value behind a key of a map or struct; NULL when it has none. Never looks at prototypes. */
export function fieldOf(keyed: Keyed, key: string): Scalar {
  if (keyed instanceof Map) return keyed.get(key) ?? null;
  return Object.hasOwn(keyed, key) ? ((keyed as { readonly [field: string]: Scalar })[key] ?? null) : null;
}

/** An object without prototype, so that `__proto__` is a field like any other. */
export function structOf(entries: Iterable<readonly [string, Scalar]>): { [field: string]: Scalar } {
  const struct: { [field: string]: Scalar } = Object.create(null);
  for (const [key, value] of entries) struct[key] = value;
  return struct;
}
