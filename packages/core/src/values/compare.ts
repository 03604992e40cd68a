import { valueError } from '../diagnostics/codes/values.ts';
import { compareDecimals } from './decimal.ts';
import { decimalToFloat } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { dynamicKind, entriesOf, isKeyed } from './scalar-shape.ts';
import { parseTimestamp } from './time-text.ts';
import { typeText } from './type-text.ts';
import { ANY, type Scalar, type SqlType } from './types.ts';
import { isDynamic, isExact, isTime, scaleOf } from './unify-types.ts';

/** Order of two values that are not NULL: negative, 0 or positive. */
export type Compare = (a: Scalar, b: Scalar) => number;

/** Strings by code point. UTF-16 order differs only where a surrogate meets a unit above the surrogates. */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? aboveOthers(x) - aboveOthers(y) : x - y;
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of their plane, where their code points are. */
const aboveOthers = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

/** Doubles in a total order: NaN equals itself and stands above all; -0 equals 0. */
export function compareFloats(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : -1;
}

const compareNumeric: Compare = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') return compareFloats(a, b);
  return (a as Exact) < (b as Exact) ? -1 : (a as Exact) > (b as Exact) ? 1 : Number.isNaN(b) ? -1 : Number.isNaN(a) ? 1 : 0;
};

/**
 * Total order of the values of one type, or of two types that `comparableType` joins. NULL is the caller's:
 * it stands outside. Throws `incomparable` where a dynamic value has no order with the other.
 */
export function comparatorOf(left: SqlType, right: SqlType = left): Compare {
  if (isExact(left) && isExact(right)) {
    const [l, r] = [scaleOf(left), scaleOf(right)];
    return l === r ? compareNumeric : (a, b) => compareDecimals(a as Exact, l, b as Exact, r);
  }
  if (isDynamic(left) || isDynamic(right)) return dynamicComparator(left, right);
  if (left.kind === 'decimal' || right.kind === 'decimal') return onValues(floatOf(left), floatOf(right), compareNumeric);
  if (left.kind !== right.kind && (isTime(left) || isTime(right))) return onValues(timeOf(left), timeOf(right), compareNumeric);
  switch (left.kind) {
    case 'string':
      return compareText as Compare;
    case 'boolean':
      return (a, b) => Number(a) - Number(b);
    case 'bytes':
      return (a, b) => compareBytes(a as Uint8Array, b as Uint8Array);
    case 'array':
      return arrayComparator(comparatorOf(left.element, right.kind === 'array' ? right.element : left.element));
    case 'map':
    case 'struct':
      return compareKeyed;
    default:
      return compareNumeric;
  }
}

const same = (value: Scalar): Scalar => value;
const floatOf = (type: SqlType) => (type.kind === 'decimal' ? (v: Scalar) => decimalToFloat(v as Exact, type.scale) : same);
/** Unreadable text becomes NaN, which equals no instant. */
const timeOf = (type: SqlType) => (type.kind === 'string' ? (v: Scalar) => parseTimestamp(v as string) ?? Number.NaN : same);

function onValues(left: (v: Scalar) => Scalar, right: (v: Scalar) => Scalar, compare: Compare): Compare {
  return (a, b) => compare(left(a), right(b));
}

function dynamicComparator(left: SqlType, right: SqlType): Compare {
  if (isTime(left) || isTime(right)) return onValues(timeText, timeText, dynamic);
  return onValues(floatOf(left), floatOf(right), dynamic);
}

const timeText = (v: Scalar): Scalar => (typeof v === 'string' ? (parseTimestamp(v) ?? v) : v);

/** Values whose type is known only now. Different kinds have no order. */
const dynamic: Compare = (a, b) => {
  const [x, y] = [dynamicKind(a), dynamicKind(b)];
  if (x === 'number' && y === 'number') return compareNumeric(a, b);
  if (x !== y) throw valueError('VS5109', { left: x, right: y });
  switch (x) {
    case 'string':
      return compareText(a as string, b as string);
    case 'boolean':
      return Number(a) - Number(b);
    case 'bytes':
      return compareBytes(a as Uint8Array, b as Uint8Array);
    case 'array':
      return arrayComparator(dynamic)(a, b);
    default:
      return compareKeyed(a, b);
  }
};

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

/** Element by element; NULL elements stand first and equal each other. */
const withNulls =
  (compare: Compare): Compare =>
  (a, b) =>
    a === null ? (b === null ? 0 : -1) : b === null ? 1 : compare(a, b);

function arrayComparator(element: Compare): Compare {
  const compare = withNulls(element);
  return (a, b) => {
    const [x, y] = [a as readonly Scalar[], b as readonly Scalar[]];
    const shorter = Math.min(x.length, y.length);
    for (let i = 0; i < shorter; i++) {
      const order = compare(x[i] as Scalar, y[i] as Scalar);
      if (order !== 0) return order;
    }
    return x.length - y.length;
  };
}

/** Maps and structs: by their sorted keys, then by the values behind them. */
const compareKeyed: Compare = (a, b) => {
  const [x, y] = [sortedEntries(a), sortedEntries(b)];
  const order = arrayComparator(compareText as Compare)(
    x.map(([key]) => key),
    y.map(([key]) => key),
  );
  return order !== 0
    ? order
    : arrayComparator(comparatorOf(ANY))(
        x.map(([, value]) => value),
        y.map(([, value]) => value),
      );
};

const sortedEntries = (value: Scalar): [string, Scalar][] => {
  if (!isKeyed(value)) throw valueError('VS5109', { left: dynamicKind(value), right: 'map' });
  return entriesOf(value).sort(([p], [q]) => compareText(p, q));
};

/** Whether two values that are not NULL are equal; values of kinds that cannot be compared are not. */
export function equalityOf(left: SqlType, right: SqlType = left): (a: Scalar, b: Scalar) => boolean {
  const compare = comparatorOf(left, right);
  if (!isDynamic(left) && !isDynamic(right) && left.kind !== 'map' && left.kind !== 'struct' && left.kind !== 'array') {
    return (a, b) => compare(a, b) === 0;
  }
  return (a, b) => {
    try {
      return compare(a, b) === 0;
    } catch {
      return false;
    }
  };
}

/** Total order of two values of one type; NULL stands first. */
export const compareScalars = (type: SqlType, a: Scalar, b: Scalar): number => withNulls(comparatorOf(type))(a, b);

/** For messages: the two types that have no order. */
export const incomparable = (left: SqlType, right: SqlType) => valueError('VS5109', { left: typeText(left), right: typeText(right) });
