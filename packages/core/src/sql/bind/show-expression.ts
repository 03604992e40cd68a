import { decimalText } from '../../values/decimal-text.ts';
import { textFunction } from '../../values/scalar-text.ts';
import { typeText } from '../../values/type-text.ts';
import type { AggregateCall, Expr, LiteralExpr, OverCall, OverFrame, SortKey } from './expression.ts';

/** How tightly a node binds when it is printed; larger is tighter. */
const LEVEL: Partial<Record<Expr['kind'], number>> = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  is: 4,
  between: 4,
  in: 4,
  like: 4,
  concat: 5,
  negate: 8,
};
const TIGHT = 10;

const levelOf = (e: Expr): number => {
  if (e.kind === 'arithmetic') return e.op === '+' || e.op === '-' ? 6 : 7;
  return LEVEL[e.kind] ?? TIGHT;
};

/** An expression as one line of SQL-like text, for EXPLAIN and tests: `(price * qty) > 100`. Columns are shown by name. */
export function showExpr(e: Expr): string {
  return show(e, 0);
}

const list = (exprs: readonly Expr[]): string => exprs.map(showExpr).join(', ');

function show(e: Expr, around: number): string {
  const level = levelOf(e);
  const text = textOf(e, level);
  return level < around ? `(${text})` : text;
}

function textOf(e: Expr, level: number): string {
  const tighter = (x: Expr): string => show(x, level + 1);
  switch (e.kind) {
    case 'literal':
      return literalText(e);
    case 'column':
    case 'system':
      return e.name;
    case 'arithmetic':
    case 'compare':
      return `${show(e.left, level)} ${e.op} ${tighter(e.right)}`;
    case 'negate':
      return `-${tighter(e.arg)}`;
    case 'and':
      return e.args.map(tighter).join(' AND ');
    case 'or':
      return e.args.map(tighter).join(' OR ');
    case 'concat':
      return e.args.map(tighter).join(' || ');
    case 'not':
      return `NOT ${show(e.arg, level)}`;
    case 'is':
      return `${tighter(e.arg)} IS ${e.negated ? 'NOT ' : ''}${e.test.toUpperCase()}`;
    case 'between':
      return `${tighter(e.arg)} ${e.negated ? 'NOT ' : ''}BETWEEN ${tighter(e.low)} AND ${tighter(e.high)}`;
    case 'in':
      return `${tighter(e.arg)} ${e.negated ? 'NOT ' : ''}IN (${list(e.list)})`;
    case 'like': {
      const word = `${e.negated ? 'NOT ' : ''}${e.ignoreCase ? 'ILIKE' : 'LIKE'}`;
      return `${tighter(e.arg)} ${word} ${tighter(e.pattern)}${e.escape === null ? '' : ` ESCAPE ${quoted(e.escape)}`}`;
    }
    default:
      return callText(e);
  }
}

type Called = Extract<Expr, { kind: 'case' | 'coalesce' | 'cast' | 'call' | 'truth' | 'element' | 'subquery' }>;

function callText(e: Called): string {
  switch (e.kind) {
    case 'case': {
      const whens = e.whens.map((w) => ` WHEN ${showExpr(w.condition)} THEN ${showExpr(w.result)}`).join('');
      return `CASE${whens}${e.otherwise === null ? '' : ` ELSE ${showExpr(e.otherwise)}`} END`;
    }
    case 'coalesce':
      return `coalesce(${list(e.args)})`;
    case 'cast':
      return `${e.safe ? 'TRY_CAST' : 'CAST'}(${showExpr(e.arg)} AS ${typeText(e.type)})`;
    case 'call':
      return `${e.fn.name}(${list(e.args)})`;
    case 'truth':
      return `truth(${showExpr(e.arg)})`;
    case 'element':
      return `${show(e.arg, TIGHT)}[${showExpr(e.key)}]`;
    case 'subquery':
      return subqueryText(e);
  }
}

function subqueryText(e: Extract<Expr, { kind: 'subquery' }>): string {
  const select = e.select === null ? '1' : showExpr(e.select);
  const inner = `(SELECT ${select} FROM ${e.table}${e.where === null ? '' : ` WHERE ${showExpr(e.where)}`})`;
  switch (e.form) {
    case 'scalar':
      return inner;
    case 'exists':
      return `${e.negated ? 'NOT ' : ''}EXISTS ${inner}`;
    case 'in':
      return `${argText(e)} ${e.negated ? 'NOT ' : ''}IN ${inner}`;
    default:
      return `${argText(e)} ${e.op ?? '='} ${e.form.toUpperCase()} ${inner}`;
  }
}

const argText = (e: Extract<Expr, { kind: 'subquery' }>): string => (e.arg === null ? '' : show(e.arg, TIGHT));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function literalText(e: LiteralExpr): string {
  const { value, type } = e;
  if (value === null) return 'NULL';
  if (type.kind === 'decimal') return decimalText(value as number | bigint, type.scale);
  if (type.kind === 'interval') return `INTERVAL '${String(value)}' MILLISECOND`;
  if (type.kind === 'timestamp' || type.kind === 'date' || type.kind === 'time')
    return `${typeText(type)} ${quoted(textFunction(type)(value))}`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `sum(qty)`, `count(distinct user)`, `count(*) filter (where …)`. */
export function showAggregate(call: Pick<AggregateCall | OverCall, 'fn' | 'args' | 'distinct' | 'filter'>): string {
  const args = call.args.length === 0 && call.fn.kind === 'aggregate' && call.fn.star === true ? '*' : list(call.args);
  const filter = call.filter === null ? '' : ` filter (where ${showExpr(call.filter)})`;
  return `${call.fn.name}(${call.distinct ? 'distinct ' : ''}${args})${filter}`;
}

export function showSortKey(key: SortKey): string {
  const nulls = key.nullsFirst === key.descending ? (key.nullsFirst ? ' NULLS FIRST' : ' NULLS LAST') : '';
  return `${showExpr(key.expr)}${key.descending ? ' DESC' : ''}${nulls}`;
}

const boundText = (offset: number): string => {
  if (offset === 0) return 'CURRENT ROW';
  const size = Number.isFinite(offset) ? String(Math.abs(offset)) : 'UNBOUNDED';
  return `${size} ${offset < 0 ? 'PRECEDING' : 'FOLLOWING'}`;
};

const frameText = (frame: OverFrame): string =>
  frame.unit === 'rows' && frame.start === Number.NEGATIVE_INFINITY && frame.end === 0
    ? ''
    : `${frame.unit.toUpperCase()} BETWEEN ${boundText(frame.start)} AND ${boundText(frame.end)}`;

/** `lag(price) OVER (PARTITION BY symbol ORDER BY ts)`. */
export function showOver(call: OverCall): string {
  const fn = showAggregate(call);
  const parts = [
    call.partitionBy.length === 0 ? '' : `PARTITION BY ${list(call.partitionBy)}`,
    call.orderBy.length === 0 ? '' : `ORDER BY ${call.orderBy.map(showSortKey).join(', ')}`,
    frameText(call.frame),
  ];
  return `${fn} OVER (${parts.filter((p) => p !== '').join(' ')})`;
}
