import type { BoundSelect } from '../../bind/bound.ts';
import type { OverCall } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedFrom, PrintedRow } from '../printed-row.ts';
import { quoteName } from '../quote.ts';
import { derived } from './derived-rows.ts';
import type { RankBound } from './rank-bound.ts';
import { sortText } from './sort-text.ts';

/** The only OVER of a SELECT, when a reader keeps its first places only: Flink has such ranks in any order. */
export function topCall(
  select: BoundSelect,
  width: number,
  bounds: readonly RankBound[],
): { readonly call: OverCall; readonly atMost: number } | null {
  const [call] = select.over;
  if (call === undefined || select.over.length > 1 || call.orderBy.length === 0 || call.isBuffered === true) return null;
  const found = bounds.find(({ column }) => {
    const item = select.items[column]?.expr;
    return item?.kind === 'column' && item.index === width;
  });
  if (found === undefined) return null;
  const { name } = call.fn;
  if (name === 'row_number') return { call, atMost: found.atMost };
  return (name === 'rank' || name === 'dense_rank') && found.atMost === 1 && isByExtreme(call) ? { call, atMost: 1 } : null;
}

/** Whether the first place is that of the greatest or least value, with NULLs behind. */
const isByExtreme = ({ orderBy: [first, ...more] }: OverCall): boolean => first !== undefined && more.length === 0 && !first.nullsFirst;

/**
 * Rows with their place, of which a reader keeps the first: in any order, and corrected as rows come. Flink up to 2.2 takes the first row of all
 * but a single descending order for one that never changes (FLINK-39966), so it is asked for two, and the second is dropped where it cannot see it.
 */
export function firstRows(
  { call, atMost }: { readonly call: OverCall; readonly atMost: number },
  from: PrintedFrom,
  where: string,
  cx: FlinkContext,
): { readonly from: PrintedFrom; readonly where: string } {
  const base = derived(from, where, cx);
  const parts = call.partitionBy.map((e) => cx.expression(e, base.row)).join(', ');
  const over = `${parts === '' ? '' : `PARTITION BY ${parts} `}ORDER BY ${sortText(call.orderBy, base.row, cx)}`;
  const rows = { ...derived(base, '', cx, [`ROW_NUMBER() OVER (${over})`]), updates: true };
  const isSafe = atMost > 1 || (call.orderBy.length === 1 && call.orderBy[0]?.descending === true);
  if (isSafe) return { from: rows, where: '' };
  const place = rows.row.columns.at(-1) as string;
  const two = derived({ ...rows, sql: `${rows.sql}\nWHERE ${place} <= 2` }, '', cx);
  const alias = cx.fresh('u');
  const own = `${alias}.${quoteName('$place')}`;
  const sql = `${two.sql} CROSS JOIN UNNEST(ARRAY[${two.row.columns.at(-1)}]) AS ${alias} (${quoteName('$place')})`;
  return { from: { ...two, sql, row: { ...two.row, columns: [...two.row.columns.slice(0, -1), own] } }, where: '' };
}

/** The rows in first place, ties among them: those with the extreme of their part. Flink has no RANK in a stream. */
export function firstPlaces(call: OverCall, from: PrintedFrom, where: string, cx: FlinkContext): PrintedFrom {
  const [rows, all] = [derived(from, where, cx), derived(from, where, cx)];
  const [order] = call.orderBy;
  if (order === undefined) return rows;
  const extreme = `${order.descending ? 'MAX' : 'MIN'}(${cx.expression(order.expr, all.row)}) AS ${quoteName('$extreme')}`;
  const parts = call.partitionBy.map((part, i) => ({
    own: cx.expression(part, rows.row),
    text: cx.expression(part, all.row),
    name: quoteName(`$part_${i}`),
  }));
  const by = parts.length === 0 ? '' : ` GROUP BY ${parts.map(({ text }) => text).join(', ')}`;
  const best = cx.fresh('b');
  const items = [...parts.map(({ text, name }) => `${text} AS ${name}`), extreme].join(', ');
  const on = [
    ...parts.map(({ own, name }) => `${own} IS NOT DISTINCT FROM ${best}.${name}`),
    `${cx.expression(order.expr, rows.row)} IS NOT DISTINCT FROM ${best}.${quoteName('$extreme')}`,
  ];
  const row: PrintedRow = { columns: [...rows.row.columns, 'CAST(1 AS BIGINT)'], time: null, times: [], system: () => undefined };
  return {
    sql: `${rows.sql} JOIN (SELECT ${items} FROM ${all.sql}${by}) AS ${best} ON ${on.join(' AND ')}`,
    row,
    names: [],
    updates: true,
    leaf: null,
    window: null,
  };
}
