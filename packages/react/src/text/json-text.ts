/** JSON of any value out of a query: whole numbers beyond 2^53 as their digits, bytes as their length. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_key, inner: unknown) =>
      typeof inner === 'bigint' ? inner.toString() : inner instanceof Uint8Array ? `${inner.length} bytes` : inner,
    indent,
  ) ?? String(value);
