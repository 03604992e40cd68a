import type { Field, RecordBatch } from '@velostream/core/connect';
import { apiWriter, type Scalar, scalarAt } from '@velostream/core/connect/formats';
import type { Row } from '@velostream/core/protocol';
import type { MessageInfo } from '@velostream/core/protocol/explore';
import type { KafkaOptions } from '../kafka-options.ts';
import type { RecordChunk } from '../records/record-chunk.ts';
import type { Picked } from '../source/pick-records.ts';
import { headerMap, keyText, systemColumns } from '../source/system-columns.ts';
import type { DescribedTopic } from './explore-context.ts';
import type { FoundRecord } from './fetch-range.ts';

/** Decides on one row; undefined lets every row pass, those that cannot be decoded included. */
export type RowTest = (batch: RecordBatch, row: number) => boolean;

export interface ShownMessage {
  readonly row: Row;
  readonly info: MessageInfo;
  readonly record: FoundRecord;
}

const SYSTEM = ['_TIMESTAMP', '_OFFSET', '_PARTITION', '_key', '_topic', '_headers'] as const;
const ROWS_MAX = 4096;

/** Messages as rows, in the order given. One that cannot be decoded is a row of NULLs that says why. */
export async function decodeRecords(
  records: readonly FoundRecord[],
  topic: string,
  { fields, format }: DescribedTopic,
  { options, test, signal }: { readonly options: KafkaOptions; readonly test: RowTest | undefined; readonly signal: AbortSignal },
): Promise<ShownMessage[]> {
  const shown: ShownMessage[] = [];
  const decoder = await format.decoder(fields, { maxBatchRows: ROWS_MAX, maxRecordBytes: options.max_record_bytes }, signal);
  const writers = fields.map((field) => apiWriter(field.type));
  try {
    for (let at = 0; at < records.length; at += ROWS_MAX) {
      const part = records.slice(at, at + ROWS_MAX);
      const picked = pickedOf(part);
      const rows = new Map<number, Row>();
      const errors = new Map<number, string>();
      const rejected = new Set<number>();
      await decoder.prepare?.(picked, signal);
      for (const decoded of decoder.decode(picked)) {
        const first = decoded.upTo - decoded.length;
        const recordAt = (row: number): number => decoded.records?.[row] ?? first + row;
        const meta = systemColumns(picked, decoded.length, recordAt, topic, SYSTEM);
        const batch: RecordBatch = { length: decoded.length, columns: decoded.columns, meta, ops: null, watermarks: null };
        for (let row = 0; row < decoded.length; row++) {
          if (test && !test(batch, row)) rejected.add(recordAt(row));
          else rows.set(recordAt(row), rowOf(batch, row, fields, writers));
        }
        for (const { record, error } of decoded.bad) errors.set(record, error.message);
      }
      part.forEach((record, i) => {
        if (rejected.has(i) || (test && errors.has(i))) return;
        shown.push({ row: rows.get(i) ?? emptyRow(fields), info: infoOf(record, errors.get(i)), record });
      });
    }
  } finally {
    decoder.close();
  }
  return shown;
}

function pickedOf(records: readonly FoundRecord[]): Picked {
  const chunks: RecordChunk[] = [];
  const places = new Map<RecordChunk, number>();
  for (const { chunk } of records) if (!places.has(chunk)) places.set(chunk, chunks.push(chunk) - 1);
  return {
    length: records.length,
    chunks,
    chunk: Int32Array.from(records, (r) => places.get(r.chunk) as number),
    row: Int32Array.from(records, (r) => r.row),
    partitions: Int32Array.from(records, (r) => r.partition),
  };
}

function rowOf(batch: RecordBatch, index: number, fields: readonly Field[], writers: readonly ((value: Scalar) => unknown)[]): Row {
  const row: Row = Object.create(null);
  fields.forEach((field, c) => {
    const value = scalarAt(batch.columns[c]!, index);
    row[field.name] = value === null ? null : (writers[c]!(value) as Row[string]); // what writers of the API give
  });
  return row;
}

function emptyRow(fields: readonly Field[]): Row {
  const row: Row = Object.create(null);
  for (const { name } of fields) row[name] = null;
  return row;
}

const HEADER_CHARACTERS = 200;

function infoOf({ partition, offset, timestamp, chunk, row }: FoundRecord, error: string | undefined): MessageInfo {
  const key = keyText(chunk, row);
  const headers = [...(headerMap(chunk, row) ?? [])].map(([name, value]) => [name, value.slice(0, HEADER_CHARACTERS)] as const);
  return {
    partition,
    offset: String(offset),
    timestampMs: timestamp,
    ...(key === null ? {} : { key }),
    headers,
    ...((chunk.values[row * 2] as number) < 0 ? { tombstone: true } : {}),
    ...(error === undefined ? {} : { error }),
  };
}
