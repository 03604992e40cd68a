import type { BoundFrom } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedFrom, PrintedRow, TimeAttribute } from '../printed-row.ts';
import { quoteName } from '../quote.ts';
import type { UsedTable } from '../tables/table-registry.ts';
import { msOf } from '../times.ts';
import { type FromNeed, shifted, timeColumnOf } from './derived-rows.ts';
import { printJoin } from './print-join.ts';
import type { PrintedQuery } from './printed-query.ts';

export function printFrom(from: BoundFrom, need: FromNeed, cx: FlinkContext): PrintedFrom {
  switch (from.kind) {
    case 'relation':
      return printRelation(from, need, cx);
    case 'derived': {
      const query = cx.query(from.query, cx, true, { time: timeColumnOf(need.time), ranks: need.ranks ?? [] });
      return rowsOf(query, `(${query.sql})`, aliasOf(from.alias, cx));
    }
    case 'join':
      return printJoin(from, need, cx);
  }
}

const aliasOf = (alias: string, cx: FlinkContext): string => quoteName(alias === '' ? cx.fresh('q') : alias);

function printRelation(from: BoundFrom & { kind: 'relation' }, need: FromNeed, cx: FlinkContext): PrintedFrom {
  const { relation } = from;
  const alias = aliasOf(from.alias, cx);
  const view = cx.view(relation.name);
  if (view?.isChangingStream)
    cx.report.refuse(
      `A reader of "${relation.name}" sees each change as one more row here, on Flink as a correction: make it a TABLE, or read it from a topic.`,
    );
  if (view !== undefined) return rowsOf(view.query, quoteName(view.name), alias, quoteName(view.name));
  const time = columnName(need.time, from);
  const { watermarkDelayMs: delayMs, idleTimeoutMs } = need.settings;
  const used = cx.table({ relation, time, as: need.as ?? 'rows', properties: from.properties, uri: from.uri, delayMs, idleTimeoutMs });
  const column = (name: string): string => `${alias}.${quoteName(name)}`;
  const columns = used.columns.map((each) => column(each.name));
  // Asked for late, so that a table whose time nobody uses gets none.
  const attribute = (): TimeAttribute | null => {
    const name = used.time();
    const guard = used.timeGuard === undefined ? undefined : `${column(used.timeGuard)} IS NOT NULL`;
    return name === undefined ? null : { sql: column(name), shiftMs: 0, column: used.timeColumn, guard };
  };
  const row: PrintedRow = {
    columns,
    get time() {
      return attribute();
    },
    get times() {
      const found = attribute();
      return found === null ? [] : [found];
    },
    system: (name) => systemColumn(name, used, column, attribute),
  };
  const leaf = {
    table: quoteName(used.name),
    alias,
    get time() {
      return quoteName(used.time() ?? '');
    },
  };
  const names = from.fields.map((field) => field.name);
  return { sql: `${quoteName(used.name)} AS ${alias}`, row, names, updates: used.updates, leaf, window: null };
}

function systemColumn(
  name: string,
  used: UsedTable,
  column: (name: string) => string,
  attribute: () => TimeAttribute | null,
): string | undefined {
  if (name === '_EVENT_TIME') return wrapped(attribute()?.sql, msOf);
  const found = used.system(name);
  if (found === undefined) return undefined;
  return name === '_TIMESTAMP' ? msOf(column(found)) : column(found);
}

const wrapped = (text: string | undefined, wrap: (text: string) => string): string | undefined =>
  text === undefined ? undefined : wrap(text);

/** The column that a time is; null for anything that is computed, and for the event time itself. */
function columnName(time: Expr | null, from: BoundFrom): string | null {
  const at = timeColumnOf(time);
  return at === null ? null : (from.fields[at]?.name ?? null);
}

/** Rows of a query or a view, whose time attribute stands behind its columns. */
function rowsOf(query: PrintedQuery, text: string, alias: string, table?: string): PrintedFrom {
  const columns = query.columns.map((name) => `${alias}.${quoteName(name)}`);
  const time =
    query.time === null ? null : { sql: `${alias}.${quoteName(query.time.name)}`, shiftMs: query.time.shiftMs, column: query.timeColumn };
  const ms = time === null ? undefined : shifted(msOf(time.sql), time.shiftMs);
  const row: PrintedRow = {
    columns,
    time,
    times: time === null ? [] : [time],
    system: (name) => (name === '_EVENT_TIME' ? ms : undefined),
  };
  const leaf = table === undefined || query.time === null ? null : { table, alias, time: quoteName(query.time.name) };
  return { sql: `${text} AS ${alias}`, row, names: query.columns, updates: query.updates, leaf, window: null };
}
