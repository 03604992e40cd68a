import type { Span } from '../../diagnostics/span.ts';
import type { Select } from '../ast/index.ts';
import type { Binder } from './binder.ts';
import type { BoundFrom, BoundWindow } from './bound.ts';
import { durationOf, propertyOf } from './properties.ts';
import type { Input } from './relation-input.ts';
import type { RowScope } from './scope.ts';

interface Shape {
  readonly row: RowScope;
  readonly input: Input | null;
  readonly window: BoundWindow | null;
  /** Number of GROUP BY keys. */
  readonly keys: number;
  readonly depth: number;
}

/** What is allowed but probably not meant: grouping, emission and sorting of inputs that never end (§11 (4)-(8)). */
export function adviseOnShape(cx: Binder, select: Select, shape: Shape): void {
  const { row, input } = shape;
  const windowed = select.window !== undefined;
  const grouped = select.groupBy.length > 0 || row.aggregates.length > 0;
  const streams = input !== null && input.kind !== 'table';
  if (streams && row.aggregates.length > 0 && select.groupBy.length === 0 && !windowed) reportUngrouped(cx, select, row);
  if (select.having !== undefined && !grouped && !windowed) cx.report('VS2062', select.having.span, undefined);
  if (!streams) return;
  if (select.emit?.mode === 'FINAL' && !windowed) adviseOnFinal(cx, select.emit.span, grouped, input.from);
  if (select.groupBy.length > 0 && !windowed && !isBounded(cx, input.from)) {
    cx.report('VS2064', spanOverAll(select.groupBy), undefined);
  }
  const sorts = select.orderBy.length > 0 && select.limit === undefined && !windowed;
  if (sorts) cx.report('VS2065', spanOverAll(select.orderBy), undefined);
  if (shape.window !== null && shape.window.time === null) adviseOnEventTime(cx, select, input);
}

const spanOverAll = (nodes: readonly { readonly span: Select['span'] }[]): Select['span'] => ({
  start: nodes[0]?.span.start ?? 0,
  end: nodes[nodes.length - 1]?.span.end ?? 0,
});

function reportUngrouped(cx: Binder, select: Select, row: RowScope): void {
  const span = row.aggregates[0]?.span ?? select.span;
  const functions = [...new Set(row.aggregates.map((a) => a.fn.name.toUpperCase()))];
  cx.report('VS2060', span, { functions }, cx.strict ? 'error' : undefined);
}

/** Above sub-queries the planner knows whether there is something to wait for. */
function adviseOnFinal(cx: Binder, span: Span, grouped: boolean, from: BoundFrom): void {
  if (grouped) cx.report('VS2063', span, undefined, cx.strict ? 'error' : undefined);
  else if (from.kind === 'relation') cx.report('VS2069', span, undefined, 'warning');
}

const isBounded = (cx: Binder, from: BoundFrom): boolean =>
  propertyOf(cx.properties, 'max.groups') !== undefined || (from.kind === 'relation' && from.properties.has('max.groups'));

/** A window without a time column over a source that declares none. Outputs of other statements bring their own. */
function adviseOnEventTime(cx: Binder, select: Select, input: Input): void {
  const { from } = input;
  if (from.kind !== 'relation' || from.relation.origin !== 'declared' || from.relation.eventTime !== null) return;
  if (durationOf(cx.properties, 'watermark.max_out_of_orderness') !== null) return;
  if (select.window !== undefined) cx.report('VS2073', select.window.span, { source: from.relation.name });
}
