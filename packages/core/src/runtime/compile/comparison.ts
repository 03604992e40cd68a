import { incomparable } from '../../diagnostics/codes/runtime.ts';
import type { CompareOp } from '../../sql/bind/expression.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { compareText, equalScalars } from './equality.ts';
import { type Exact, exactOrder, exactToFloat, isExactType, scaleOf } from './exact.ts';

/** A comparison of two non-NULL values. */
export type Test = (a: Scalar, b: Scalar) => boolean;

const NUMBERS = new Set(['integer', 'float', 'decimal', 'timestamp', 'date', 'time', 'interval']);
export const isNumericLike = (type: SqlType): boolean => NUMBERS.has(type.kind);
const isDynamic = (type: SqlType): boolean => type.kind === 'any' || type.kind === 'json' || type.kind === 'null';

/** The test of `op` for values of two static types. NaN equals nothing and has no order (IEEE 754). */
export function testOf(op: CompareOp, left: SqlType, right: SqlType): Test {
  if (isNumericLike(left) && isNumericLike(right)) return numberTest(op, left, right);
  if (left.kind === 'string' && right.kind === 'string') return textTest(op);
  if (left.kind === 'boolean' && right.kind === 'boolean') return plainTest(op);
  if (isDynamic(left) || isDynamic(right)) return dynamicTest(op, left, right);
  if (op === '=') return equalScalars;
  if (op === '!=') return (a, b) => !equalScalars(a, b);
  return () => {
    throw incomparable(left.kind, right.kind);
  };
}

function numberTest(op: CompareOp, left: SqlType, right: SqlType): Test {
  const [ls, rs] = [scaleOf(left), scaleOf(right)];
  if (ls === rs) return plainTest(op);
  if (isExactType(left) && isExactType(right)) {
    const order = exactOrder(ls, rs);
    // Exact types hold nothing but numbers and bigints.
    return byOrder(op, (a, b) => order(a as Exact, b as Exact));
  }
  const test = plainTest(op);
  return (a, b) => test(exactToFloat(a as Exact, ls), exactToFloat(b as Exact, rs));
}

/** JavaScript's own operators: right for numbers, safe integers beside bigints, and booleans. */
function plainTest(op: CompareOp): Test {
  type Plain = number | boolean;
  switch (op) {
    case '=':
      return (a, b) => a === b;
    case '!=':
      return (a, b) => a !== b;
    case '<':
      return (a, b) => (a as Plain) < (b as Plain);
    case '<=':
      return (a, b) => (a as Plain) <= (b as Plain);
    case '>':
      return (a, b) => (a as Plain) > (b as Plain);
    case '>=':
      return (a, b) => (a as Plain) >= (b as Plain);
  }
}

function textTest(op: CompareOp): Test {
  if (op === '=' || op === '!=') return plainTest(op);
  return byOrder(op, (a, b) => compareText(a as string, b as string));
}

function byOrder(op: CompareOp, order: (a: Scalar, b: Scalar) => number): Test {
  switch (op) {
    case '=':
      return (a, b) => order(a, b) === 0;
    case '!=':
      return (a, b) => order(a, b) !== 0;
    case '<':
      return (a, b) => order(a, b) < 0;
    case '<=':
      return (a, b) => order(a, b) <= 0;
    case '>':
      return (a, b) => order(a, b) > 0;
    case '>=':
      return (a, b) => order(a, b) >= 0;
  }
}

/** Types known only per row: pairs of different kinds are not equal, and have no order. */
function dynamicTest(op: CompareOp, left: SqlType, right: SqlType): Test {
  const [ls, rs] = [scaleOf(left), scaleOf(right)];
  const plain = plainTest(op);
  const text = textTest(op);
  const opposite = op === '!=';
  return (a, b) => {
    const x = ls > 0 ? exactToFloat(a as Exact, ls) : a;
    const y = rs > 0 ? exactToFloat(b as Exact, rs) : b;
    if (typeof x === 'string' && typeof y === 'string') return text(x, y);
    const alike = typeof x === typeof y || (isNumber(x) && isNumber(y));
    if (alike && typeof x === 'bigint' !== (typeof y === 'bigint') && (op === '=' || opposite)) return equalScalars(x, y) !== opposite;
    if (alike && typeof x !== 'object') return plain(x, y);
    if (op === '=' || opposite) return equalScalars(x, y) !== opposite;
    throw incomparable(kindOf(x), kindOf(y));
  };
}

const isNumber = (v: Scalar): boolean => typeof v === 'number' || typeof v === 'bigint';

/** The SQL word for the type of a dynamic value. */
export function kindOf(v: Scalar): string {
  switch (typeof v) {
    case 'string':
      return 'STRING';
    case 'boolean':
      return 'BOOLEAN';
    case 'bigint':
      return 'INTEGER';
    case 'number':
      return Number.isInteger(v) ? 'INTEGER' : 'FLOAT';
    default:
      return v === null ? 'NULL' : Array.isArray(v) ? 'ARRAY' : v instanceof Uint8Array ? 'BYTES' : v instanceof Map ? 'MAP' : 'STRUCT';
  }
}
