import type { Field } from '../../../values/column.ts';
import { INSTANT_MS } from '../../../values/types.ts';
import type { BoundGroup, TimeSettings } from '../../bind/bound.ts';
import type { AggregateCall, Expr } from '../../bind/expression.ts';
import type { AggregateNode, WindowRowsNode } from '../plan.ts';
import { mapAggregate } from '../tree/expr-tree.ts';
import { buildWindow } from './build-window.ts';
import { APPEND, type BuiltRow, type Identity, identityOn, place } from './built-row.ts';
import type { BuildContext } from './context.ts';
import { assignEventTime } from './event-time.ts';
import { rareBuilders } from './rare-builders.ts';

/** GROUP BY, WINDOW and aggregates: R1 to R2 (see `BoundSelect`). */
export function buildGroup(
  row: BuiltRow,
  group: BoundGroup,
  emit: 'changes' | 'final',
  time: TimeSettings,
  context: BuildContext,
): BuiltRow {
  const timed = withWindowTime(row, group, time, context);
  return group.rows && group.window !== null ? windowRows(timed, group, emit, time, context) : aggregate(timed, group, emit, time);
}

function withWindowTime(row: BuiltRow, group: BoundGroup, settings: TimeSettings, context: BuildContext): BuiltRow {
  if (group.window === null || group.window.time === null || row.inWindow) return row;
  const request = { settings, span: group.window.span, context };
  return { ...row, node: assignEventTime(row.node, place(row, group.window.time), request) };
}

function aggregate(row: BuiltRow, group: BoundGroup, emit: 'changes' | 'final', time: TimeSettings): BuiltRow {
  const keys = group.keys.map((key) => place(row, key));
  const aggregates = group.aggregates.map((call) => mapAggregate(call, (e) => place(row, e)));
  const bounds = group.window === null ? [] : WINDOW_FIELDS;
  const fields = [...keys.map(keyField), ...bounds, ...aggregates.map(aggregateField)];
  const node: AggregateNode = {
    kind: 'aggregate',
    input: row.node,
    keys,
    window: group.window === null ? null : buildWindow(group.window),
    aggregates,
    emit,
    allowedLatenessMs: time.allowedLatenessMs,
    late: time.late,
    maxGroups: time.maxGroups,
    inputChanges: 'append',
    fields,
    changes: 'append',
  };
  const grouped = row.sideTimes === undefined ? node : rareBuilders().groupPairs(node, row.sideTimes);
  return { node: grouped, at: identityOn(fields), identity: identityOfGroups(group, emit, time) };
}

/** Rows of a group change while EMIT CHANGES runs, and after a window closed when late rows may correct it. */
function identityOfGroups(group: BoundGroup, emit: 'changes' | 'final', time: TimeSettings): Identity {
  const corrects = group.window !== null && (time.allowedLatenessMs > 0 || time.late === 'update-previous');
  if (emit === 'final' && !corrects) return APPEND;
  const width = group.keys.length + (group.window === null ? 0 : WINDOW_FIELDS.length);
  return { kind: 'key', columns: Array.from({ length: width }, (_, i) => i) };
}

function windowRows(row: BuiltRow, group: BoundGroup, emit: 'changes' | 'final', time: TimeSettings, context: BuildContext): BuiltRow {
  const window = group.window;
  if (window === null) return row;
  if (row.identity.kind !== 'append')
    context.problems.push(context.problem('VS3002', window.span, { what: 'a WINDOW without aggregates' }));
  const width = row.node.fields.length;
  const node: WindowRowsNode = {
    kind: 'window-rows',
    input: row.node,
    window: buildWindow(window),
    keys: group.keys.map((key) => place(row, key)),
    emit,
    allowedLatenessMs: time.allowedLatenessMs,
    late: time.late,
    fields: [...row.node.fields, ...WINDOW_FIELDS],
    changes: 'append',
  };
  const whole = row.sideTimes === undefined ? node : rareBuilders().onlyWholePairs(node, row.sideTimes);
  return { node: whole, at: [...row.at, width, width + 1], identity: row.identity };
}

const WINDOW_FIELDS: readonly Field[] = [
  { name: 'window_start', type: INSTANT_MS, nullable: false },
  { name: 'window_end', type: INSTANT_MS, nullable: false },
];

const keyField = (key: Expr, i: number): Field => ({
  name: key.kind === 'column' || key.kind === 'system' ? key.name : `key_${i + 1}`,
  type: key.type,
  nullable: true,
});

const aggregateField = (call: AggregateCall, i: number): Field => ({
  name: `${call.fn.name}_${i + 1}`,
  type: call.type,
  nullable: call.fn.name !== 'count',
});
