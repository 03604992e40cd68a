import type { Expr } from '../../../sql/bind/expression.ts';
import type { Evaluate } from '../../../sql/functions/define.ts';
import type { SqlType } from '../../../values/types.ts';
import { prepareCall } from '../call.ts';
import { castOf } from '../conversion.ts';
import { CallMemo } from './call-memo.ts';
import type { Code } from './code.ts';
import { emitStrict } from './emit-strict.ts';
import { typed, unsafe } from './typed-result.ts';
import { anyNull, nullOf, scalarCode, type Value } from './value.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;
export type Child = (expr: Expr) => Value;

/** A call of the prepared function; NULL arguments are dealt with as the function wants it. */
export function emitCall(expr: Of<'call'>, code: Code, child: Child): Value {
  const { fn } = expr;
  if (fn.evaluateInContext !== undefined) code.usesFrame = true;
  const run: Evaluate = prepareCall(fn, expr.args, code.frame, code.env);
  const args = expr.args.map(child);
  const fixed = args.every((arg) => arg.rep !== 'any');
  const memo = fn.volatility === 'immutable' && fn.evaluateInContext === undefined ? memoColumn(expr.args, args) : null;
  return emitApplied({ code, name: code.callable(run), args, type: expr.type, strict: fn.nulls === 'propagate', isNarrow: fixed, memo });
}

interface Applied {
  readonly code: Code;
  readonly name: string;
  readonly args: readonly Value[];
  readonly type: SqlType;
  /** NULL in, NULL out, without a call. */
  readonly strict: boolean;
  /** A bigint result is rare enough to leave the fast way for it. */
  readonly isNarrow: boolean;
  /** The one argument that varies, from a dictionary. */
  readonly memo: DictValue | null;
}

function emitApplied({ code, name, args, type, strict, isNarrow, memo }: Applied): Value {
  const result = code.fresh('r');
  const missing = strict ? anyNull(args) : null;
  if (memo !== null && (strict || memo.isNull === null)) {
    // The result is looked up by the code of the argument.
    const known = code.fresh('w');
    const found = `${known}[${memo.code}]`;
    code.prologue.push(`const ${known} = ${code.constant(new CallMemo())}.of(${memo.dictionary});`);
    code.add(`let ${result} = ${missing === null ? '' : `${missing} ? null : `}${known} === null ? undefined : ${found};`);
    const made = `${name}(${args.map(presentCode).join(', ')})`;
    code.add(`if (${result} === undefined) { ${result} = ${made}; if (${known} !== null) ${found} = ${result}; }`);
    return typed(result, type, code, isNarrow);
  }
  const call = (values: readonly string[]): string => `${name}(${values.join(', ')})`;
  if (missing === null) code.add(`const ${result} = ${call(args.map(scalarCode))};`);
  else code.add(`const ${result} = ${missing} ? null : ${call(args.map(presentCode))};`);
  return typed(result, type, code, isNarrow);
}

type DictValue = Extract<Value, { rep: 'dict' }>;

/** The argument from a dictionary where all others are literals. */
function memoColumn(args: readonly Expr[], values: readonly Value[]): DictValue | null {
  const varying = values.filter((_, i) => args[i]!.kind !== 'literal');
  return varying.length === 1 && varying[0]!.rep === 'dict' ? varying[0]! : null;
}

/** A value where it is known not to be NULL. */
const presentCode = (value: Value): string => scalarCode(value.rep === 'any' ? value : { ...value, isNull: null });

/** Casts between numbers are inline where they are exact; all others call the conversion. */
export function emitCast(expr: Of<'cast'>, code: Code, child: Child): Value {
  const from = expr.arg.type;
  const to = expr.type;
  const arg = child(expr.arg);
  if (arg.rep === 'num' && to.kind === 'float') {
    if (from.kind === 'integer' || from.kind === 'timestamp' || from.kind === 'interval') return arg;
    if (from.kind === 'decimal' && from.scale <= 22) {
      const result = code.fresh('v');
      code.add(`const ${result} = ${arg.code} / ${code.constant(10 ** from.scale)};`);
      return { rep: 'num', code: result, isNull: arg.isNull };
    }
  }
  if (arg.rep === 'num' && from.kind === 'integer' && to.kind === 'decimal' && to.precision >= 16 && to.scale <= 15) {
    const result = code.fresh('v');
    code.add(`const ${result} = ${arg.code} * ${code.constant(10 ** to.scale)};`);
    code.add(`if (${unsafe(result)}${arg.isNull === null ? '' : ` && !(${arg.isNull})`}) ${code.bail}`);
    return { rep: 'num', code: result, isNull: arg.isNull };
  }
  const convert = castOf(expr);
  const missing = nullOf(arg);
  const result = code.fresh('r');
  const call = `${code.callable(convert)}(${presentCode(arg)})`;
  code.add(`const ${result} = ${missing === null ? call : `${missing} ? null : ${call}`};`);
  return typed(result, to, code, arg.rep !== 'any');
}

/** One element of an array of strings that is not made whole for it; null where the call cannot do so. */
function emitPiece({ arg, key, type }: Of<'element'>, code: Code, child: Child): Value | null {
  if (arg.kind !== 'call' || key.kind !== 'literal' || typeof key.value !== 'number' || !Number.isInteger(key.value)) return null;
  const { elementOf } = arg.fn;
  if (elementOf === undefined || arg.args.some((each) => each.type.kind !== 'string')) return null;
  const exprs = [...arg.args, key];
  const args = exprs.map(child);
  const memo = memoColumn(exprs, args);
  return emitApplied({ code, name: code.callable(elementOf), args, type, strict: true, isNarrow: true, memo });
}

/** LIKE, `||`, element access, sub-queries: the interpreter's node, called with the values of its children. */
export function emitGeneral(expr: Expr, code: Code, child: Child): Value {
  switch (expr.kind) {
    case 'like':
      return emitStrict(expr, [expr.arg, expr.pattern], ([arg, pattern]) => ({ ...expr, arg: arg!, pattern: pattern! }), code, child);
    case 'concat':
      return emitStrict(expr, expr.args, (args) => ({ ...expr, args }), code, child);
    case 'element':
      return (
        emitPiece(expr, code, child) ??
        emitStrict(expr, [expr.arg, expr.key], ([arg, key]) => ({ ...expr, arg: arg!, key: key! }), code, child)
      );
    case 'subquery': {
      const operands = expr.arg === null ? expr.outer : [...expr.outer, expr.arg];
      const rebuild = (parts: readonly Expr[]): Expr => ({
        ...expr,
        outer: parts.slice(0, expr.outer.length),
        arg: expr.arg === null ? null : parts[expr.outer.length]!,
      });
      return emitStrict(expr, operands, rebuild, code, child);
    }
    default:
      throw new Error(`internal: no code for ${expr.kind}`);
  }
}
