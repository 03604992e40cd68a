import type { BoundWindow } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedFrom } from '../printed-row.ts';
import { intervalText, quoteName } from '../quote.ts';
import { derived, RESERVED } from './derived-rows.ts';
import { timeOf } from './row-time.ts';

type Window = { readonly time: Expr | null } & (
  | { readonly kind: 'tumbling'; readonly sizeMs: number }
  | { readonly kind: 'sliding'; readonly sizeMs: number; readonly advanceMs: number }
  | { readonly kind: 'session'; readonly gapMs: number }
);

/**
 * The rows with the windows that they belong to, through a table function. `keys` are those of a session: they stand behind the columns
 * of the rows that come out.
 */
export function windowed(
  from: PrintedFrom,
  window: Window | BoundWindow,
  keys: readonly string[],
  cx: FlinkContext,
  where = '',
): PrintedFrom {
  const time = timeOf(window.time, from.row, cx);
  if (time === null) return from;
  const isSession = window.kind === 'session';
  if (isSession && cx.mode === 'batch') cx.report.refuse('SESSION windows are not on Flink in batch mode.');
  const isDirect =
    !isSession &&
    where === '' &&
    from.leaf !== null &&
    !from.names.some((name) => RESERVED.includes(name)) &&
    time.sql === `${from.leaf.alias}.${from.leaf.time}`;
  const inner = isDirect ? from : derived(from, also(where, time.guard), cx, keys, time.sql === from.row.time?.sql ? null : time.sql);
  const alias = isDirect && from.leaf !== null ? from.leaf.alias : cx.fresh('w');
  const column = isDirect && from.leaf !== null ? from.leaf.time : quoteName('$time');
  const parts = isSession && keys.length > 0 ? inner.names.slice(from.row.columns.length).map(quoteName) : [];
  const data = isDirect && from.leaf !== null ? `TABLE ${from.leaf.table}` : inner.sql.slice(0, inner.sql.lastIndexOf(' AS '));
  const by = parts.length === 0 ? '' : ` PARTITION BY (${parts.join(', ')})`;
  const sql = `TABLE(${call(window, `${data}${by}, DESCRIPTOR(${column})`, time.shiftMs)}) AS ${alias}`;
  const columns = isDirect ? from.row.columns : inner.names.map((name) => `${alias}.${quoteName(name)}`);
  return {
    sql,
    row: { columns, time: null, times: [], system: () => undefined },
    names: inner.names,
    updates: from.updates,
    leaf: null,
    window: {
      start: `${alias}.window_start`,
      end: `${alias}.window_end`,
      time: `${alias}.window_time`,
      shiftMs: time.shiftMs,
      guard: isDirect ? time.guard : undefined,
    },
  };
}

/** A WHERE with one more condition. */
export const also = (where: string, condition: string | undefined): string =>
  condition === undefined ? where : where === '' ? `\nWHERE ${condition}` : `${where} AND ${condition}`;

/** Windows over rows of windows, whose times are short of a millisecond, lie as much earlier. */
function call(window: Window | BoundWindow, data: string, shiftMs: number): string {
  const offset = shiftMs === 0 ? '' : `, ${intervalText(0 - shiftMs)}`;
  switch (window.kind) {
    case 'tumbling':
      return `TUMBLE(${data}, ${intervalText(window.sizeMs)}${offset})`;
    case 'sliding':
      return `HOP(${data}, ${intervalText(window.advanceMs)}, ${intervalText(window.sizeMs)}${offset})`;
    case 'session':
      return `SESSION(${data}, ${intervalText(window.gapMs)})`;
  }
}
