import type { Convert } from './cast.ts';
import { rescale } from './decimal.ts';
import { decimalToFloat, decimalToInteger, floatToDecimal, parseDecimal } from './decimal-text.ts';
import { type Exact, exactOf, powerOfTen } from './exact.ts';
import { parseFloatText, parseInteger } from './number-text.ts';
import type { Scalar, SqlType } from './types.ts';

const fits64 = (value: Exact): Exact | undefined => (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value ? undefined : value);

/** Floats, decimals and times lose what stands behind the point; text must be digits alone. */
export function toInteger(from: SqlType): Convert | undefined {
  switch (from.kind) {
    case 'float':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
      return (v) => (Number.isFinite(v as number) ? fits64(exactOf(Math.trunc(v as number))) : undefined);
    case 'decimal':
      return (v) => fits64(decimalToInteger(v as Exact, from.scale));
    case 'boolean':
      return (v) => (v === true ? 1 : 0);
    case 'string':
      return (v) => parseInteger(v as string);
    default:
      return undefined;
  }
}

export function toFloat(from: SqlType): Convert | undefined {
  switch (from.kind) {
    case 'integer':
      return (v) => Number(v);
    case 'decimal':
      return (v) => decimalToFloat(v as Exact, from.scale);
    case 'boolean':
      return (v) => (v === true ? 1 : 0);
    case 'string':
      return (v) => parseFloatText(v as string);
    case 'interval':
    case 'timestamp':
      return (v: Scalar) => v;
    default:
      return undefined;
  }
}

/** Rounds half away from zero to the scale; more than `precision` digits do not fit. */
export function toDecimal(from: SqlType, precision: number, scale: number): Convert | undefined {
  const unscaled = toUnscaled(from, scale);
  if (unscaled === undefined) return undefined;
  const limit = powerOfTen(precision);
  // Every safe integer has at most 16 digits.
  const always = precision >= 16;
  return (v) => {
    const value = unscaled(v);
    if (value === undefined || (always && typeof value === 'number')) return value;
    return value < limit && value > -limit ? value : undefined;
  };
}

function toUnscaled(from: SqlType, scale: number): ((value: Scalar) => Exact | undefined) | undefined {
  switch (from.kind) {
    case 'integer':
      return (v) => rescale(v as Exact, 0, scale);
    case 'decimal':
      return (v) => rescale(v as Exact, from.scale, scale);
    case 'float':
      return (v) => floatToDecimal(v as number, scale);
    case 'boolean':
      return (v) => rescale(v === true ? 1 : 0, 0, scale);
    case 'string':
      return (v) => {
        const parsed = parseDecimal(v as string);
        return parsed && rescale(parsed.unscaled, parsed.scale, scale);
      };
    default:
      return undefined;
  }
}
