import { expect, test } from 'vitest';
import type { AggregateCall, Expr } from '../sql/bind/expression.ts';
import { provideWholeLanguage } from '../sql/bind/whole-language.ts';
import { provideAllFunctions } from '../sql/functions/all-functions.ts';
import type { AggregateFunction } from '../sql/functions/define.ts';
import { findFunction } from '../sql/functions/registry.ts';
import type { AggregateNode, FilterNode, PlanNode, QueryPlan, ScanNode, WatermarkNode } from '../sql/plan/plan.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { BOOLEAN, FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP } from '../values/types.ts';
import { provideAllOperators } from './all-operators.ts';
import { testContext } from './compile/env.fixture.ts';
import { buildPipeline } from './pipeline.ts';
import { makeRowReader } from './row-reader.ts';
import { makeRowWriter } from './row-writer.ts';

provideWholeLanguage();

provideAllFunctions();
provideAllOperators();

const field = (name: string, type: SqlType): Field => ({ name, type, nullable: true });
const fields = [field('symbol', STRING), field('price', FLOAT), field('ts', TIMESTAMP)];
const scan: ScanNode = {
  kind: 'scan',
  relation: 'trades',
  relationKind: 'stream',
  columns: ['symbol', 'price', 'ts'],
  filter: null,
  system: [],
  uri: null,
  properties: new Map(),
  fields,
  changes: 'append',
};
const col = (index: number): Expr => ({ kind: 'column', index, name: fields[index]!.name, type: fields[index]!.type });
const call = (name: string, args: Expr[], type: SqlType): AggregateCall => ({
  fn: findFunction(name) as AggregateFunction,
  args,
  distinct: false,
  filter: null,
  descending: false,
  type,
});
const watermark = (input: PlanNode): WatermarkNode => ({
  kind: 'watermark',
  input,
  time: col(2),
  delayMs: 0,
  maxFutureMs: null,
  idleTimeoutMs: null,
  perRow: false,
  fields: input.fields,
  changes: 'append',
});
const filter = (input: PlanNode): FilterNode => ({
  kind: 'filter',
  input,
  clause: 'where',
  predicate: { kind: 'compare', op: '>', left: col(1), right: { kind: 'literal', value: 1, type: FLOAT }, type: BOOLEAN },
  fields: input.fields,
  changes: 'append',
});

function planOf(root: PlanNode): QueryPlan {
  return {
    root,
    visible: root.fields.length,
    key: null,
    window: null,
    messageKey: [],
    meta: [],
    tables: [],
    derived: [],
    fingerprint: 'x',
  };
}

function run(plan: QueryPlan, rows: object[]): Record<string, unknown>[] {
  const context = testContext();
  const out: RecordBatch[] = [];
  const pipeline = buildPipeline(plan, context, (b) => out.push(b));
  const [entry] = pipeline.scans;
  const read = makeRowReader(fields, context);
  entry!.process(read(rows, 0, rows.length), 0, rows.length);
  entry!.watermark(Number.POSITIVE_INFINITY);
  entry!.end();
  expect(context.errors).toEqual([]);
  expect(pipeline.ended).toBe(true);
  const write = makeRowWriter(plan.root.fields);
  return out.flatMap((b) => Array.from({ length: b.length }, (_, i) => ({ ...write(b, i) })));
}

const rows = [
  { symbol: 'A', price: 2, ts: 1000 },
  { symbol: 'B', price: 3, ts: 2000 },
  { symbol: 'A', price: 4, ts: 9999 },
  { symbol: 'A', price: 0.5, ts: 9999 },
  { symbol: 'A', price: 8, ts: 10000 },
];

test('filters, groups by tumbling window and emits windows in order of their ends', () => {
  const input = filter(watermark(scan));
  const aggregate: AggregateNode = {
    kind: 'aggregate',
    input,
    keys: [col(0)],
    window: { kind: 'tumbling', sizeMs: 10_000 },
    aggregates: [call('sum', [col(1)], FLOAT), call('count', [], INTEGER), call('avg', [col(1)], FLOAT)],
    emit: 'final',
    allowedLatenessMs: 0,
    late: 'drop',
    maxGroups: null,
    inputChanges: 'append',
    changes: 'append',
    fields: [fields[0]!, field('start', INTEGER), field('end', INTEGER), field('sum', FLOAT), field('n', INTEGER), field('avg', FLOAT)],
  };
  expect(run(planOf(aggregate), rows)).toEqual([
    { symbol: 'A', start: 0, end: 10000, sum: 6, n: 2, avg: 3 },
    { symbol: 'B', start: 0, end: 10000, sum: 3, n: 1, avg: 3 },
    { symbol: 'A', start: 10000, end: 20000, sum: 8, n: 1, avg: 8 },
  ]);
});
