import type { Span } from '../../diagnostics/span.ts';
import { typeText } from '../../values/type-text.ts';
import { ANY, decimal, FLOAT, INTEGER, INTERVAL, type SqlType, TIMESTAMP } from '../../values/types.ts';
import { arithmeticType, isDynamic, isExact, isNumeric, isTime, scaleOf } from '../../values/unify-types.ts';
import type { Expression } from '../ast/index.ts';
import type { Binder } from './binder.ts';
import { asFloat, asTimestamp, castTo, intervalAsInteger, isNullLiteral, nullOf, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';
import type { Scope } from './scope.ts';

type ArithmeticOp = '+' | '-' | '*' | '/' | '%';
type Typed = { readonly left: Expr; readonly right: Expr; readonly type: SqlType };

/** `+ - * / %` over numbers (§4.6 with §0.2 (1), (3)) and over times and intervals (§4.7). */
export function bindArithmetic(cx: Binder, node: Expression & { kind: 'binary' }, scope: Scope): Expr {
  const op = node.operator as ArithmeticOp;
  const left = cx.expression(node.left, scope);
  const right = cx.expression(node.right, scope);
  if ((op === '/' || op === '%') && right.kind === 'literal' && right.value !== null && Number(right.value) === 0) {
    cx.report('VS2100', node.span, undefined);
  }
  return arithmetic(cx, op, [left, right], node.span);
}

/** The node with the casts that the runtime relies on; a problem and NULL when the types do not go together. */
export function arithmetic(cx: Binder, op: ArithmeticOp, [left, right]: readonly [Expr, Expr], span: Span): Expr {
  if (isNullLiteral(left) && isNullLiteral(right)) return nullOf(left.type, span);
  const typed = timeArithmetic(op, left, right) ?? numberArithmetic(cx, op, left, right);
  if (typed !== undefined) return { kind: 'arithmetic', op, divisionByZero: cx.divisionByZero, span, ...typed };
  cx.report('VS2021', span, { operator: op, left: typeText(left.type), right: typeText(right.type), ...hintFor(op, left, right) });
  return unknownValue(span);
}

function hintFor(op: ArithmeticOp, left: Expr, right: Expr): { hint?: string } {
  if (op === '+' && (left.type.kind === 'string' || right.type.kind === 'string')) return { hint: 'Join text with ||.' };
  if (isTime(left.type) || isTime(right.type)) return { hint: "Add or subtract an INTERVAL such as INTERVAL '5' MINUTE." };
  return {};
}

function numberArithmetic(cx: Binder, op: ArithmeticOp, left: Expr, right: Expr): Typed | undefined {
  const type = arithmeticType(op, left.type, right.type);
  if (type === undefined) return undefined;
  if (isNullLiteral(left)) return { left: castTo(left, right.type), right, type };
  if (isNullLiteral(right)) return { left, right: castTo(right, left.type), type };
  if (type.kind === 'any') return { left: dynamic(left), right: dynamic(right), type };
  if (type.kind !== 'float') return { left, right, type };
  return (cx.velostream ? scaledWithFloat(op, left, right) : undefined) ?? { left: asFloat(left), right: asFloat(right), type };
}

/** JSON takes part as the value that it turns out to hold. */
export const dynamic = (e: Expr): Expr => (e.type.kind === 'json' ? castTo(e, ANY) : e);

/** `compat: 'velostream'`: a float beside a decimal is rounded to its scale (§4.6). */
function scaledWithFloat(op: ArithmeticOp, left: Expr, right: Expr): Typed | undefined {
  const scaled = [left, right].find((e) => e.type.kind === 'decimal');
  if (scaled === undefined || op === '/' || op === '%') return undefined;
  const rounded = decimal(18, scaleOf(scaled.type));
  const l = isExact(left.type) ? left : castTo(left, rounded);
  const r = isExact(right.type) ? right : castTo(right, rounded);
  const type = arithmeticType(op, l.type, r.type);
  return type === undefined ? undefined : { left: l, right: r, type };
}

function timeArithmetic(op: ArithmeticOp, left: Expr, right: Expr): Typed | undefined {
  const l = left.type.kind;
  const r = right.type.kind;
  if (l === 'interval' && r === 'interval') return op === '+' || op === '-' ? { left, right, type: INTEGER } : undefined;
  if (l === 'interval' && (isNumeric(right.type) || isDynamic(right.type))) return intervalAndNumber(op, left, right);
  if (r === 'interval' && op === '*' && isNumeric(left.type)) return { left, right, type: INTERVAL };
  if (r === 'interval' && (op === '+' || op === '-')) return shifted(left, right);
  if (l === 'interval' && op === '+') return swap(shifted(right, left));
  if (op !== '+' && op !== '-') return undefined;
  return timeAndTime(op, left, right);
}

/** INTERVAL × n and ÷ n are intervals; INTERVAL + n has an epoch time on its right. */
function intervalAndNumber(op: ArithmeticOp, left: Expr, right: Expr): Typed | undefined {
  if (op === '*' || op === '/') return { left, right: dynamic(right), type: INTERVAL };
  return op === '+' ? swap(shifted(right, left)) : undefined;
}

const swap = (t: Typed | undefined): Typed | undefined => t && { left: t.right, right: t.left, type: t.type };

/** A time moved by an interval. INTEGER and FLOAT count ms and stay what they are. */
function shifted(time: Expr, interval: Expr): Typed | undefined {
  switch (time.type.kind) {
    case 'integer':
    case 'float':
      return { left: time, right: interval, type: time.type };
    case 'time':
      return { left: time, right: interval, type: time.type };
    case 'any':
    case 'json':
      return { left: dynamic(time), right: interval, type: ANY };
    case 'decimal':
      return { left: asFloat(time), right: interval, type: FLOAT };
    default: {
      const at = asTimestamp(time);
      return at && { left: at, right: interval, type: TIMESTAMP };
    }
  }
}

/** Times meet as epoch ms: `NOW() - ts` is a difference, `ts - 60000` a time; INTEGER says both. */
function timeAndTime(op: '+' | '-', left: Expr, right: Expr): Typed | undefined {
  const times = isTime(left.type) || isTime(right.type);
  if (left.type.kind === 'time' && right.type.kind === 'time') return op === '-' ? { left, right, type: INTEGER } : undefined;
  if (!times) return undefined;
  const l = asEpoch(left);
  const r = asEpoch(right);
  if (l === undefined || r === undefined || (op === '+' && isTime(left.type) && isTime(right.type))) return undefined;
  const type = l.type.kind === 'any' || r.type.kind === 'any' ? ANY : l.type.kind === 'float' || r.type.kind === 'float' ? FLOAT : INTEGER;
  return type.kind === 'float' ? { left: asFloat(l), right: asFloat(r), type } : { left: l, right: r, type };
}

function asEpoch(e: Expr): Expr | undefined {
  if (isNumeric(e.type)) return e.type.kind === 'decimal' ? asFloat(e) : e;
  if (isDynamic(e.type)) return dynamic(e);
  if (e.type.kind === 'null' || isTime(e.type)) return castTo(e, INTEGER);
  return e.type.kind === 'string' ? castTo(castTo(e, TIMESTAMP), INTEGER) : undefined;
}

/** Unary minus and plus. */
export function bindSign(cx: Binder, node: Expression & { kind: 'unary' }, scope: Scope): Expr {
  const arg = cx.expression(node.operand, scope);
  const { kind } = arg.type;
  if (!isNumeric(arg.type) && !isDynamic(arg.type) && kind !== 'interval' && kind !== 'null') {
    cx.report('VS2022', node.span, { operator: node.operator, type: typeText(arg.type) });
    return unknownValue(node.span);
  }
  if (node.operator === '+') return arg;
  if (arg.kind === 'literal' && typeof arg.value === 'number') return { ...arg, value: 0 - arg.value, span: node.span };
  if (arg.kind === 'literal' && typeof arg.value === 'bigint') return { ...arg, value: -arg.value, span: node.span };
  if (arg.kind === 'literal') return { ...arg, span: node.span };
  const of = dynamic(arg);
  return { kind: 'negate', arg: of, type: of.type, span: node.span };
}

/** An INTERVAL beside a number is compared as ms (§4.7). */
export const intervalToNumber = (e: Expr): Expr => (e.type.kind === 'interval' ? intervalAsInteger(e) : e);
