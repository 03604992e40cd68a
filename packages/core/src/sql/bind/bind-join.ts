import { NO_SPAN } from '../../diagnostics/span.ts';
import type { Field } from '../../values/column.ts';
import { BOOLEAN } from '../../values/types.ts';
import type { Expression, Join } from '../ast/index.ts';
import { systemColumn } from './bind-column.ts';
import { bindCondition } from './bind-logic.ts';
import type { Binder, QueryContext } from './binder.ts';
import type { BoundFrom, BoundJoin } from './bound.ts';
import { asTimestamp } from './coerce.ts';
import type { Expr } from './expression.ts';
import { conjuncts, mapChildren, walkExpr } from './expression-tree.ts';
import { findBounds } from './join-bounds.ts';
import { isSideTime, joinKey, sideOf } from './join-keys.ts';
import { eventTimeColumns } from './join-times.ts';
import { durationOf } from './properties.ts';
import type { Input } from './relation-input.ts';
import type { RowScope, Scope, ScopeRelation } from './scope.ts';

type Kind = BoundJoin['join'];
const KINDS = { INNER: 'inner', LEFT: 'left', RIGHT: 'right', FULL: 'full', CROSS: 'cross' } as const;
const MIRRORED: Readonly<Record<Kind, Kind>> = { inner: 'inner', left: 'right', right: 'left', full: 'full', cross: 'cross' };

/** The two sides as they stand in the row: a table that is joined by a stream moves to the right. */
interface Sides {
  readonly left: Input;
  readonly right: Input;
  readonly kind: Kind;
  readonly mode: BoundJoin['mode'];
  /** In the order written. */
  readonly relations: readonly ScopeRelation[];
}

/**
 * One join. Decides what it is (§7.1), takes keys and time bounds out of ON. Two streams without bounds stay
 * `stream-stream` with none; `finishJoins` settles them once WHERE and WINDOW are known.
 */
export function bindJoin(cx: Binder, [left, right]: readonly [Input, Input], join: Join, context: QueryContext): Input {
  const sides = arrange(left, right, join);
  checkOuter(cx, sides, join);
  const fields = joinedFields(sides);
  const scope = onScope(sides, fields, context);
  const on = join.on === undefined ? [] : conjuncts(bindCondition(cx, join.on, scope));
  const terms = sides.mode === 'stream-stream' && join.asOf === undefined ? on : on.map(withOneTime);
  const asOf = join.asOf === undefined ? null : bindAsOf(cx, join.asOf, scope, sides);
  const split = splitTerms(cx, terms, sides, { join, scope });
  if (join.kind !== 'CROSS' && split.keys.length === 0) cx.report('VS2080', join.on?.span ?? join.span, undefined);
  if (split.residual !== null) refuseSideTimes(cx, split.residual);
  const from: BoundJoin = {
    kind: 'join',
    join: sides.kind,
    mode: asOf === null ? sides.mode : 'temporal',
    left: sides.left.from,
    right: sides.right.from,
    keys: split.keys,
    residual: split.residual,
    bounds: split.bounds,
    asOf,
    graceMs: join.grace === undefined ? 0 : durationMs(cx, join.grace, scope),
    window: null,
    fields,
    span: join.span,
  };
  return { from, relations: padded(sides, fields), kind: joinedKind(left, right) };
}

/** Where only one side has an event time, it is that of the joined row. */
const withOneTime = (e: Expr): Expr => (isSideTime(e) ? systemColumn('_EVENT_TIME', e.span) : mapChildren(e, withOneTime));

/** The event time of one side is no value of the joined row: it can only bound the join. */
function refuseSideTimes(cx: Binder, e: Expr): void {
  walkExpr(e, (x) => {
    if (isSideTime(x))
      cx.report('VS2103', x.span ?? e.span ?? NO_SPAN, { feature: 'the event time of one side, other than as a bound on the two times,' });
  });
}

function joinedKind(left: Input, right: Input): Input['kind'] {
  if (left.kind === 'table' && right.kind === 'table') return 'table';
  return left.kind === 'stream' || right.kind === 'stream' ? 'stream' : left.kind === 'table' ? right.kind : left.kind;
}

/** Classification. Of an input of which nothing is known, WITHIN says that it is a stream. */
function arrange(left: Input, right: Input, join: Join): Sides {
  const kind = KINDS[join.kind];
  const rightFirst = [...left.relations, ...shifted(right.relations, left.from.fields.length)];
  const straight = { left, right, kind, relations: rightFirst };
  const leftTable = left.kind === 'table';
  const rightTable = right.kind === 'table';
  if (leftTable && rightTable) return { ...straight, mode: 'table-table' };
  if (rightTable) return { ...straight, mode: 'stream-table' };
  if (!leftTable || join.asOf !== undefined) return { ...straight, mode: 'stream-stream' };
  const relations = [...shifted(left.relations, right.from.fields.length), ...right.relations];
  return { left: right, right: left, kind: MIRRORED[kind], mode: 'stream-table', relations };
}

const shifted = (relations: readonly ScopeRelation[], by: number): ScopeRelation[] =>
  relations.map((r) => ({ ...r, offset: r.offset + by }));

function checkOuter(cx: Binder, sides: Sides, join: Join): void {
  if (sides.mode === 'stream-table' && (sides.kind === 'right' || sides.kind === 'full')) {
    cx.report('VS2082', join.span, { kind: join.kind, table: nameOf(sides.right.from) });
  }
  if (join.within !== undefined && (sides.mode === 'stream-table' || sides.mode === 'table-table')) {
    cx.report('VS2083', join.within.span, { what: 'a join with a table' });
  }
}

const nameOf = (from: BoundFrom): string => (from.kind === 'relation' ? from.relation.name : from.kind === 'derived' ? from.alias : 'join');

/** Left ++ right, nullable where the join pads. */
function joinedFields({ left, right, kind }: Sides): Field[] {
  const pad = (fields: readonly Field[], pads: boolean): Field[] => fields.map((f) => (pads ? { ...f, nullable: true } : f));
  return [...pad(left.from.fields, kind === 'right' || kind === 'full'), ...pad(right.from.fields, kind === 'left' || kind === 'full')];
}

const padded = ({ relations }: Sides, fields: readonly Field[]): ScopeRelation[] =>
  relations.map((r) => ({ ...r, fields: fields.slice(r.offset, r.offset + r.fields.length) }));

function onScope(sides: Sides, fields: readonly Field[], context: QueryContext): Scope {
  const row: RowScope = {
    relations: sides.relations,
    width: fields.length,
    over: [],
    aggregates: [],
    windowed: false,
    outer: context.outer,
    outerValues: [],
    laterAliases: new Set(),
  };
  return { row, clause: 'JOIN ON', aliases: null, aliasesFirst: false, inside: null, context };
}

interface Split {
  readonly keys: BoundJoin['keys'];
  readonly residual: Expr | null;
  readonly bounds: BoundJoin['bounds'];
}

function splitTerms(cx: Binder, terms: readonly Expr[], sides: Sides, { join, scope }: { join: Join; scope: Scope }): Split {
  const leftWidth = sides.left.from.fields.length;
  const keys = terms.flatMap((t) => joinKey(t, leftWidth) ?? []);
  const rest = terms.filter((t) => joinKey(t, leftWidth) === undefined);
  if (sides.mode !== 'stream-stream' || join.asOf !== undefined) return { keys, residual: all(rest), bounds: null };
  const given = configuredBounds(cx) ?? (join.within === undefined ? null : symmetric(durationMs(cx, join.within, scope)));
  const found = findBounds(rest, leftWidth, eventTimeColumns(sides.left.from, sides.right.from));
  if (found === undefined) return { keys, residual: all(rest), bounds: given };
  const bounds = {
    lowerMs: Math.max(found.lower, given?.lowerMs ?? Number.NEGATIVE_INFINITY),
    upperMs: Math.min(found.upper, given?.upperMs ?? Number.POSITIVE_INFINITY),
    leftTime: found.left,
    rightTime: found.right,
  };
  return { keys, residual: all(rest.filter((t) => !found.covered.has(t))), bounds };
}

export const all = (terms: readonly Expr[]): Expr | null => {
  if (terms.length <= 1) return terms[0] ?? null;
  return { kind: 'and', args: terms, type: BOOLEAN };
};

const symmetric = (ms: number): NonNullable<BoundJoin['bounds']> => ({ lowerMs: 0 - ms, upperMs: ms, leftTime: null, rightTime: null });

/** `'join.lower_bound'` and `'join.upper_bound'` of WITH (§7.2). */
function configuredBounds(cx: Binder): BoundJoin['bounds'] {
  const lower = durationOf(cx.properties, 'join.lower_bound');
  const upper = durationOf(cx.properties, 'join.upper_bound');
  if (lower === null && upper === null) return null;
  return { lowerMs: lower ?? 0, upperMs: upper ?? 0, leftTime: null, rightTime: null };
}

function durationMs(cx: Binder, node: Expression, scope: Scope): number {
  const e = cx.expression(node, scope);
  if (e.kind === 'literal' && typeof e.value === 'number') return e.value;
  cx.report('VS2074', node.span, undefined);
  return 0;
}

/** FOR SYSTEM_TIME AS OF: a time of the left row. */
function bindAsOf(cx: Binder, node: Expression, scope: Scope, sides: Sides): Expr {
  const e = cx.expression(node, { ...scope, clause: 'FOR SYSTEM_TIME' });
  const time = asTimestamp(e);
  const side = sideOf(e, sides.left.from.fields.length);
  if (time === undefined || side === 'right' || side === 'both') {
    cx.report('VS2084', node.span, {
      clause: 'FOR SYSTEM_TIME AS OF',
      what: side === 'left' || side === 'none' ? e.type.kind.toUpperCase() : 'one of the right side',
    });
  }
  return time ?? e;
}
