import type { BoundQuery, BoundUnion, BoundValues } from '../../bind/bound.ts';
import type { FlinkContext, ReaderWish } from '../context.ts';
import { printLiteral } from '../expression/print-literal.ts';
import type { PrintedRow } from '../printed-row.ts';
import { quoteName } from '../quote.ts';
import { printSelect } from './print-select.ts';
import type { PrintedQuery } from './printed-query.ts';
import { limitDiffers, offsetText, orderDiffers, TIME } from './query-words.ts';
import { sortText } from './sort-text.ts';

const NO_WISH: ReaderWish = { time: null, ranks: [] };

/**
 * A query of Flink. `carriesTime`: its time attribute stands behind its columns, for who reads it; `wish` is what the reader makes of its
 * columns.
 */
export function printQuery(query: BoundQuery, cx: FlinkContext, carriesTime: boolean, wish: ReaderWish = NO_WISH): PrintedQuery {
  switch (query.kind) {
    case 'select':
      return printSelect(query, cx, carriesTime, wish);
    case 'union':
      return printUnion(query, cx, carriesTime, wish.time);
    case 'values':
      return printValues(query, cx);
  }
}

function printUnion(union: BoundUnion, cx: FlinkContext, carriesTime: boolean, time: number | null): PrintedQuery {
  const columns = union.fields.map((field) => field.name);
  const first = union.arms.map((arm) => cx.query(arm, cx, carriesTime && union.all, { time, ranks: [] }));
  const shift = first[0]?.time?.shiftMs;
  const carried = shift !== undefined && first.every((arm) => arm.time?.shiftMs === shift);
  const arms = carried || first.every((arm) => arm.time === null) ? first : union.arms.map((arm) => cx.query(arm, cx, false));
  const text = arms.map((arm) => `(${arm.sql})`).join(union.all ? '\nUNION ALL\n' : '\nUNION\n');
  if (union.limit !== null) return firstOfUnion(union, union.limit, arms, text, cx);
  if (union.orderBy.length > 0) orderDiffers(cx);
  return {
    sql: text,
    columns: arms[0]?.columns ?? columns,
    time: carried ? { name: TIME, shiftMs: shift } : null,
    timeColumn: carried && time !== null && arms.every((arm) => arm.timeColumn === time) ? time : null,
    updates: arms.some((arm) => arm.updates),
    key: null,
  };
}

/** The first rows of all arms, in their order where one is asked for. */
function firstOfUnion(
  union: BoundUnion,
  limit: NonNullable<BoundUnion['limit']>,
  arms: readonly PrintedQuery[],
  text: string,
  cx: FlinkContext,
): PrintedQuery {
  const columns = arms[0]?.columns ?? union.fields.map((field) => field.name);
  const row: PrintedRow = { columns: columns.map(quoteName), time: null, times: [], system: () => undefined };
  if (union.orderBy.length === 0) limitDiffers(cx);
  const order = union.orderBy.length === 0 ? '' : `\nORDER BY ${sortText(union.orderBy, row, cx)}`;
  const sql = `SELECT ${columns.map(quoteName).join(', ')} FROM (${text})${order}\nLIMIT ${limit.count}${offsetText(limit.offset)}`;
  const updates = union.orderBy.length > 0 || arms.some((arm) => arm.updates);
  return { sql, columns, time: null, timeColumn: null, updates, key: null };
}

function printValues(values: BoundValues, cx: FlinkContext): PrintedQuery {
  const columns = values.fields.map((field) => field.name);
  const rows = values.rows.map(
    (row) =>
      `(${row.map((value, i) => printLiteral({ kind: 'literal', value, type: values.fields[i]?.type ?? { kind: 'string' } }, cx)).join(', ')})`,
  );
  const sql = `SELECT * FROM (VALUES ${rows.join(', ')}) AS ${cx.fresh('v')}(${columns.map(quoteName).join(', ')})`;
  return { sql, columns, time: null, timeColumn: null, updates: false, key: null };
}
