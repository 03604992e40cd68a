import { typeText } from '../../../values/type-text.ts';
import type { Scalar } from '../../../values/types.ts';
import type { AggregateCall, Expr, OverCall, SortKey } from '../../bind/expression.ts';

/**
 * Canonical text of an expression: two expressions over the same row are equal when their texts are. Spans and
 * column names take no part. Used to find equal expressions and in the fingerprint of a plan.
 */
export function exprKey(e: Expr): string {
  switch (e.kind) {
    case 'literal':
      return `${scalarKey(e.value)}:${typeText(e.type)}`;
    case 'column':
      return `$${e.index}`;
    case 'system':
      return e.name;
    case 'arithmetic':
      return `(${exprKey(e.left)} ${e.op}${e.divisionByZero === 'error' ? '!' : ''} ${exprKey(e.right)}):${typeText(e.type)}`;
    case 'compare':
      return `(${exprKey(e.left)} ${e.op}${two(e)} ${exprKey(e.right)})`;
    case 'is':
      return `is${e.negated ? '-not' : ''}-${e.test}(${exprKey(e.arg)})`;
    case 'between':
      return `${not(e)}between${two(e)}(${keys([e.arg, e.low, e.high])})`;
    case 'in':
      return `${not(e)}in${two(e)}(${keys([e.arg, ...e.list])})`;
    case 'not':
      return `not${two(e)}(${exprKey(e.arg)})`;
    case 'like':
      return `${not(e)}${e.ignoreCase ? 'ilike' : 'like'}(${keys([e.arg, e.pattern])},${scalarKey(e.escape)})`;
    case 'case': {
      const whens = e.whens.map((w) => `${exprKey(w.condition)}=>${exprKey(w.result)}`);
      return `case(${[...whens, ...(e.otherwise === null ? [] : [exprKey(e.otherwise)])].join(';')}):${typeText(e.type)}`;
    }
    case 'cast':
      return `${e.safe ? 'try-' : ''}cast(${exprKey(e.arg)}):${typeText(e.type)}`;
    case 'call':
      return `${e.fn.name}(${keys(e.args)}):${typeText(e.type)}`;
    case 'element':
      return `element(${keys([e.arg, e.key])}):${typeText(e.type)}`;
    case 'subquery':
      return subqueryKey(e);
    case 'and':
    case 'or':
    case 'coalesce':
    case 'concat':
      return `${e.kind}(${keys(e.args)})`;
    default:
      return `${e.kind}(${exprKey(e.arg)})`;
  }
}

const keys = (exprs: readonly Expr[]): string => exprs.map(exprKey).join(',');
const two = (e: { readonly twoValued?: boolean }): string => (e.twoValued ? '?' : '');
const not = (e: { readonly negated: boolean }): string => (e.negated ? 'not-' : '');
const orNone = (e: Expr | null): string => (e === null ? '-' : exprKey(e));

const subqueryKey = (e: Extract<Expr, { kind: 'subquery' }>): string =>
  `${not(e)}${e.form}${e.op ?? ''}[${JSON.stringify(e.table)}/${e.tableWidth}](${orNone(e.arg)};${keys(e.outer)};${orNone(e.where)};` +
  `${orNone(e.select)};${e.aggregates.map(aggregateKey).join(',')}):${typeText(e.type)}`;

export const aggregateKey = (a: AggregateCall): string =>
  `${a.fn.name}(${a.distinct ? 'distinct ' : ''}${keys(a.args)}${a.descending ? ' desc' : ''}${a.filter === null ? '' : ` filter ${exprKey(a.filter)}`}):${typeText(a.type)}`;

export const sortKeyText = (k: SortKey): string => `${exprKey(k.expr)}${k.descending ? ' desc' : ''}${k.nullsFirst ? ' nulls-first' : ''}`;

export const overKey = (o: OverCall): string =>
  `${o.fn.name}(${o.distinct ? 'distinct ' : ''}${keys(o.args)}${o.filter === null ? '' : ` filter ${exprKey(o.filter)}`})[${keys(o.partitionBy)};` +
  `${o.orderBy.map(sortKeyText).join(',')};${o.bufferRows};${o.frame.unit} ${o.frame.start} ${o.frame.end};${o.emit};${o.expireAfterMs}]:${typeText(o.type)}`;

/** Text of a value that differs for values that differ, `1` and `'1'` included. */
export function scalarKey(v: Scalar): string {
  if (v === null) return 'null';
  if (typeof v === 'bigint') return `${v}n`;
  if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
  if (typeof v !== 'object') return JSON.stringify(v);
  if (v instanceof Uint8Array) return `bytes[${[...v].join(' ')}]`;
  if (Array.isArray(v)) return `[${v.map(scalarKey).join(',')}]`;
  const entries = v instanceof Map ? [...v] : Object.entries(v as { readonly [field: string]: Scalar });
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${scalarKey(value)}`).join(',')}}`;
}

export const sameExpr = (a: Expr, b: Expr): boolean => a === b || exprKey(a) === exprKey(b);
