import type { Field } from '../../../values/column.ts';
import type { BoundFrom, BoundJoin, TimeSettings } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { JoinKind, JoinNode, PlanNode } from '../plan.ts';
import { columnsOf, moveColumns } from '../tree/expr-tree.ts';
import { buildTableJoin, isLookup } from './build-table-join.ts';
import { buildWindow } from './build-window.ts';
import { APPEND, type BuiltRow, type Identity, place, WHOLE_ROW } from './built-row.ts';
import type { BuildContext } from './context.ts';
import { assignEventTime } from './event-time.ts';
import { withRowTime } from './sliding-join.ts';

export function buildJoin(join: BoundJoin, time: TimeSettings, context: BuildContext): BuiltRow {
  switch (join.mode) {
    case 'stream-table':
    case 'table-table':
      return isLookup(join.right) && keepsLeftOnly(join)
        ? buildTableJoin(join, context.from(join.left, time), join.right, context)
        : streams(join, time, context);
    case 'temporal':
      return temporal(join, time, context);
    case 'stream-stream':
    case 'windowed':
      return streams(join, time, context);
  }
}

const keepsLeftOnly = (join: BoundJoin): boolean => join.join === 'inner' || join.join === 'left' || join.join === 'cross';

interface Sides {
  readonly left: BuiltRow;
  readonly right: BuiltRow;
  /** Place of the bound columns on left ++ right. */
  readonly at: readonly number[];
  readonly fields: readonly Field[];
  readonly identity: Identity;
}

function sidesOf(join: BoundJoin, left: BuiltRow, right: BuiltRow): Sides {
  const width = left.node.fields.length;
  const at = [...left.at, ...right.at.map((i) => i + width)];
  const fields = [...left.node.fields, ...right.node.fields];
  // The bound fields know which side the join pads.
  for (const [bound, i] of at.entries()) fields[i] = join.fields[bound] ?? (fields[i] as Field);
  return { left, right, at, fields, identity: identityOf({ join: join.join, width }, left.identity, right.identity) };
}

function identityOf(
  { join, width }: { readonly join: BoundJoin['join']; readonly width: number },
  left: Identity,
  right: Identity,
): Identity {
  if (left.kind === 'append' && right.kind === 'append') return APPEND;
  // padded on either side, rows whose own keys are NULL have the same key
  if (left.kind !== 'key' || right.kind !== 'key' || join === 'full') return WHOLE_ROW;
  return { kind: 'key', columns: [...left.columns, ...right.columns.map((i) => i + width)] };
}

const keysOf = (join: BoundJoin, sides: Sides): { left: Expr; right: Expr }[] =>
  join.keys.map((key) => ({ left: place(sides.left, key.left), right: place(sides.right, key.right) }));

function temporal(join: BoundJoin, time: TimeSettings, context: BuildContext): BuiltRow {
  const sides = sidesOf(join, context.from(join.left, time), context.from(join.right, time));
  const node: PlanNode = {
    kind: 'temporal-join',
    join: join.join === 'left' ? 'left' : 'inner',
    left: sides.left.node,
    right: sides.right.node,
    keys: keysOf(join, sides),
    residual: join.residual === null ? null : place(sides, join.residual),
    asOf: join.asOf === null ? { kind: 'system', name: '_EVENT_TIME', type: { kind: 'timestamp' } } : place(sides.left, join.asOf),
    fields: sides.fields,
    changes: 'append',
  };
  return { node, at: sides.at, identity: sides.left.identity.kind === 'append' ? APPEND : WHOLE_ROW };
}

function streams(join: BoundJoin, settings: TimeSettings, context: BuildContext): BuiltRow {
  const built = { left: context.from(join.left, settings), right: context.from(join.right, settings) };
  const times = sideTimes(join, context);
  const timed = (side: 'left' | 'right'): BuiltRow => {
    const row = built[side];
    const time = times[side];
    const request = { settings, span: join.span, context, keepDeclared: true };
    const assigned = time === null ? row : { ...row, node: assignEventTime(row.node, place(row, time), request) };
    return carriesTimes(join) ? withRowTime(assigned, time === null ? null : place(row, time)) : assigned;
  };
  const sides = sidesOf(join, timed('left'), timed('right'));
  const match = matchOf(join);
  if (match.kind === 'unbounded' && join.mode === 'stream-stream')
    context.problems.push(context.problem('VS3005', join.span, { what: 'a join without WITHIN' }));
  const node: JoinNode = {
    kind: 'join',
    join: kindOf(join),
    left: sides.left.node,
    right: sides.right.node,
    keys: keysOf(join, sides),
    residual: join.residual === null ? null : place(sides, join.residual),
    match,
    leftTime: times.left === null ? null : place(sides.left, times.left),
    rightTime: times.right === null ? null : place(sides.right, times.right),
    graceMs: join.graceMs,
    fields: sides.fields,
    changes: 'append',
  };
  const row: BuiltRow = { node, at: sides.at, identity: sides.identity, inWindow: join.window !== null };
  const leftWidth = sides.left.node.fields.length;
  return carriesTimes(join) ? { ...row, sideTimes: [leftWidth - 1, node.fields.length - 1] } : row;
}

/** Windows that a pair is in by the times of both of its rows. */
const carriesTimes = ({ window }: BoundJoin): boolean => window?.kind === 'sliding' || window?.kind === 'session';

const kindOf = (join: BoundJoin): JoinKind => (join.join === 'cross' ? 'inner' : join.join);

/** A windowed join emits each pair as it is found; the window of the query above it decides when rows come out. */
function matchOf(join: BoundJoin): JoinNode['match'] {
  if (join.window !== null) return { kind: 'window', window: buildWindow(join.window), emit: 'changes' };
  if (join.bounds !== null) return { kind: 'interval', lowerMs: join.bounds.lowerMs, upperMs: join.bounds.upperMs };
  return { kind: 'unbounded' };
}

/** Times of the rows of each side over its own bound columns; null: their event time. */
function sideTimes(join: BoundJoin, context: BuildContext): { readonly left: Expr | null; readonly right: Expr | null } {
  if (join.bounds !== null) return { left: join.bounds.leftTime, right: join.bounds.rightTime };
  const time = join.window?.time ?? null;
  if (time === null) return { left: null, right: null };
  const width = join.left.fields.length;
  const columns = [...columnsOf(time)];
  const onLeft = columns.every((index) => index < width);
  const own = onLeft ? time : moveColumns(time, (index) => index - width);
  const other = namesake(own, onLeft ? join.left : join.right, onLeft ? join.right : join.left, context);
  return onLeft ? { left: own, right: other } : { left: other, right: own };
}

/** `TUMBLING(ts, …)` over a join: the side that `ts` does not name runs on its event time, or on its own `ts` where none is declared. */
function namesake(time: Expr, own: BoundFrom, other: BoundFrom, context: BuildContext): Expr | null {
  if (time.kind !== 'column') return null;
  const name = own.fields[time.index]?.name;
  if (other.kind === 'relation' && (context.relations.get(other.relation.name)?.eventTime ?? null) !== null) return null;
  const index = other.fields.findIndex((field) => field.name === name);
  const field = other.fields[index];
  return field === undefined ? null : { kind: 'column', index, name: field.name, type: field.type };
}
