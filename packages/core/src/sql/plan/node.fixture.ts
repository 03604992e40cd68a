// Plan nodes made by hand, for tests of rules and of the physical stage.
import type { Field } from '../../values/column.ts';
import { BOOLEAN, INTEGER } from '../../values/types.ts';
import type { AggregateCall, Expr, SystemColumn } from '../bind/expression.ts';
import { field, TRADES } from './bound.fixture.ts';
import type { PlanNode, PlanWindow } from './plan.ts';

type Node<K extends PlanNode['kind']> = Extract<PlanNode, { kind: K }>;

export const col = (index: number, fields: readonly Field[] = TRADES): Expr => {
  const f = fields[index] ?? field(`c${index}`, INTEGER);
  return { kind: 'column', index, name: f.name, type: f.type };
};
export const system = (name: SystemColumn): Expr => ({ kind: 'system', name, type: INTEGER });
export const plus = (left: Expr, right: Expr): Expr => ({
  kind: 'arithmetic',
  op: '+',
  left,
  right,
  divisionByZero: 'null',
  type: left.type,
});
export const not = (arg: Expr): Expr => ({ kind: 'not', arg, type: BOOLEAN });
/** A condition that may fail: a number that is read from text. */
export const risky = (index: number): Expr => ({
  kind: 'compare',
  op: '=',
  left: { kind: 'cast', arg: col(index), safe: false, type: INTEGER },
  right: { kind: 'literal', value: 1, type: INTEGER },
  type: BOOLEAN,
});

export const scan = (
  fields: readonly Field[] = TRADES,
  relation = 'trades',
  relationKind: 'stream' | 'table' = 'stream',
): Node<'scan'> => ({
  kind: 'scan',
  relation,
  relationKind,
  columns: fields.map((f) => f.name),
  filter: null,
  system: [],
  uri: null,
  properties: new Map(),
  fields,
  changes: 'append',
});
export const watermark = (input: PlanNode, time: Expr | null = col(3)): Node<'watermark'> => ({
  kind: 'watermark',
  input,
  time,
  delayMs: 0,
  maxFutureMs: null,
  idleTimeoutMs: null,
  perRow: false,
  fields: input.fields,
  changes: 'append',
});
export const filter = (input: PlanNode, predicate: Expr, clause: 'where' | 'having' = 'where'): Node<'filter'> => ({
  kind: 'filter',
  input,
  predicate,
  clause,
  fields: input.fields,
  changes: 'append',
});
export const project = (input: PlanNode, items: readonly Expr[], eventTime: Expr | null = null): Node<'project'> => ({
  kind: 'project',
  input,
  items,
  eventTime,
  fields: items.map((e, i) => field(e.kind === 'column' ? e.name : `p${i}`, e.type)),
  changes: 'append',
});
export const aggregate = (
  input: PlanNode,
  keys: readonly Expr[],
  aggregates: readonly AggregateCall[],
  over: Partial<Node<'aggregate'>> = {},
): Node<'aggregate'> => {
  const bounds = over.window ? [field('window_start', INTEGER), field('window_end', INTEGER)] : [];
  const fields = [...keys.map((k, i) => field(`k${i}`, k.type)), ...bounds, ...aggregates.map((a, i) => field(`a${i}`, a.type))];
  return {
    kind: 'aggregate',
    input,
    keys,
    window: null,
    aggregates,
    emit: 'changes',
    allowedLatenessMs: 0,
    late: 'drop',
    maxGroups: null,
    inputChanges: 'append',
    fields,
    changes: 'append',
    ...over,
  };
};
export const TUMBLING: PlanWindow = { kind: 'tumbling', sizeMs: 10_000 };
export const join = (left: PlanNode, right: PlanNode, over: Partial<Node<'join'>> = {}): Node<'join'> => ({
  kind: 'join',
  join: 'inner',
  left,
  right,
  keys: [],
  residual: null,
  match: { kind: 'interval', lowerMs: -1000, upperMs: 1000 },
  leftTime: null,
  rightTime: null,
  graceMs: 0,
  fields: [...left.fields, ...right.fields],
  changes: 'append',
  ...over,
});
export const tableJoin = (input: PlanNode, tableFields: readonly Field[], over: Partial<Node<'table-join'>> = {}): Node<'table-join'> => ({
  kind: 'table-join',
  join: 'inner',
  input,
  table: 'rates',
  tableFields,
  tableColumns: tableFields.map((f) => f.name),
  keys: [],
  residual: null,
  missing: 'fail',
  fields: [...input.fields, ...tableFields],
  changes: 'append',
  ...over,
});
export const union = (...inputs: readonly PlanNode[]): Node<'union'> => ({
  kind: 'union',
  inputs,
  fields: inputs[0]?.fields ?? [],
  changes: 'append',
});
export const limit = (input: PlanNode, count: number, offset = 0): Node<'limit'> => ({
  kind: 'limit',
  input,
  count,
  offset,
  scope: 'query',
  windowEnd: null,
  fields: input.fields,
  changes: 'append',
});
export const distinct = (input: PlanNode): Node<'distinct'> => ({
  kind: 'distinct',
  input,
  maxRows: 10,
  windowEnd: null,
  fields: input.fields,
  changes: 'append',
});
export const sort = (input: PlanNode, expr: Expr, over: Partial<Node<'sort'>> = {}): Node<'sort'> => ({
  kind: 'sort',
  input,
  keys: [{ expr, descending: false, nullsFirst: true }],
  scope: 'end',
  windowEnd: null,
  limit: null,
  fields: input.fields,
  changes: 'append',
  ...over,
});
export const topN = (input: PlanNode, expr: Expr, partitionBy: readonly number[] = []): Node<'top-n'> => ({
  kind: 'top-n',
  input,
  keys: [{ expr, descending: true, nullsFirst: false }],
  count: 3,
  offset: 0,
  partitionBy,
  fields: input.fields,
  changes: 'append',
});
