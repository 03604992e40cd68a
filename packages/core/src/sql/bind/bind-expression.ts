import { NO_SPAN } from '../../diagnostics/span.ts';
import { converter } from '../../values/cast.ts';
import { typeText } from '../../values/type-text.ts';
import { arrayOf, STRING } from '../../values/types.ts';
import type { Expression } from '../ast/index.ts';
import { findFunction } from '../functions/registry.ts';
import { checkCall } from './bind-arguments.ts';
import { bindArithmetic, bindSign, dynamic } from './bind-arithmetic.ts';
import { bindCall, bindRegexp } from './bind-call.ts';
import { bindCase, unify } from './bind-case.ts';
import { bindCast } from './bind-cast.ts';
import { bindColumn, elementOf } from './bind-column.ts';
import { bindBetween, bindComparison, bindIn, bindLike } from './bind-compare.ts';
import { bindLiteral } from './bind-literal.ts';
import { bindAndOr, bindConcat, bindIs, bindNot } from './bind-logic.ts';
import type { Binder } from './binder.ts';
import { asText, castTo, literal, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';
import { childrenOf } from './expression-tree.ts';
import { rareBinders } from './rare-binders.ts';
import type { Scope } from './scope.ts';

/** Any expression: names resolved, types known, casts in place. Problems are reported; the result then is NULL of type `any`. */
export function bindExpression(cx: Binder, node: Expression, scope: Scope): Expr {
  const e = bindNode(cx, node, scope);
  // An explicit CAST says what it does and fails when it is evaluated (§4.10): reading it, a warning is enough.
  if (node.kind === 'cast') checkConstantCast(cx, e, 'warning');
  else if (node.kind === 'typed-string') checkConstantCast(cx, e, 'error');
  for (const child of childrenOf(e)) checkConstantCast(cx, child, 'error');
  return e;
}

/** A constant that has no counterpart in the type that is needed (`ts > 'soon'`) would fail for every record. */
function checkConstantCast(cx: Binder, e: Expr, severity: 'error' | 'warning'): void {
  if (e.kind !== 'cast' || e.safe || e.arg.kind !== 'literal' || e.arg.value === null) return;
  if (converter(e.arg.type, e.type)?.(e.arg.value) !== undefined) return;
  cx.report('VS2029', e.span ?? NO_SPAN, { text: String(e.arg.value), type: typeText(e.type) }, severity);
}

function bindNode(cx: Binder, node: Expression, scope: Scope): Expr {
  switch (node.kind) {
    case 'column':
      return bindColumn(cx, node, scope);
    case 'binary':
      return bindBinary(cx, node, scope);
    case 'unary':
      return node.operator === 'NOT' ? bindNot(cx, node, scope) : bindSign(cx, node, scope);
    case 'call':
      return bindCall(cx, node, scope);
    case 'case':
      return bindCase(cx, node, scope);
    case 'cast':
      return bindCast(cx, node, scope);
    case 'is':
      return bindIs(cx, node, scope);
    case 'between':
      return bindBetween(cx, node, scope);
    case 'in':
      return bindIn(cx, node, scope);
    case 'like':
      return node.operator === 'REGEXP' ? bindRegexp(cx, node, scope) : bindLike(cx, node, scope);
    case 'exists':
    case 'scalar-query':
    case 'in-query':
    case 'quantified':
      return rareBinders().bindSubquery(cx, node, scope);
    case 'index':
    case 'field':
    case 'json-access':
    case 'array':
    case 'row':
      return bindNested(cx, node, scope);
    case 'error':
      return unknownValue(node.span);
    default:
      return bindLiteral(node);
  }
}

function bindBinary(cx: Binder, node: Expression & { kind: 'binary' }, scope: Scope): Expr {
  switch (node.operator) {
    case 'AND':
    case 'OR':
      return bindAndOr(cx, node, scope);
    case '||':
      return bindConcat(cx, node, scope);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return bindArithmetic(cx, node, scope);
    default:
      return bindComparison(cx, node, scope);
  }
}

type Nested = Expression & { kind: 'index' | 'field' | 'json-access' | 'array' | 'row' };

function bindNested(cx: Binder, node: Nested, scope: Scope): Expr {
  switch (node.kind) {
    case 'index':
      return bindIndex(cx, node, scope);
    case 'field': {
      const arg = cx.expression(node.operand, scope);
      return elementOf(cx, arg, literal(node.name.text, STRING, node.name.span), node.span);
    }
    case 'json-access': {
      const arg = cx.expression(node.operand, scope);
      const value = elementOf(cx, arg, cx.expression(node.key, scope), node.span);
      return node.asText ? asText(value) : value;
    }
    case 'array':
      return bindArray(cx, node, scope);
    case 'row':
      cx.report('VS2028', node.span, { what: 'where one value is needed' });
      return unknownValue(node.span);
  }
}

function bindIndex(cx: Binder, node: Expression & { kind: 'index' }, scope: Scope): Expr {
  const arg = cx.expression(node.operand, scope);
  const key = dynamic(cx.expression(node.index, scope));
  const wanted = arg.type.kind === 'array' ? 'integer' : arg.type.kind === 'map' || arg.type.kind === 'struct' ? 'string' : key.type.kind;
  if (key.type.kind === wanted || key.type.kind === 'any' || key.type.kind === 'null') return elementOf(cx, arg, key, node.span);
  if (wanted === 'integer' && key.type.kind === 'float') return elementOf(cx, arg, castTo(key, { kind: 'integer' }), node.span);
  cx.report('VS2021', node.span, { operator: '[ ]', left: typeText(arg.type), right: typeText(key.type) });
  return unknownValue(node.span);
}

/** `ARRAY[a, b]` is a call of `array`. */
function bindArray(cx: Binder, node: Expression & { kind: 'array' }, scope: Scope): Expr {
  const items = node.items.map((e) => cx.expression(e, scope));
  const type = unify(cx, items, 'the items of the array', node.span);
  const fn = findFunction('array');
  if (fn?.kind !== 'scalar') return unknownValue(node.span);
  const args = items.map((e) => castTo(e, type));
  const checked = checkCall(cx, fn, args, node.span);
  return checked === undefined ? unknownValue(node.span) : { kind: 'call', fn, args: checked.args, type: arrayOf(type), span: node.span };
}
