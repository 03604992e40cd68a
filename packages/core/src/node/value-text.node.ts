import type { Value } from '../engine/api.ts';
import { type ColumnSchema, holdsInstants } from '../protocol/table-schema.ts';
import { timestampText } from '../values/time-text.ts';

interface RawJson {
  readonly rawJSON?: (text: string) => unknown;
}

/** Whole numbers beyond 2^53 keep all their digits: JSON has no limit for them. */
function exactInteger(value: bigint): unknown {
  const { rawJSON } = JSON as RawJson;
  return rawJSON ? rawJSON(value.toString()) : value.toString();
}

function jsonReady(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return exactInteger(value);
  return value;
}

/** Bytes are base64; numbers that JSON does not know (NaN, infinities) are null. */
function withoutBytes(value: Value): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [field, inner] of Object.entries(value)) copy[field] = withoutBytes(inner as Value);
  return copy;
}

/** A value as JSON text: times in ms, decimals as text with all digits. */
export const jsonText = (value: Value): string => JSON.stringify(withoutBytes(value), jsonReady);

export const isNumeric = (type: string): boolean =>
  /^(INTEGER|INT|BIGINT|SMALLINT|FLOAT|DOUBLE|REAL|DECIMAL|NUMERIC|SCALED_INTEGER)\b/i.test(type);

/** A value as people read it: times in UTC, nested values as JSON, NULL as the empty text. */
export function plainText(value: Value, column: Pick<ColumnSchema, 'type' | 'format'>): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && holdsInstants(column)) return timestampText(value);
  return typeof value === 'object' ? jsonText(value) : String(value);
}
