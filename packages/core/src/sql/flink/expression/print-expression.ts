import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import { printCall } from '../functions/print-call.ts';
import type { PrintedRow } from '../printed-row.ts';
import { flinkType, quoteText } from '../quote.ts';
import { instantOf, msOf } from '../times.ts';
import { jsonPathOf } from './json-path.ts';
import { printArithmetic } from './print-arithmetic.ts';
import { printCast, textAs } from './print-cast.ts';
import { printLiteral, wide } from './print-literal.ts';
import { printSubquery } from './print-subquery.ts';

/** Text of an expression over a row; it stands in parentheses where anything could bind tighter. */
export function printExpression(e: Expr, row: PrintedRow, cx: FlinkContext): string {
  const at = (child: Expr): string => printExpression(child, row, cx);
  const list = (items: readonly Expr[]): string => items.map(at).join(', ');
  if ('twoValued' in e && e.twoValued === true)
    cx.report.refuse("Comparisons under compat 'velostream' know two truth values, Flink knows three.");
  switch (e.kind) {
    case 'literal':
      return printLiteral(e, cx);
    case 'column':
      return row.columns[e.index] ?? cx.report.refuse(`The column "${e.name}" is not known there.`);
    case 'system':
      return row.system(e.name) ?? cx.report.refuse(`${e.name} is not on Flink, because nothing of these rows holds it there.`);
    case 'arithmetic':
      return printArithmetic(e, row, cx);
    case 'negate':
      return `(- ${at(e.arg)})`;
    case 'compare':
      return printCompare(e, at, cx);
    case 'and':
    case 'or':
      return `(${e.args.map(at).join(` ${e.kind.toUpperCase()} `)})`;
    case 'not':
      return `(NOT ${at(e.arg)})`;
    case 'is':
      return `(${at(e.arg)} IS ${e.negated ? 'NOT ' : ''}${e.test.toUpperCase()})`;
    case 'between':
      return `(${at(e.arg)} ${e.negated ? 'NOT ' : ''}BETWEEN ${at(e.low)} AND ${at(e.high)})`;
    case 'in':
      return printIn(e, at);
    case 'like':
      return printLike(e, at);
    case 'case':
      return printCase(e, at);
    case 'coalesce':
      return `COALESCE(${list(e.args)})`;
    case 'cast':
      return printCast(e, row, cx);
    case 'call':
      return printCall(e, row, cx);
    case 'concat':
      return `(${e.args.map(at).join(' || ')})`;
    case 'truth':
      return e.arg.type.kind === 'boolean' ? at(e.arg) : e.arg.type.kind === 'string' ? `(${at(e.arg)} <> '')` : `(${at(e.arg)} <> 0)`;
    case 'element':
      return printElement(e, at, cx);
    case 'subquery':
      return printSubquery(e, row, cx);
  }
}

function printCompare(e: Expr & { kind: 'compare' }, at: (e: Expr) => string, cx: FlinkContext): string {
  const { left, right } = e;
  const op = e.op === '!=' ? '<>' : e.op;
  const [l, r] = [left.type.kind, right.type.kind];
  if (l === 'any' || r === 'any')
    return `(${l === 'any' ? textAs(at(left), right.type, cx) : at(left)} ${op} ${r === 'any' ? textAs(at(right), left.type, cx) : at(right)})`;
  if (l === 'date' && isTimed(r)) return `(CAST(${at(left)} AS TIMESTAMP(3)) ${op} ${at(right)})`;
  if (r === 'date' && isTimed(l)) return `(${at(left)} ${op} CAST(${at(right)} AS TIMESTAMP(3)))`;
  if (l !== r && isTimed(l) && r === 'integer') return `(${msOf(at(left))} ${op} ${at(right)})`;
  if (l !== r && isTimed(r) && l === 'integer') return `(${at(left)} ${op} ${msOf(at(right))})`;
  return `(${at(left)} ${op} ${at(right)})`;
}

const isTimed = (kind: string): boolean => kind === 'timestamp';

/**
 * Flink plans a long IN as a join with a list of values, whose NULLs it treats as no value; comparisons one by one keep the three truth
 * values in any case.
 */
function printIn(e: Expr & { kind: 'in' }, at: (e: Expr) => string): string {
  const isPlain = e.list.every((item) => item.kind === 'literal' && item.value !== null);
  if (isPlain) return `(${at(e.arg)} ${e.negated ? 'NOT ' : ''}IN (${e.list.map(at).join(', ')}))`;
  const arg = at(e.arg);
  const terms = e.list.map((item) => `${arg} ${e.negated ? '<>' : '='} ${at(item)}`);
  return `(${terms.join(e.negated ? ' AND ' : ' OR ')})`;
}

function printLike(e: Expr & { kind: 'like' }, at: (e: Expr) => string): string {
  const side = (part: Expr): string => (e.ignoreCase ? `LOWER(${at(part)})` : at(part));
  // Flink takes a backslash for an escape where none is named; ours has none then, so one is named that the pattern does not hold.
  const literal = e.pattern.kind === 'literal' && typeof e.pattern.value === 'string' ? e.pattern.value : null;
  const mark = e.escape ?? (literal?.includes('\\') ? unusedIn(literal) : null);
  return `(${side(e.arg)} ${e.negated ? 'NOT ' : ''}LIKE ${side(e.pattern)}${mark === null ? '' : ` ESCAPE ${quoteText(mark)}`})`;
}

const unusedIn = (text: string): string => ['!', '~', '^', '#', '§', '¬'].find((c) => !text.includes(c)) ?? '\u0001';

function printCase(e: Expr & { kind: 'case' }, at: (e: Expr) => string): string {
  const whens = e.whens.map((when) => `WHEN ${at(when.condition)} THEN ${wide(when.result, at(when.result))}`);
  return `CASE ${whens.join(' ')}${e.otherwise === null ? '' : ` ELSE ${wide(e.otherwise, at(e.otherwise))}`} END`;
}

function printElement(e: Expr & { kind: 'element' }, at: (e: Expr) => string, cx: FlinkContext): string {
  const { arg, key } = e;
  if (arg.type.kind === 'array') {
    // Beyond its ends an array of constants gives anything, and an index below 1 is an error.
    const [array, index, none] = [at(arg), at(key), `CAST(NULL AS ${flinkType(e.type) ?? 'STRING'})`];
    if (key.kind === 'literal' && Number(key.value) < 1) return none;
    return `CASE WHEN ${index} BETWEEN 1 AND CARDINALITY(${array}) THEN ${array}[CAST(${index} AS INT)] ELSE ${none} END`;
  }
  if (arg.type.kind === 'map') return `${at(arg)}[${at(key)}]`;
  const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : null;
  if (arg.type.kind === 'struct' && name !== null) return `${at(arg)}.\`${name.replaceAll('`', '``')}\``;
  const path = jsonPathOf(e);
  if (path !== null) return `JSON_VALUE(${at(path.of)}, ${quoteText(path.steps)})`;
  return cx.report.refuse('Steps into values whose type is not declared are not on Flink: give the column a type.');
}

/** A time as a TIMESTAMP(3): INTEGER counts ms. */
export function printInstant(e: Expr, row: PrintedRow, cx: FlinkContext): string {
  const text = printExpression(e, row, cx);
  return e.type.kind === 'integer' ? instantOf(text) : text;
}
