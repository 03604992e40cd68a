import type { Span } from '../../diagnostics/span.ts';
import { typeText } from '../../values/type-text.ts';
import { BOOLEAN, FLOAT, type SqlType } from '../../values/types.ts';
import { isDynamic, isNumeric } from '../../values/unify-types.ts';
import type { Expression } from '../ast/index.ts';
import { align } from './align.ts';
import { dynamic } from './bind-arithmetic.ts';
import type { Binder } from './binder.ts';
import { castTo, isNullLiteral, literal, nullOf, unknownValue } from './coerce.ts';
import type { CompareOp, Expr } from './expression.ts';
import type { Scope } from './scope.ts';

const ORDERED = new Set([
  'integer',
  'float',
  'decimal',
  'string',
  'boolean',
  'timestamp',
  'date',
  'time',
  'interval',
  'any',
  'json',
  'null',
]);

/** `twoValued` only where it is so: the default is left out of the tree. */
export const twoValued = (cx: Binder): { readonly twoValued?: true } => (cx.velostream ? { twoValued: true } : {});

export function bindComparison(cx: Binder, node: Expression & { kind: 'binary' }, scope: Scope): Expr {
  const op = node.operator as CompareOp;
  const left = cx.expression(node.left, scope);
  const right = cx.expression(node.right, scope);
  if (isNullLiteral(left) || isNullLiteral(right)) {
    if (!cx.velostream) cx.report('VS2101', node.span, { negated: op === '!=' });
  }
  return compare(cx, op, [left, right], node.span);
}

/** A comparison of two values of any types: with casts, or constant where they are never equal, or a problem where they have no order. */
export function compare(cx: Binder, op: CompareOp, operands: readonly [Expr, Expr], span: Span): Expr {
  const [left, right] = operands;
  const sides = align(operands);
  const equality = op === '=' || op === '!=';
  if (sides !== undefined && (equality || isOrdered(sides[0]!.type))) {
    return { kind: 'compare', op, left: sides[0]!, right: sides[1]!, type: BOOLEAN, span, ...twoValued(cx) };
  }
  if (!equality) {
    cx.report('VS2021', span, { operator: op, left: typeText(left.type), right: typeText(right.type) });
    return unknownValue(span);
  }
  cx.report('VS2023', span, { left: typeText(left.type), right: typeText(right.type) });
  return neverEqual(cx, operands, op === '!=', span);
}

const isOrdered = (type: SqlType): boolean => ORDERED.has(type.kind);

/** NULL when an operand is (three-valued logic), else the constant outcome. */
function neverEqual(cx: Binder, operands: readonly Expr[], outcome: boolean, span: Span): Expr {
  const otherwise = literal(outcome, BOOLEAN, span);
  if (cx.velostream) return otherwise;
  const isNull = operands.map((arg): Expr => ({ kind: 'is', test: 'null', negated: false, arg, type: BOOLEAN }));
  const condition: Expr = isNull.length === 1 ? isNull[0]! : { kind: 'or', args: isNull, type: BOOLEAN };
  return { kind: 'case', whens: [{ condition, result: nullOf(BOOLEAN) }], otherwise, type: BOOLEAN, span };
}

export function bindBetween(cx: Binder, node: Expression & { kind: 'between' }, scope: Scope): Expr {
  const bound = [node.operand, node.low, node.high].map((e) => cx.expression(e, scope));
  const sides = align(bound) ?? align(numericTexts(bound));
  const [arg, low, high] = sides ?? [];
  if (arg === undefined || low === undefined || high === undefined || !isOrdered(arg.type)) {
    cx.report('VS2025', node.span, mismatch('the operands of BETWEEN', bound));
    return unknownValue(node.span);
  }
  return { kind: 'between', arg, low, high, negated: node.negated, type: BOOLEAN, span: node.span, ...twoValued(cx) };
}

/** Text beside numbers is read as a number (§4.4). */
function numericTexts(exprs: readonly Expr[]): Expr[] {
  if (!exprs.some((e) => isNumeric(e.type))) return [...exprs];
  return exprs.map((e) => (e.type.kind === 'string' ? castTo(e, FLOAT) : e));
}

/** The first type and the first one that does not go with it, for a message. */
export function mismatch(what: string, exprs: readonly Expr[]): { what: string; first: string; other: string } {
  const present = exprs.filter((e) => !isNullLiteral(e));
  const other = present.find((e) => align([present[0]!, e]) === undefined) ?? present[present.length - 1]!;
  return { what, first: typeText(present[0]!.type), other: typeText(other.type) };
}

export function bindIn(cx: Binder, node: Expression & { kind: 'in' }, scope: Scope): Expr {
  if (node.operand.kind === 'row') return bindRowIn(cx, node, node.operand.items, scope);
  const arg = cx.expression(node.operand, scope);
  const list = node.list.map((e) => cx.expression(e, scope));
  return inList(cx, arg, list, node);
}

/** `arg IN (list)`. Items that are never equal to `arg` are dropped with a warning. */
function inList(cx: Binder, arg: Expr, list: readonly Expr[], { negated, span }: Expression & { kind: 'in' }): Expr {
  const kept = list.filter((item) => {
    if (align([arg, item]) !== undefined) return true;
    cx.report('VS2023', item.span ?? span, { left: typeText(arg.type), right: typeText(item.type) });
    return false;
  });
  const sides = align([arg, ...kept]);
  if (kept.length === 0) return neverEqual(cx, [arg], negated, span);
  if (sides === undefined) {
    cx.report('VS2025', span, mismatch('the items of IN', [arg, ...kept]));
    return unknownValue(span);
  }
  return { kind: 'in', arg: sides[0]!, list: sides.slice(1), negated, type: BOOLEAN, span, ...twoValued(cx) };
}

/** `(a, b) IN ((1, 2), (3, 4))` is an OR of ANDs. */
function bindRowIn(cx: Binder, node: Expression & { kind: 'in' }, items: readonly Expression[], scope: Scope): Expr {
  const left = items.map((e) => cx.expression(e, scope));
  const rows: Expr[] = [];
  for (const item of node.list) {
    if (item.kind !== 'row' || item.items.length !== left.length) {
      cx.report('VS2028', item.span, { what: `beside a value that is no row of ${left.length}` });
      return unknownValue(node.span);
    }
    const terms = item.items.map((e, i) => compare(cx, '=', [left[i]!, cx.expression(e, scope)], item.span));
    rows.push({ kind: 'and', args: terms, type: BOOLEAN, span: item.span });
  }
  const any: Expr = rows.length === 1 ? rows[0]! : { kind: 'or', args: rows, type: BOOLEAN, span: node.span };
  return node.negated ? { kind: 'not', arg: any, type: BOOLEAN, span: node.span, ...twoValued(cx) } : any;
}

export function bindLike(cx: Binder, node: Expression & { kind: 'like' }, scope: Scope): Expr {
  const arg = textOperand(cx, node.operator, cx.expression(node.operand, scope));
  const pattern = textOperand(cx, node.operator, cx.expression(node.pattern, scope));
  const escaped = node.escape === undefined ? null : cx.expression(node.escape, scope);
  const mark = escaped?.kind === 'literal' && typeof escaped.value === 'string' ? escaped.value : null;
  if (escaped !== null && (mark === null || [...mark].length !== 1)) {
    cx.report('VS2103', node.escape!.span, { feature: 'an ESCAPE that is no single character' });
  }
  const { span } = node;
  return { kind: 'like', arg, pattern, escape: mark, ignoreCase: node.operator === 'ILIKE', negated: node.negated, type: BOOLEAN, span };
}

function textOperand(cx: Binder, operator: string, e: Expr): Expr {
  if (e.type.kind === 'string') return e;
  if (isDynamic(e.type)) return dynamic(e);
  if (e.type.kind === 'null') return nullOf({ kind: 'string' }, e.span);
  cx.report('VS2022', e.span ?? { start: 0, end: 0 }, { operator, type: typeText(e.type) });
  return unknownValue(e.span);
}
