import type { CompareOp } from '../../sql/bind/expression.ts';
import { comparatorOf, equalityOf } from '../../values/compare.ts';
import type { Scalar, SqlType } from '../../values/types.ts';

/** A comparison of two non-NULL values. */
export type Test = (a: Scalar, b: Scalar) => boolean;

const NUMBERS = new Set(['integer', 'float', 'decimal', 'timestamp', 'date', 'time', 'interval']);
/** Types whose scalars are numbers (or bigints). */
export const isNumericLike = (type: SqlType): boolean => NUMBERS.has(type.kind);
export const scaleOf = (type: SqlType): number => (type.kind === 'decimal' ? type.scale : 0);
export const isExactType = (type: SqlType): boolean => type.kind === 'integer' || type.kind === 'decimal';

/** The test of `op` for values of two static types; in the total order of `comparatorOf` (NaN equals itself and is above all). */
export function testOf(op: CompareOp, left: SqlType, right: SqlType): Test {
  if (op === '=' || op === '!=') {
    const equal = plainly(left, right) ? identical : equalityOf(left, right);
    return op === '=' ? equal : (a, b) => !equal(a, b);
  }
  const order = comparatorOf(left, right);
  switch (op) {
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

const identical: Test = (a, b) => a === b;

/** Whether `===` is SQL's equality: not for floats, where NaN equals itself. */
export function plainly(left: SqlType, right: SqlType): boolean {
  if (left.kind === 'string' || left.kind === 'boolean') return left.kind === right.kind;
  return isNumericLike(left) && isNumericLike(right) && left.kind !== 'float' && right.kind !== 'float' && scaleOf(left) === scaleOf(right);
}

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
