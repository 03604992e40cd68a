import { valueError } from '../diagnostics/codes/values.ts';
import {
  addExact,
  compareExact,
  divideRounded,
  type Exact,
  multiplyExact,
  powerOfTen,
  remainderExact,
  shiftDown,
  shiftUp,
  subtractExact,
} from './exact.ts';
import { PRECISION_MAX, SCALE_MAX } from './type-text.ts';

/** A quotient has this many digits more than the finer of its operands … */
export const QUOTIENT_DIGITS = 4;
/** … up to this many, so that chains of divisions end. */
const QUOTIENT_SCALE_MAX = SCALE_MAX + QUOTIENT_DIGITS;

const LIMIT = powerOfTen(PRECISION_MAX);

/** Checks that an unscaled value has at most `precision` digits (38 unless told). */
export function checkedDigits(unscaled: Exact, operation: string, precision: number = PRECISION_MAX): Exact {
  if (typeof unscaled === 'number' && precision > 15) return unscaled;
  const limit = precision === PRECISION_MAX ? LIMIT : powerOfTen(precision);
  if (unscaled >= limit || unscaled <= -limit) throw valueError('VS5102', { operation, precision });
  return unscaled;
}

/** Digits after the point of `a op b` for exact operands; an INTEGER has scale 0. */
export function resultScale(op: '+' | '-' | '*' | '/' | '%', left: number, right: number): number {
  const finer = Math.max(left, right);
  if (op === '*') return Math.min(left + right, Math.max(finer, SCALE_MAX));
  if (op === '/') return Math.max(finer, Math.min(finer + QUOTIENT_DIGITS, QUOTIENT_SCALE_MAX));
  return finer;
}

/** Changes the number of digits after the point; fewer of them round half away from zero. */
export const rescale = (unscaled: Exact, from: number, to: number): Exact =>
  to >= from ? shiftUp(unscaled, to - from) : shiftDown(unscaled, from - to);

/** -1, 0 or 1 for two decimals of any scales. */
export function compareDecimals(a: Exact, aScale: number, b: Exact, bScale: number): number {
  if (aScale === bScale) return compareExact(a, b);
  return aScale < bScale ? compareExact(shiftUp(a, bScale - aScale), b) : compareExact(a, shiftUp(b, aScale - bScale));
}

/**
 * Arithmetic on unscaled values, specialised for two scales: the result has `resultScale(op, …)` digits after the point.
 * Exact for `+ - %`; products beyond 18 digits after the point and quotients round half away from zero.
 * Throws `decimal-overflow` beyond 38 digits; `/` and `%` by zero are the caller's to handle.
 */
export function decimalOperator(op: '+' | '-' | '*' | '/' | '%', leftScale: number, rightScale: number): (a: Exact, b: Exact) => Exact {
  const scale = resultScale(op, leftScale, rightScale);
  if (op === '*') return multiplier(leftScale + rightScale - scale);
  if (op === '/') return divider(scale - leftScale + rightScale);
  const combine = op === '+' ? addExact : op === '-' ? subtractExact : remainderExact;
  const left = scale - leftScale;
  const right = scale - rightScale;
  if (left === 0 && right === 0) return (a, b) => checkedDigits(combine(a, b), op);
  return (a, b) => checkedDigits(combine(shiftUp(a, left), shiftUp(b, right)), op);
}

const multiplier = (excess: number) => (a: Exact, b: Exact) => checkedDigits(shiftDown(multiplyExact(a, b), excess), '*');

const divider = (shift: number) => (a: Exact, b: Exact) => checkedDigits(divideRounded(shiftUp(a, shift), b), '/');

/** Rounds to `digits` after the point (negative: before it), half away from zero; the scale stays. */
export function roundDecimal(unscaled: Exact, scale: number, digits: number): Exact {
  const drop = scale - digits;
  if (drop <= 0) return unscaled;
  // Beyond 38 digits nothing is left to round up from.
  if (drop > PRECISION_MAX + 1) return 0;
  return shiftUp(shiftDown(unscaled, drop), drop);
}
