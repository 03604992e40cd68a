import { typeText } from '../../../values/type-text.ts';
import type { Scalar, SqlType } from '../../../values/types.ts';
import type { AggregateCall, Expr, OverCall, SortKey } from '../../bind/expression.ts';
import { scalarKey } from '../tree/expr-key.ts';
import { durationText } from './duration-text.ts';

/** An expression of a plan in the words of the dialect, with the columns of the node by name. Casts that the binder added are shown as `x::T`. */
export function showExpr(e: Expr): string {
  switch (e.kind) {
    case 'literal':
      return showLiteral(e.value, e.type);
    case 'column':
    case 'system':
      return e.name;
    case 'arithmetic':
    case 'compare':
      return `${showPart(e.left)} ${e.op} ${showPart(e.right)}`;
    case 'negate':
      return `-${showPart(e.arg)}`;
    case 'not':
      return `NOT ${showPart(e.arg)}`;
    case 'and':
    case 'or':
      return e.args.map(showPart).join(e.kind === 'and' ? ' AND ' : ' OR ');
    case 'concat':
      return e.args.map(showPart).join(' || ');
    case 'is':
      return `${showPart(e.arg)} IS ${not(e)}${e.test.toUpperCase()}`;
    case 'between':
      return `${showPart(e.arg)} ${not(e)}BETWEEN ${showPart(e.low)} AND ${showPart(e.high)}`;
    case 'in':
      return `${showPart(e.arg)} ${not(e)}IN (${list(e.list)})`;
    case 'like':
      return `${showPart(e.arg)} ${not(e)}${e.ignoreCase ? 'ILIKE' : 'LIKE'} ${showPart(e.pattern)}${e.escape === null ? '' : ` ESCAPE '${e.escape}'`}`;
    case 'case':
      return `CASE ${e.whens.map((w) => `WHEN ${showExpr(w.condition)} THEN ${showExpr(w.result)}`).join(' ')}${e.otherwise === null ? '' : ` ELSE ${showExpr(e.otherwise)}`} END`;
    case 'coalesce':
      return `coalesce(${list(e.args)})`;
    case 'cast':
      return e.safe ? `try_cast(${showExpr(e.arg)} AS ${typeText(e.type)})` : `${showPart(e.arg)}::${typeText(e.type)}`;
    case 'call':
      return `${e.fn.name}(${list(e.args)})`;
    case 'truth':
      return showExpr(e.arg);
    case 'element':
      return `${showPart(e.arg)}[${showExpr(e.key)}]`;
    case 'subquery':
      return showSubquery(e);
  }
}

const not = (e: { readonly negated: boolean }): string => (e.negated ? 'NOT ' : '');
const list = (exprs: readonly Expr[]): string => exprs.map(showExpr).join(', ');

const COMPOUND = new Set<Expr['kind']>(['arithmetic', 'compare', 'and', 'or', 'concat', 'between', 'in', 'like', 'is', 'not', 'negate']);
/** In parentheses where it is put together with something else. */
const showPart = (e: Expr): string => (COMPOUND.has(e.kind) ? `(${showExpr(e)})` : showExpr(e));

function showSubquery(e: Extract<Expr, { kind: 'subquery' }>): string {
  const where = e.where === null ? '' : ` WHERE ${showExpr(e.where)}`;
  const query = `(SELECT ${e.select === null ? '*' : showExpr(e.select)} FROM ${e.table}${where})`;
  const left = e.arg === null ? '' : `${showPart(e.arg)} `;
  switch (e.form) {
    case 'scalar':
      return query;
    case 'exists':
      return `${not(e)}EXISTS ${query}`;
    case 'in':
      return `${left}${not(e)}IN ${query}`;
    case 'any':
    case 'all':
      return `${left}${e.op} ${e.form.toUpperCase()} ${query}`;
  }
}

function showLiteral(value: Scalar, type: SqlType): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (type.kind === 'decimal' && (typeof value === 'number' || typeof value === 'bigint')) return decimalText(BigInt(value), type.scale);
  if (typeof value === 'number' && type.kind === 'interval') return `INTERVAL '${durationText(value)}'`;
  if (typeof value === 'number' && (type.kind === 'timestamp' || type.kind === 'date')) return timeText(value, type.kind);
  return typeof value === 'bigint' ? String(value) : scalarKey(value);
}

function decimalText(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Beyond the years that a date can show, the number itself. */
function timeText(ms: number, kind: 'timestamp' | 'date'): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const text = date.toISOString();
  return kind === 'date' ? `DATE '${text.slice(0, 10)}'` : `TIMESTAMP '${text.replace('T', ' ').replace('Z', '')}'`;
}

export const showAggregate = (call: AggregateCall): string =>
  `${call.fn.name}(${call.distinct ? 'DISTINCT ' : ''}${call.args.length === 0 ? '*' : list(call.args)})${call.filter === null ? '' : ` FILTER (WHERE ${showExpr(call.filter)})`}`;

export const showSortKey = (key: SortKey): string => {
  const usual = key.nullsFirst === !key.descending;
  return `${showExpr(key.expr)}${key.descending ? ' DESC' : ''}${usual ? '' : key.nullsFirst ? ' NULLS FIRST' : ' NULLS LAST'}`;
};

export function showOver(call: OverCall): string {
  const parts = [
    ...(call.partitionBy.length === 0 ? [] : [`PARTITION BY ${list(call.partitionBy)}`]),
    ...(call.orderBy.length === 0 ? [] : [`ORDER BY ${call.orderBy.map(showSortKey).join(', ')}`]),
    `${call.frame.unit.toUpperCase()} BETWEEN ${bound(call.frame.start, call.frame.unit)} AND ${bound(call.frame.end, call.frame.unit)}`,
    `BUFFER ${call.bufferRows}`,
  ];
  return `${call.fn.name}(${call.distinct ? 'DISTINCT ' : ''}${list(call.args)}) OVER (${parts.join(' ')})`;
}

function bound(offset: number, unit: 'rows' | 'range'): string {
  if (offset === 0) return 'CURRENT ROW';
  const side = offset < 0 ? 'PRECEDING' : 'FOLLOWING';
  if (!Number.isFinite(offset)) return `UNBOUNDED ${side}`;
  return `${unit === 'range' ? durationText(Math.abs(offset)) : Math.abs(offset)} ${side}`;
}
