/** Exact powers of ten: a quotient of two exact doubles is rounded once, as `Number(text)` rounds. */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

const DIGITS_MAX = 15;
const MINUS = 0x2d;
const POINT = -2;

/** Result of the last scan: the scans below return the byte they stopped at. One scan at a time, so module state is safe. */
export const scanned = { value: 0, good: false };

/** `-?digits[.digits]` of at most 15 digits as the double that `Number` gives; anything else is not good. */
export function scanFloat(b: Uint8Array, start: number): number {
  let p = start;
  const negative = b[p] === MINUS;
  if (negative) p++;
  const first = p;
  let v = 0;
  let d = (b[p] as number) - 48;
  while (d >= 0 && d <= 9) {
    v = v * 10 + d;
    d = (b[++p] as number) - 48;
  }
  const whole = p - first;
  let fraction = 0;
  if (d === POINT) {
    const point = p;
    d = (b[++p] as number) - 48;
    while (d >= 0 && d <= 9) {
      v = v * 10 + d;
      d = (b[++p] as number) - 48;
    }
    fraction = p - point - 1;
    if (fraction === 0) fraction = DIGITS_MAX;
  }
  // A leading zero before more digits is no JSON, so the complete reader decides.
  scanned.good = whole > 0 && whole + fraction <= DIGITS_MAX && !(whole > 1 && b[first] === 48);
  if (scanned.good) {
    if (fraction > 0) v /= POWERS_OF_TEN[fraction] as number;
    scanned.value = negative ? -v : v;
  }
  return p;
}

/** `-?digits` of at most 15 digits. */
export function scanInteger(b: Uint8Array, start: number): number {
  let p = start;
  const negative = b[p] === MINUS;
  if (negative) p++;
  const first = p;
  let v = 0;
  let d = (b[p] as number) - 48;
  while (d >= 0 && d <= 9) {
    v = v * 10 + d;
    d = (b[++p] as number) - 48;
  }
  const digits = p - first;
  scanned.good = digits > 0 && digits <= DIGITS_MAX && !(digits > 1 && b[first] === 48);
  scanned.value = negative ? 0 - v : v;
  return p;
}

/** `-?digits[.digits]` as the unscaled integer of a decimal, when it surely has at most `precision` digits (15 at most). */
export function scanDecimal(b: Uint8Array, start: number, scale: number, precision: number): number {
  let p = start;
  const negative = b[p] === MINUS;
  if (negative) p++;
  const first = p;
  let v = 0;
  let d = (b[p] as number) - 48;
  while (d >= 0 && d <= 9) {
    v = v * 10 + d;
    d = (b[++p] as number) - 48;
  }
  const whole = p - first;
  let fraction = 0;
  if (d === POINT) {
    const point = p;
    d = (b[++p] as number) - 48;
    while (d >= 0 && d <= 9) {
      v = v * 10 + d;
      d = (b[++p] as number) - 48;
    }
    fraction = p - point - 1;
    if (fraction === 0) fraction = DIGITS_MAX + 1;
  }
  scanned.good = whole > 0 && fraction <= scale && whole + scale <= precision && !(whole > 1 && b[first] === 48);
  if (scanned.good) {
    v *= POWERS_OF_TEN[scale - fraction] as number;
    scanned.value = negative ? 0 - v : v;
  }
  return p;
}
