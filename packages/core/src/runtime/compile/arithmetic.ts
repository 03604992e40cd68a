import { divisionByZero, wrongOperand } from '../../diagnostics/codes/runtime.ts';
import type { Expr } from '../../sql/bind/expression.ts';
import { DAY_MS } from '../../values/calendar.ts';
import { decimalOperator, rescale, resultScale } from '../../values/decimal.ts';
import { decimalToFloat } from '../../values/decimal-text.ts';
import { checked64, type Exact, integerOperator, negateExact } from '../../values/exact.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import type { RuntimeContext } from '../operator.ts';
import { isExactType, isNumericLike, kindOf, scaleOf } from './comparison.ts';

export type ArithmeticExpr = Extract<Expr, { kind: 'arithmetic' }>;
export type ArithmeticOp = ArithmeticExpr['op'];
/** Over two non-NULL values. */
export type Binary = (a: Scalar, b: Scalar) => Scalar;

/** The operation of an arithmetic node; division by zero is NULL and counted, or an error, as the node says. */
export function arithmeticOf(expr: ArithmeticExpr, context: RuntimeContext): Binary {
  const compute = computeOf(expr);
  if (expr.op !== '/' && expr.op !== '%') return compute;
  const fails = expr.divisionByZero === 'error';
  return (a, b) => {
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
  // Exact types hold nothing but numbers and bigints.
  if (isExactType(lt) && isExactType(rt) && isExactType(type)) return exactBinary(op, lt, rt, type) as Binary;
  const plain = floatBinary(op);
  const compute: Binary = (a, b) => plain(toNumber(a, lt), toNumber(b, rt));
  // a time of day that is moved stays one
  if (type.kind === 'time') return (a, b) => within(compute(a, b) as number);
  // Differences of times are INTEGER ms, whatever fraction the times have.
  return type.kind === 'integer' ? (a, b) => Math.trunc(compute(a, b) as number) + 0 : compute;
}

const within = (ms: number): number => {
  const rest = ms % DAY_MS;
  return rest < 0 ? rest + DAY_MS : rest + 0;
};

/** Exact operation for two exact types; the result has the scale of `type`. */
function exactBinary(op: ArithmeticOp, left: SqlType, right: SqlType, type: SqlType): (a: Exact, b: Exact) => Exact {
  if (type.kind === 'integer' && op !== '/') return integerOperator(op);
  const [ls, rs] = [scaleOf(left), scaleOf(right)];
  const operate = decimalOperator(op, ls, rs);
  const [from, to] = [resultScale(op, ls, rs), scaleOf(type)];
  return from === to ? operate : (a, b) => rescale(operate(a, b), from, to);
}

/** Double of a number of any numeric type. */
export const toNumber = (value: Scalar, type: SqlType): number =>
  typeof value === 'number' && type.kind !== 'decimal' ? value : decimalToFloat(value as Exact, scaleOf(type));

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
  const exact = op === '/' ? undefined : integerOperator(op);
  return (a, b) => {
    const isWhole = (typeof a === 'bigint' || typeof b === 'bigint') && isInteger(a, left) && isInteger(b, right);
    if (exact !== undefined && isWhole) return exact(a as Exact, b as Exact);
    return plain(dynamicNumber(a, left, op), dynamicNumber(b, right, op));
  };
}

const isInteger = (value: Scalar, type: SqlType): boolean =>
  type.kind !== 'decimal' && (typeof value === 'bigint' || Number.isSafeInteger(value));

function dynamicNumber(value: Scalar, type: SqlType, what: string): number {
  if (typeof value === 'number' || typeof value === 'bigint') return toNumber(value, type);
  throw wrongOperand(what, kindOf(value));
}

/** `-x` of a non-NULL value. */
export function negateOf(type: SqlType): (a: Scalar) => Scalar {
  if (type.kind === 'float') return (a) => -(a as number);
  return (a) => {
    if (typeof a === 'number') return type.kind === 'any' && !Number.isInteger(a) ? -a : 0 - a;
    if (typeof a === 'bigint') return type.kind === 'decimal' ? negateExact(a) : checked64(negateExact(a), '-');
    throw wrongOperand('-', kindOf(a));
  };
}
