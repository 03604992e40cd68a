import type { Expr } from '../../../sql/bind/expression.ts';
import { resultScale } from '../../../values/decimal.ts';
import { isExactType, isNumericLike, scaleOf } from '../comparison.ts';
import type { Code } from './code.ts';
import type { Child } from './emit-call.ts';
import { emitStrict } from './emit-strict.ts';
import { unsafe } from './typed-result.ts';
import { anyNull, type Value } from './value.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;
type Num = Extract<Value, { rep: 'num' }>;

/** Powers of ten up to here are exact doubles that leave room for the value they scale. */
const SHIFT_MAX = 15;

/** Doubles, times, and exact numbers while safe are calculated in place; a result that leaves the safe range bails out. */
export function emitArithmetic(expr: Of<'arithmetic'>, code: Code, child: Child): Value {
  const left = child(expr.left);
  const right = child(expr.right);
  const form = left.rep === 'num' && right.rep === 'num' ? inlineForm(expr) : null;
  if (form === null || left.rep !== 'num' || right.rep !== 'num') {
    const rebuild = ([l, r]: readonly Expr[]): Expr => ({ ...expr, left: l!, right: r! });
    const known = new Map([
      [expr.left, left],
      [expr.right, right],
    ]);
    return emitStrict(expr, [expr.left, expr.right], rebuild, code, (e) => known.get(e)!);
  }
  const operands = form.exact
    ? [aligned(left, form.leftShift, code), aligned(right, form.rightShift, code)]
    : floats(expr, left, right, code);
  const [a, b] = operands as [Num, Num];
  return emitOperation(expr, { a, b, checked: form.exact }, code);
}

interface Form {
  readonly exact: boolean;
  /** Digits to append to each side before the operation. */
  readonly leftShift: number;
  readonly rightShift: number;
}

/** How an operation is done on numbers in place; null: it is not. */
function inlineForm({ op, left, right, type, divisionByZero }: Of<'arithmetic'>): Form | null {
  const [lt, rt] = [left.type, right.type];
  if (type.kind === 'time' || !isNumericLike(lt) || !isNumericLike(rt)) return null;
  if ((op === '/' || op === '%') && divisionByZero === 'error') return null;
  const plain = { exact: false, leftShift: 0, rightShift: 0 };
  if (!(isExactType(lt) && isExactType(rt) && isExactType(type))) {
    return scaleOf(lt) <= 22 && scaleOf(rt) <= 22 ? plain : null;
  }
  const [ls, rs, scale] = [scaleOf(lt), scaleOf(rt), scaleOf(type)];
  if (op === '/' || scale !== resultScale(op, ls, rs)) return null;
  if (op === '*') return ls + rs === scale ? { exact: true, leftShift: 0, rightShift: 0 } : null;
  if (scale - ls > SHIFT_MAX || scale - rs > SHIFT_MAX) return null;
  return { exact: true, leftShift: scale - ls, rightShift: scale - rs };
}

/** A decimal with more digits after the point. */
function aligned(value: Num, shift: number, code: Code): Num {
  if (shift === 0) return value;
  const result = code.fresh('v');
  code.add(`const ${result} = ${value.code} * ${code.constant(10 ** shift)};`);
  code.add(`if (${unsafe(result)}${guard(value.isNull)}) ${code.bail}`);
  return { rep: 'num', code: result, isNull: value.isNull };
}

function floats({ left, right }: Of<'arithmetic'>, a: Num, b: Num, code: Code): Num[] {
  return [asFloat(a, scaleOf(left.type), code), asFloat(b, scaleOf(right.type), code)];
}

function asFloat(value: Num, scale: number, code: Code): Num {
  return scale === 0 ? value : { rep: 'num', code: `(${value.code} / ${code.constant(10 ** scale)})`, isNull: value.isNull };
}

const guard = (isNull: string | null): string => (isNull === null ? '' : ` && !(${isNull})`);

interface Operation {
  readonly a: Num;
  readonly b: Num;
  /** The result has to stay in the safe range. */
  readonly checked: boolean;
}

function emitOperation(expr: Of<'arithmetic'>, { a, b, checked }: Operation, code: Code): Value {
  const result = code.fresh('v');
  let isNull = anyNull([a, b]);
  if (expr.op === '/' || expr.op === '%') {
    const none = code.fresh('n');
    code.countsZero = true;
    const zero = `${b.code} === 0`;
    code.add(`let ${none} = ${isNull ?? 'false'};`);
    code.add(`if (${isNull === null ? '' : `!${none} && `}${zero}) { ${none} = true; dz++; }`);
    isNull = none;
  }
  // + 0 takes the sign off the zeros of exact products and remainders.
  const plus = checked && (expr.op === '*' || expr.op === '%') ? ' + 0' : '';
  const operation = `${a.code} ${expr.op} ${b.code}${plus}`;
  // Differences of times are whole ms; quotients of integers are FLOAT.
  code.add(`const ${result} = ${!checked && expr.type.kind === 'integer' ? `Math.trunc(${operation}) + 0` : operation};`);
  if (checked) code.add(`if (${unsafe(result)}${guard(isNull)}) ${code.bail}`);
  return { rep: 'num', code: result, isNull };
}

export function emitNegate(expr: Of<'negate'>, code: Code, child: Child): Value {
  const arg = child(expr.arg);
  if (arg.rep !== 'num' || !isNumericLike(expr.arg.type)) {
    return emitStrict(
      expr,
      [expr.arg],
      ([part]) => ({ ...expr, arg: part! }),
      code,
      () => arg,
    );
  }
  const result = code.fresh('v');
  code.add(`const ${result} = ${expr.arg.type.kind === 'float' ? `-${arg.code}` : `0 - ${arg.code}`};`);
  return { rep: 'num', code: result, isNull: arg.isNull };
}
