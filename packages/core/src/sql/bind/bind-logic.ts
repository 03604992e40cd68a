import { typeText } from '../../values/type-text.ts';
import { BOOLEAN } from '../../values/types.ts';
import { isDynamic, isNumeric } from '../../values/unify-types.ts';
import type { Expression } from '../ast/index.ts';
import { dynamic } from './bind-arithmetic.ts';
import { twoValued } from './bind-compare.ts';
import type { Binder } from './binder.ts';
import { asText, nullOf, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';
import type { Scope } from './scope.ts';

/** `e` as a truth value (§4.5): numbers are true unless 0, text unless empty. `clause` is named when it is none. */
export function truth(cx: Binder, e: Expr, clause: string): Expr {
  const { kind } = e.type;
  if (kind === 'boolean') return e;
  if (kind === 'null') return nullOf(BOOLEAN, e.span);
  const span = e.span === undefined ? {} : { span: e.span };
  if (isNumeric(e.type) || kind === 'string') return { kind: 'truth', arg: e, type: BOOLEAN, ...span };
  if (isDynamic(e.type)) return { kind: 'truth', arg: dynamic(e), type: BOOLEAN, ...span };
  cx.report('VS2026', e.span ?? { start: 0, end: 0 }, { clause, type: typeText(e.type) });
  return unknownValue(e.span);
}

/** A condition of a clause: its expression as a truth value. */
export const bindCondition = (cx: Binder, node: Expression, scope: Scope): Expr => truth(cx, cx.expression(node, scope), scope.clause);

/** Chains of one operator become one node: `a AND b AND c` has three arguments. The chain is walked without recursion. */
export function bindAndOr(cx: Binder, node: Expression & { kind: 'binary' }, scope: Scope): Expr {
  const kind = node.operator === 'AND' ? 'and' : 'or';
  const operands: Expression[] = [];
  let rest: Expression = node;
  while (rest.kind === 'binary' && rest.operator === node.operator) {
    operands.push(rest.right);
    rest = rest.left;
  }
  operands.push(rest);
  const args = operands.reverse().map((e) => truth(cx, cx.expression(e, scope), node.operator));
  return { kind, args: args.flatMap((a) => (a.kind === kind ? a.args : [a])), type: BOOLEAN, span: node.span };
}

export function bindNot(cx: Binder, node: Expression & { kind: 'unary' }, scope: Scope): Expr {
  const arg = truth(cx, cx.expression(node.operand, scope), 'NOT');
  return { kind: 'not', arg, type: BOOLEAN, span: node.span, ...twoValued(cx) };
}

export function bindIs(cx: Binder, node: Expression & { kind: 'is' }, scope: Scope): Expr {
  const operand = cx.expression(node.operand, scope);
  const arg = node.test === 'NULL' ? operand : truth(cx, operand, `IS ${node.test}`);
  const test = node.test === 'NULL' ? 'null' : node.test === 'TRUE' ? 'true' : 'false';
  return { kind: 'is', test, negated: node.negated, arg, type: BOOLEAN, span: node.span };
}

/** `a || b || c` as one node; every side in its text form. */
export function bindConcat(cx: Binder, node: Expression & { kind: 'binary' }, scope: Scope): Expr {
  const operands: Expression[] = [];
  let rest: Expression = node;
  while (rest.kind === 'binary' && rest.operator === '||') {
    operands.push(rest.right);
    rest = rest.left;
  }
  operands.push(rest);
  const args = operands.reverse().map((e) => asText(cx.expression(e, scope)));
  return { kind: 'concat', args: args.flatMap((a) => (a.kind === 'concat' ? a.args : [a])), type: { kind: 'string' }, span: node.span };
}
