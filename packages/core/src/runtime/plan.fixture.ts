// Small plans, and what comes out of them, for tests of operators.

import type { AggregateCall, Expr } from '../sql/bind/expression.ts';
import { provideWholeLanguage } from '../sql/bind/whole-language.ts';
import { provideAllFunctions } from '../sql/functions/all-functions.ts';
import type { AggregateFunction } from '../sql/functions/define.ts';
import { findFunction } from '../sql/functions/registry.ts';
import type { AggregateNode, PlanNode, QueryPlan, ScanNode, WatermarkNode } from '../sql/plan/plan.ts';
import type { Field } from '../values/column.ts';
import { columnFromScalars } from '../values/column-builder.ts';
import { scalarAt } from '../values/column-read.ts';
import { NO_META, Op, type RecordBatch } from '../values/record-batch.ts';
import { INTEGER, type Scalar, type SqlType } from '../values/types.ts';
import { provideAllOperators } from './all-operators.ts';
import { type TestContext, testContext } from './compile/env.fixture.ts';
import { buildPipeline, type Pipeline } from './pipeline.ts';
import { openSnapshot, sealSnapshot } from './state/snapshot.ts';
import { createStateReader } from './state/state-reader.ts';
import { createStateWriter } from './state/state-writer.ts';

provideWholeLanguage();

provideAllFunctions();
provideAllOperators();

export const field = (name: string, type: SqlType): Field => ({ name, type, nullable: true });
export const column = (fields: readonly Field[], index: number): Expr => ({
  kind: 'column',
  index,
  name: fields[index]!.name,
  type: fields[index]!.type,
});
export const literal = (value: Scalar, type: SqlType): Expr => ({ kind: 'literal', value, type });

export const scanOf = (fields: readonly Field[]): ScanNode => ({
  kind: 'scan',
  relation: 'input',
  relationKind: 'stream',
  columns: fields.map((f) => f.name),
  filter: null,
  system: [],
  uri: null,
  properties: new Map(),
  fields,
  changes: 'append',
});

export const watermarkOf = (input: PlanNode, time: number, delayMs: number): WatermarkNode => ({
  kind: 'watermark',
  input,
  time: column(input.fields, time),
  delayMs,
  maxFutureMs: null,
  idleTimeoutMs: null,
  perRow: false,
  fields: input.fields,
  changes: input.changes,
});

export const aggregateCall = (name: string, args: readonly Expr[], type: SqlType, more: Partial<AggregateCall> = {}): AggregateCall => ({
  fn: findFunction(name) as AggregateFunction,
  args,
  distinct: false,
  filter: null,
  descending: false,
  type,
  ...more,
});

export function aggregateOf(
  input: PlanNode,
  keys: readonly Expr[],
  aggregates: readonly AggregateCall[],
  more: Partial<AggregateNode>,
): AggregateNode {
  const bounds = more.window ? [field('window_start', INTEGER), field('window_end', INTEGER)] : [];
  return {
    kind: 'aggregate',
    input,
    keys,
    window: null,
    aggregates,
    emit: 'final',
    allowedLatenessMs: 0,
    late: 'drop',
    maxGroups: null,
    inputChanges: input.changes,
    changes: 'append',
    fields: [...keys.map((key, i) => field(`k${i}`, key.type)), ...bounds, ...aggregates.map((a, i) => field(`a${i}`, a.type))],
    ...more,
  };
}

export const queryOf = (root: PlanNode, more: Partial<QueryPlan> = {}): QueryPlan => ({
  root,
  visible: root.fields.length,
  key: null,
  window: null,
  messageKey: [],
  meta: [],
  tables: [],
  derived: [],
  fingerprint: 'test',
  ...more,
});

/** A batch of rows of scalars; `ops` per row. */
export function batchOf(fields: readonly Field[], rows: readonly (readonly Scalar[])[], ops: Uint8Array | null = null): RecordBatch {
  const columns = fields.map((f, c) =>
    columnFromScalars(
      f.type,
      rows.map((row) => row[c] as Scalar),
    ),
  );
  return { length: rows.length, columns, meta: NO_META, ops, watermarks: null };
}

/** Rows of a batch as `[op, …values]`. */
export function rowsOf(batch: RecordBatch): Scalar[][] {
  return Array.from({ length: batch.length }, (_, row) => [
    ['+I', '-U', '+U', '-D'][batch.ops?.[row] ?? 0] as string,
    ...batch.columns.map((c) => scalarAt(c, row)),
  ]);
}

export interface RunOptions {
  /** Sizes of the batches the rows come in, repeated; one batch by default. */
  readonly chunks?: readonly number[];
  /** After this many rows the pipeline is saved and restored. */
  readonly restoreAt?: number;
  readonly context?: TestContext;
  readonly ops?: Uint8Array;
  /** Without the end of the input. */
  readonly open?: boolean;
}

/** Everything that a plan with one scan emits for rows in order, the end of the input included. */
export function run(plan: QueryPlan, rows: readonly (readonly Scalar[])[], options: RunOptions = {}): Scalar[][] {
  const context = options.context ?? testContext();
  const emitted: Scalar[][] = [];
  const build = (): Pipeline => buildPipeline(plan, context, (batch) => void emitted.push(...rowsOf(batch)));
  let pipeline = build();
  const fields = pipeline.scans[0]!.node.fields;
  const chunks = options.chunks ?? [rows.length || 1];
  for (let from = 0, n = 0; from < rows.length; n++) {
    let to = Math.min(rows.length, from + chunks[n % chunks.length]!);
    if (options.restoreAt !== undefined && from < options.restoreAt && to > options.restoreAt) to = options.restoreAt;
    // the two sides of an update come in one batch
    if (to < rows.length && options.ops?.[to - 1] === Op.updateBefore) to++;
    const batch = batchOf(fields, rows.slice(from, to), options.ops?.slice(from, to) ?? null);
    pipeline.scans[0]!.process(batch, 0, batch.length);
    from = to;
    if (from === options.restoreAt || from - 1 === options.restoreAt) pipeline = restored(pipeline, build());
  }
  if (options.open !== true) {
    pipeline.scans[0]!.watermark(Number.POSITIVE_INFINITY);
    pipeline.scans[0]!.end();
  }
  return emitted;
}

/** A fresh pipeline in the state of another one, by way of bytes. */
export function restored(from: Pipeline, to: Pipeline): Pipeline {
  const writer = createStateWriter();
  from.snapshot(writer);
  const reader = createStateReader(openSnapshot(sealSnapshot('test', writer.finish()), 'test'));
  to.restore(reader);
  if (!reader.done) throw new Error('the restored pipeline left bytes unread');
  return to;
}
