import { assert } from '../../diagnostics/assert.ts';
import type { Span } from '../../diagnostics/span.ts';
import { typeText } from '../../values/type-text.ts';
import { INTEGER, type Scalar, type SqlType } from '../../values/types.ts';
import { commonTypeOf, isDynamic, isNumeric } from '../../values/unify-types.ts';
import type { FunctionDefinition, Parameter, ParameterClass, ReturnRule } from '../functions/define.ts';
import { signatureOf } from '../functions/signature.ts';
import { dynamic } from './bind-arithmetic.ts';
import type { Binder } from './binder.ts';
import { asFloat, asText, asTimestamp, castTo, constantOf, isNullLiteral, literal, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';

/** Arguments as the function takes them (see `ParameterClass`) with their result type; undefined after a problem. */
export interface CheckedCall {
  readonly args: readonly Expr[];
  readonly type: SqlType;
}

export function checkCall(cx: Binder, fn: FunctionDefinition & { returns: SqlType | ReturnRule }, args: readonly Expr[], span: Span) {
  if (!checkCount(cx, fn, args.length, span)) return undefined;
  const checked = checkClasses(cx, fn, args, span);
  if (checked === undefined) return undefined;
  const type = resultType(cx, fn, checked, span);
  return type === undefined ? undefined : ({ args: checked, type } satisfies CheckedCall);
}

function checkCount(cx: Binder, fn: FunctionDefinition, found: number, span: Span): boolean {
  const last = fn.parameters[fn.parameters.length - 1];
  const least = fn.parameters.filter((p) => p.optional !== true).length;
  const most = last?.variadic === true ? Number.POSITIVE_INFINITY : fn.parameters.length;
  if (found >= least && found <= most) return true;
  const plural = (n: number): string => `${n === 0 ? 'no' : n} argument${n === 1 ? '' : 's'}`;
  const takes =
    least === most ? plural(least) : most === Number.POSITIVE_INFINITY ? `${least} or more arguments` : `${least} to ${most} arguments`;
  cx.report('VS2041', span, { name: fn.name, takes, found, signature: signatureOf(fn) });
  return false;
}

const parameterOf = (fn: FunctionDefinition, index: number): Parameter => {
  const parameter = fn.parameters[Math.min(index, fn.parameters.length - 1)];
  assert(parameter !== undefined, 'the number of arguments is checked first');
  return parameter;
};

function checkClasses(cx: Binder, fn: FunctionDefinition, args: readonly Expr[], span: Span): Expr[] | undefined {
  const parameters = args.map((_, i) => parameterOf(fn, i));
  const same = args.filter((_, i) => parameters[i]!.takes === 'same');
  const common = commonTypeOf(same.map((e) => e.type));
  if (common === undefined) {
    const at = same.findIndex((_, i) => commonTypeOf(same.slice(0, i + 1).map((e) => e.type)) === undefined);
    const what = `the arguments of function "${fn.name}"`;
    cx.report('VS2025', same[at]!.span ?? span, { what, first: typeText(same[0]!.type), other: typeText(same[at]!.type) });
    return undefined;
  }
  const checked: Expr[] = [];
  for (const [i, arg] of args.entries()) {
    const parameter = parameters[i]!;
    const fit = parameter.takes === 'same' ? sameAs(arg, common) : fitArgument(arg, parameter.takes);
    if (fit === undefined) {
      const found = typeText(arg.type);
      cx.report('VS2042', arg.span ?? span, {
        name: fn.name,
        parameter: parameter.name,
        takes: CLASS_TEXT[parameter.takes],
        found,
        signature: signatureOf(fn),
      });
    }
    checked.push(fit ?? unknownValue(arg.span));
  }
  return checked;
}

const CLASS_TEXT: Readonly<Record<ParameterClass, string>> = {
  number: 'a number',
  float: 'a number',
  integer: 'a whole number',
  string: 'text',
  text: 'text',
  boolean: 'a BOOLEAN',
  time: 'a time',
  interval: 'an INTERVAL',
  json: 'JSON',
  array: 'an ARRAY',
  map: 'a MAP',
  value: 'any value',
  same: 'values of one type',
};

const sameAs = (arg: Expr, common: SqlType): Expr => (isDynamic(common) ? dynamic(arg) : castTo(arg, common));
const JSON_LIKE = new Set(['string', 'array', 'map', 'struct']);

/** The argument as the class takes it, with a cast where that is part of the class; undefined when it does not fit. */
function fitArgument(arg: Expr, takes: Exclude<ParameterClass, 'same'>): Expr | undefined {
  const { type } = arg;
  if (takes === 'value') return arg;
  if (takes === 'text') return asText(arg);
  if (takes === 'time') return asTimestamp(arg);
  if (isNullLiteral(arg) || type.kind === 'any') return arg;
  if (type.kind === 'json') return takes === 'json' || takes === 'array' || takes === 'map' ? arg : dynamic(arg);
  switch (takes) {
    case 'number':
      return isNumeric(type) ? arg : undefined;
    case 'float':
      return isNumeric(type) ? asFloat(arg) : undefined;
    case 'integer':
      return integerArgument(arg);
    case 'json':
      return JSON_LIKE.has(type.kind) ? arg : undefined;
    default:
      return type.kind === takes ? arg : undefined;
  }
}

/** A constant with a fraction is provably wrong; other numbers lose theirs at run time. */
function integerArgument(arg: Expr): Expr | undefined {
  if (!isNumeric(arg.type)) return undefined;
  if (arg.kind !== 'literal' || arg.type.kind === 'integer') return castTo(arg, INTEGER);
  const value = asFloat(arg);
  return value.kind === 'literal' && Number.isSafeInteger(value.value) ? literal(value.value, INTEGER, arg.span) : undefined;
}

export const constantsOf = (args: readonly Expr[]): (Scalar | undefined)[] => args.map(constantOf);

function resultType(cx: Binder, fn: FunctionDefinition & { returns: SqlType | ReturnRule }, args: readonly Expr[], span: Span) {
  if (typeof fn.returns !== 'function') return fn.returns;
  const result = fn.returns(
    args.map((e) => e.type),
    constantsOf(args),
  );
  if ('kind' in result) return result;
  cx.report('VS2043', span, { name: fn.name, problem: result.problem });
  return undefined;
}
