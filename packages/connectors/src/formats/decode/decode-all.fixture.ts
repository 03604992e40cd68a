import type { BadRecord, DecodedBatch, DecodeRequest, Decoder, FormatDefinition } from '@velostream/core/connect';
import { type Field, parseTypeText, type Scalar, scalarAt } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { type PlannedColumn, type RecordKernel, Stop } from './record-kernel.ts';
import { scriptMemory } from './script-memory.ts';

/** `a INTEGER, b DECIMAL(10, 2)` as fields; names may stand in back-ticks. */
export function fieldsOf(text: string): Field[] {
  return [...text.matchAll(/(?:`([^`]+)`|(\S+))\s+((?:[^,(<]|\([^)]*\)|<[^>]*>)+)(?:,\s*|$)/g)].map((m) => ({
    name: (m[1] ?? m[2]) as string,
    type: parseTypeText((m[3] as string).trim())!,
    nullable: true,
  }));
}

export interface Decoded {
  readonly rows: Scalar[][];
  readonly bad: BadRecord[];
  readonly records: number[];
  readonly ends: { readonly endByte: number; readonly endRecord: number }[];
  /** Lane of the first column, by batch. */
  readonly lanes: string[];
}

/** A whole file from its beginning. */
export const REQUEST = { maxBatchRows: 4096, name: 'test', startByte: 0, startRecord: 0, maxRecordBytes: 1 << 20 };

/** A kernel that leaves every record to the complete reader. */
export function completeOnly(plan: { readonly columns: readonly PlannedColumn[] }, rows: number, inputBytes: number): RecordKernel {
  const memory = scriptMemory(plan.columns.length, rows, inputBytes);
  let [row, at] = [0, 0];
  return {
    get input() {
      return memory.input;
    },
    growInput: memory.grow,
    columns: memory.columns,
    get row() {
      return row;
    },
    get at() {
      return at;
    },
    decode(from, to, first, limit) {
      row = first;
      at = from;
      return from >= to ? Stop.bytes : first === limit ? Stop.rows : Stop.record;
    },
    intern: memory.intern,
  };
}

const REQUEST_KEYS = ['maxBatchRows', 'startByte', 'startRecord', 'maxRecordBytes', 'chunk'] as const;

/** Decodes bytes in chunks of `chunk` bytes; options that are not about the request go to the format. */
export function decodeAll<O>(
  format: FormatDefinition<O>,
  bytes: Uint8Array,
  fields: readonly Field[],
  options: Record<string, unknown> = {},
): Decoded {
  const { chunk = bytes.length, ...rest } = options as { chunk?: number };
  const own = Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => !REQUEST_KEYS.includes(key as never) && !Array.isArray(value)),
  );
  const request: DecodeRequest = {
    fields,
    maxBatchRows: 4096,
    name: 'test',
    startByte: 0,
    startRecord: 0,
    maxRecordBytes: 1 << 20,
    ...pick(options),
  };
  return collect(format.decoder(request, resolveOptions(format, own)), bytes, chunk);
}

function pick(options: Record<string, unknown>): Partial<DecodeRequest> {
  return Object.fromEntries(Object.entries(options).filter(([key, value]) => REQUEST_KEYS.includes(key as never) || Array.isArray(value)));
}

export function collect(decoder: Decoder, bytes: Uint8Array, chunk: number): Decoded {
  const all: Decoded = { rows: [], bad: [], records: [], ends: [], lanes: [] };
  const take = (part: DecodedBatch): void => {
    const { batch } = part;
    const first = part.endRecord - batch.length;
    for (let i = 0; i < batch.length; i++) {
      all.rows.push(batch.columns.map((column) => scalarAt(column, i)));
      all.records.push(part.records?.[i] ?? first + i);
    }
    all.bad.push(...part.bad);
    all.ends.push({ endByte: part.endByte, endRecord: part.endRecord });
    if (batch.columns[0]) all.lanes.push(batch.columns[0].lane);
  };
  for (let at = 0; at < bytes.length; at += Math.max(1, chunk)) {
    // A chunk is only lent for the call: overwritten afterwards, to find out who keeps it.
    const lent = bytes.slice(at, at + Math.max(1, chunk));
    for (const part of decoder.push(lent)) take(part);
    lent.fill(0x58);
  }
  for (const part of decoder.end()) take(part);
  return all;
}
