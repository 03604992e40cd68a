/**
 * ln, exp, pow and sin from additions and multiplications alone: `Math.log` and its kin may differ between engines in the
 * last bit, and a seed has to give the same rows everywhere.
 */
const { LN2 } = Math;
const TAU = 6.283185307179586;

/** Natural logarithm of a positive number. */
export function ln(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x > 0 ? x : Number.NaN;
  let m = x;
  let e = 0;
  while (m > 1.5) {
    m *= 0.5;
    e++;
  }
  while (m < 0.75) {
    m *= 2;
    e--;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum = 0;
  for (let k = 27; k >= 1; k -= 2) sum = sum * q + 1 / k;
  return e * LN2 + 2 * s * sum;
}

export function exp(x: number): number {
  if (x > 709.7) return Number.POSITIVE_INFINITY;
  if (x < -745) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2;
  let sum = 1;
  for (let i = 18; i >= 1; i--) sum = 1 + (sum * r) / i;
  return sum * twoTo(k);
}

/** Exact: a power of two by squaring. */
function twoTo(k: number): number {
  let result = 1;
  let base = k < 0 ? 0.5 : 2;
  for (let n = Math.abs(k); n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}

/** `x` to the power `y`, for positive `x`. */
export const pow = (x: number, y: number): number => (x === 1 || y === 0 ? 1 : exp(y * ln(x)));

export function sin(x: number): number {
  const turns = x / TAU;
  let r = (turns - Math.round(turns)) * TAU;
  // Beyond a quarter turn the mirror image is nearer to zero.
  if (r > TAU / 4) r = TAU / 2 - r;
  else if (r < -TAU / 4) r = -TAU / 2 - r;
  const q = r * r;
  let sum = 0;
  for (let k = 19; k >= 1; k -= 2) sum = 1 - (sum * q) / ((k + 1) * (k + 2));
  return r * sum;
}
