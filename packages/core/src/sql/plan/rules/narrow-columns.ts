import type { Expr } from '../../bind/expression.ts';
import type {
  AggregateNode,
  JoinNode,
  OverNode,
  PlanNode,
  ProjectNode,
  RankNode,
  TableJoinNode,
  TemporalJoinNode,
  UnionNode,
} from '../plan.ts';
import { isRepeatable } from '../tree/expr-traits.ts';
import { collectColumns, mapAggregate, mapOver, mapSortKey, mapWindow, moveColumns, timesOf } from '../tree/expr-tree.ts';
import { exprsOf } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/** Reads and carries only the columns that something above uses; what nothing uses is not computed. */
export const narrowColumns: Rule = {
  name: 'narrow-columns',
  rewrite: (root) => narrow(root, all(root.fields.length)).node,
};

/** A node with fewer columns. `kept`: which of the old ones it still has, ascending; at least those that were needed. */
interface Narrowed {
  readonly node: PlanNode;
  readonly kept: readonly number[];
}

type Needed = ReadonlySet<number>;

const all = (width: number): Set<number> => new Set(Array.from({ length: width }, (_, i) => i));
const ascending = (columns: Iterable<number>): number[] => [...columns].sort((a, b) => a - b);
const below = (columns: Needed, width: number): number[] => [...columns].filter((index) => index < width);
const above = (columns: Needed, width: number): number[] => [...columns].filter((index) => index >= width).map((index) => index - width);

/** Renumbers columns of the old row to those that were kept. */
function mover(kept: readonly number[]): (e: Expr) => Expr {
  const to = new Map(kept.map((old, now) => [old, now]));
  return (e) => moveColumns(e, (index) => to.get(index) as number);
}

const plus = (needed: Iterable<number>, ...exprs: readonly (Expr | null)[]): Set<number> => {
  const columns = new Set(needed);
  for (const e of exprs) if (e !== null) collectColumns(e, columns);
  return columns;
};

const isAll = (kept: readonly number[], width: number): boolean => kept.length === width;
const pick = <T>(list: readonly T[], kept: readonly number[]): T[] => kept.map((index) => list[index] as T);

function narrow(node: PlanNode, needed: Needed): Narrowed {
  switch (node.kind) {
    case 'scan': {
      const kept = ascending(plus(needed, node.filter));
      if (isAll(kept, node.fields.length)) return { node, kept };
      const move = mover(kept);
      const filter = node.filter === null ? null : move(node.filter);
      return { node: { ...node, columns: pick(node.columns, kept), fields: pick(node.fields, kept), filter }, kept };
    }
    case 'values': {
      const kept = ascending(needed);
      if (isAll(kept, node.fields.length)) return { node, kept };
      return { node: { ...node, rows: node.rows.map((row) => pick(row, kept)), fields: pick(node.fields, kept) }, kept };
    }
    case 'project':
      return narrowProject(node, needed);
    case 'aggregate':
      return narrowAggregate(node, needed);
    case 'over':
      return narrowOver(node, needed);
    case 'rank':
      return narrowRank(node, needed);
    case 'join':
    case 'temporal-join':
      return narrowJoin(node, needed);
    case 'table-join':
      return narrowTableJoin(node, needed);
    case 'union':
      return narrowUnion(node, needed);
    default:
      return narrowThrough(node, needed);
  }
}

type PassThrough = Extract<PlanNode, { kind: 'watermark' | 'filter' | 'window-rows' | 'distinct' | 'sort' | 'limit' | 'top-n' }>;

/** Nodes that hand their input's columns on (WINDOW rows add two behind them). */
function narrowThrough(node: PassThrough, needed: Needed): Narrowed {
  const width = node.input.fields.length;
  // Equality of whole rows must not change.
  const wanted = node.kind === 'distinct' ? all(width) : plus([...below(needed, width), ...placesOf(node)], ...exprsOf(node));
  const input = narrow(node.input, wanted);
  const added = node.fields.map((_, i) => i).slice(width);
  if (input.node === node.input) return { node, kept: [...input.kept, ...added] };
  return { node: rebuild(node, input), kept: [...input.kept, ...added] };
}

/** Columns that a node names by number. */
function placesOf(node: PassThrough): readonly number[] {
  if (node.kind === 'top-n') return node.partitionBy;
  return 'windowEnd' in node && node.windowEnd !== null ? [node.windowEnd] : [];
}

function rebuild(node: PassThrough, input: Narrowed): PlanNode {
  const move = mover(input.kept);
  const place = (index: number): number => input.kept.indexOf(index);
  const fields = [...input.node.fields, ...node.fields.slice(node.input.fields.length)];
  switch (node.kind) {
    case 'watermark':
      return { ...node, input: input.node, fields, time: node.time === null ? null : move(node.time) };
    case 'filter':
      return { ...node, input: input.node, fields, predicate: move(node.predicate) };
    case 'window-rows':
      return { ...node, input: input.node, fields, keys: node.keys.map(move), window: mapWindow(node.window, move) };
    case 'top-n':
      return {
        ...node,
        input: input.node,
        fields,
        keys: node.keys.map((key) => mapSortKey(key, move)),
        partitionBy: node.partitionBy.map(place),
      };
    case 'sort': {
      const keys = node.keys.map((key) => mapSortKey(key, move));
      return { ...node, input: input.node, fields, keys, windowEnd: node.windowEnd === null ? null : place(node.windowEnd) };
    }
    case 'limit':
    case 'distinct':
      return { ...node, input: input.node, fields, windowEnd: node.windowEnd === null ? null : place(node.windowEnd) };
  }
}

/** An item that draws numbers or writes headers stays, used or not. */
function narrowProject(node: ProjectNode, needed: Needed): Narrowed {
  const kept = node.items.flatMap((item, i) => (needed.has(i) || !isRepeatable(item) ? [i] : []));
  const items = pick(node.items, kept);
  const input = narrow(node.input, plus([], ...items, node.eventTime));
  if (input.node === node.input && isAll(kept, node.items.length)) return { node, kept };
  const move = mover(input.kept);
  const eventTime = node.eventTime === null ? null : move(node.eventTime);
  return { node: { ...node, input: input.node, items: items.map(move), eventTime, fields: pick(node.fields, kept) }, kept };
}

/** Keys and window bounds stay: they make the groups. */
function narrowAggregate(node: AggregateNode, needed: Needed): Narrowed {
  const fixed = node.fields.length - node.aggregates.length;
  const kept = node.fields.flatMap((_, i) => (i < fixed || needed.has(i) ? [i] : []));
  const aggregates = node.aggregates.filter((_, i) => needed.has(fixed + i));
  const input = narrow(
    node.input,
    plus([], ...node.keys, ...timesOf(node.window), ...aggregates.flatMap((call) => [...call.args, call.filter])),
  );
  if (input.node === node.input && isAll(kept, node.fields.length)) return { node, kept };
  const move = mover(input.kept);
  return {
    node: {
      ...node,
      input: input.node,
      keys: node.keys.map(move),
      aggregates: aggregates.map((call) => mapAggregate(call, move)),
      window: node.window && mapWindow(node.window, move),
      fields: pick(node.fields, kept),
    },
    kept,
  };
}

/** A call that holds rows back until its buffer is full decides which rows come out, used or not. */
function narrowOver(node: OverNode, needed: Needed): Narrowed {
  const width = node.input.fields.length;
  const keptCalls = node.calls.flatMap((call, i) => (needed.has(width + i) || call.emit === 'on-buffer-full' ? [i] : []));
  const calls = pick(node.calls, keptCalls);
  const wanted = plus(below(needed, width), ...exprsOf({ ...node, calls }));
  const input = narrow(node.input, wanted);
  if (calls.length === 0) return input;
  const kept = [...input.kept, ...keptCalls.map((i) => width + i)];
  if (input.node === node.input && isAll(kept, node.fields.length)) return { node, kept };
  const move = mover(input.kept);
  const fields = [...input.node.fields, ...keptCalls.map((i) => node.fields[width + i] as OverNode['fields'][number])];
  return { node: { ...node, input: input.node, calls: calls.map((call) => mapOver(call, move)), fields }, kept };
}

/** Nobody who does not read the places has to be told that rows move. */
function narrowRank(node: RankNode, needed: Needed): Narrowed {
  const width = node.input.fields.length;
  const input = narrow(node.input, plus([...below(needed, width), ...node.partitionBy], ...exprsOf(node)));
  const showsPlace = node.showsPlace && needed.has(width);
  const kept = showsPlace ? [...input.kept, width] : input.kept;
  if (input.node === node.input && isAll(kept, node.fields.length)) return { node, kept };
  const place = (index: number): number => input.kept.indexOf(index);
  return {
    node: {
      ...node,
      input: input.node,
      partitionBy: node.partitionBy.map(place),
      keys: node.keys.map((key) => mapSortKey(key, mover(input.kept))),
      windowEnd: node.windowEnd === null ? null : place(node.windowEnd),
      showsPlace,
      fields: [...input.node.fields, ...(showsPlace ? node.fields.slice(width) : [])],
    },
    kept,
  };
}

function narrowJoin(node: JoinNode | TemporalJoinNode, needed: Needed): Narrowed {
  const width = node.left.fields.length;
  const joined = plus(needed, node.residual);
  const own = node.kind === 'join' ? { left: node.leftTime, right: node.rightTime } : { left: node.asOf, right: null };
  const left = narrow(node.left, plus(below(joined, width), own.left, ...node.keys.map((key) => key.left)));
  const right = narrow(node.right, plus(above(joined, width), own.right, ...node.keys.map((key) => key.right)));
  const kept = [...left.kept, ...right.kept.map((index) => index + width)];
  if (left.node === node.left && right.node === node.right) return { node, kept };
  const [moveLeft, moveRight, move] = [mover(left.kept), mover(right.kept), mover(kept)];
  const common = {
    left: left.node,
    right: right.node,
    keys: node.keys.map((key) => ({ left: moveLeft(key.left), right: moveRight(key.right) })),
    residual: node.residual === null ? null : move(node.residual),
    fields: pick(node.fields, kept),
  };
  if (node.kind === 'temporal-join') return { node: { ...node, ...common, asOf: moveLeft(node.asOf) }, kept };
  const leftTime = node.leftTime === null ? null : moveLeft(node.leftTime);
  const rightTime = node.rightTime === null ? null : moveRight(node.rightTime);
  return { node: { ...node, ...common, leftTime, rightTime }, kept };
}

function narrowTableJoin(node: TableJoinNode, needed: Needed): Narrowed {
  const width = node.input.fields.length;
  const joined = plus(needed, node.residual);
  const input = narrow(node.input, plus(below(joined, width), ...node.keys.map((key) => key.left)));
  const table = ascending(plus(above(joined, width), ...node.keys.map((key) => key.right)));
  const kept = [...input.kept, ...table.map((index) => index + width)];
  if (input.node === node.input && isAll(table, node.tableFields.length)) return { node, kept };
  const [moveLeft, moveRight, move] = [mover(input.kept), mover(table), mover(kept)];
  return {
    node: {
      ...node,
      input: input.node,
      tableFields: pick(node.tableFields, table),
      tableColumns: pick(node.tableColumns, table),
      keys: node.keys.map((key) => ({ left: moveLeft(key.left), right: moveRight(key.right) })),
      residual: node.residual === null ? null : move(node.residual),
      fields: pick(node.fields, kept),
    },
    kept,
  };
}

/** All arms must keep the same columns, so one that keeps more gets a projection. */
function narrowUnion(node: UnionNode, needed: Needed): Narrowed {
  const kept = ascending(needed);
  const arms = node.inputs.map((input) => narrow(input, needed));
  if (isAll(kept, node.fields.length) && arms.every((arm, i) => arm.node === node.inputs[i])) return { node, kept };
  const inputs = arms.map((arm) => (arm.kept.length === kept.length ? arm.node : projectTo(arm, kept)));
  return { node: { ...node, inputs, fields: pick(node.fields, kept) }, kept };
}

function projectTo(arm: Narrowed, wanted: readonly number[]): PlanNode {
  const places = wanted.map((index) => arm.kept.indexOf(index));
  const fields = pick(arm.node.fields, places);
  const items = fields.map((field, i): Expr => ({ kind: 'column', index: places[i] as number, name: field.name, type: field.type }));
  return { kind: 'project', input: arm.node, items, eventTime: null, fields, changes: 'append' };
}
