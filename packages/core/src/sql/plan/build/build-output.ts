import { NO_SPAN } from '../../../diagnostics/span.ts';
import type { Field } from '../../../values/column.ts';
import { INTEGER } from '../../../values/types.ts';
import type { BoundSelect } from '../../bind/bound.ts';
import type { Expr, SortKey } from '../../bind/expression.ts';
import type { PlanNode } from '../plan.ts';
import { exprKey } from '../tree/expr-key.ts';
import { type BuiltQuery, type BuiltRow, identityOn, place, WHOLE_ROW } from './built-row.ts';
import type { BuildContext } from './context.ts';
import { disorderOf, renewedTime } from './event-time.ts';

/** Rows of SELECT DISTINCT that are remembered, §3.7; the oldest are forgotten first. */
export const DISTINCT_ROWS_MAX = 100_000;

/** Columns of a SELECT's output while it is put together: the items first, then what is hidden behind them. */
interface Columns {
  readonly items: Expr[];
  readonly fields: Field[];
  readonly index: Map<string, number>;
}

/** The column that holds `e`; a hidden one is added when none does. */
function columnFor(columns: Columns, e: Expr, name: string): number {
  const key = exprKey(e);
  const known = columns.index.get(key);
  if (known !== undefined) return known;
  columns.index.set(key, columns.items.length);
  // `$` stands in no name that a query can give, so hidden columns never clash.
  columns.fields.push({ name: `${name}$${columns.items.length}`, type: e.type, nullable: true });
  return columns.items.push(e) - 1;
}

export interface Output extends BuiltQuery {
  /** ORDER BY over the output columns. */
  readonly orderBy: readonly SortKey[];
}

/** Items, hidden columns and DISTINCT. `row` is what the items stand over; `bounds` are its window columns. */
export function buildOutput(q: BoundSelect, row: BuiltRow, bounds: readonly [number, number] | null, context: BuildContext): Output {
  const columns: Columns = { items: [], fields: [], index: new Map() };
  for (const [i, item] of q.items.entries()) {
    const e = place(row, item.expr);
    columns.items.push(e);
    columns.fields.push(q.fields[i] as Field);
    if (!columns.index.has(exprKey(e))) columns.index.set(exprKey(e), i);
  }
  const visible = columns.items.length;
  const window =
    bounds === null ? null : ([boundColumn(columns, bounds[0], 'window_start'), boundColumn(columns, bounds[1], 'window_end')] as const);
  const distinctWidth = columns.items.length;
  const orderBy = q.orderBy.map((key, i) => ({ ...key, expr: sortColumn(columns, place(row, key.expr), i) }));
  if (q.distinct && columns.items.length > distinctWidth) reportDistinctOrder(q, context);
  const messageKey = q.key.map((key) => columnFor(columns, place(row, key.expr), key.name));
  const keyed =
    row.identity.kind !== 'key' || q.distinct ? null : row.identity.columns.map((i) => columnFor(columns, columnAt(row, i), 'key'));
  if (q.distinct)
    return {
      ...distinctOutput({ q, row, columns, context }, distinctWidth, window),
      visible,
      window,
      orderBy,
      messageKey: messageKey.filter((i) => i < distinctWidth),
    };
  return {
    node: project(row, columns, q, context),
    visible,
    identity: keyed === null ? row.identity : { kind: 'key', columns: keyed },
    window,
    messageKey,
    orderBy,
  };
}

const columnAt = (row: BuiltRow, index: number): Expr => {
  const field = row.node.fields[index] as Field;
  return { kind: 'column', index, name: field.name, type: field.type };
};

const boundColumn = (columns: Columns, index: number, name: string): number =>
  columnFor(columns, { kind: 'column', index, name, type: INTEGER }, name);

function sortColumn(columns: Columns, e: Expr, i: number): Expr {
  const index = columnFor(columns, e, `order_${i + 1}`);
  return { kind: 'column', index, name: (columns.fields[index] as Field).name, type: e.type };
}

/** `AS _EVENT_TIME` gives the rows new times, and with them a new watermark. */
function project(row: BuiltRow, columns: Columns, q: BoundSelect, context: BuildContext): PlanNode {
  const eventTime = q.eventTime === null ? null : place(row, q.eventTime);
  const { items, fields } = columns;
  const node: PlanNode = { kind: 'project', input: row.node, items, eventTime, fields, changes: 'append' };
  if (eventTime === null) return node;
  return renewedTime(node, null, disorderOf(row.node, eventTime), { settings: q.time, context });
}

/** Only what the user sees (and the window, whose rows are apart) may tell two rows apart. */
function distinctOutput(
  {
    q,
    row,
    columns,
    context,
  }: { readonly q: BoundSelect; readonly row: BuiltRow; readonly columns: Columns; readonly context: BuildContext },
  width: number,
  window: BuiltQuery['window'],
): Pick<BuiltQuery, 'node' | 'identity'> {
  const kept: Columns = { ...columns, items: columns.items.slice(0, width), fields: columns.fields.slice(0, width) };
  const node: PlanNode = {
    kind: 'distinct',
    input: project(row, kept, q, context),
    maxRows: DISTINCT_ROWS_MAX,
    windowEnd: window === null ? null : window[1],
    fields: kept.fields,
    changes: 'append',
  };
  const identity = row.identity.kind === 'append' ? row.identity : { kind: 'key' as const, columns: identityOn(kept.fields) };
  return { node, identity: identity.kind === 'append' ? identity : row.identity.kind === 'row' ? WHOLE_ROW : identity };
}

function reportDistinctOrder(q: BoundSelect, context: BuildContext): void {
  const items = new Set(q.items.map((item) => exprKey(item.expr)));
  const key = q.orderBy.find((k) => !items.has(exprKey(k.expr)));
  if (key === undefined) return;
  const expression = key.expr.kind === 'column' ? key.expr.name : 'expression';
  context.problems.push(context.problem('VS3003', key.expr.span ?? NO_SPAN, { expression }));
}
