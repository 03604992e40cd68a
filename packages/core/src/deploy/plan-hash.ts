import { checksum128 } from '../runtime/state/checksum.ts';

/** Value as JSON with sorted keys, so that equal plans have equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Short name of a text: 128 bits in hexadecimal. It tells plans apart; it is no signature. */
export function contentHash(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return [...checksum128(bytes, bytes.length)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

export const planHash = (content: unknown): string => contentHash(canonicalJson(content));
