// Rows per second of single operators from ready column batches, one thread:
//   node packages/core/bench/kernels/runtime.bench.ts [part of a name]

import { provideAllOperators } from '../../src/runtime/all-operators.ts';
import { DEFAULT_LIMITS } from '../../src/runtime/limits.ts';
import type { RuntimeContext } from '../../src/runtime/operator.ts';
import { buildPipeline } from '../../src/runtime/pipeline.ts';
import { makeRowReader } from '../../src/runtime/row-reader.ts';
import { makeRowWriter } from '../../src/runtime/row-writer.ts';
import { openSnapshot, sealSnapshot } from '../../src/runtime/state/snapshot.ts';
import { createStateWriter } from '../../src/runtime/state/state-writer.ts';
import { createTableStore } from '../../src/runtime/tables/create-table-store.ts';
import type { Expr } from '../../src/sql/bind/expression.ts';
import { provideWholeLanguage } from '../../src/sql/bind/whole-language.ts';
import { provideAllFunctions } from '../../src/sql/functions/all-functions.ts';
import type { AggregateFunction } from '../../src/sql/functions/define.ts';
import { findFunction } from '../../src/sql/functions/registry.ts';
import type { AggregateNode, FilterNode, PlanNode, ProjectNode, QueryPlan, ScanNode, WatermarkNode } from '../../src/sql/plan/plan.ts';
import type { Field } from '../../src/values/column.ts';
import { createDictionary } from '../../src/values/dictionary.ts';
import { NO_META, type RecordBatch } from '../../src/values/record-batch.ts';
import { BOOLEAN, FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP } from '../../src/values/types.ts';

provideWholeLanguage();

provideAllFunctions();
provideAllOperators();

const ROWS = 2_000_000;
const BATCH = 4096;
const SYMBOLS = 500;
const RUNS = 7;
const only = process.argv[2] ?? '';

/** mulberry32 */
function random(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const field = (name: string, type: SqlType): Field => ({ name, type, nullable: false });
const fields = [field('symbol', STRING), field('price', FLOAT), field('qty', INTEGER), field('ts', TIMESTAMP), field('trader', INTEGER)];

function batches(disorderMs: number, keys = SYMBOLS): RecordBatch[] {
  const next = random(7);
  const dictionary = createDictionary(Array.from({ length: keys }, (_, i) => `S${String(i).padStart(6, '0')}`));
  const made: RecordBatch[] = [];
  for (let at = 0; at < ROWS; at += BATCH) {
    const n = Math.min(BATCH, ROWS - at);
    const symbol = new Int32Array(n);
    const price = new Float64Array(n);
    const qty = new Float64Array(n);
    const ts = new Float64Array(n);
    const trader = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      symbol[i] = next() % keys;
      price[i] = (100_000 + (next() % 9_900_000)) / 1e4;
      qty[i] = 1 + (next() % 1000);
      ts[i] = 1.7e12 + (at + i) * 4 - (disorderMs > 0 ? next() % disorderMs : 0);
      trader[i] = next() % 5000;
    }
    const f64 = (values: Float64Array) => ({ lane: 'f64' as const, values, nulls: null });
    made.push({
      length: n,
      columns: [{ lane: 'dict', values: symbol, nulls: null, dictionary }, f64(price), f64(qty), f64(ts), f64(trader)],
      meta: NO_META,
      ops: null,
      watermarks: null,
    });
  }
  return made;
}

const context: RuntimeContext = {
  codegen: process.env['CODEGEN'] !== 'off',
  batchRows: BATCH,
  limits: DEFAULT_LIMITS,
  clock: { now: () => 0 },
  rng: { next: () => 0.5 },
  tables: createTableStore(),
  changes: 'per-record',
  recordError: (info) => {
    throw info.error;
  },
  warn: () => undefined,
  deadLetter: () => undefined,
};

const scan: ScanNode = {
  kind: 'scan',
  relation: 't',
  relationKind: 'stream',
  columns: fields.map((f) => f.name),
  filter: null,
  system: [],
  uri: null,
  properties: new Map(),
  fields,
  changes: 'append',
};
const col = (index: number): Expr => ({ kind: 'column', index, name: fields[index]!.name, type: fields[index]!.type });
const lit = (value: number, type: SqlType): Expr => ({ kind: 'literal', value, type });
const times = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', op: '*', left, right, divisionByZero: 'null', type: FLOAT });
const cast = (arg: Expr): Expr => ({ kind: 'cast', arg, safe: false, type: FLOAT });
const call = (name: string, args: Expr[], type: SqlType) => ({
  fn: findFunction(name) as AggregateFunction,
  args,
  distinct: false,
  filter: null,
  descending: false,
  type,
});
const watermark = (input: PlanNode, delayMs: number): WatermarkNode => ({
  kind: 'watermark',
  input,
  time: col(3),
  delayMs,
  maxFutureMs: null,
  idleTimeoutMs: null,
  perRow: false,
  fields,
  changes: 'append',
});
const filter = (input: PlanNode): FilterNode => ({
  kind: 'filter',
  input,
  clause: 'where',
  predicate: { kind: 'compare', op: '>', left: col(1), right: lit(500, FLOAT), type: BOOLEAN },
  fields,
  changes: 'append',
});

const spread = [
  call('sum', [times(col(1), cast(col(2)))], FLOAT),
  call('avg', [col(1)], FLOAT),
  call('stddev_samp', [col(1)], FLOAT),
  call('count', [], INTEGER),
];

function aggregate(input: PlanNode, more: Partial<AggregateNode>, keys: readonly Expr[] = [col(0)], aggregates = spread): AggregateNode {
  const window = more.window === undefined ? { kind: 'tumbling' as const, sizeMs: 300_000 } : more.window;
  const bounds = window === null ? [] : [field('start', INTEGER), field('end', INTEGER)];
  return {
    kind: 'aggregate',
    input,
    keys,
    aggregates,
    emit: 'final',
    allowedLatenessMs: 0,
    late: 'drop',
    maxGroups: null,
    inputChanges: 'append',
    changes: 'append',
    fields: [...keys.map((k, i) => field(`k${i}`, k.type)), ...bounds, ...aggregates.map((a, i) => field(`a${i}`, a.type))],
    ...more,
    window,
  };
}

const project = (input: PlanNode): ProjectNode => ({
  kind: 'project',
  input,
  items: [col(0), times(col(1), cast(col(2)))],
  eventTime: null,
  fields: [fields[0]!, field('notional', FLOAT)],
  changes: 'append',
});
const planOf = (root: PlanNode): QueryPlan => ({
  root,
  visible: root.fields.length,
  key: null,
  window: null,
  messageKey: [],
  meta: [],
  tables: [],
  derived: [],
  fingerprint: '',
});

function measure(name: string, rows: number, run: () => number): void {
  if (!name.includes(only)) return;
  run();
  run();
  const spent: number[] = [];
  let check = 0;
  for (let r = 0; r < RUNS; r++) {
    const from = performance.now();
    check = run();
    spent.push(performance.now() - from);
  }
  spent.sort((a, b) => a - b);
  const rate = (ms: number): string => (rows / ms / 1000).toFixed(2);
  console.log(
    `${name.padEnd(58)} ${rate(spent[RUNS >> 1]!).padStart(8)} M rows/s  [${rate(spent[RUNS - 1]!)}..${rate(spent[0]!)}]  out=${check}`,
  );
}

function throughPipeline(plan: QueryPlan, input: readonly RecordBatch[]): () => number {
  return () => {
    let out = 0;
    const pipeline = buildPipeline(plan, context, (batch) => {
      out += batch.length;
    });
    const [entry] = pipeline.scans;
    for (const batch of input) entry!.process(batch, 0, batch.length);
    entry!.watermark(Number.POSITIVE_INFINITY);
    entry!.end();
    return out;
  };
}

const ordered = batches(0);
const disordered = batches(200);
measure('filter + project', ROWS, throughPipeline(planOf(project(filter(scan))), ordered));
measure('tumbling by dict: SUM AVG STDDEV COUNT, final', ROWS, throughPipeline(planOf(aggregate(watermark(scan, 0), {})), ordered));
measure('tumbling, 200 ms of disorder within the delay', ROWS, throughPipeline(planOf(aggregate(watermark(scan, 200), {})), disordered));
measure(
  'tumbling, 200 ms of disorder, delay 100 (late rows)',
  ROWS,
  throughPipeline(planOf(aggregate(watermark(scan, 100), {})), disordered),
);
measure('filter, then tumbling', ROWS, throughPipeline(planOf(aggregate(filter(watermark(scan, 0)), {})), ordered));
measure('tumbling by integer key (5000)', ROWS, throughPipeline(planOf(aggregate(watermark(scan, 0), {}, [col(4)])), ordered));
measure('tumbling by dict and integer key', ROWS, throughPipeline(planOf(aggregate(watermark(scan, 0), {}, [col(0), col(4)])), ordered));
measure(
  'sliding 5 m / 1 m, final',
  ROWS,
  throughPipeline(planOf(aggregate(watermark(scan, 0), { window: { kind: 'sliding', sizeMs: 300_000, advanceMs: 60_000 } })), ordered),
);
measure(
  'tumbling, changes per record',
  ROWS,
  throughPipeline(planOf(aggregate(watermark(scan, 0), { emit: 'changes', changes: 'upsert' })), ordered),
);
measure(
  'no window, changes per record',
  ROWS,
  throughPipeline(planOf(aggregate(scan, { window: null, emit: 'changes', changes: 'upsert' })), ordered),
);
measure(
  'session gap 30 s by dict, final',
  ROWS,
  throughPipeline(planOf(aggregate(watermark(scan, 0), { window: { kind: 'session', gapMs: 30_000 } })), ordered),
);
measure(
  'tumbling with MEDIAN (general accumulator)',
  ROWS,
  throughPipeline(planOf(aggregate(watermark(scan, 0), {}, [col(0)], [call('median', [col(1)], FLOAT)])), ordered),
);

const objects = Array.from({ length: 200_000 }, (_, i) => ({
  symbol: `S${i % SYMBOLS}`,
  price: i / 7,
  qty: i % 1000,
  ts: 1.7e12 + i,
  trader: i % 5000,
}));
const four = fields.slice(0, 4);
measure('row reader, 4 columns', objects.length, () => {
  const read = makeRowReader(four, context);
  let n = 0;
  for (let at = 0; at < objects.length; at += BATCH) n += read(objects, at, Math.min(objects.length, at + BATCH)).length;
  return n;
});
measure('row writer, 4 columns', objects.length, () => {
  const write = makeRowWriter(four);
  let n = 0;
  for (let b = 0; b < 50; b++) for (let i = 0; i < BATCH; i++) n += (write(ordered[b]!, i)['qty'] as number) > 0 ? 1 : 0;
  return n;
});

if ('snapshot'.includes(only)) {
  const pipeline = buildPipeline(planOf(aggregate(scan, { window: null, emit: 'final' }, [col(0)])), context, () => undefined);
  for (const batch of batches(0, 1_000_000)) pipeline.scans[0]!.process(batch, 0, batch.length);
  const from = performance.now();
  const writer = createStateWriter();
  pipeline.snapshot(writer);
  const sealed = sealSnapshot('x', writer.finish());
  const middle = performance.now();
  openSnapshot(sealed, 'x');
  const { stateEntries } = pipeline.operators[0]!.metrics;
  const rss = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `snapshot of ${stateEntries} groups: ${(sealed.length / 1e6).toFixed(1)} MB in ${(middle - from).toFixed(0)} ms, opened in ${(performance.now() - middle).toFixed(0)} ms; ${rss} MB resident`,
  );
}
