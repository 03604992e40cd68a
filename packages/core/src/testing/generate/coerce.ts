import type { Value } from '../../protocol/query.ts';
import type { DataField } from '../../protocol/studio/testing.ts';
import { decimalText, floatToDecimal, parseDecimalTo } from '../../values/decimal-text.ts';
import { dateText, parseDate, parseTimestamp } from '../../values/time-text.ts';
import { readTime } from './time-expression.ts';

/** A value in the form that rows of this field hold; NULL where it does not fit. */
export function coerceTo(field: Pick<DataField, 'type' | 'scale'>, value: unknown, now: number): Value {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'string':
    case 'uuid':
      return String(value);
    case 'integer':
      return toInteger(value);
    case 'float': {
      const n = Number(value);
      return Number.isNaN(n) ? null : n;
    }
    case 'decimal': {
      const scale = field.scale ?? 4;
      const unscaled = typeof value === 'number' ? floatToDecimal(value, scale) : parseDecimalTo(String(value), scale);
      return unscaled === undefined ? null : decimalText(unscaled, scale);
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' || value === 1 || value === '1';
    case 'timestamp':
      return typeof value === 'number' ? value : (parseTimestamp(String(value)) ?? readTime(value, now) ?? null);
    case 'date': {
      const ms = typeof value === 'number' ? value : (parseDate(String(value)) ?? parseTimestamp(String(value)));
      return ms === undefined ? null : dateText(ms);
    }
  }
}

function toInteger(value: unknown): Value {
  if (typeof value === 'bigint') return value;
  const n = typeof value === 'boolean' ? Number(value) : Number(value);
  if (Number.isNaN(n)) return null;
  if (typeof value === 'string' && /^[+-]?\d{16,}$/.test(value)) {
    const exact = BigInt(value);
    return BigInt(Number(exact)) === exact && Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }
  return Math.round(n);
}
