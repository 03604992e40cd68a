import type { Binder } from './binder.ts';
import type { BoundFrom, BoundJoin, BoundWindow } from './bound.ts';
import type { Expr } from './expression.ts';
import { columnsOf, shiftColumns } from './expression-tree.ts';
import { findBounds } from './join-bounds.ts';

/** Taken where a join of two streams says nothing of time (§7.2). */
const DEFAULT_BOUND_MS = 3_600_000;

/** Columns of a from clause that are declared as event time. */
function timeIndexes(from: BoundFrom, base: number, into: Set<number>): void {
  if (from.kind === 'join') {
    timeIndexes(from.left, base, into);
    timeIndexes(from.right, base + from.left.fields.length, into);
  } else if (from.kind === 'relation' && from.relation.eventTime !== null) {
    const at = from.fields.findIndex((f) => f.name === from.relation.eventTime);
    if (at >= 0) into.add(base + at);
  }
}

/** Whether a column of left ++ right is an event-time column. */
export function eventTimeColumns(left: BoundFrom, right: BoundFrom): (index: number) => boolean {
  const found = new Set<number>();
  timeIndexes(left, 0, found);
  timeIndexes(right, left.fields.length, found);
  return (index) => found.has(index);
}

export interface JoinSettings {
  /** Terms of WHERE, over the whole row. */
  readonly where: readonly Expr[];
  readonly window: BoundWindow | null;
}

/**
 * Settles the joins of two streams that name no bounds in ON: bounds from WHERE, else the query's window, else one
 * hour to both sides with a warning. `base` is the index of the first column of `from` in the row.
 */
export function finishJoins(cx: Binder, from: BoundFrom, settings: JoinSettings, base = 0): BoundFrom {
  if (from.kind !== 'join') return from;
  const left = finishJoins(cx, from.left, settings, base);
  const right = finishJoins(cx, from.right, settings, base + from.left.fields.length);
  const join: BoundJoin = { ...from, left, right };
  if (join.mode !== 'stream-stream') return join;
  if (join.bounds !== null) return { ...join, bounds: bounded(cx, join, join.bounds) };
  const found = fromWhere(join, settings.where, base);
  if (found !== undefined) {
    return {
      ...join,
      bounds: bounded(cx, join, { lowerMs: found.lower, upperMs: found.upper, leftTime: found.left, rightTime: found.right }),
    };
  }
  if (settings.window !== null) return { ...join, mode: 'windowed', window: windowFor(settings.window, join, base) };
  report(cx, join, 'time bound');
  return { ...join, bounds: { lowerMs: 0 - DEFAULT_BOUND_MS, upperMs: DEFAULT_BOUND_MS, leftTime: null, rightTime: null } };
}

function fromWhere(join: BoundJoin, where: readonly Expr[], base: number) {
  const width = join.fields.length;
  const own = where.flatMap((term) => {
    const columns = [...columnsOf(term)];
    return columns.length > 0 && columns.every((i) => i >= base && i < base + width) ? [shiftColumns(term, 0 - base)] : [];
  });
  return findBounds(own, join.left.fields.length, eventTimeColumns(join.left, join.right));
}

/** A bound that no condition gives is one hour away from the other. */
function bounded(cx: Binder, join: BoundJoin, bounds: NonNullable<BoundJoin['bounds']>): NonNullable<BoundJoin['bounds']> {
  const { lowerMs, upperMs } = bounds;
  if (lowerMs === Number.NEGATIVE_INFINITY) {
    report(cx, join, 'lower time bound');
    return { ...bounds, lowerMs: upperMs - DEFAULT_BOUND_MS };
  }
  if (upperMs !== Number.POSITIVE_INFINITY) return bounds;
  report(cx, join, 'upper time bound');
  return { ...bounds, upperMs: lowerMs + DEFAULT_BOUND_MS };
}

/** Only a hint where one side may be a table for all that is known. */
function report(cx: Binder, join: BoundJoin, missing: string): void {
  const assumed = [join.left, join.right].some((side) => side.kind === 'relation' && side.relation.origin === 'assumed');
  cx.report('VS2081', join.span, { missing }, assumed ? 'info' : undefined);
}

/** The window as the join sees it; a time column that is not part of this join gives way to the event time. */
function windowFor(window: BoundWindow, join: BoundJoin, base: number): BoundWindow {
  if (window.time === null) return window;
  const inside = [...columnsOf(window.time)].every((i) => i >= base && i < base + join.fields.length);
  return { ...window, time: inside ? shiftColumns(window.time, 0 - base) : null };
}
