import type { BoundFrom, BoundJoin } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import { shiftColumns } from '../../bind/expression-tree.ts';
import type { FlinkContext } from '../context.ts';
import { printExpression } from '../expression/print-expression.ts';
import type { PrintedFrom, PrintedRow, TimeAttribute } from '../printed-row.ts';
import { intervalText } from '../quote.ts';
import { msOf } from '../times.ts';
import { derived, type FromNeed, shifted, timeColumnOf } from './derived-rows.ts';
import { timeOf } from './row-time.ts';
import { also, windowed } from './window-table.ts';

const WORDS = { inner: 'JOIN', left: 'LEFT JOIN', right: 'RIGHT JOIN', full: 'FULL JOIN', cross: 'CROSS JOIN' } as const;
const SEES_LATER =
  'When the table changes later, Flink corrects earlier results; here a row sees the table as it stands when the row comes.';

export function printJoin(join: BoundJoin, need: FromNeed, cx: FlinkContext): PrintedFrom {
  const { bounds, mode, window } = join;
  const leftNeed: FromNeed = { settings: need.settings, time: bounds?.leftTime ?? sideTime(window?.time ?? need.time, join.left, 0) };
  const rightNeed: FromNeed = {
    settings: need.settings,
    time: bounds?.rightTime ?? sideTime(window?.time ?? null, join.right, join.left.fields.length),
  };
  const left = cx.from(join.left, leftNeed);
  switch (mode) {
    case 'stream-stream': {
      const right = cx.from(join.right, rightNeed);
      return bounds === null ? regular(join, left, right, cx) : intervalJoin(join, left, right, cx);
    }
    case 'windowed':
      return windowJoin(join, left, cx.from(join.right, rightNeed), cx);
    case 'temporal':
      return temporalJoin(join, left, cx.from(join.right, { ...rightNeed, as: 'versions' }), cx);
    case 'stream-table':
      return tableJoin(join, left, rightNeed, cx);
    case 'table-table':
      return regular(join, left, cx.from(join.right, rightNeed), cx);
  }
}

/** A time over both sides, as far as it is one of this side. */
function sideTime(time: Expr | null, side: BoundFrom, base: number): Expr | null {
  const at = timeColumnOf(time);
  if (time === null || at === null || at < base || at >= base + side.fields.length) return null;
  return shiftColumns(time, 0 - base);
}

const combined = (left: PrintedRow, right: PrintedRow): PrintedRow => ({
  columns: [...left.columns, ...right.columns],
  time: null,
  times: [],
  system: () => undefined,
});

function conditions(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, cx: FlinkContext): string[] {
  const keys = join.keys.map((key) => `${printExpression(key.left, left.row, cx)} = ${printExpression(key.right, right.row, cx)}`);
  return [...keys, ...(join.residual === null ? [] : [printExpression(join.residual, combined(left.row, right.row), cx)])];
}

function joined(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, on: readonly string[], row: PrintedRow): PrintedFrom {
  const clause = join.join === 'cross' ? '' : ` ON ${on.length === 0 ? 'TRUE' : on.join(' AND ')}`;
  const names = [...left.names, ...right.names];
  const word = join.join === 'cross' && on.length > 0 ? 'JOIN' : WORDS[join.join];
  const sql = `${left.sql} ${word} ${right.sql}${join.join === 'cross' && on.length > 0 ? ` ON ${on.join(' AND ')}` : clause}`;
  return { sql, row, names, updates: left.updates || right.updates, leaf: null, window: null };
}

/** All rows against all others, kept as long as the job runs. */
function regular(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, cx: FlinkContext): PrintedFrom {
  const found = joined(join, left, right, conditions(join, left, right, cx), combined(left.row, right.row));
  return { ...found, updates: found.updates || (join.join !== 'inner' && join.join !== 'cross') };
}

/** Event time of a pair is the later one; Flink keeps both as time attributes, and cannot say which is later. */
function intervalJoin(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, cx: FlinkContext): PrintedFrom {
  const { bounds } = join;
  const [l, r] = [timeOf(bounds?.leftTime ?? null, left.row, cx), timeOf(bounds?.rightTime ?? null, right.row, cx)];
  const on = conditions(join, left, right, cx);
  if (bounds !== null && l !== null && r !== null) {
    const moved = (ms: number): string => (ms === 0 ? l.sql : `${l.sql} ${ms < 0 ? '-' : '+'} ${intervalText(Math.abs(ms))}`);
    const shift = l.shiftMs - r.shiftMs;
    on.push(`${r.sql} BETWEEN ${moved(bounds.lowerMs + shift)} AND ${moved(bounds.upperMs + shift)}`);
  }
  const both = combined(left.row, right.row);
  const later = l === null || r === null ? undefined : `GREATEST(${shifted(msOf(l.sql), l.shiftMs)}, ${shifted(msOf(r.sql), r.shiftMs)})`;
  const row: PrintedRow = {
    ...both,
    times: [...left.row.times, ...right.row.times.map((time) => moveColumn(time, left.row.columns.length))],
    system: (name) => (name === '_EVENT_TIME' && join.join === 'inner' ? later : undefined),
  };
  return joined(join, left, right, on, row);
}

const moveColumn = (time: TimeAttribute, by: number): TimeAttribute => ({
  ...time,
  column: time.column === null ? null : time.column + by,
});

function windowJoin(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, cx: FlinkContext): PrintedFrom {
  const { window } = join;
  if (window === null) return regular(join, left, right, cx);
  if (window.kind === 'session')
    cx.report.refuse('A join in SESSION windows is not on Flink, because its sessions are those of one side each.');
  const side = (from: PrintedFrom, base: number): PrintedFrom => {
    const time = sideTime(window.time, { ...join.left, fields: from.row.columns.map((_, i) => join.fields[base + i]) } as BoundFrom, base);
    const inside = windowed(from, { ...window, time }, [], cx);
    const w = inside.window;
    if (w === null) return inside;
    return derivedWindow(inside, w, cx);
  };
  const [l, r] = [side(left, 0), side(right, left.row.columns.length)];
  const on = conditions(join, l, r, cx);
  if (l.window !== null && r.window !== null) on.push(`${l.window.start} = ${r.window.start}`, `${l.window.end} = ${r.window.end}`);
  const found = joined(join, l, r, on, combined(l.row, r.row));
  return { ...found, window: join.join === 'right' ? r.window : l.window };
}

/** Rows in a window as a query of their own that hands its bounds on. */
function derivedWindow(from: PrintedFrom, w: NonNullable<PrintedFrom['window']>, cx: FlinkContext): PrintedFrom {
  const alias = cx.fresh('w');
  const names = from.row.columns.map((_, i) => `$${i}`);
  const items = from.row.columns.map((text, i) => `${text} AS \`${names[i]}\``);
  const sql = `(SELECT ${[...items, `${w.start} AS window_start`, `${w.end} AS window_end`, `${w.time} AS window_time`].join(', ')} FROM ${from.sql}${also('', w.guard)}) AS ${alias}`;
  const row: PrintedRow = { columns: names.map((name) => `${alias}.\`${name}\``), time: null, times: [], system: () => undefined };
  return {
    ...from,
    sql,
    row,
    names: from.names,
    leaf: null,
    window: { start: `${alias}.window_start`, end: `${alias}.window_end`, time: `${alias}.window_time`, shiftMs: w.shiftMs },
  };
}

function temporalJoin(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, cx: FlinkContext): PrintedFrom {
  const asOf = timeOf(join.asOf, left.row, cx);
  if (cx.mode === 'batch') cx.report.refuse('A temporal join is not on Flink in batch mode.');
  if (join.join !== 'inner' && join.join !== 'left') cx.report.refuse(`A temporal ${join.join} join is not on Flink.`);
  const relation = join.right.kind === 'relation' ? join.right.relation : null;
  const hasKey = relation !== null && relation.key.length > 0;
  return versioned(join, left, hasKey ? right : newestByKey(join, right, cx), asOf?.sql ?? 'NULL', cx);
}

/** Rows without a declared key are versions by the columns that the join compares: on Flink a view of the newest row of each. */
function newestByKey(join: BoundJoin, right: PrintedFrom, cx: FlinkContext): PrintedFrom {
  const at = join.keys.map(({ right: key }) => (key.kind === 'column' ? key.index : -1));
  const time = right.row.time;
  if (time === null || at.length === 0 || at.includes(-1)) {
    cx.report.refuse('A temporal join is not on Flink here, because the versions of its table have no PRIMARY KEY: declare one.');
    return right;
  }
  const names = right.row.columns.map((_, i) => `$${i}`);
  const items = [...right.row.columns.map((text, i) => `${text} AS \`${names[i]}\``), `${time.sql} AS \`$time\``];
  const by = at.map((i) => right.row.columns[i]).join(', ');
  const rank = `ROW_NUMBER() OVER (PARTITION BY ${by} ORDER BY ${time.sql} DESC) AS \`$rank\``;
  const list = [...names, '$time'].map((name) => `\`${name}\``).join(', ');
  const view = cx.define('versions', `SELECT ${list} FROM (SELECT ${items.join(', ')}, ${rank} FROM ${right.sql}) WHERE \`$rank\` = 1`);
  const alias = cx.fresh('v');
  const columns = names.map((name) => `${alias}.\`${name}\``);
  const row: PrintedRow = { columns, time: null, times: [], system: () => undefined };
  return { sql: `${view} AS ${alias}`, row, names: right.names, updates: false, leaf: null, window: null };
}

function versioned(join: BoundJoin, left: PrintedFrom, right: PrintedFrom, asOf: string, cx: FlinkContext): PrintedFrom {
  const at = right.sql.lastIndexOf(' AS ');
  const sql = `${right.sql.slice(0, at)} FOR SYSTEM_TIME AS OF ${asOf}${right.sql.slice(at)}`;
  const on = conditions(join, left, right, cx);
  const row: PrintedRow = {
    ...left.row,
    columns: [...left.row.columns, ...right.row.columns],
    time: left.row.time,
    times: left.row.times,
    system: left.row.system,
  };
  return { ...joined(join, left, { ...right, sql, updates: false }, on, row) };
}

/** Stream rows look a table up. Only a join that keeps its time attribute can stand before a window. */
function tableJoin(join: BoundJoin, left: PrintedFrom, need: FromNeed, cx: FlinkContext): PrintedFrom {
  if (join.join === 'right' || join.join === 'full') cx.report.refuse(`A ${join.join} join with a table is not on Flink as it is here.`);
  const { right } = join;
  if (cx.mode === 'streaming' && right.kind === 'relation' && cx.view(right.relation.name) === undefined) {
    const { relation } = right;
    const columns = join.keys.map((key) => (key.right.kind === 'column' ? relation.fields[key.right.index]?.name : undefined));
    const byKey = relation.key.length > 0 && relation.key.length === columns.length && relation.key.every((name) => columns.includes(name));
    const used = cx.table({ relation, time: null, as: 'versions', properties: right.properties, uri: right.uri });
    const isFile = used.isBounded && !used.isLookup;
    // A table that ends is complete before the first row of the stream goes through: its versions are all of the beginning of time.
    if (byKey && used.isLookup) return lookup(join, left, need, cx);
    if (byKey && isFile && relation.eventTime === null && left.row.time !== null) {
      used.time();
      return versioned(join, left, cx.from(right, { ...need, as: 'versions' }), left.row.time.sql, cx);
    }
  }
  const table = cx.from(right, need);
  if (cx.mode === 'streaming') cx.report.differs(SEES_LATER);
  return regular(join, left, table, cx);
}

function lookup(join: BoundJoin, left: PrintedFrom, need: FromNeed, cx: FlinkContext): PrintedFrom {
  const now = derived(left, '', cx, ['PROCTIME()']);
  const asOf = now.row.columns[left.row.columns.length] as string;
  const row = { ...now.row, columns: now.row.columns.slice(0, left.row.columns.length) };
  return versioned(join, { ...now, row }, cx.from(join.right, { ...need, as: 'versions' }), asOf, cx);
}
