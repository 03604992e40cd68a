import type { BoundQuery, BoundUnion, BoundValues } from '../../bind/bound.ts';
import type { FlinkContext } from '../context.ts';
import { printLiteral } from '../expression/print-literal.ts';
import { quoteName } from '../quote.ts';
import { printSelect } from './print-select.ts';
import type { PrintedQuery } from './printed-query.ts';
import { limitDiffers, offsetText, orderDiffers, TIME } from './query-words.ts';

/** A query of Flink. `carriesTime`: its time attribute stands behind its columns, for who reads it. */
export function printQuery(query: BoundQuery, cx: FlinkContext, carriesTime: boolean): PrintedQuery {
  switch (query.kind) {
    case 'select':
      return printSelect(query, cx, carriesTime);
    case 'union':
      return printUnion(query, cx, carriesTime);
    case 'values':
      return printValues(query, cx);
  }
}

function printUnion(union: BoundUnion, cx: FlinkContext, carriesTime: boolean): PrintedQuery {
  const columns = union.fields.map((field) => field.name);
  const first = union.arms.map((arm) => cx.query(arm, cx, carriesTime && union.all));
  const shift = first[0]?.time?.shiftMs;
  const carried = shift !== undefined && first.every((arm) => arm.time?.shiftMs === shift);
  const arms = carried || first.every((arm) => arm.time === null) ? first : union.arms.map((arm) => cx.query(arm, cx, false));
  const text = arms.map((arm) => `(${arm.sql})`).join(union.all ? '\nUNION ALL\n' : '\nUNION\n');
  if (union.orderBy.length > 0) orderDiffers(cx);
  const limited = union.limit === null ? text : `SELECT * FROM (${text}) LIMIT ${union.limit.count}${offsetText(union.limit.offset)}`;
  if (union.limit !== null) limitDiffers(cx);
  return {
    sql: limited,
    columns: arms[0]?.columns ?? columns,
    time: carried ? { name: TIME, shiftMs: shift } : null,
    timeColumn: null,
    updates: arms.some((arm) => arm.updates),
    key: null,
  };
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
