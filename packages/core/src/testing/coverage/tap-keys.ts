import type { Expr } from '../../sql/bind/expression.ts';
import { shiftColumns } from '../../sql/bind/expression-tree.ts';
import { showExpr } from '../../sql/bind/show-expression.ts';
import type {
  AggregateNode,
  JoinNode,
  PlanNode,
  PlanWindow,
  TableJoinNode,
  TemporalJoinNode,
  WindowRowsNode,
} from '../../sql/plan/plan.ts';
import { somePlan } from '../../sql/plan/tree/plan-tree.ts';
import type { Scalar } from '../../values/types.ts';
import type { CoveragePoints } from './points.ts';
import { tapRows } from './tap.ts';

/** Different keys that are remembered per side; beyond it the answers stay as they are. */
const KEYS_MAX = 50_000;
/** Times remembered per key. */
const TIMES_MAX = 20;

const keyText = (values: readonly Scalar[]): string | null => (values.some((v) => v === null) ? null : values.map(String).join('\u0001'));

/** Taps what flows into a window or a group: edges of windows, gaps of sessions, order, NULL keys. */
export function tapGroup(node: AggregateNode | WindowRowsNode, points: CoveragePoints, id: string, rowsLate: () => number): PlanNode {
  const { keys, window, input } = node;
  const nullKeys = keys.flatMap((key, i) => (isNullable(key, input) ? [{ i, id: `${id}.null${i}`, text: showExpr(key) }] : []));
  for (const k of nullKeys) points.add(k.id, `a group with NULL in ${k.text}`);
  const seeTime = window === null ? null : tapWindow(window, points, id, rowsLate);
  if (seeTime === null && nullKeys.length === 0) return node;
  const tap = tapRows(input, keys, (time, values) => {
    for (const k of nullKeys) if (values[k.i] === null) points.reach(k.id);
    if (seeTime !== null && typeof time === 'number') seeTime(time, keyText(values) ?? '\u0000');
  });
  return { ...node, input: tap };
}

/** Whether NULL can come: the column allows it, and no inner join below has already asked for a partner by it. */
function isNullable(key: Expr, input: PlanNode): boolean {
  if (key.kind !== 'column' || input.fields[key.index]?.nullable !== true) return false;
  const name = input.fields[key.index]?.name;
  return !somePlan(
    input,
    (n) =>
      (n.kind === 'join' || n.kind === 'table-join' || n.kind === 'temporal-join') &&
      n.join === 'inner' &&
      n.keys.some((k) => [k.left, k.right].some((e) => e.kind === 'column' && e.name === name)),
  );
}

function tapWindow(window: PlanWindow, points: CoveragePoints, id: string, rowsLate: () => number): (time: number, key: string) => void {
  points.add(`${id}.disorder`, 'a row behind a later one, still in time');
  points.add(`${id}.late`, 'a row too late for its window');
  points.whenDone(() => {
    if (rowsLate() > 0) points.reach(`${id}.late`);
    if (behind > rowsLate()) points.reach(`${id}.disorder`);
  });
  let latest = Number.NEGATIVE_INFINITY;
  let behind = 0;
  const order = (time: number): void => {
    if (time < latest) behind++;
    else latest = time;
  };
  if (window.kind === 'session') return tapSession(window.gapMs, points, id, order);
  const step = window.kind === 'tumbling' ? window.sizeMs : window.advanceMs;
  points.add(`${id}.first`, 'a row on the first millisecond of a window');
  points.add(`${id}.last`, 'a row on the last millisecond of a window');
  return (time) => {
    order(time);
    const at = ((time % step) + step) % step;
    if (at === 0) points.reach(`${id}.first`);
    else if (at >= step - 1) points.reach(`${id}.last`);
  };
}

function tapSession(gapMs: number, points: CoveragePoints, id: string, order: (time: number) => void): (time: number, key: string) => void {
  points.add(`${id}.gap`, `two rows exactly ${gapMs} ms apart (one session)`);
  points.add(`${id}.gap1`, `two rows ${gapMs + 1} ms apart (two sessions)`);
  const last = new Map<string, number>();
  return (time, key) => {
    order(time);
    const before = last.get(key);
    if (before !== undefined) {
      if (time - before === gapMs) points.reach(`${id}.gap`);
      else if (time - before === gapMs + 1) points.reach(`${id}.gap1`);
    }
    if (last.size < KEYS_MAX || before !== undefined) last.set(key, Math.max(before ?? time, time));
  };
}

/** Keys of one side of a join, with some of their times. */
class Side {
  readonly times = new Map<string, number[]>();

  see(time: Scalar, values: readonly Scalar[]): void {
    const key = keyText(values);
    if (key === null) return;
    let list = this.times.get(key);
    if (!list) {
      if (this.times.size >= KEYS_MAX) return;
      list = [];
      this.times.set(key, list);
    }
    if (list.length < TIMES_MAX && typeof time === 'number') list.push(time);
  }
}

type AnyJoin = JoinNode | TableJoinNode | TemporalJoinNode;

/** Taps both sides and the result of a join: pairs, and rows of either side that found none. */
export function tapJoin(node: AnyJoin, points: CoveragePoints, id: string): PlanNode {
  if (node.keys.length === 0) return node;
  const text = node.keys.map((k) => `${showExpr(k.left)} = ${showExpr(k.right)}`).join(' AND ');
  points.add(`${id}.match`, `a pair with ${text}`);
  points.add(`${id}.left`, `a row of the left side without a partner (${text})`);
  const left = new Side();
  const right = new Side();
  const matched = new Set<string>();
  const leftKeys = node.keys.map((k) => k.left);
  const hasRight = node.kind !== 'table-join';
  const width = (node.kind === 'table-join' ? node.input : node.left).fields.length;
  if (node.kind === 'join') points.add(`${id}.right`, `a row of the right side without a partner (${text})`);
  const bounds = node.kind === 'join' && node.match.kind === 'interval' ? node.match : null;
  if (bounds) points.add(`${id}.outside`, `a pair with ${text} outside the time bounds of the join`);
  points.whenDone(() => {
    if (matched.size > 0) points.reach(`${id}.match`);
    if ([...left.times.keys()].some((k) => !matched.has(k))) points.reach(`${id}.left`);
    if (hasRight && [...right.times.keys()].some((k) => !matched.has(k))) points.reach(`${id}.right`);
    if (bounds && hasPairOutside(left, right, bounds)) points.reach(`${id}.outside`);
  });
  const rightKeys = node.keys.map((k) => shiftColumns(k.right, width));
  const tappedInputs = tapInputs(node, left, right, leftKeys);
  return tapRows(tappedInputs, [...leftKeys, ...rightKeys], (_, values) => {
    const l = keyText(values.slice(0, leftKeys.length));
    const r = keyText(values.slice(leftKeys.length));
    if (l !== null && r !== null && matched.size < KEYS_MAX) matched.add(l);
  });
}

function tapInputs(node: AnyJoin, left: Side, right: Side, leftKeys: readonly Expr[]): AnyJoin {
  const seeLeft = (time: Scalar, values: readonly Scalar[]): void => left.see(time, values);
  if (node.kind === 'table-join') return { ...node, input: tapRows(node.input, leftKeys, seeLeft) };
  const rightKeys = node.keys.map((k) => k.right);
  return {
    ...node,
    left: tapRows(node.left, leftKeys, seeLeft),
    right: tapRows(node.right, rightKeys, (time, values) => right.see(time, values)),
  };
}

function hasPairOutside(left: Side, right: Side, bounds: { readonly lowerMs: number; readonly upperMs: number }): boolean {
  for (const [key, times] of left.times) {
    const others = right.times.get(key);
    if (!others) continue;
    for (const l of times) for (const r of others) if (r - l < bounds.lowerMs || r - l > bounds.upperMs) return true;
  }
  return false;
}
