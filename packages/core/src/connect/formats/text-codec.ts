import { DAY_MS, TIME_MAX_MS } from '../../values/calendar.ts';
import { narrowed } from '../../values/column-read.ts';
import { decimalText, parseDecimal } from '../../values/decimal-text.ts';
import { type Exact, powerOfTen } from '../../values/exact.ts';
import { apiReader } from '../../values/from-api.ts';
import { jsonTextOf } from '../../values/json.ts';
import { parseFloatText } from '../../values/number-text.ts';
import { dateText, parseDate, parseInterval, parseTime, parseTimestamp, timestampText, timeText } from '../../values/time-text.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { parseJsonExact } from './json-exact.ts';

/**
 * Reader of text into one type, for formats whose values are text. Exact: a DECIMAL or INTEGER that would lose digits does
 * not fit. Undefined when the text does not fit. Times are ISO text or ms since the epoch, bytes are base64,
 * collections are JSON text.
 */
export function textReader(type: SqlType): (text: string) => Scalar | undefined {
  switch (type.kind) {
    case 'string':
    case 'any':
      return (text) => text;
    case 'integer':
      return (text) => readScaled(text.trim(), 0, (v) => (typeof v === 'number' || BigInt.asIntN(64, v) === v ? v : undefined));
    case 'decimal': {
      const limit = powerOfTen(type.precision);
      return (text) => readScaled(text.trim(), type.scale, (v) => (v < limit && v > -limit ? v : undefined));
    }
    case 'float':
      return (text) => readFloat(text.trim());
    case 'boolean':
      return (text) => BOOLEANS.get(text.trim().toLowerCase());
    case 'timestamp':
      return (text) => readMs(text.trim()) ?? parseTimestamp(text.trim());
    case 'date':
      return (text) => dayStart(parseDate(text.trim()) ?? readMs(text.trim()) ?? parseTimestamp(text.trim()));
    case 'time':
      return (text) => parseTime(text.trim()) ?? readMs(text.trim());
    case 'interval':
      return (text) => readMs(text.trim()) ?? parseInterval(text.trim());
    case 'bytes':
      return (text) => readBase64(text.trim());
    case 'null':
      return () => undefined;
    default: {
      const read = apiReader(type, 'value');
      return (text) => {
        try {
          return read(parseJsonExact(text));
        } catch {
          return undefined;
        }
      };
    }
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', '0'].map((word) => [word, false] as const),
]);

/** Number text at a scale, without rounding. */
function readScaled(text: string, scale: number, check: (value: Exact) => Exact | undefined): Exact | undefined {
  const parsed = parseDecimal(text);
  if (parsed === undefined) return undefined;
  if (parsed.scale === scale) return check(parsed.unscaled);
  const unscaled = BigInt(parsed.unscaled);
  if (parsed.scale < scale) return check(narrowed(unscaled * powerOfTen(scale - parsed.scale)));
  const factor = powerOfTen(parsed.scale - scale);
  return unscaled % factor === 0n ? check(narrowed(unscaled / factor)) : undefined;
}

/** Number text beyond the doubles is refused rather than made infinite. */
function readFloat(text: string): number | undefined {
  const value = parseFloatText(text);
  return value === undefined || Number.isFinite(value) || !/\d/.test(text) ? value : undefined;
}

function readMs(text: string): number | undefined {
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) <= TIME_MAX_MS ? value + 0 : undefined;
}

const dayStart = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.floor(ms / DAY_MS) * DAY_MS);

function readBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));

/** Writer of values of one type as text that `textReader` reads back. Never called with NULL; a non-finite FLOAT gives undefined. */
export function textWriter(type: SqlType): (value: Scalar) => string | undefined {
  // The value is in the scalar form of `type`, which is what each `as` below says.
  switch (type.kind) {
    case 'string':
      return (v) => v as string;
    case 'float':
      return (v) => (Number.isFinite(v) ? floatText(v as number) : undefined);
    case 'integer':
    case 'boolean':
    case 'interval':
      return (v) => String(v);
    case 'decimal':
      return (v) => decimalText(v as Exact, type.scale);
    case 'date':
      return (v) => dateText(v as number);
    case 'time':
      return (v) => timeText(v as number);
    case 'timestamp':
      return (v) => fullTimestamp(v as number);
    case 'bytes':
      return (v) => base64(v as Uint8Array);
    case 'any':
      return (v) => (typeof v === 'string' ? v : jsonTextOf(type)(v));
    default:
      return jsonTextOf(type);
  }
}

const floatText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Always with ms, as §4.6 of the dialect has it: `2024-01-01 00:00:00.000`. */
export function fullTimestamp(ms: number): string {
  const text = timestampText(ms);
  return text.includes('.') ? text : `${text}.000`;
}
