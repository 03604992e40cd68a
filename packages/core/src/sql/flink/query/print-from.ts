import type { BoundFrom, TimeSettings } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedFrom, PrintedRow, TimeAttribute } from '../printed-row.ts';
import { quoteName } from '../quote.ts';
import type { TableRequest, UsedTable } from '../tables/table-registry.ts';
import { msOf } from '../times.ts';
import { printJoin } from './print-join.ts';
import type { PrintedQuery } from './printed-query.ts';

/** What a SELECT wants of what it reads. */
export interface FromNeed {
  readonly settings: TimeSettings;
  /** The time of the rows, where the statement names one; over the fields of this part. */
  readonly time: Expr | null;
  readonly as?: TableRequest['as'];
}

export function printFrom(from: BoundFrom, need: FromNeed, cx: FlinkContext): PrintedFrom {
  switch (from.kind) {
    case 'relation':
      return printRelation(from, need, cx);
    case 'derived': {
      const query = cx.query(from.query, cx, true);
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
    return name === undefined ? null : { sql: column(name), shiftMs: 0, column: used.timeColumn };
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

/** The column behind the ways in which the binder makes a time of it. */
export function timeColumnOf(time: Expr | null): number | null {
  if (time === null) return null;
  if (time.kind === 'column') return time.index;
  if (time.kind === 'cast') return timeColumnOf(time.arg);
  if (time.kind !== 'arithmetic') return null;
  if (time.left.kind === 'literal' && time.left.value === 0 && time.op === '+') return timeColumnOf(time.right);
  return time.op === '*' && time.left.kind === 'literal' && time.left.value === 1 ? timeColumnOf(time.right) : null;
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

export const shifted = (ms: string, shiftMs: number): string => (shiftMs === 0 ? ms : `(${ms} + ${shiftMs})`);

/** Columns that Flink adds to the rows of a window, and the time attribute that we carry. */
export const RESERVED: readonly string[] = ['$time', 'window_start', 'window_end', 'window_time'];

/** The rows as a query of their own, under new and distinct names, so that more can be said of them. `more` are columns behind them. */
export function derived(
  from: PrintedFrom,
  where: string,
  cx: FlinkContext,
  more: readonly string[] = [],
  time: string | null = null,
): PrintedFrom {
  const alias = cx.fresh('q');
  const taken = new Set<string>(RESERVED);
  const names = [...from.row.columns, ...more].map((_, i) => {
    const stem = from.names[i] ?? `$${i}`;
    let name = stem;
    for (let n = 2; taken.has(name); n++) name = `${stem}_${n}`;
    taken.add(name);
    return name;
  });
  const attribute = from.row.time;
  const carried = time ?? attribute?.sql ?? null;
  const items = [...from.row.columns, ...more].map((text, i) => `${text} AS ${quoteName(names[i] as string)}`);
  if (carried !== null) items.push(`${carried} AS ${quoteName('$time')}`);
  const sql = `(SELECT ${items.join(', ')} FROM ${from.sql}${where}) AS ${alias}`;
  const own =
    carried === null
      ? null
      : {
          sql: `${alias}.${quoteName('$time')}`,
          shiftMs: time === null ? (attribute?.shiftMs ?? 0) : 0,
          column: attribute?.column ?? null,
        };
  const ms = own === null ? undefined : shifted(msOf(own.sql), own.shiftMs);
  const columns = names.map((name) => `${alias}.${quoteName(name)}`);
  const row: PrintedRow = {
    columns,
    time: own,
    times: own === null ? [] : [own],
    system: (name) => (name === '_EVENT_TIME' ? ms : undefined),
  };
  return { sql, row, names, updates: from.updates, leaf: null, window: null };
}
