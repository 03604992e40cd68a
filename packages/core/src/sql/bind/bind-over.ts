import type { Span } from '../../diagnostics/span.ts';
import { isNumeric } from '../../values/unify-types.ts';
import type { FrameBound, FunctionCall, OverClause, WindowFrame } from '../ast/index.ts';
import type { AggregateFunction, AnalyticFunction } from '../functions/define.ts';
import { aggregateCall, checkInputs } from './bind-aggregate.ts';
import { checkCall, constantsOf } from './bind-arguments.ts';
import { bindSortKeys } from './bind-order.ts';
import type { Binder } from './binder.ts';
import { asFloat, asTimestamp, unknownValue } from './coerce.ts';
import type { Expr, OverCall, OverFrame, SortKey } from './expression.ts';
import { walkExpr } from './expression-tree.ts';
import { sameExpr, sameExprs, sameSortKeys } from './same-expression.ts';
import { AGGREGATE_BASE, type Scope } from './scope.ts';
import { showOver } from './show-expression.ts';

/** Rows kept per partition when neither BUFFER nor the frame asks for more (§5.9). */
export const DEFAULT_BUFFER_ROWS = 1_000;
/** `compat: 'velostream'`: buffers are cleared after a gap of this length. */
const VELOSTREAM_EXPIRE_MS = 60_000;
const ALLOWED = new Set(['SELECT', 'ORDER BY']);

/** A call with its OVER. */
type OverNode = FunctionCall & { readonly over: OverClause };

/** A call with OVER becomes one column behind the input row; equal calls share it. */
export function bindOver(cx: Binder, node: OverNode, fn: AnalyticFunction | AggregateFunction, scope: Scope): Expr {
  if (!ALLOWED.has(scope.clause)) {
    const code = scope.clause === 'OVER' || scope.clause === 'FILTER' ? 'an OVER clause' : scope.clause;
    cx.report('VS2046', node.name.span, { name: fn.name, clause: code });
    return unknownValue(node.span);
  }
  const inner: Scope = { ...scope, clause: 'OVER', inside: `${fn.name} over` };
  const call = overCall(cx, node, fn, inner);
  if (call === undefined) return unknownValue(node.span);
  const { row } = scope;
  let at = row.over.findIndex((other) => sameCall(call, other));
  if (at < 0) at = row.over.push(call) - 1;
  return { kind: 'column', index: row.width + at, name: showOver(call), type: call.type, span: node.span };
}

function overCall(cx: Binder, node: OverNode, fn: AnalyticFunction | AggregateFunction, scope: Scope) {
  const { over } = node;
  const partitionBy = over.partitionBy.map((e) => cx.expression(e, scope));
  const orderBy = rangeTimes(bindSortKeys(cx, over.orderBy, scope), over);
  const frame = bindFrame(cx, over.frame, orderBy[0]?.expr, scope);
  const call = fn.kind === 'aggregate' ? aggregateCall(cx, node, fn, scope) : analyticCall(cx, node, fn, scope);
  const inputs = [...partitionBy, ...orderBy.map((k) => k.expr), ...(call?.args ?? [])];
  const sound = inputs.every((e) => checkInputs(cx, e, `${fn.name} over`) && checkNotOver(cx, e, scope.row.width));
  if (call === undefined || frame === undefined || !sound) return undefined;
  const bufferRows = over.bufferRows ?? Math.max(DEFAULT_BUFFER_ROWS, reachOf(fn, call.args, frame));
  const emit = over.emit === 'ON BUFFER FULL' ? 'on-buffer-full' : 'every-record';
  const shape = { partitionBy, orderBy, bufferRows, frame, emit, expireAfterMs: expireMs(cx, over, scope), span: node.span } as const;
  const isBuffered = cx.velostream || over.bufferRows !== undefined || over.expire !== undefined || over.emit !== undefined;
  return { fn, args: call.args, distinct: node.distinct, filter: call.filter, type: call.type, isBuffered, ...shape } satisfies OverCall;
}

/** A RANGE frame measures ms: text that is ordered by is read as ISO. */
function rangeTimes(keys: readonly SortKey[], over: OverClause): readonly SortKey[] {
  if (over.frame?.unit !== 'RANGE') return keys;
  return keys.map((k) =>
    k.expr.type.kind === 'string' || k.expr.type.kind === 'date' ? { ...k, expr: asTimestamp(k.expr) ?? k.expr } : k,
  );
}

/** Results of other OVER calls (through an alias) are not part of the row that OVER sees. */
function checkNotOver(cx: Binder, e: Expr, width: number): boolean {
  let fine = true;
  walkExpr(e, (x) => {
    if (x.kind !== 'column' || x.index < width || x.index >= AGGREGATE_BASE) return;
    fine = false;
    cx.report('VS2103', x.span ?? e.span ?? { start: 0, end: 0 }, { feature: 'OVER inside OVER' });
  });
  return fine;
}

function analyticCall(cx: Binder, node: FunctionCall, fn: AnalyticFunction, scope: Scope) {
  if (node.distinct || node.filter !== undefined || node.withinGroup !== undefined) cx.report('VS2052', node.name.span, { name: fn.name });
  const checked = checkCall(
    cx,
    fn,
    node.arguments.map((arg) => cx.expression(arg, scope)),
    node.span,
  );
  return checked && { ...checked, filter: null };
}

/** Rows that the frame and the function reach, the current one included. */
function reachOf(fn: AnalyticFunction | AggregateFunction, args: readonly Expr[], frame: OverFrame): number {
  const reach = fn.kind === 'analytic' ? (fn.reach?.(constantsOf(args)) ?? 0) : 0;
  const ahead = frame.unit === 'rows' && Number.isFinite(frame.end) ? Math.max(0, frame.end) : 0;
  const behind = frame.unit === 'rows' && Number.isFinite(frame.start) ? Math.max(0, -frame.start) : 0;
  return Math.max(reach, behind + ahead) + 1;
}

function expireMs(cx: Binder, over: OverClause, scope: Scope): number | null {
  if (over.expire === undefined) return cx.velostream ? VELOSTREAM_EXPIRE_MS : null;
  if (over.expire === 'NEVER') return null;
  const gap = cx.expression(over.expire, scope);
  return gap.kind === 'literal' && typeof gap.value === 'number' ? gap.value : null;
}

const DEFAULT_FRAME: OverFrame = { unit: 'rows', start: Number.NEGATIVE_INFINITY, end: 0 };

/** The frame as offsets from the current row: rows, or ms / numbers of the first ORDER BY value. */
function bindFrame(cx: Binder, frame: WindowFrame | undefined, ordered: Expr | undefined, scope: Scope): OverFrame | undefined {
  if (frame === undefined) return DEFAULT_FRAME;
  const { start, end, span } = frame;
  if (start.kind === 'unbounded-following') return badBound(cx, span, 'UNBOUNDED FOLLOWING', 'start');
  if (end.kind === 'unbounded-preceding') return badBound(cx, span, 'UNBOUNDED PRECEDING', 'end');
  const unit = frame.unit === 'ROWS' ? 'rows' : 'range';
  if (unit === 'range' && ordered === undefined && (offsetOf(start) ?? offsetOf(end)) !== undefined) {
    cx.report('VS2103', span, { feature: 'a RANGE frame without ORDER BY' });
    return undefined;
  }
  const from = boundOffset(cx, start, unit, scope);
  const to = boundOffset(cx, end, unit, scope);
  if (from === undefined || to === undefined) return undefined;
  if (from > to) {
    cx.report('VS2049', span, { start: boundText(cx, start), end: boundText(cx, end) });
    return undefined;
  }
  return { unit, start: from, end: to };
}

const offsetOf = (bound: FrameBound) => ('offset' in bound ? bound.offset : undefined);

function badBound(cx: Binder, span: Span, bound: string, side: string): undefined {
  cx.report('VS2050', span, { bound, side });
  return undefined;
}

function boundText(cx: Binder, bound: FrameBound): string {
  if (!('offset' in bound)) return bound.kind.replace('-', ' ').toUpperCase();
  return `${cx.options.sql.slice(bound.offset.span.start, bound.offset.span.end)} ${bound.kind.toUpperCase()}`;
}

function boundOffset(cx: Binder, bound: FrameBound, unit: 'rows' | 'range', scope: Scope): number | undefined {
  if (bound.kind === 'current-row') return 0;
  if (!('offset' in bound)) return bound.kind === 'unbounded-preceding' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const offset = cx.expression(bound.offset, scope);
  const value = isNumeric(offset.type) ? asFloat(offset) : offset;
  const size = value.kind === 'literal' && typeof value.value === 'number' ? value.value : Number.NaN;
  const fits = unit === 'rows' ? Number.isSafeInteger(size) && offset.type.kind !== 'interval' : true;
  if (!(size >= 0) || !fits) {
    cx.report('VS2051', bound.offset.span, {
      what: `a ${unit.toUpperCase()} frame`,
      found: cx.options.sql.slice(bound.offset.span.start, bound.offset.span.end),
    });
    return undefined;
  }
  return bound.kind === 'preceding' ? 0 - size : size;
}

function sameCall(a: OverCall, b: OverCall): boolean {
  return (
    a.fn === b.fn &&
    a.distinct === b.distinct &&
    a.bufferRows === b.bufferRows &&
    a.isBuffered === b.isBuffered &&
    a.emit === b.emit &&
    a.expireAfterMs === b.expireAfterMs &&
    a.frame.unit === b.frame.unit &&
    a.frame.start === b.frame.start &&
    a.frame.end === b.frame.end &&
    sameExprs(a.args, b.args) &&
    sameExprs(a.partitionBy, b.partitionBy) &&
    sameSortKeys(a.orderBy, b.orderBy) &&
    (a.filter === null ? b.filter === null : b.filter !== null && sameExpr(a.filter, b.filter))
  );
}
