import type { Json } from '../connect/offset.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { StateReader, StateWriter } from '../runtime/state/codec.ts';
import { openSnapshot, sealSnapshot } from '../runtime/state/snapshot.ts';
import { createStateReader } from '../runtime/state/state-reader.ts';
import { createStateWriter } from '../runtime/state/state-writer.ts';
import type { Field } from '../values/column.ts';
import { columnFromScalars } from '../values/column-builder.ts';
import { scalarAt } from '../values/column-read.ts';
import { NO_META, type RecordBatch } from '../values/record-batch.ts';
import type { Scalar } from '../values/types.ts';
import type { Checkpoint } from './api.ts';
import type { Graph } from './graph.ts';
import type { FeedCursor } from './merge-order.ts';
import type { RecordLog } from './record-log.ts';
import type { ResultQueue } from './result-queue.ts';

/** Where a source goes on after a restore. */
export interface SavedPosition {
  readonly position: Json;
  /** Rows after `position` that were already processed. */
  readonly skip: number;
  readonly ended: boolean;
  readonly rowsIn: number;
}

/** One text for all statements: a checkpoint fits only the plans it was taken of. */
const fingerprintOf = (graph: Graph): string => graph.nodes.map((n) => `${n.statement.name}=${n.statement.plan.fingerprint}`).join('\n');

/**
 * State of everything between two records: source positions, operators, tables, and rows that were made but not read yet.
 * Sealed with the plan's fingerprint and a checksum.
 */
export function snapshotExecution(
  graph: Graph,
  queues: ReadonlyMap<string, ResultQueue>,
  cursors: readonly FeedCursor[],
  log: RecordLog,
  takenAt: number,
): Checkpoint {
  const writer = createStateWriter();
  writer.section('sources');
  writer.integer(cursors.length);
  for (const c of cursors) {
    const whole = !c.batch || c.taken >= c.batch.length;
    writer.string(c.feed.name);
    writer.string(JSON.stringify(whole ? c.feed.position() : c.before));
    writer.integer(whole ? 0 : c.taken);
    writer.boolean(c.ended);
    writer.integer(c.rowsIn);
  }
  writer.section('log');
  writer.string(JSON.stringify(log.save()));
  writer.section('tables');
  graph.context.tables.snapshot(writer);
  writer.section('statements');
  for (const node of graph.nodes) {
    writer.string(node.statement.name);
    writer.integer(node.rowsOut);
    writer.boolean(node.ended);
    node.pipeline.snapshot(writer);
    writePending(writer, queues.get(node.statement.name)?.pending() ?? [], node.statement.plan.root.fields);
  }
  const fingerprint = fingerprintOf(graph);
  const bytes = sealSnapshot(fingerprint, writer.finish());
  return { id: `${takenAt.toString(36)}-${bytes.length.toString(36)}`, fingerprint, takenAt, bytes };
}

/** Brings a fresh graph to the state of a checkpoint; verified before anything is touched. */
export function restoreExecution(
  from: Checkpoint,
  graph: Graph,
  queues: ReadonlyMap<string, ResultQueue>,
  log: RecordLog,
): ReadonlyMap<string, SavedPosition> {
  const reader = createStateReader(openSnapshot(from.bytes, fingerprintOf(graph)));
  const positions = new Map<string, SavedPosition>();
  reader.section('sources');
  for (let n = reader.integer(); n > 0; n--) {
    const name = reader.string();
    positions.set(name, {
      position: JSON.parse(reader.string()) as Json,
      skip: reader.integer(),
      ended: reader.boolean(),
      rowsIn: reader.integer(),
    });
  }
  reader.section('log');
  log.load(JSON.parse(reader.string()) as Parameters<RecordLog['load']>[0]);
  reader.section('tables');
  graph.context.tables.restore(reader);
  reader.section('statements');
  for (const node of graph.nodes) {
    const name = reader.string();
    if (name !== node.statement.name) throw mismatch(name, node.statement.name);
    node.rowsOut = reader.integer();
    node.ended = reader.boolean();
    node.pipeline.restore(reader);
    for (const batch of readPending(reader, node.statement.plan.root.fields)) queues.get(name)?.put(batch);
  }
  return positions;
}

const mismatch = (found: string, wanted: string) =>
  new VeloError({
    code: 'VS5318',
    reason: 'checkpoint-mismatch',
    message: `the checkpoint holds "${found}" where "${wanted}" runs`,
    hint: 'Restore it with the SQL it was taken of.',
  });

function writePending(writer: StateWriter, batches: readonly RecordBatch[], fields: readonly Field[]): void {
  writer.integer(batches.length);
  for (const batch of batches) {
    writer.integer(batch.length);
    writer.boolean(batch.ops !== null);
    if (batch.ops) writer.bytes(batch.ops, batch.length);
    for (let c = 0; c < fields.length; c++) {
      const column = batch.columns[c] as RecordBatch['columns'][number];
      for (let i = 0; i < batch.length; i++) writer.scalar(scalarAt(column, i));
    }
  }
}

function* readPending(reader: StateReader, fields: readonly Field[]): Generator<RecordBatch> {
  for (let n = reader.integer(); n > 0; n--) {
    const length = reader.integer();
    const ops = reader.boolean() ? reader.bytes() : null;
    const columns = fields.map((field) => {
      const values: Scalar[] = [];
      for (let i = 0; i < length; i++) values.push(reader.scalar());
      return columnFromScalars(field.type, values);
    });
    yield { length, columns, ops, meta: NO_META, watermarks: null };
  }
}
