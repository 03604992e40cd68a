import { decimalOverflow, integerOverflow } from '../../diagnostics/codes/runtime.ts';
import { narrowed } from '../../values/column-read.ts';
import type { SqlType } from '../../values/types.ts';

/** An integer, or the unscaled integer of a decimal: `number` while safe, else `bigint`. */
export type Exact = number | bigint;
export type ArithmeticOp = '+' | '-' | '*' | '/' | '%';

const SAFE = Number.MAX_SAFE_INTEGER;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const DECIMAL_BOUND = 10n ** 38n;

export const power10 = (digits: number): bigint => 10n ** BigInt(digits);
export const scaleOf = (type: SqlType): number => (type.kind === 'decimal' ? type.scale : 0);
export const isExactType = (type: SqlType): boolean => type.kind === 'integer' || type.kind === 'decimal';

/** Scalar form of an integer result; throws beyond 64 bits. */
export function toInteger(value: bigint, what: string): Exact {
  if (value < INT64_MIN || value > INT64_MAX) throw integerOverflow(what);
  return narrowed(value);
}

/** Scalar form of an unscaled decimal result; throws beyond 38 digits. */
export function toUnscaled(value: bigint, what: string): Exact {
  if (value >= DECIMAL_BOUND || value <= -DECIMAL_BOUND) throw decimalOverflow(what);
  return narrowed(value);
}

/** Quotient rounded half away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const doubled = rest < 0n ? -2n * rest : 2n * rest;
  if (doubled < (divisor < 0n ? -divisor : divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Value of one scale at another, rounded half away from zero. */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (to >= from) return to === from ? value : value * power10(to - from);
  return divideRounded(value, power10(from - to));
}

/** Exact `op` over two exact types, for a result of exact type. A divisor of zero is the caller's business. */
export function exactBinary(op: ArithmeticOp, left: SqlType, right: SqlType, result: SqlType): (a: Exact, b: Exact) => Exact {
  const ls = scaleOf(left);
  const rs = scaleOf(right);
  const scale = scaleOf(result);
  const finish = result.kind === 'decimal' ? toUnscaled : toInteger;
  const wide = wideBinary(op, { ls, rs, scale });
  const slow = (a: Exact, b: Exact): Exact => finish(wide(BigInt(a), BigInt(b)), op);
  const fast = (op === '*' ? ls + rs === scale : ls === rs && ls === scale) ? fastBinary(op) : undefined;
  if (fast === undefined) return slow;
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      const value = fast(a, b);
      // Sums and products of safe integers that come out safe are exact; + 0 takes the sign off a zero.
      if (value <= SAFE && value >= -SAFE) return value + 0;
    }
    return slow(a, b);
  };
}

/** On numbers that need no scaling; a quotient always does. */
function fastBinary(op: ArithmeticOp): ((a: number, b: number) => number) | undefined {
  switch (op) {
    case '+':
      return (a, b) => a + b;
    case '-':
      return (a, b) => a - b;
    case '*':
      return (a, b) => a * b;
    case '%':
      return (a, b) => a % b;
    case '/':
      return undefined;
  }
}

interface Scales {
  readonly ls: number;
  readonly rs: number;
  readonly scale: number;
}

function wideBinary(op: ArithmeticOp, { ls, rs, scale }: Scales): (a: bigint, b: bigint) => bigint {
  const common = Math.max(ls, rs);
  const left = power10(common - ls);
  const right = power10(common - rs);
  switch (op) {
    case '+':
      return (a, b) => rescale(a * left + b * right, common, scale);
    case '-':
      return (a, b) => rescale(a * left - b * right, common, scale);
    case '%':
      return (a, b) => rescale((a * left) % (b * right), common, scale);
    case '*':
      return (a, b) => rescale(a * b, ls + rs, scale);
    case '/': {
      // a / 10^ls : b / 10^rs at `scale` = a * 10^(rs - ls + scale) / b, with the power on whichever side keeps it whole.
      const shift = rs - ls + scale;
      if (shift >= 0) return (a, b) => divideRounded(a * power10(shift), b);
      return (a, b) => divideRounded(a, b * power10(-shift));
    }
  }
}

/** Order of two exact values of possibly different scale. */
export function exactOrder(ls: number, rs: number): (a: Exact, b: Exact) => number {
  if (ls === rs) return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const common = Math.max(ls, rs);
  const left = power10(common - ls);
  const right = power10(common - rs);
  const [l, r] = [Number(left), Number(right)];
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      const [x, y] = [a * l, b * r];
      if (x <= SAFE && x >= -SAFE && y <= SAFE && y >= -SAFE) return x - y;
    }
    const [x, y] = [BigInt(a) * left, BigInt(b) * right];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

/** Nearest double of an exact value: the quotient of two safe integers is rounded once, hence the nearest. */
export function exactToFloat(value: Exact, scale: number): number {
  if (scale === 0) return Number(value);
  if (typeof value === 'number' && scale <= 22) return value / 10 ** scale;
  return Number(`${value}e-${scale}`);
}
