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
import { buildPipeline, type PipelineScan } from './pipeline.ts';
import { restored } from './plan.fixture.ts';
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

test('VALUES feed themselves once, and not again after a restore', () => {
  const values: PlanNode = {
    kind: 'values',
    rows: [
      ['A', 1],
      ['B', null],
    ],
    fields: [fields[0]!, fields[1]!],
    changes: 'append',
  };
  const context = testContext();
  const out: RecordBatch[] = [];
  const pipeline = buildPipeline(planOf(values), context, (b) => void out.push(b));
  pipeline.start();
  pipeline.start();
  expect([out.length, out[0]!.length, pipeline.ended, pipeline.done()]).toEqual([1, 2, true, false]);
  const again = restored(
    pipeline,
    buildPipeline(planOf(values), context, (b) => void out.push(b)),
  );
  again.start();
  expect([out.length, again.ended]).toEqual([1, true]);
});

test('a pushed-down predicate is applied by the scan, and counted there', () => {
  const predicate = filter(scan).predicate;
  const plan = planOf({ ...scan, filter: predicate });
  expect(run(plan, rows).map((r) => r['price'])).toEqual([2, 3, 4, 8]);
  const pipeline = buildPipeline(plan, testContext(), () => undefined);
  expect(pipeline.operators.map((o) => [o.kind, o.depth])).toEqual([['Source', 0]]);
});

test('operators stand in the order of EXPLAIN', () => {
  const chain = filter(watermark(scan));
  const pipeline = buildPipeline(planOf(chain), testContext(), () => undefined);
  expect(pipeline.operators.map((o) => [o.kind, o.depth])).toEqual([
    ['Filter', 0],
    ['Watermark', 1],
    ['Source', 2],
  ]);
});

test('more state than the bound is a typed error', () => {
  const aggregate: AggregateNode = {
    kind: 'aggregate',
    input: scan,
    keys: [col(0)],
    window: null,
    aggregates: [call('count', [], INTEGER)],
    emit: 'final',
    allowedLatenessMs: 0,
    late: 'drop',
    maxGroups: null,
    inputChanges: 'append',
    changes: 'append',
    fields: [fields[0]!, field('n', INTEGER)],
  };
  const base = testContext();
  const context = testContext({ limits: { ...base.limits, maxStateBytes: 10 } });
  const pipeline = buildPipeline(planOf(aggregate), context, () => undefined);
  const batch = makeRowReader(fields, context)(rows, 0, rows.length);
  expect(() => pipeline.scans[0]!.process(batch, 0, batch.length)).toThrow(
    expect.objectContaining({ reason: 'limit-exceeded', details: expect.objectContaining({ limit: 'maxStateBytes' }) }),
  );
});

test('unions and joins end when all of their inputs have', () => {
  const union: PlanNode = { kind: 'union', inputs: [scan, scan], fields, changes: 'append' };
  const pipeline = buildPipeline(planOf(union), testContext(), () => undefined);
  const [left, right] = pipeline.scans as unknown as [PipelineScan, PipelineScan];
  left.end();
  left.end();
  expect(pipeline.ended).toBe(false);
  const again = restored(
    pipeline,
    buildPipeline(planOf(union), testContext(), () => undefined),
  );
  expect(again.ended).toBe(false);
  again.scans[1]!.end();
  right.end();
  expect([again.ended, pipeline.ended]).toEqual([true, true]);
});
