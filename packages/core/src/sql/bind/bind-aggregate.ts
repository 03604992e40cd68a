import type { FunctionCall } from '../ast/index.ts';
import type { AggregateFunction } from '../functions/define.ts';
import { checkCall } from './bind-arguments.ts';
import { bindCondition } from './bind-logic.ts';
import type { Binder } from './binder.ts';
import { unknownValue } from './coerce.ts';
import type { AggregateCall, Expr } from './expression.ts';
import { walkExpr } from './expression-tree.ts';
import { sameAggregate, sameExpr } from './same-expression.ts';
import { AGGREGATE_BASE, type RowScope, type Scope, WINDOW_START } from './scope.ts';
import { showAggregate } from './show-expression.ts';

const ALLOWED = new Set(['SELECT', 'HAVING', 'ORDER BY']);

/** An aggregate call becomes one column of the grouped row; equal calls share it. */
export function bindAggregate(cx: Binder, node: FunctionCall, fn: AggregateFunction, scope: Scope): Expr {
  if (scope.inside !== null) {
    cx.report('VS2048', node.name.span, { inner: fn.name, outer: scope.inside });
    return unknownValue(node.span);
  }
  if (!ALLOWED.has(scope.clause)) {
    cx.report('VS2047', node.name.span, { name: fn.name, clause: scope.clause });
    return unknownValue(node.span);
  }
  const call = aggregateCall(cx, node, fn, { ...scope, inside: fn.name });
  return call === undefined ? unknownValue(node.span) : placeAggregate(call, scope.row);
}

/** The column of an aggregate, new or shared. */
export function placeAggregate(call: AggregateCall, row: RowScope): Expr {
  let at = row.aggregates.findIndex((other) => sameAggregate(call, other));
  if (at < 0) at = row.aggregates.push(call) - 1;
  const span = call.span === undefined ? {} : { span: call.span };
  return { kind: 'column', index: AGGREGATE_BASE + at, name: showAggregate(call), type: call.type, ...span };
}

/** The call with its arguments checked; also used for aggregates with OVER. `scope` is that of the arguments. */
export function aggregateCall(cx: Binder, node: FunctionCall, fn: AggregateFunction, scope: Scope): AggregateCall | undefined {
  const { span } = node;
  const filter = node.filter === undefined ? null : bindCondition(cx, node.filter, { ...scope, clause: 'FILTER' });
  if (filter !== null && !checkInputs(cx, filter, fn.name)) return undefined;
  if (node.star || (node.arguments.length === 0 && fn.star === true)) {
    if (fn.star === true) return { fn, args: [], distinct: false, filter, descending: false, type: { kind: 'integer' }, span };
    cx.report('VS2053', node.name.span, { name: fn.name });
    return undefined;
  }
  const args = node.arguments.map((arg) => cx.expression(arg, scope));
  const order = withinGroup(cx, { node, fn, args }, scope);
  if (order === undefined || !args.every((arg) => checkInputs(cx, arg, fn.name))) return undefined;
  const checked = checkCall(cx, fn, order.args, span);
  if (checked === undefined) return undefined;
  return { fn, args: checked.args, distinct: node.distinct, filter, descending: order.descending, type: checked.type, span };
}

/** `F(p) WITHIN GROUP (ORDER BY x)` is `F(x, p)` with a direction. */
function withinGroup(cx: Binder, call: { node: FunctionCall; fn: AggregateFunction; args: readonly Expr[] }, scope: Scope) {
  const { node, fn, args } = call;
  const [key, other] = node.withinGroup ?? [];
  if (key === undefined) {
    if (!/^percentile_/.test(fn.name) || args.length !== 1) return { args, descending: false };
    cx.report('VS2055', node.span, { name: fn.name });
    return undefined;
  }
  const ordered = cx.expression(key.expression, scope);
  const descending = key.direction === 'DESC';
  if (other === undefined && args.length + 1 <= fn.parameters.length && !/agg$/.test(fn.name))
    return { args: [ordered, ...args], descending };
  if (other === undefined && args[0] !== undefined && sameExpr(ordered, args[0])) return { args, descending };
  cx.report('VS2103', key.span, { feature: `WITHIN GROUP by another value than the argument of "${fn.name}"` });
  return undefined;
}

/** Arguments are read from input rows: results of aggregates (through an alias) and window bounds are not there yet. */
export function checkInputs(cx: Binder, e: Expr, outer: string): boolean {
  let fine = true;
  walkExpr(e, (x) => {
    if (x.kind !== 'column' || x.index < AGGREGATE_BASE) return;
    fine = false;
    const span = x.span ?? e.span ?? { start: 0, end: 0 };
    if (x.index >= WINDOW_START) cx.report('VS2103', span, { feature: `a window bound inside "${outer}"` });
    else cx.report('VS2048', span, { inner: x.name, outer });
  });
  return fine;
}
