import { BOOLEAN, INTEGER } from '../../values/types.ts';
import type { Expression, FunctionCall } from '../ast/index.ts';
import type { ScalarFunction, WindowFunction } from '../functions/define.ts';
import { findFunction, suggestFunctions } from '../functions/registry.ts';
import { bindAggregate } from './bind-aggregate.ts';
import { checkCall } from './bind-arguments.ts';
import { arithmetic } from './bind-arithmetic.ts';
import { unify } from './bind-case.ts';
import { systemColumn, windowBound } from './bind-column.ts';
import { compare } from './bind-compare.ts';
import { truth } from './bind-logic.ts';
import type { Binder } from './binder.ts';
import { castTo, literal, nullOf, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';
import { rareBinders } from './rare-binders.ts';
import { type Scope, WINDOW_END, WINDOW_START } from './scope.ts';

const HEADER_WRITERS = new Set(['set_header', 'remove_header']);

/** A call of any kind of function: scalar, aggregate, analytic, window bound. */
export function bindCall(cx: Binder, node: FunctionCall, scope: Scope): Expr {
  const fn = findFunction(node.name.text, { over: node.over !== undefined, compat: cx.velostream ? 'velostream' : 'standard' });
  if (fn === undefined) {
    for (const arg of node.arguments) cx.expression(arg, scope);
    cx.report('VS2040', node.name.span, { name: node.name.text, nearest: suggestFunctions(node.name.text) });
    return unknownValue(node.span);
  }
  if (node.over !== undefined) {
    if (fn.kind === 'aggregate' || fn.kind === 'analytic') return rareBinders().bindOver(cx, { ...node, over: node.over }, fn, scope);
    cx.report('VS2044', node.name.span, { name: fn.name });
    return unknownValue(node.span);
  }
  switch (fn.kind) {
    case 'aggregate':
      return bindAggregate(cx, node, fn, scope);
    case 'analytic':
      cx.report('VS2045', node.name.span, { name: fn.name });
      return unknownValue(node.span);
    case 'window':
      return windowFunction(cx, fn, node, scope);
    case 'scalar':
      return bindScalar(cx, node, fn, scope);
  }
}

function bindScalar(cx: Binder, node: FunctionCall, fn: ScalarFunction, scope: Scope): Expr {
  if (node.distinct || node.filter !== undefined || node.withinGroup !== undefined) cx.report('VS2052', node.name.span, { name: fn.name });
  if (node.star) {
    cx.report('VS2053', node.name.span, { name: fn.name });
    return unknownValue(node.span);
  }
  if (HEADER_WRITERS.has(fn.name) && scope.clause !== 'SELECT') cx.report('VS2054', node.span, { name: fn.name });
  const args = node.arguments.map((arg) => cx.expression(arg, scope));
  const checked = checkCall(cx, fn, args, node.span);
  if (checked === undefined) return unknownValue(node.span);
  return lazyForm(cx, fn, args, node) ?? { kind: 'call', fn, args: checked.args, type: checked.type, span: node.span };
}

/** Functions that must not evaluate every argument are nodes of their own. */
function lazyForm(cx: Binder, fn: ScalarFunction, args: readonly Expr[], node: FunctionCall): Expr | undefined {
  const { span } = node;
  switch (fn.name) {
    case 'coalesce':
    case 'ifnull': {
      const type = unify(cx, args, `the arguments of function "${fn.name}"`, span);
      return { kind: 'coalesce', args: args.map((a) => castTo(a, type)), type, span };
    }
    case 'if': {
      const type = unify(cx, args.slice(1), 'the results of IF', span);
      const when = { condition: truth(cx, args[0]!, 'IF'), result: castTo(args[1]!, type) };
      return { kind: 'case', whens: [when], otherwise: args[2] === undefined ? null : castTo(args[2], type), type, span };
    }
    case 'nullif': {
      const equal = compare(cx, '=', [args[0]!, args[1]!], span);
      const { type } = args[0]!;
      return { kind: 'case', whens: [{ condition: equal, result: nullOf(type) }], otherwise: args[0]!, type, span };
    }
    default:
      return undefined;
  }
}

/** TUMBLE_START() and its kin: bounds of the window, else the record's time. Arguments only repeat the window and are not read. */
function windowFunction(cx: Binder, fn: WindowFunction, node: FunctionCall, scope: Scope): Expr {
  const { span } = node;
  if (scope.row.relations.length === 0) {
    cx.report('VS2005', span, { what: `function "${fn.name}"` });
    return unknownValue(span);
  }
  if (!scope.row.windowed) return fn.gives === 'duration' ? literal(0, INTEGER, span) : systemColumn('_TIMESTAMP', span);
  if (fn.gives === 'start') return windowBound(WINDOW_START, span);
  const end = windowBound(WINDOW_END, span);
  return fn.gives === 'end' ? end : arithmetic(cx, '-', [end, windowBound(WINDOW_START, span)], span);
}

/** `a ~ b`, `a RLIKE b`: a call of `regexp`. */
export function bindRegexp(cx: Binder, node: Expression & { kind: 'like' }, scope: Scope): Expr {
  const fn = findFunction('regexp');
  if (fn?.kind !== 'scalar') return unknownValue(node.span);
  const args = [cx.expression(node.operand, scope), cx.expression(node.pattern, scope)];
  const checked = checkCall(cx, fn, args, node.span);
  if (checked === undefined) return unknownValue(node.span);
  const call: Expr = { kind: 'call', fn, args: checked.args, type: BOOLEAN, span: node.span };
  return node.negated ? { kind: 'not', arg: call, type: BOOLEAN, span: node.span } : call;
}
