import type { RecordBatch } from '../../values/record-batch.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';
import { readRows, writeRows } from './batch-codec.ts';

/** A batch as bytes, with its operations and watermarks: for a wire between two programs of the same version. */
export function batchFrame(batch: RecordBatch): Uint8Array {
  const { length, ops, watermarks } = batch;
  const writer = createStateWriter();
  writeRows(
    writer,
    batch,
    Int32Array.from({ length }, (_, i) => i),
    length,
  );
  writer.boolean(ops !== null);
  if (ops !== null) writer.bytes(ops, length);
  writer.boolean(watermarks !== null);
  if (watermarks !== null) writer.float64s(watermarks, length);
  return writer.finish();
}

/** The batch that `batchFrame` wrote; bytes that are none are refused. */
export function batchOfFrame(bytes: Uint8Array): RecordBatch {
  const reader = createStateReader(bytes);
  const rows = readRows(reader);
  const ops = reader.boolean() ? reader.bytes() : null;
  const watermarks = reader.boolean() ? reader.float64s() : null;
  return { ...rows, ops, watermarks };
}
