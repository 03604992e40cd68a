import { valueError } from '../diagnostics/codes/values.ts';
import { narrowed } from './column-read.ts';

/** An integer of any size in scalar form: `number` while safe (|x| <= 2^53-1), else `bigint`. Never -0. */
export type Exact = number | bigint;

const SAFE = Number.MAX_SAFE_INTEGER;

export function addExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (sum <= SAFE && sum >= -SAFE) return sum;
  }
  return narrowed(BigInt(a) + BigInt(b));
}

export function subtractExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (difference <= SAFE && difference >= -SAFE) return difference;
  }
  return narrowed(BigInt(a) - BigInt(b));
}

export function multiplyExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    // A product that leaves the safe range also leaves it after rounding, so the test is exact. `+ 0` turns -0 into 0.
    const product = a * b;
    if (product <= SAFE && product >= -SAFE) return product + 0;
  }
  return narrowed(BigInt(a) * BigInt(b));
}

/** Remainder with the sign of the dividend. The divisor is not 0. */
export function remainderExact(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
  return narrowed(BigInt(a) % BigInt(b));
}

export const negateExact = (a: Exact): Exact => (typeof a === 'number' ? 0 - a : narrowed(-a));
export const absExact = (a: Exact): Exact => (a < 0 ? negateExact(a) : a);

export const compareExact = (a: Exact, b: Exact): number => (a < b ? -1 : a > b ? 1 : 0);

const POWERS: bigint[] = [1n];

/** 10^n. */
export function powerOfTen(n: number): bigint {
  for (let i = POWERS.length; i <= n; i++) POWERS.push((POWERS[i - 1] as bigint) * 10n);
  return POWERS[n] as bigint;
}

/** 10^n as a double, exact for n <= 22. */
const POWERS_DOUBLE = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
/** Largest power that leaves room to compare twice a remainder in safe integers. */
const SMALL_POWER = 15;

/** a · 10^by. */
export function shiftUp(a: Exact, by: number): Exact {
  if (by === 0) return a;
  if (typeof a === 'number' && by <= SMALL_POWER) {
    const shifted = a * (POWERS_DOUBLE[by] as number);
    if (shifted <= SAFE && shifted >= -SAFE) return shifted;
  }
  return narrowed(BigInt(a) * powerOfTen(by));
}

/** a / 10^by, rounded half away from zero. */
export function shiftDown(a: Exact, by: number): Exact {
  if (by === 0) return a;
  if (typeof a === 'number' && by <= SMALL_POWER) return divideRounded(a, POWERS_DOUBLE[by] as number);
  return divideRounded(a, powerOfTen(by));
}

/** a / 10^by, truncated toward zero. */
export function shiftDownTruncated(a: Exact, by: number): Exact {
  if (by === 0) return a;
  if (typeof a === 'number' && by <= SMALL_POWER) {
    const power = POWERS_DOUBLE[by] as number;
    return (a - (a % power)) / power + 0;
  }
  return narrowed(BigInt(a) / powerOfTen(by));
}

/** a / b rounded half away from zero; b is not 0. */
export function divideRounded(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    // a / b may round to the wrong integer near 2^53; remainder and the division of the rest are exact.
    const rest = a % b;
    const quotient = (a - rest) / b;
    if (Math.abs(rest) * 2 < Math.abs(b)) return quotient + 0;
    return a < 0 === b < 0 ? quotient + 1 : quotient - 1;
  }
  const n = BigInt(a);
  const d = BigInt(b);
  const quotient = n / d;
  const rest = n % d;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  if (twice < (d < 0n ? -d : d)) return narrowed(quotient);
  return narrowed(n < 0n === d < 0n ? quotient + 1n : quotient - 1n);
}

/** Integer nearest to a finite double with an integral value. */
export const exactOf = (integral: number): Exact => (Number.isSafeInteger(integral) ? integral + 0 : narrowed(BigInt(integral)));

/** Checks the 64-bit range of INTEGER. */
export function checked64(value: Exact, operation: string): Exact {
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) throw valueError('VS5101', { operation });
  return value;
}

export type ExactOperator = '+' | '-' | '*' | '%';

/** INTEGER arithmetic, checked: an overflow is an error of the record. `%` by zero is the caller's to handle. */
export function integerOperator(op: ExactOperator): (a: Exact, b: Exact) => Exact {
  switch (op) {
    case '+':
      return (a, b) => checked64(addExact(a, b), '+');
    case '-':
      return (a, b) => checked64(subtractExact(a, b), '-');
    case '*':
      return (a, b) => checked64(multiplyExact(a, b), '*');
    case '%':
      return remainderExact;
  }
}
