import { isNumeric } from '../../../values/unify-types.ts';
import type { BoundSelect } from '../../bind/bound.ts';
import type { OverCall } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import { printExpression } from '../expression/print-expression.ts';
import { printAnalytic } from '../functions/print-aggregate.ts';
import type { PrintedFrom, PrintedRow } from '../printed-row.ts';
import { intervalText } from '../quote.ts';
import { derived, timeColumnOf } from './derived-rows.ts';
import type { RankBound } from './rank-bound.ts';
import { sortText } from './sort-text.ts';
import { firstPlaces, firstRows, topCall } from './top-rows.ts';

/** The rows with one column behind them per call with OVER. */
export function printOver(
  select: BoundSelect,
  from: PrintedFrom,
  where: string,
  cx: FlinkContext,
  ranks: readonly RankBound[],
): { readonly from: PrintedFrom; readonly where: string } {
  if (select.over.length === 0) return { from, where };
  const top = cx.mode === 'streaming' ? topCall(select, from.row.columns.length, ranks) : null;
  if (top !== null)
    return top.call.fn.name === 'row_number'
      ? firstRows(top, from, where, cx)
      : { from: firstPlaces(top.call, from, where, cx), where: '' };
  if (cx.mode === 'streaming' && !from.updates)
    cx.report.differs(
      'Rows with OVER come when the watermark has passed them on Flink, in order of their time; here each comes at once, and sees the rows that came before it.',
    );
  let base = derived(from, where, cx);
  // One kind of window for each step: Flink computes no two of them at once.
  const texts: string[] = [];
  const left = select.over.map((call, i) => ({ call, i, over: clause(call, base, cx) }));
  const windows = [...new Set(left.map((each) => each.over))];
  for (const over of windows) {
    const mine = left.filter((each) => each.over === over);
    const now = mine.map(({ call }) => printAnalytic(call, base.row, cx, clause(call, base, cx)));
    base = derived(base, '', cx, now);
    for (const [k, { i }] of mine.entries()) texts[i] = base.row.columns[base.row.columns.length - now.length + k] as string;
    for (const [i, text] of texts.entries()) if (text !== undefined && !mine.some((each) => each.i === i)) texts[i] = renamedIn(base, text);
  }
  const columns = [...base.row.columns.slice(0, from.row.columns.length), ...select.over.map((_, i) => texts[i] ?? 'NULL')];
  return { from: { ...base, row: { ...base.row, columns }, names: [] }, where: '' };
}

/** The same column of the query around. */
const renamedIn = (base: PrintedFrom, text: string): string =>
  base.row.columns[0]?.replace(/\..*$/s, text.slice(text.indexOf('.'))) ?? text;

function clause(call: OverCall, { row, updates }: PrintedFrom, cx: FlinkContext): string {
  const isChanging = updates && cx.mode === 'streaming';
  const parts: string[] = [];
  if (call.partitionBy.length > 0) parts.push(`PARTITION BY ${call.partitionBy.map((e) => printExpression(e, row, cx)).join(', ')}`);
  parts.push(`ORDER BY ${isChanging ? orderOfChanging(call, row, cx) : order(call, row, cx)}`);
  const isFramed = call.fn.kind === 'aggregate' || call.fn.name.endsWith('_value');
  const frame = !isFramed ? '' : isChanging ? frameOfChanging(call, cx) : frameText(call, cx);
  if (frame !== '') parts.push(frame);
  if (call.emit === 'on-buffer-full') cx.report.refuse('EMIT ON BUFFER FULL is not on Flink, because its OVER keeps no buffer.');
  if (call.expireAfterMs !== null) cx.report.refuse('EXPIRE AFTER is not on Flink, because its OVER keeps no buffer.');
  return parts.join(' ');
}

function order(call: OverCall, row: PrintedRow, cx: FlinkContext): string {
  const { orderBy } = call;
  if (cx.mode === 'batch') {
    if (orderBy.length > 0) return sortText(orderBy, row, cx);
    cx.report.refuse('OVER without ORDER BY goes by arrival, which is not known in batch mode of Flink.');
    return '1';
  }
  const [first] = orderBy;
  if (first === undefined) return row.time?.sql ?? cx.report.refuse('OVER without ORDER BY is not on Flink for rows without event time.');
  const at = timeColumnOf(first.expr);
  const isTime =
    (at !== null && row.times.some((time) => time.column === at)) || (first.expr.kind === 'system' && first.expr.name === '_EVENT_TIME');
  if (orderBy.length > 1 || !isTime || first.descending)
    return cx.report.refuse(
      'OVER ordered by anything but the event time, ascending, is not on Flink for rows that only come: it corrects rows that were given, and here each keeps what it saw.',
    );
  return row.time?.sql ?? 'NULL';
}

/** Rows that change have no time. Flink orders them by one column, from its least value on; a number from the greatest on is its negative. */
function orderOfChanging({ fn, orderBy }: OverCall, row: PrintedRow, cx: FlinkContext): string {
  const [first] = orderBy;
  if (fn.name === 'lag') return cx.report.refuse('LAG over rows that change is not on Flink.');
  if (first === undefined || orderBy.length > 1 || first.nullsFirst !== !first.descending)
    return cx.report.refuse('OVER above rows that change is on Flink with one column in ORDER BY, and NULLs where they are by default.');
  const text = printExpression(first.expr, row, cx);
  if (!first.descending) return text;
  return isNumeric(first.expr.type)
    ? `(- ${text})`
    : cx.report.refuse('OVER above rows that change, in descending order of anything but numbers, is not on Flink.');
}

function frameOfChanging({ frame }: OverCall, cx: FlinkContext): string {
  if (frame.end === 0 && frame.start === Number.NEGATIVE_INFINITY)
    return `${frame.unit.toUpperCase()} BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`;
  return cx.report.refuse('A frame above rows that change is not on Flink unless it reaches from the first row to the current one.');
}

/** A frame of rows never reaches beyond the buffer that ours keeps. */
function frameText({ frame, bufferRows }: OverCall, cx: FlinkContext): string {
  if (frame.end !== 0) {
    cx.report.refuse(
      'A frame that does not end at the current row is not on Flink, because it knows no later rows, and frames that end earlier.',
    );
    return '';
  }
  if (frame.unit === 'range')
    return `RANGE BETWEEN ${Number.isFinite(frame.start) ? `${intervalText(0 - frame.start)} PRECEDING` : 'UNBOUNDED PRECEDING'} AND CURRENT ROW`;
  const rows = Math.min(Math.abs(frame.start), bufferRows - 1);
  return rows === 0 ? 'ROWS BETWEEN CURRENT ROW AND CURRENT ROW' : `ROWS BETWEEN ${rows} PRECEDING AND CURRENT ROW`;
}
