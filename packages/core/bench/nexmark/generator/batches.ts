import type { Column, Dictionary } from '../../../src/values/column.ts';
import { createDictionary } from '../../../src/values/dictionary.ts';
import { NO_META, type RecordBatch } from '../../../src/values/record-batch.ts';
import { eventMaker, type NexmarkEvent, type StreamOptions } from './events.ts';
import { NEXMARK_SCHEMA, REPEATED } from './schema.ts';

/** Events `from` … `to - 1` as column batches; texts that repeat share one dictionary per column. */
export function nexmarkBatches(from: number, to: number, options: StreamOptions, batchRows = 4096): RecordBatch[] {
  const make = eventMaker(options);
  const dictionaries = new Map<string, Dictionary>([...REPEATED].map((name) => [name, createDictionary()]));
  const batches: RecordBatch[] = [];
  for (let at = from; at < to; at += batchRows) {
    const events = Array.from({ length: Math.min(batchRows, to - at) }, (_, i) => make(at + i));
    batches.push(batchOf(events, dictionaries));
  }
  return batches;
}

function batchOf(events: readonly NexmarkEvent[], dictionaries: ReadonlyMap<string, Dictionary>): RecordBatch {
  const columns = NEXMARK_SCHEMA.columns.map(({ name, type }) => {
    const values = events.map((event) => (event as unknown as Record<string, string | number | undefined>)[name]);
    return columnOf(values, type === 'STRING', dictionaries.get(name));
  });
  return { length: events.length, ops: null, watermarks: null, meta: NO_META, columns };
}

function columnOf(values: readonly (string | number | undefined)[], isText: boolean, dictionary: Dictionary | undefined): Column {
  const missing = Uint8Array.from(values, (value) => (value === undefined ? 1 : 0));
  const nulls = missing.includes(1) ? missing : null;
  if (!isText) return { lane: 'f64', values: Float64Array.from(values, (value) => Number(value ?? 0)), nulls };
  if (dictionary === undefined) return { lane: 'str', values: values.map((value) => String(value ?? '')), nulls };
  return {
    lane: 'dict',
    values: Int32Array.from(values, (value) => (value === undefined ? 0 : dictionary.add(String(value)))),
    nulls,
    dictionary,
  };
}
