import type { BoundSelect } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import { sameExpr } from '../../bind/same-expression.ts';
import type { FlinkContext, ReaderWish } from '../context.ts';
import { printExpression } from '../expression/print-expression.ts';
import { wide } from '../expression/print-literal.ts';
import type { PrintedFrom, PrintedRow } from '../printed-row.ts';
import { quoteName } from '../quote.ts';
import { timeColumnOf } from './derived-rows.ts';
import { type PrintedGroup, printGroup } from './print-group.ts';
import { printOver } from './print-over.ts';
import type { PrintedQuery } from './printed-query.ts';
import { limitDiffers, offsetText, orderDiffers, TIME } from './query-words.ts';
import { rankBounds } from './rank-bound.ts';
import { sortText } from './sort-text.ts';

const NO_ROW: PrintedRow = { columns: [], time: null, times: [], system: () => undefined };

/** One SELECT, clause by clause as it was bound. */
export function printSelect(select: BoundSelect, cx: FlinkContext, carriesTime: boolean, wish: ReaderWish): PrintedQuery {
  if (select.from === null) return constantRow(select, cx);
  // The time that a reader names, or that the statement gives its rows, is followed to its source.
  const wanted = select.group === null ? (select.eventTime ?? (wish.time === null ? null : (select.items[wish.time]?.expr ?? null))) : null;
  const need = { settings: select.time, time: select.group?.window?.time ?? wanted, ranks: rankBounds(select.where) };
  const input = cx.from(select.from, need);
  const condition = select.where === null ? '' : `\nWHERE ${printExpression(select.where, input.row, cx)}`;
  const { from, where } = printOver(select, input, condition, cx, wish.ranks);
  const group: PrintedGroup =
    select.group === null
      ? { from: from.sql, where, groupBy: [], row: from.row, timeKey: null, window: [], updates: from.updates }
      : printGroup(select, select.group, from, where, cx);
  const isUpdating = group.updates || input.updates || from.updates;
  const waits = select.group === null ? isUpdating : select.group.window === null;
  if (select.emit === 'final' && waits && cx.mode === 'streaming')
    cx.report.differs('Groups without a window change with each row on Flink; here they come once, at the end of the input.');
  const body = clauses(select, group, cx);
  const carries = carriesTime && !select.distinct && !isUpdating && !select.items.some((item) => item.name === TIME);
  const named = timeColumnOf(wanted);
  const time = !carries ? null : named === null ? group.row.time : (group.row.times.find((each) => each.column === named) ?? null);
  if (select.eventTime !== null && (named === null || (carries && time === null)))
    cx.report.refuse('AS _EVENT_TIME of a time that is computed is not on Flink, because its time attributes come from sources.');
  return ordered(select, { body, group, time, isUpdating, from }, cx);
}

interface Parts {
  readonly body: { readonly items: readonly string[]; readonly tail: (timed: boolean) => string };
  readonly group: PrintedGroup;
  readonly time: PrintedRow['time'];
  readonly isUpdating: boolean;
  readonly from: PrintedFrom;
}

function constantRow(select: BoundSelect, cx: FlinkContext): PrintedQuery {
  const items = select.items.map((item) => itemText(item, NO_ROW, cx));
  const where = select.where === null ? '' : ` WHERE ${printExpression(select.where, NO_ROW, cx)}`;
  const from = where === '' ? '' : ' FROM (VALUES (1))';
  return {
    sql: `SELECT ${items.join(', ')}${from}${where}`,
    columns: namesOf(select),
    time: null,
    timeColumn: null,
    updates: false,
    key: null,
  };
}

const itemText = (item: { readonly name: string; readonly expr: Expr }, row: PrintedRow, cx: FlinkContext): string => {
  if (item.expr.type.kind === 'any') cx.report.differs('A value whose type is not declared comes as text on Flink.');
  return `${wide(item.expr, printExpression(item.expr, row, cx))} AS ${quoteName(item.name)}`;
};

const namesOf = (select: BoundSelect): string[] => select.items.map((item) => item.name);

function clauses(select: BoundSelect, group: PrintedGroup, cx: FlinkContext): Parts['body'] {
  const items = select.items.map((item) => itemText(item, group.row, cx));
  const isGrouped = select.group !== null && !select.group.rows;
  const having = select.having === null ? '' : printExpression(select.having, group.row, cx);
  const tail = (timed: boolean): string => {
    const keys = timed && group.timeKey !== null ? [...group.groupBy, group.timeKey] : group.groupBy;
    const by = keys.length === 0 ? '' : `\nGROUP BY ${keys.join(', ')}`;
    if (isGrouped) return `\nFROM ${group.from}${group.where}${by}${having === '' ? '' : `\nHAVING ${having}`}`;
    const condition = having === '' ? group.where : group.where === '' ? `\nWHERE ${having}` : `${group.where} AND ${having}`;
    return `\nFROM ${group.from}${condition}`;
  };
  return { items, tail };
}

/** ORDER BY and LIMIT: of all rows, or of the rows of each window. */
function ordered(select: BoundSelect, parts: Parts, cx: FlinkContext): PrintedQuery {
  const { body, group, time, isUpdating } = parts;
  const columns = namesOf(select);
  const word = select.distinct ? 'SELECT DISTINCT' : 'SELECT';
  const items = time === null ? body.items : [...body.items, `${time.sql} AS ${quoteName(TIME)}`];
  const timeColumn = time === null ? null : indexOfTime(select, time.column);
  const key = keyOf(select);
  const result = { columns, time: time === null ? null : { name: TIME, shiftMs: time.shiftMs }, timeColumn, key };
  const plain = distinctInWindow(select, parts) ?? `${word} ${items.join(', ')}${body.tail(time !== null)}`;
  if (select.limit === null) {
    if (select.orderBy.length > 0 && cx.mode === 'batch')
      return { ...result, sql: `${plain}\nORDER BY ${sortText(select.orderBy, group.row, cx)}`, updates: isUpdating };
    if (select.orderBy.length > 0) orderDiffers(cx);
    return { ...result, sql: plain, updates: isUpdating };
  }
  const { count, offset } = select.limit;
  if (select.group?.window != null && group.window.length > 0) return topOfWindows(select, parts, cx);
  if (select.orderBy.length === 0) limitDiffers(cx);
  else if (cx.mode === 'streaming')
    cx.report.differs('Flink shows the first rows as they change; here a bounded input is sorted at its end.');
  const order = select.orderBy.length === 0 ? '' : `\nORDER BY ${sortText(select.orderBy, group.row, cx)}`;
  const untimed = `${word} ${body.items.join(', ')}${body.tail(false)}`;
  const sql = `${untimed}${order}\nLIMIT ${count}${offsetText(offset)}`;
  return { ...result, time: null, timeColumn: null, sql, updates: select.orderBy.length > 0 || isUpdating, key: null };
}

/** DISTINCT is about the rows of one window: its bounds stand beside them, and fall away again. */
function distinctInWindow(select: BoundSelect, { body, group }: Parts): string | null {
  if (!select.distinct || group.window.length === 0) return null;
  const bounds = group.window.map((text, i) => `${text} AS ${quoteName(`$window_${i}`)}`);
  const inner = `SELECT DISTINCT ${[...body.items, ...bounds].join(', ')}${body.tail(false)}`;
  return `SELECT ${namesOf(select).map(quoteName).join(', ')} FROM (${inner})`;
}

/** The first rows of each window: a rank within it. */
function topOfWindows(select: BoundSelect, { body, group }: Parts, cx: FlinkContext): PrintedQuery {
  const columns = namesOf(select);
  const { count, offset } = select.limit ?? { count: 0, offset: 0 };
  const result = { columns, time: null, timeColumn: null, updates: false, key: null };
  if (select.orderBy.length === 0) return { ...result, sql: cx.report.refuse('LIMIT within windows without ORDER BY is not on Flink.') };
  if (select.distinct) cx.report.refuse('DISTINCT beside LIMIT within windows is not on Flink.');
  const keys = select.orderBy.map((each, i) => ({ text: printExpression(each.expr, group.row, cx), name: `$order_${i}`, each }));
  const inner = [
    ...body.items,
    ...group.window.map((text, i) => `${text} AS ${quoteName(`$window_${i}`)}`),
    ...keys.map((k) => `${k.text} AS ${quoteName(k.name)}`),
  ];
  const order = keys.map(({ name, each }) => {
    const nulls = each.nullsFirst === !each.descending ? '' : ` NULLS ${each.nullsFirst ? 'FIRST' : 'LAST'}`;
    return `${quoteName(name)}${each.descending ? ' DESC' : ''}${nulls}`;
  });
  const by = group.window.map((_, i) => quoteName(`$window_${i}`)).join(', ');
  const list = columns.map(quoteName).join(', ');
  const ranked = `SELECT ${list}, ROW_NUMBER() OVER (PARTITION BY ${by} ORDER BY ${order.join(', ')}) AS \`$rank\` FROM (SELECT ${inner.join(', ')}${body.tail(false)})`;
  const from = offset === 0 ? '' : `\`$rank\` > ${offset} AND `;
  return { ...result, sql: `SELECT ${list} FROM (${ranked}) WHERE ${from}\`$rank\` <= ${count + offset}`, updates: group.updates };
}

/** The output column that shows the time of the rows as it is: a column of the input, or the end of their window. */
function indexOfTime(select: BoundSelect, column: number | null): number | null {
  const { group } = select;
  const wanted = group === null ? column : group.window === null || group.rows ? null : group.keys.length + 1;
  if (wanted === null) return null;
  const at = select.items.findIndex(({ expr }) => expr.kind === 'column' && expr.index === wanted);
  return at < 0 ? null : at;
}

/** Output columns that hold the message key, all of it; and the window's bounds, which part the rows of one key. */
function keyOf(select: BoundSelect): readonly number[] | null {
  const indexes = select.key.map((key) => select.items.findIndex((item) => sameExpr(item.expr, key.expr)));
  const window = select.group?.window == null ? [] : boundsOf(select);
  if (indexes.length === 0 && window.length === 0) return null;
  return indexes.some((index) => index < 0) ? null : [...new Set([...indexes, ...window])];
}

function boundsOf(select: BoundSelect): number[] {
  const width = select.group?.keys.length ?? 0;
  return select.items.flatMap((item, i) =>
    item.expr.kind === 'column' && (item.expr.index === width || item.expr.index === width + 1) ? [i] : [],
  );
}
