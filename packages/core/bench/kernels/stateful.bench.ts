/**
 * Rows per second of stateful operators on ready column batches, one thread. Run:
 * `.config/scripts/with-node.sh node packages/core/bench/kernels/stateful.bench.ts [name]`. Prints the median and the range of some runs.
 */

import { testContext, testEnv } from '../../src/runtime/compile/env.fixture.ts';
import type { Operator, Output } from '../../src/runtime/operator.ts';
import { makeDistinct } from '../../src/runtime/operators/distinct.ts';
import { makeJoin } from '../../src/runtime/operators/join.ts';
import { makeOver } from '../../src/runtime/operators/over.ts';
import { makeTableJoin } from '../../src/runtime/operators/table-join.ts';
import { makeTopN } from '../../src/runtime/operators/top-n.ts';
import { columnExpr, field, scan } from '../../src/runtime/rows/operator.fixture.ts';
import { createTableStore } from '../../src/runtime/tables/create-table-store.ts';
import { sum } from '../../src/sql/functions/aggregate/sum.ts';
import { lag } from '../../src/sql/functions/analytic/lag.ts';
import type { PlanNode } from '../../src/sql/plan/plan.ts';
import { createDictionary } from '../../src/values/dictionary.ts';
import { NO_META, type RecordBatch } from '../../src/values/record-batch.ts';
import { FLOAT, INTEGER, STRING, TIMESTAMP } from '../../src/values/types.ts';

const ROWS = 1_000_000;
const BATCH = 4096;
const KEYS = 5000;
const RUNS = 5;

/** The same numbers everywhere: no clock, no Math.random. */
function sequence(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const FIELDS = [field('trader', STRING), field('price', FLOAT), field('at', TIMESTAMP)];
const names = Array.from({ length: KEYS }, (_, i) => `T${i}`);
const dictionary = createDictionary(names);

function batchesOf(keys: number): RecordBatch[] {
  const next = sequence(7);
  const batches: RecordBatch[] = [];
  for (let from = 0; from < ROWS; from += BATCH) {
    const length = Math.min(BATCH, ROWS - from);
    const at = Float64Array.from({ length }, (_, i) => 1.7e12 + (from + i) * 4);
    batches.push({
      length,
      columns: [
        { lane: 'dict', values: Int32Array.from({ length }, () => next() % keys), nulls: null, dictionary },
        { lane: 'f64', values: Float64Array.from({ length }, () => (100_000 + (next() % 9_900_000)) / 1e4), nulls: null },
        { lane: 'f64', values: at, nulls: null },
      ],
      meta: { ...NO_META, eventTime: at },
      ops: null,
      watermarks: null,
    });
  }
  return batches;
}

const many = batchesOf(KEYS);
const few = batchesOf(500);
const input = scan(FIELDS);

function measure(name: string, make: () => Operator, run: (operator: Operator, out: Output) => void): void {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) return;
  const rates: number[] = [];
  let rows = 0;
  for (let i = 0; i < RUNS + 2; i++) {
    rows = 0;
    const operator = make();
    const out: Output = {
      batch(batch) {
        rows += batch.length;
      },
      watermark: () => undefined,
    };
    const start = performance.now();
    run(operator, out);
    if (i >= 2) rates.push(ROWS / (performance.now() - start) / 1000);
  }
  rates.sort((a, b) => a - b);
  const text = (rate: number): string => rate.toFixed(1);
  console.log(`${name}: ${text(rates[rates.length >> 1]!)} M rows/s [${text(rates[0]!)}..${text(rates.at(-1)!)}], ${rows} rows out`);
}

const oneInput =
  (batches: readonly RecordBatch[]) =>
  (operator: Operator, out: Output): void => {
    for (const batch of batches) {
      operator.process(0, batch, 0, batch.length, out);
      operator.watermark(0, batch.meta.eventTime![batch.length - 1]!, out);
    }
  };

const context = testContext({ tables: createTableStore() });
const env = testEnv(context);
const keys = [{ left: columnExpr(0, STRING), right: columnExpr(0, STRING) }];
const base = { fields: FIELDS, changes: 'append' } as const;

const join: PlanNode = {
  ...base,
  kind: 'join',
  join: 'inner',
  left: input,
  right: input,
  keys,
  residual: null,
  match: { kind: 'interval', lowerMs: -5000, upperMs: 5000 },
  leftTime: null,
  rightTime: null,
  graceMs: 0,
};
measure(
  'interval join, inner, ±5 s',
  () => makeJoin(join, context, env),
  (operator, out) => {
    for (const [i, batch] of many.entries()) {
      operator.process(i & 1, batch, 0, batch.length, out);
      operator.watermark(i & 1, batch.meta.eventTime![batch.length - 1]!, out);
    }
  },
);
measure(
  'interval join, full outer, ±5 s',
  () => makeJoin({ ...join, join: 'full' }, context, env),
  (operator, out) => {
    for (const [i, batch] of many.entries()) {
      operator.process(i & 1, { ...batch, watermarks: batch.meta.eventTime }, 0, batch.length, out);
      operator.watermark(i & 1, batch.meta.eventTime![batch.length - 1]!, out);
    }
  },
);

const table = context.tables.create('desks', [field('trader', STRING), field('desk', STRING), field('cap', INTEGER)], [0]);
const desks = createDictionary();
table.apply(
  {
    length: KEYS,
    columns: [
      { lane: 'dict', values: Int32Array.from({ length: KEYS }, (_, i) => i), nulls: null, dictionary },
      { lane: 'dict', values: Int32Array.from({ length: KEYS }, (_, i) => desks.add(`D${i % 20}`)), nulls: null, dictionary: desks },
      { lane: 'f64', values: Float64Array.from({ length: KEYS }, (_, i) => i), nulls: null },
    ],
    meta: NO_META,
    ops: null,
    watermarks: null,
  },
  0,
  KEYS,
);
measure(
  'stream-table join, dictionary key',
  () =>
    makeTableJoin(
      {
        ...base,
        kind: 'table-join',
        join: 'inner',
        input,
        table: 'desks',
        tableFields: table.fields,
        tableColumns: ['trader', 'desk', 'cap'],
        keys,
        residual: null,
        missing: 'fail',
      },
      context,
      env,
    ),
  oneInput(many),
);

const byPrice = { expr: columnExpr(1, FLOAT), descending: true, nullsFirst: false };
measure(
  'top 10 per key',
  () => makeTopN({ ...base, kind: 'top-n', input, keys: [byPrice], count: 10, offset: 0, partitionBy: [0] }, context, env),
  oneInput(few),
);
measure(
  'distinct, one string column',
  () => makeDistinct({ ...base, kind: 'distinct', input: scan([FIELDS[0]!]), maxRows: 100_000, windowEnd: null }, context, env),
  (operator, out) => {
    for (const batch of many) operator.process(0, { ...batch, columns: [batch.columns[0]!] }, 0, batch.length, out);
  },
);
measure(
  'distinct, string and number, mostly repeats',
  () => makeDistinct({ ...base, kind: 'distinct', input: scan(FIELDS.slice(0, 2)), maxRows: 100_000, windowEnd: null }, context, env),
  (operator, out) => {
    const rounded = few.map((batch) => {
      const prices = batch.columns[1]!.values as Float64Array;
      return {
        ...batch,
        columns: [batch.columns[0]!, { lane: 'f64' as const, values: prices.map((p) => Math.floor(p / 100)), nulls: null }],
      };
    });
    for (const batch of rounded) operator.process(0, batch, 0, batch.length, out);
  },
);
const over = {
  partitionBy: [columnExpr(0, STRING)],
  orderBy: [{ expr: columnExpr(2, TIMESTAMP), descending: false, nullsFirst: true }],
  bufferRows: 1000,
  frame: { unit: 'rows' as const, start: Number.NEGATIVE_INFINITY, end: 0 },
  emit: 'every-record' as const,
  expireAfterMs: null,
  distinct: false,
  filter: null,
  type: FLOAT,
};
measure(
  'over: LAG',
  () => makeOver({ ...base, kind: 'over', input, calls: [{ ...over, fn: lag, args: [columnExpr(1, FLOAT)] }] }, context, env),
  oneInput(few),
);
measure(
  'over: SUM of the last 1000',
  () => makeOver({ ...base, kind: 'over', input, calls: [{ ...over, fn: sum, args: [columnExpr(1, FLOAT)] }] }, context, env),
  oneInput(few),
);
