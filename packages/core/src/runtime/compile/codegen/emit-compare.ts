import type { CompareOp, Expr } from '../../../sql/bind/expression.ts';
import type { SqlType } from '../../../values/types.ts';
import { isNumericLike, scaleOf } from '../comparison.ts';
import { literalItems } from '../logic.ts';
import type { Code } from './code.ts';
import type { Child } from './emit-call.ts';
import { emitConnective } from './emit-logic.ts';
import { emitStrict } from './emit-strict.ts';
import { anyNull, nullOf, textCode, type Value } from './value.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** Comparisons of numbers of one scale, booleans, and equality of strings, in place. */
export function emitCompare(expr: Of<'compare'>, code: Code, child: Child): Value {
  const left = child(expr.left);
  const right = child(expr.right);
  const test = inlineTest(expr.op, { left, right, types: [expr.left.type, expr.right.type], literal: literalText(expr) }, code);
  if (test === null) return strictly(expr, [left, right], code);
  const result = code.fresh('b');
  const missing = anyNull([left, right]);
  if (expr.twoValued !== true || missing === null) {
    code.add(`const ${result} = ${test};`);
    return { rep: 'bool', code: result, isNull: missing };
  }
  const [l, r] = [nullOf(left) ?? 'false', nullOf(right) ?? 'false'];
  const both = expr.op === '=' ? 'true' : 'false';
  const one = expr.op === '!=' ? 'true' : 'false';
  code.add(`const ${result} = ${l} ? (${r} ? ${both} : ${one}) : ${r} ? ${one} : ${test};`);
  return { rep: 'bool', code: result, isNull: null };
}

function strictly(expr: Of<'compare'>, values: readonly Value[], code: Code): Value {
  const known = new Map([
    [expr.left, values[0]!],
    [expr.right, values[1]!],
  ]);
  return emitStrict(
    expr,
    [expr.left, expr.right],
    ([l, r]) => ({ ...expr, left: l!, right: r! }),
    code,
    (e) => known.get(e)!,
  );
}

/** The literal side of an equality, for dictionary columns. */
const literalText = ({ left, right }: Of<'compare'>): string | null =>
  right.kind === 'literal' && typeof right.value === 'string'
    ? right.value
    : left.kind === 'literal' && typeof left.value === 'string'
      ? left.value
      : null;

interface Sides {
  readonly left: Value;
  readonly right: Value;
  readonly types: readonly [SqlType, SqlType];
  readonly literal: string | null;
}

/** A condition over two values that are not NULL; null: there is no inline form. */
function inlineTest(op: CompareOp, { left, right, types, literal }: Sides, code: Code): string | null {
  if (left.rep === 'num' && right.rep === 'num') {
    const [a, b] = types;
    if (!isNumericLike(a) || !isNumericLike(b) || scaleOf(a) !== scaleOf(b)) return null;
    return a.kind === 'float' || b.kind === 'float' ? floatTest(op, left, right) : `${left.code} ${script(op)} ${right.code}`;
  }
  if (left.rep === 'bool' && right.rep === 'bool') return `${left.code} ${script(op)} ${right.code}`;
  if (op !== '=' && op !== '!=') return null;
  if ((left.rep === 'dict' || right.rep === 'dict') && literal !== null) {
    const column = left.rep === 'dict' ? left : right;
    if (column.rep === 'dict') return `${column.code} ${script(op)} ${codeOf(column.dictionary, literal, code)}`;
  }
  if (isText(left) && isText(right)) return `${textCode(left)} ${script(op)} ${textCode(right)}`;
  return null;
}

const isText = (value: Value): value is Extract<Value, { rep: 'str' } | { rep: 'dict' }> => value.rep === 'str' || value.rep === 'dict';
const script = (op: CompareOp): string => (op === '=' ? '===' : op === '!=' ? '!==' : op);

/** Code of a text in a dictionary, looked up once per batch; -1, which no row has, when it is not there. */
function codeOf(dictionary: string, text: string, code: Code): string {
  const name = code.fresh('q');
  code.prologue.push(`const ${name} = ${dictionary}.find(${code.constant(text)});`);
  return name;
}

type Num = Extract<Value, { rep: 'num' }>;

/** Doubles in their total order: NaN equals itself and is above all. A literal is no NaN. */
function floatTest(op: CompareOp, left: Num, right: Num): string {
  const [a, b] = [left.code, right.code];
  const nan = (value: Num): string | null => (value.literal === true ? null : `${value.code} !== ${value.code}`);
  const [an, bn] = [nan(left), nan(right)];
  const less = (x: string, y: string, xn: string | null, yn: string | null): string =>
    yn === null ? `${x} < ${y}` : xn === null ? `!(${x} >= ${y})` : `(${x} < ${y} || (${yn} && !(${xn})))`;
  switch (op) {
    case '=':
      return an === null || bn === null ? `${a} === ${b}` : `(${a} === ${b} || (${an} && ${bn}))`;
    case '!=':
      return an === null || bn === null ? `${a} !== ${b}` : `!(${a} === ${b} || (${an} && ${bn}))`;
    case '<':
      return less(a, b, an, bn);
    case '>':
      return less(b, a, bn, an);
    case '<=':
      return `!(${less(b, a, bn, an)})`;
    case '>=':
      return `!(${less(a, b, an, bn)})`;
  }
}

export function emitBetween(expr: Of<'between'>, code: Code, child: Child): Value {
  const [arg, low, high] = [child(expr.arg), child(expr.low), child(expr.high)];
  const types = (bound: Expr): readonly [SqlType, SqlType] => [expr.arg.type, bound.type];
  const above = inlineTest('>=', { left: arg, right: low, types: types(expr.low), literal: null }, code);
  const below = inlineTest('<=', { left: arg, right: high, types: types(expr.high), literal: null }, code);
  const missing = anyNull([arg, low, high]);
  if (above === null || below === null || missing !== null) {
    const known = new Map([
      [expr.arg, arg],
      [expr.low, low],
      [expr.high, high],
    ]);
    const rebuild = ([a, l, h]: readonly Expr[]): Expr => ({ ...expr, arg: a!, low: l!, high: h! });
    // NULL bounds have rules of their own; only the common case is worth a form of its own.
    if (above === null || below === null || nullOf(low) !== null || nullOf(high) !== null) {
      return emitStrict(expr, [expr.arg, expr.low, expr.high], rebuild, code, (e) => known.get(e)!);
    }
  }
  const result = code.fresh('b');
  const test = `${above} && ${below}`;
  if (missing !== null && expr.twoValued === true) code.add(`const ${result} = !(${missing}) && ${expr.negated ? `!(${test})` : test};`);
  else code.add(`const ${result} = ${expr.negated ? `!(${test})` : test};`);
  return { rep: 'bool', code: result, isNull: expr.twoValued === true ? null : missing };
}

/** Longer lists are searched in a set. */
const CHAIN_MAX = 8;

export function emitIn(expr: Of<'in'>, code: Code, child: Child): Value {
  const items = literalItems(expr);
  const arg = child(expr.arg);
  const isPlain = items !== undefined && arg.rep !== 'any' && !items.values.some((v) => typeof v === 'bigint');
  const found = isPlain ? emitMember(arg, items, code) : emitSearch(expr, arg, code, child);
  const missing = nullOf(arg);
  const result = code.fresh('b');
  if (expr.twoValued === true) {
    code.add(`const ${result} = ${missing === null ? '' : `!(${missing}) && `}${found.code} !== ${expr.negated};`);
    return { rep: 'bool', code: result, isNull: null };
  }
  code.add(`const ${result} = ${found.code} !== ${expr.negated};`);
  const isNull = [missing, found.isNull].filter((c) => c !== null).join(' || ');
  return { rep: 'bool', code: result, isNull: isNull === '' ? null : isNull };
}

type Found = Extract<Value, { rep: 'bool' }>;

function emitMember(
  arg: Exclude<Value, { rep: 'any' }>,
  { values, hasNull }: NonNullable<ReturnType<typeof literalItems>>,
  code: Code,
): Found {
  const found = code.fresh('b');
  code.add(`const ${found} = ${memberTest(arg, values, code)};`);
  return { rep: 'bool', code: found, isNull: hasNull ? `!${found}` : null };
}

/** `x = a OR x = b OR …`, with x calculated once. */
function emitSearch(expr: Of<'in'>, arg: Value, code: Code, child: Child): Found {
  const type: SqlType = { kind: 'boolean' };
  const args = expr.list.map((item): Expr => ({ kind: 'compare', op: '=', left: expr.arg, right: item, type }));
  const known: Child = (e) => (e === expr.arg ? arg : e.kind === 'compare' && args.includes(e) ? emitCompare(e, code, known) : child(e));
  // A connective has a boolean type.
  return emitConnective({ kind: 'or', args, type }, code, known) as Found;
}

function memberTest(arg: Exclude<Value, { rep: 'any' }>, values: readonly unknown[], code: Code): string {
  if (values.length === 0) return 'false';
  if (values.length > CHAIN_MAX) return `${code.constant(new Set(values))}.has(${arg.rep === 'dict' ? textCode(arg) : arg.code})`;
  const constant = (value: unknown): string => (arg.rep === 'dict' ? codeOf(arg.dictionary, value as string, code) : code.constant(value));
  return `(${values.map((value) => `${arg.code} === ${constant(value)}`).join(' || ')})`;
}
