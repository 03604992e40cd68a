import { expect } from 'vitest';
import { typeText } from '../../values/type-text.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { createCatalog } from '../catalog/create-catalog.ts';
import { parse } from '../syntax/index.ts';
import { bindScript, type ScriptProblem } from './bind-script.ts';
import type { BindOptions } from './binder.ts';
import type { BoundFrom, BoundJoin, BoundQuery, BoundSelect, BoundStatement } from './bound.ts';
import { showAggregate, showExpr, showOver, showSortKey } from './show-expression.ts';
import { provideWholeLanguage } from './whole-language.ts';

provideWholeLanguage();

const columns = (text: string) =>
  text.split(', ').map((column) => {
    const [name = '', ...type] = column.split(' ');
    const nullable = !type.join(' ').endsWith('!');
    return { name, type: type.join(' ').replace('!', ''), nullable };
  });

/** One relation of each kind of column and of each kind of source. */
export const CATALOG: Catalog = createCatalog({
  trades: {
    columns: columns('symbol STRING!, price DECIMAL(10,2), qty INTEGER, fee FLOAT, side STRING, live BOOLEAN, ts TIMESTAMP!'),
    eventTime: 'ts',
  },
  quotes: { columns: columns('symbol STRING, bid FLOAT, ask FLOAT, at INTEGER'), eventTime: 'at' },
  orders: { columns: columns('id INTEGER!, symbol STRING, amount DECIMAL(12,4), placed INTEGER, note STRING') },
  nested: {
    columns: columns(
      'tags ARRAY<STRING>, attrs MAP<STRING,FLOAT>, who STRUCT<name STRING,age INTEGER>, doc JSON, body STRING, day DATE, clock TIME, raw BYTES',
    ),
  },
  users: { kind: 'table', columns: columns('id INTEGER!, name STRING, tier STRING, since TIMESTAMP'), key: ['id'] },
  rates: { kind: 'table', columns: columns('symbol STRING!, rate FLOAT'), key: ['symbol'] },
});

export interface Options extends Partial<Omit<BindOptions, 'sql'>> {}

/** Parses and binds a script against `CATALOG`; syntax errors fail the test. */
export function bindText(sql: string, options: Options = {}) {
  const parsed = parse(sql, options.compat === undefined ? {} : { compat: options.compat });
  expect(parsed.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  return bindScript(parsed.statements, { catalog: CATALOG, ...options, sql });
}

/** The last statement of a script without errors. */
export function statementOf(sql: string, options: Options = {}): BoundStatement {
  const { bound, problems } = bindText(sql, options);
  expect(problems.filter((p) => p.severity === 'error').map((p) => `${p.code} ${p.message}`)).toEqual([]);
  const last = bound[bound.length - 1];
  if (last == null) throw new Error(`nothing bound of ${sql}`);
  return last;
}

export function queryOf(sql: string, options: Options = {}): BoundQuery {
  const bound = statementOf(sql, options);
  if (!('query' in bound)) throw new Error(`no query: ${sql}`);
  return bound.query;
}

export function selectOf(sql: string, options: Options = {}): BoundSelect {
  const query = queryOf(sql, options);
  if (query.kind !== 'select') throw new Error(`no SELECT: ${sql}`);
  return query;
}

/** Output columns as text: `symbol STRING!, n INTEGER!`; `!` is NOT NULL. */
export const fieldsOf = (sql: string, options: Options = {}): string =>
  queryOf(sql, options)
    .fields.map((f) => `${f.name} ${typeText(f.type)}${f.nullable ? '' : '!'}`)
    .join(', ');

/** One expression over `trades` as text with its type: `price * 2 : DECIMAL(12, 2)`. */
export function exprOf(expression: string, from = 'trades', options: Options = {}): string {
  const { items } = selectOf(`SELECT ${expression} AS x FROM ${from}`, options);
  const { expr } = items[0]!;
  return `${showExpr(expr)} : ${typeText(expr.type)}`;
}

/** Problems as `severity code [text under the span]`. */
export function problemsOf(sql: string, options: Options = {}): string[] {
  return bindText(sql, options).problems.map((p) => describeProblem(sql, p));
}

const describeProblem = (sql: string, p: ScriptProblem): string => `${p.severity} ${p.code} [${sql.slice(p.span.start, p.span.end)}]`;

/** The rows of a SELECT as text, one line per part that is there. */
export function shapeOf(sql: string, options: Options = {}): string[] {
  const q = selectOf(sql, options);
  const lines = [`items ${q.items.map((i) => `${i.name}=${showExpr(i.expr)}`).join(', ')}`];
  if (q.where !== null) lines.push(`where ${showExpr(q.where)}`);
  if (q.over.length > 0) lines.push(`over ${q.over.map(showOver).join(', ')}`);
  if (q.group !== null)
    lines.push(
      `group ${q.group.rows ? 'rows ' : ''}${q.group.keys.map(showExpr).join(', ')} | ${q.group.aggregates.map(showAggregate).join(', ')}`,
    );
  if (q.having !== null) lines.push(`having ${showExpr(q.having)}`);
  if (q.orderBy.length > 0) lines.push(`order ${q.orderBy.map(showSortKey).join(', ')}`);
  if (q.key.length > 0) lines.push(`key ${q.key.map((k) => `${k.name}=${showExpr(k.expr)}`).join(', ')}`);
  if (q.eventTime !== null) lines.push(`event time ${showExpr(q.eventTime)}`);
  return lines;
}

export function joinOf(sql: string, options: Options = {}): BoundJoin {
  const { from } = selectOf(sql, options);
  if (from?.kind !== 'join') throw new Error(`no join: ${sql}`);
  return from;
}

/** A join as text: `inner stream-stream keys symbol=symbol within [-5000, 5000] of ts/at residual …`. */
export function joinText(join: BoundJoin): string {
  const keys = join.keys.map((k) => `${showExpr(k.left)}=${showExpr(k.right)}`).join(', ');
  const time = (e: BoundJoin['asOf']): string => (e === null ? '_EVENT_TIME' : showExpr(e));
  const times = (b: NonNullable<BoundJoin['bounds']>): string =>
    b.leftTime === null && b.rightTime === null ? '' : ` of ${time(b.leftTime)}/${time(b.rightTime)}`;
  const parts = [
    `${join.join} ${join.mode}`,
    `${sideText(join.left)}+${sideText(join.right)}`,
    keys === '' ? '' : `keys ${keys}`,
    join.bounds === null ? '' : `within [${join.bounds.lowerMs}, ${join.bounds.upperMs}]${times(join.bounds)}`,
    join.window === null ? '' : `window ${join.window.kind}`,
    join.asOf === null ? '' : `as of ${showExpr(join.asOf)}`,
    join.graceMs === 0 ? '' : `grace ${join.graceMs}`,
    join.residual === null ? '' : `residual ${showExpr(join.residual)}`,
  ];
  return parts.filter((p) => p !== '').join(' ');
}

const sideText = (from: BoundFrom): string => (from.kind === 'join' ? '(…)' : from.alias);
