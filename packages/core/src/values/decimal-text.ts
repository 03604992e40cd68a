import { narrowed } from './column-read.ts';
import { rescale } from './decimal.ts';
import { type Exact, shiftDownTruncated } from './exact.ts';

/** All digits of the scale, with sign: -50 of scale 2 is `-0.50`. */
export function decimalText(unscaled: Exact, scale: number): string {
  if (scale === 0) return String(unscaled);
  const negative = unscaled < 0;
  const digits = String(unscaled)
    .slice(negative ? 1 : 0)
    .padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The same without zeros at the end: 1230 of scale 2 is `12.3`, 1200 is `12`. */
export function decimalTextTrimmed(unscaled: Exact, scale: number): string {
  const text = decimalText(unscaled, scale);
  return scale === 0 ? text : text.replace(/\.?0+$/, '');
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** A decimal with its own scale. */
export interface Decimal {
  readonly unscaled: Exact;
  readonly scale: number;
}

/** Digits that number text may have; more is refused rather than computed with. */
const DIGITS_MAX = 400;

/** Reads `-12.50`, `+1`, `.5`, `3.`, `1e-3`; the scale is the number of digits after the point. Undefined when the text is no number. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const whole = match[2] as string;
  const fraction = match[3] ?? '';
  const exponent = Number(match[4] ?? 0);
  if (whole.length + fraction.length === 0 || whole.length + fraction.length + Math.abs(exponent) > DIGITS_MAX) return undefined;
  const digits = BigInt(whole + fraction);
  const signed = match[1] === '-' ? -digits : digits;
  const scale = fraction.length - exponent;
  return scale >= 0 ? { unscaled: narrowed(signed), scale } : { unscaled: narrowed(signed * 10n ** BigInt(-scale)), scale: 0 };
}

/** Reads number text into a given scale, rounding half away from zero; undefined when it is no number. */
export function parseDecimalTo(text: string, scale: number): Exact | undefined {
  const parsed = parseDecimal(text);
  return parsed === undefined ? undefined : rescale(parsed.unscaled, parsed.scale, scale);
}

/** A double through its shortest text, rounded half away from zero; undefined for NaN and infinities. */
export function floatToDecimal(value: number, scale: number): Exact | undefined {
  if (Number.isSafeInteger(value)) return rescale(value + 0, 0, scale);
  return Number.isFinite(value) ? parseDecimalTo(String(value), scale) : undefined;
}

const DIVISORS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** The double nearest to a decimal. */
export function decimalToFloat(unscaled: Exact, scale: number): number {
  // Both operands are exact doubles here, so one division rounds correctly.
  if (typeof unscaled === 'number' && scale <= 22) return unscaled / (DIVISORS[scale] as number);
  return Number(decimalText(unscaled, scale));
}

/** Integer part, toward zero. */
export const decimalToInteger = (unscaled: Exact, scale: number): Exact => shiftDownTruncated(unscaled, scale);
