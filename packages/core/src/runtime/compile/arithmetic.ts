import { divisionByZero, wrongOperand } from '../../diagnostics/codes/runtime.ts';
import type { Expr } from '../../sql/bind/expression.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import type { RuntimeContext } from '../operator.ts';
import { isNumericLike, kindOf } from './comparison.ts';
import { type ArithmeticOp, type Exact, exactBinary, exactToFloat, isExactType, scaleOf } from './exact.ts';

export type ArithmeticExpr = Extract<Expr, { kind: 'arithmetic' }>;
/** Over two non-NULL values. */
export type Binary = (a: Scalar, b: Scalar) => Scalar;

/** The operation of an arithmetic node; division by zero is NULL and counted, or an error, as the node says. */
export function arithmeticOf(expr: ArithmeticExpr, context: RuntimeContext): Binary {
  const compute = computeOf(expr);
  if (expr.op !== '/' && expr.op !== '%') return compute;
  const fails = expr.divisionByZero === 'error';
  return (a, b) => {
    // `==` takes 0, -0 and 0n for zero; every other type is left to `compute`.
    if (b === 0 || b === 0n) {
      if (fails) throw divisionByZero(expr.op);
      context.warn('division-by-zero');
      return null;
    }
    return compute(a, b);
  };
}

function computeOf({ op, left, right, type }: ArithmeticExpr): Binary {
  const [lt, rt] = [left.type, right.type];
  if (!isNumericLike(lt) || !isNumericLike(rt)) return dynamicBinary(op, lt, rt);
  if (isExactType(lt) && isExactType(rt) && isExactType(type)) {
    // Exact types hold nothing but numbers and bigints.
    return exactBinary(op, lt, rt, type) as Binary;
  }
  const plain = floatBinary(op);
  const compute: Binary = (a, b) => plain(toNumber(a, lt), toNumber(b, rt));
  // Differences of times are INTEGER ms, whatever fraction the times have.
  return type.kind === 'integer' ? (a, b) => Math.trunc(compute(a, b) as number) + 0 : compute;
}

const toNumber = (value: Scalar, type: SqlType): number =>
  typeof value === 'number' && type.kind !== 'decimal' ? value : exactToFloat(value as Exact, scaleOf(type));

/** Double arithmetic; also of times and intervals, which are ms. */
export function floatBinary(op: ArithmeticOp): (a: number, b: number) => number {
  switch (op) {
    case '+':
      return (a, b) => a + b;
    case '-':
      return (a, b) => a - b;
    case '*':
      return (a, b) => a * b;
    case '/':
      return (a, b) => a / b;
    case '%':
      return (a, b) => a % b;
  }
}

/** An operand of type ANY shows its type per row: numbers calculate as floats, all else is an error of the record. */
function dynamicBinary(op: ArithmeticOp, left: SqlType, right: SqlType): Binary {
  const plain = floatBinary(op);
  const exact = op === '/' ? undefined : exactBinary(op, { kind: 'integer' }, { kind: 'integer' }, { kind: 'integer' });
  return (a, b) => {
    const isWhole = exact !== undefined && (typeof a === 'bigint' || typeof b === 'bigint') && isInteger(a, left) && isInteger(b, right);
    if (isWhole) return exact(a as Exact, b as Exact);
    return plain(dynamicNumber(a, left, op), dynamicNumber(b, right, op));
  };
}

const isInteger = (value: Scalar, type: SqlType): boolean => type.kind !== 'decimal' && (typeof value === 'bigint' || Number.isSafeInteger(value));

function dynamicNumber(value: Scalar, type: SqlType, what: string): number {
  if (typeof value === 'number' || typeof value === 'bigint') return toNumber(value, type);
  throw wrongOperand(what, kindOf(value));
}

/** `-x` of a non-NULL value. */
export function negateOf(type: SqlType): (a: Scalar) => Scalar {
  if (type.kind === 'float') return (a) => -(a as number);
  if (isExactType(type)) {
    const subtract = exactBinary('-', type, type, type);
    return (a) => subtract(0, a as Exact);
  }
  return (a) => {
    if (typeof a === 'number') return -a + 0;
    if (typeof a === 'bigint') return -a;
    throw wrongOperand('-', kindOf(a));
  };
}
