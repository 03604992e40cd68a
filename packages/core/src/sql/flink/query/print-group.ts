import type { BoundGroup, BoundSelect, BoundWindow } from '../../bind/bound.ts';
import type { FlinkContext } from '../context.ts';
import { printExpression } from '../expression/print-expression.ts';
import { printAggregate } from '../functions/print-aggregate.ts';
import type { PrintedFrom, PrintedRow, TimeAttribute } from '../printed-row.ts';
import { intervalText } from '../quote.ts';
import { msOf } from '../times.ts';
import { shifted } from './derived-rows.ts';
import { timeOf } from './row-time.ts';
import { also, windowed } from './window-table.ts';

/** A grouped query: what stands behind FROM, GROUP BY, and the rows that items and HAVING see. */
export interface PrintedGroup {
  readonly from: string;
  readonly where: string;
  readonly groupBy: readonly string[];
  readonly row: PrintedRow;
  /** What must be a group key for the row's time to be selected. */
  readonly timeKey: string | null;
  /** Bounds of the window as group keys, for ranks within it. */
  readonly window: readonly string[];
  readonly updates: boolean;
}

export function printGroup(select: BoundSelect, group: BoundGroup, from: PrintedFrom, where: string, cx: FlinkContext): PrintedGroup {
  if (group.window === null) return plainGroup(group, from, where, cx);
  if (from.window !== null) return inWindow(group, from, where, cx);
  return cx.mode === 'streaming' && needsEarlyRows(select, group.window)
    ? functionGroup(select, group, from, where, cx)
    : tableGroup(select, group, from, where, cx);
}

/** Table functions give a window when it closes, once. */
function needsEarlyRows(select: BoundSelect, window: BoundWindow): boolean {
  if (select.group?.rows === true) return false;
  if (window.kind === 'session') return false;
  return (
    select.emit === 'changes' || select.time.allowedLatenessMs > 0 || (window.kind === 'sliding' && window.sizeMs % window.advanceMs !== 0)
  );
}

/** Flink keeps no parts of these that could be put together: not over panes of windows, not over sessions that grow into one. */
const UNMERGEABLE = new Set(['first_value', 'last_value', 'first_arrived']);
const isUnmergeable = (call: { readonly fn: { readonly name: string } }): boolean => UNMERGEABLE.has(call.fn.name);

function keysOf(group: BoundGroup, row: PrintedRow, cx: FlinkContext): string[] {
  return group.keys.map((key) => printExpression(key, row, cx));
}

function plainGroup(group: BoundGroup, from: PrintedFrom, where: string, cx: FlinkContext): PrintedGroup {
  const keys = keysOf(group, from.row, cx);
  if (keys.length === 0 && cx.mode === 'streaming')
    cx.report.differs('Of no rows at all there is no result on Flink; here it is a row of zeros and NULLs.');
  const aggregates = group.aggregates.map((call) => printAggregate(call, from.row, cx));
  // A window that was refused has columns for its bounds all the same.
  const bounds = group.window === null ? [] : ['NULL', 'NULL'];
  const row: PrintedRow = { columns: [...keys, ...bounds, ...aggregates], time: null, times: [], system: () => undefined };
  return { from: from.sql, where, groupBy: keys, row, timeKey: null, window: [], updates: cx.mode === 'streaming' };
}

function lateRows(select: BoundSelect, cx: FlinkContext): void {
  const { late } = select.time;
  if (late === 'dead-letter') cx.report.differs('Late rows are dropped on Flink; there is no place that they are kept in.');
  if (late === 'include-in-next-window' || late === 'update-previous')
    cx.report.refuse(
      `Late rows that ${late === 'update-previous' ? 'update a closed window' : 'go into the next window'} are not on Flink: it drops them.`,
    );
}

/** Windows of a table function. */
function tableGroup(select: BoundSelect, group: BoundGroup, from: PrintedFrom, where: string, cx: FlinkContext): PrintedGroup {
  lateRows(select, cx);
  const { window } = group;
  if (window === null) return plainGroup(group, from, where, cx);
  const isSession = window.kind === 'session';
  if (isSession && select.emit === 'changes')
    cx.report.differs('Rows of SESSION windows come when they close on Flink, not with each change.');
  if (isSession && select.time.allowedLatenessMs > 0)
    cx.report.refuse('SESSION windows with allowed lateness are not on Flink: it drops late rows.');
  if (isSession && group.aggregates.some(isUnmergeable))
    cx.report.refuse(
      'FIRST and LAST values in SESSION windows, and columns that are neither grouped nor aggregated, are not on Flink: it cannot merge them.',
    );
  const sessionKeys = isSession ? keysOf(group, from.row, cx) : [];
  const rows = windowed(from, window, sessionKeys, cx, isSession ? where : '');
  const width = from.row.columns.length;
  const keys = isSession ? rows.row.columns.slice(width, width + sessionKeys.length) : null;
  return inWindow(group, rows, isSession ? '' : renamed(where, from, rows), cx, keys);
}

/** WHERE was printed over the rows as they were; their names are others where they had to become a query of their own. */
function renamed(where: string, from: PrintedFrom, to: PrintedFrom): string {
  if (where === '' || from.row.columns.every((column, i) => column === to.row.columns[i])) return where;
  const names = new Map(from.row.columns.map((column, i) => [column, to.row.columns[i] ?? column]));
  return where.replace(/`(?:[^`]|``)*`\.`(?:[^`]|``)*`|'(?:[^']|'')*'/g, (part) => names.get(part) ?? part);
}

function inWindow(
  group: BoundGroup,
  from: PrintedFrom,
  condition: string,
  cx: FlinkContext,
  given: readonly string[] | null = null,
): PrintedGroup {
  const w = from.window;
  if (w === null) return plainGroup(group, from, condition, cx);
  const where = also(condition, w.guard);
  const bounds = [shifted(msOf(w.start), w.shiftMs), shifted(msOf(w.end), w.shiftMs)];
  const time: TimeAttribute = { sql: w.time, shiftMs: w.shiftMs + 1, column: null };
  if (group.rows) {
    const row = { columns: [...from.row.columns, ...bounds], time, times: [time], system: () => undefined };
    return { from: from.sql, where, groupBy: [], row, timeKey: null, window: [], updates: from.updates };
  }
  const keys = given ?? keysOf(group, from.row, cx);
  const aggregates = group.aggregates.map((call) => printAggregate(call, from.row, cx));
  const row: PrintedRow = {
    columns: [...keys, ...bounds, ...aggregates],
    time,
    times: [time],
    system: (name) => (name === '_EVENT_TIME' ? bounds[1] : undefined),
  };
  const groupBy = [w.start, w.end, ...keys];
  return { from: from.sql, where, groupBy, row, timeKey: w.time, window: [w.start, w.end], updates: false };
}

/** Windows of a group function, which Flink calls legacy: they alone give rows before a window closes, and after. */
function functionGroup(select: BoundSelect, group: BoundGroup, from: PrintedFrom, where: string, cx: FlinkContext): PrintedGroup {
  lateRows(select, cx);
  const { window } = group;
  const time = window === null ? null : timeOf(window.time, from.row, cx);
  if (window === null || time === null) return plainGroup(group, from, where, cx);
  if (time.shiftMs !== 0)
    cx.report.refuse('EMIT CHANGES, or allowed lateness, in a window over the rows of another window is not on Flink.');
  if (time.sql === 'PROCTIME()') cx.report.refuse('EMIT CHANGES, or allowed lateness, in a window of the clock is not on Flink here.');
  if (select.emit === 'changes') {
    cx.settings.set('table.exec.emit.early-fire.enabled', 'true');
    cx.settings.set('table.exec.emit.early-fire.delay', '0 ms');
  }
  const { allowedLatenessMs } = select.time;
  if (allowedLatenessMs > 0) {
    cx.settings.set('table.exec.emit.allow-lateness', `${allowedLatenessMs} ms`);
    cx.settings.set('table.exec.emit.late-fire.enabled', 'true');
    cx.settings.set('table.exec.emit.late-fire.delay', '0 ms');
  }
  const isSliding = window.kind === 'sliding';
  const name = isSliding ? 'HOP' : 'TUMBLE';
  const size = window.kind === 'session' ? window.gapMs : window.sizeMs;
  const sizes = [...(isSliding ? [intervalText(window.advanceMs)] : []), intervalText(size)].join(', ');
  const call = (suffix: string): string => `${name}${suffix}(${time.sql}, ${sizes})`;
  const keys = keysOf(group, from.row, cx);
  const bounds = [msOf(call('_START')), msOf(call('_END'))];
  const aggregates = group.aggregates.map((each) => printAggregate(each, from.row, cx));
  const updates = select.emit === 'changes' || allowedLatenessMs > 0;
  const attribute: TimeAttribute = { sql: call('_ROWTIME'), shiftMs: 1, column: null };
  const row: PrintedRow = {
    columns: [...keys, ...bounds, ...aggregates],
    time: updates ? null : attribute,
    times: updates ? [] : [attribute],
    system: (system) => (system === '_EVENT_TIME' ? bounds[1] : undefined),
  };
  const known = also(where, time.guard);
  return {
    from: from.sql,
    where: known,
    groupBy: [call(''), ...keys],
    row,
    timeKey: null,
    window: [call('_START'), call('_END')],
    updates,
  };
}
