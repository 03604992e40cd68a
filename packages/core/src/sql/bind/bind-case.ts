import { typeText } from '../../values/type-text.ts';
import { ANY, type SqlType } from '../../values/types.ts';
import { commonTypeOf } from '../../values/unify-types.ts';
import type { Expression } from '../ast/index.ts';
import { compare } from './bind-compare.ts';
import { truth } from './bind-logic.ts';
import type { Binder } from './binder.ts';
import { castTo } from './coerce.ts';
import type { Expr } from './expression.ts';
import type { Scope } from './scope.ts';

/** `CASE WHEN …` and `CASE x WHEN v …`; all results get one type. */
export function bindCase(cx: Binder, node: Expression & { kind: 'case' }, scope: Scope): Expr {
  const operand = node.operand === undefined ? null : cx.expression(node.operand, scope);
  const whens = node.whens.map((w) => {
    const condition = cx.expression(w.condition, scope);
    return {
      condition: operand === null ? truth(cx, condition, 'WHEN') : compare(cx, '=', [operand, condition], w.condition.span),
      result: cx.expression(w.result, scope),
    };
  });
  const otherwise = node.otherwise === undefined ? null : cx.expression(node.otherwise, scope);
  const results = [...whens.map((w) => w.result), ...(otherwise === null ? [] : [otherwise])];
  const type = unify(cx, results, 'the results of CASE', node.span);
  return {
    kind: 'case',
    whens: whens.map((w) => ({ condition: w.condition, result: castTo(w.result, type) })),
    otherwise: otherwise === null ? null : castTo(otherwise, type),
    type,
    span: node.span,
  };
}

/** The common type of several values; a problem and `any` when there is none. */
export function unify(cx: Binder, values: readonly Expr[], what: string, span: Expression['span']): SqlType {
  const types = values.map((e) => e.type);
  const common = commonTypeOf(types);
  if (common !== undefined) return common;
  const at = types.findIndex((_, i) => commonTypeOf(types.slice(0, i + 1)) === undefined);
  const first = commonTypeOf(types.slice(0, at)) ?? ANY;
  cx.report('VS2025', values[at]!.span ?? span, { what, first: typeText(first), other: typeText(types[at]!) });
  return ANY;
}
