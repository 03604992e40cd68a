import type { Field } from '../../../values/column.ts';
import { BOOLEAN, INSTANT_MS, INTEGER } from '../../../values/types.ts';
import type { Expr } from '../../bind/expression.ts';
import type { AggregateNode, PlanNode, PlanWindow, WindowRowsNode } from '../plan.ts';
import type { BuiltRow } from './built-row.ts';

/**
 * SLIDING windows over a join of two streams. A pair belongs to the windows that hold both of its rows, but its event
 * time, the later one, also lies in windows that began after the earlier one. So both times travel along, each pair is
 * put into its windows row by row, those that do not hold the earlier row are dropped, and what remains is grouped by
 * window: with the event time set into the last slide of its window, a tumbling window of one slide closes just when
 * the sliding one ends. SESSION windows take both times as the span of a pair.
 */

/** Columns of a joined row that hold the time of its left and right row. */
export type SideTimes = readonly [left: number, right: number];

const EVENT_TIME: Expr = { kind: 'system', name: '_EVENT_TIME', type: INTEGER };
const TIME_FIELD: Field = { name: 'row_time', type: INTEGER, nullable: true };

/** The rows of one side with their time as a column behind the others; null: their event time. */
export function withRowTime(row: BuiltRow, time: Expr | null): BuiltRow {
  const items = row.node.fields.map((field, index): Expr => ({ kind: 'column', index, name: field.name, type: field.type }));
  const node: PlanNode = {
    kind: 'project',
    input: row.node,
    items: [...items, time ?? EVENT_TIME],
    eventTime: null,
    fields: [...row.node.fields, TIME_FIELD],
    changes: 'append',
  };
  return { ...row, node };
}

const integer = (index: number, name: string): Expr => ({ kind: 'column', index, name, type: INTEGER });
const literal = (value: number): Expr => ({ kind: 'literal', value, type: INTEGER });
const isTrue = (kind: 'and' | 'or', ...args: readonly Expr[]): Expr => ({ kind, args, type: BOOLEAN });
const moved = (e: Expr, op: '+' | '-', ms: number): Expr => ({
  kind: 'arithmetic',
  op,
  left: e,
  right: literal(ms),
  divisionByZero: 'null',
  type: INTEGER,
});

/** A session holds both rows of a pair: it begins with the first of them, and does not part them. */
const spanning = (window: Extract<PlanWindow, { kind: 'session' }>, times: SideTimes): PlanWindow => ({
  ...window,
  since: times.map((index) => integer(index, 'row_time')),
});

/** Pairs in windows that hold both rows. A padded side has no time and rules nothing out. */
export function onlyWholePairs(rows: WindowRowsNode, times: SideTimes): PlanNode {
  if (rows.window.kind === 'session') return { ...rows, window: spanning(rows.window, times) };
  const start = integer(rows.fields.length - 2, 'window_start');
  const holds = times.map((index): Expr => {
    const time = integer(index, 'row_time');
    const isPadded: Expr = { kind: 'is', test: 'null', negated: false, arg: time, type: BOOLEAN };
    return isTrue('or', isPadded, { kind: 'compare', op: '<=', left: start, right: time, type: BOOLEAN });
  });
  return { kind: 'filter', input: rows, predicate: isTrue('and', ...holds), clause: 'on', fields: rows.fields, changes: 'append' };
}

/** The aggregate over windowed pairs: `aggregate.input` are the joined rows. Same output as the aggregate itself. */
export function groupPairs(aggregate: AggregateNode, times: SideTimes): PlanNode {
  const { window, input } = aggregate;
  if (window?.kind === 'session') return { ...aggregate, window: spanning(window, times) };
  if (window?.kind !== 'sliding') return aggregate;
  const { sizeMs, advanceMs } = window;
  const bounds: readonly Field[] = ['window_start', 'window_end'].map((name) => ({ name, type: INSTANT_MS, nullable: false }));
  const rows: WindowRowsNode = {
    kind: 'window-rows',
    input,
    window,
    keys: [],
    emit: 'changes',
    allowedLatenessMs: aggregate.allowedLatenessMs,
    late: aggregate.late,
    fields: [...input.fields, ...bounds],
    changes: 'append',
  };
  const toLastSlide = (Math.ceil(sizeMs / advanceMs) - 1) * advanceMs;
  const slides: PlanNode = {
    kind: 'project',
    input: onlyWholePairs(rows, times),
    items: rows.fields.map((field, index) => ({ kind: 'column', index, name: field.name, type: field.type })),
    eventTime: moved(integer(input.fields.length, 'window_start'), '+', toLastSlide),
    fields: rows.fields,
    changes: 'append',
  };
  const grouped: PlanNode = { ...aggregate, input: slides, window: { kind: 'tumbling', sizeMs: advanceMs } };
  return withBounds(grouped, aggregate.keys.length, { toLastSlide, sizeMs });
}

/** The bounds of the slide turned into those of the window it closes. */
function withBounds(grouped: AggregateNode, at: number, window: { readonly toLastSlide: number; readonly sizeMs: number }): PlanNode {
  const slide = integer(at, 'window_start');
  const items = grouped.fields.map((field, index): Expr => {
    if (index === at) return moved(slide, '-', window.toLastSlide);
    if (index === at + 1) return moved(slide, '+', window.sizeMs - window.toLastSlide);
    return { kind: 'column', index, name: field.name, type: field.type };
  });
  return { kind: 'project', input: grouped, items, eventTime: items[at + 1] as Expr, fields: grouped.fields, changes: 'append' };
}
