import type { BadRecord, DecodedBatch, RecordBatch } from '@velostream/core/connect';
import { connectorError, VeloError } from '@velostream/core/connect';
import { type Column, createDictionary, type Dictionary, NO_META, type Scalar } from '@velostream/core/connect/formats';

/** A column on its way between threads: arrays are handed over, texts travel as one string. */
type PackedColumn =
  | { readonly lane: 'f64'; readonly values: Float64Array; readonly nulls: Uint8Array | null }
  | { readonly lane: 'i64'; readonly values: BigInt64Array; readonly nulls: Uint8Array | null }
  | { readonly lane: 'bool'; readonly values: Uint8Array; readonly nulls: Uint8Array | null }
  | { readonly lane: 'dict'; readonly values: Int32Array; readonly nulls: Uint8Array | null; readonly texts: PackedTexts }
  | { readonly lane: 'str'; readonly texts: PackedTexts; readonly nulls: Uint8Array | null }
  | { readonly lane: 'boxed'; readonly values: readonly Scalar[]; readonly nulls: Uint8Array | null };

interface PackedTexts {
  readonly joined: string;
  /** Where each text ends. */
  readonly ends: Int32Array;
}

export interface PackedBatch {
  readonly length: number;
  readonly columns: readonly PackedColumn[];
  readonly endByte: number;
  readonly endRecord: number;
  readonly bad: readonly PackedBad[];
  readonly records: Float64Array | undefined;
}

interface PackedBad {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly position: string;
  readonly sample: string;
}

/** Packs a batch; `sent` remembers how many texts of each dictionary the other side has already. */
export function packBatch(decoded: DecodedBatch, sent: Map<Dictionary, number>): PackedBatch {
  const { batch, endByte, endRecord, bad, records } = decoded;
  return {
    length: batch.length,
    columns: batch.columns.map((column) => packColumn(column, batch.length, sent)),
    endByte,
    endRecord,
    bad: bad.map(({ error: { code, reason, message, hint }, position, sample }) => ({ code, reason, message, hint, position, sample })),
    records,
  };
}

function packColumn(column: Column, length: number, sent: Map<Dictionary, number>): PackedColumn {
  switch (column.lane) {
    case 'dict': {
      const { dictionary } = column;
      const from = sent.get(dictionary) ?? 0;
      sent.set(dictionary, dictionary.size);
      const texts = Array.from({ length: dictionary.size - from }, (_, i) => dictionary.at(from + i));
      return { lane: 'dict', values: column.values, nulls: column.nulls, texts: packTexts(texts) };
    }
    case 'str':
      return { lane: 'str', texts: packTexts(column.values.slice(0, length)), nulls: column.nulls };
    default:
      return column;
  }
}

function packTexts(texts: readonly string[]): PackedTexts {
  const ends = new Int32Array(texts.length);
  let end = 0;
  texts.forEach((text, i) => {
    end += text.length;
    ends[i] = end;
  });
  return { joined: texts.join(''), ends };
}

const unpackTexts = ({ joined, ends }: PackedTexts): string[] =>
  Array.from(ends, (end, i) => joined.slice(i === 0 ? 0 : (ends[i - 1] as number), end));

/** The memory of a batch that can be handed over instead of copied. */
export const transfers = (batch: PackedBatch): ArrayBuffer[] => {
  const buffers = new Set<ArrayBuffer>();
  for (const column of batch.columns) {
    if (column.lane !== 'str' && column.lane !== 'boxed') buffers.add(column.values.buffer as ArrayBuffer);
    if (column.nulls !== null) buffers.add(column.nulls.buffer as ArrayBuffer);
  }
  return [...buffers];
};

/** Texts beyond this many get a fresh dictionary. */
const TEXTS_MAX = 1 << 20;

/** Unpacks the batches of one range after the other. State: a dictionary per column, at most 1,048,576 texts, then a fresh one. */
export class BatchUnpacker {
  private readonly dictionaries: (Dictionary | undefined)[] = [];
  /** Codes of the range's own dictionary in ours, by column. */
  private codes: (number[] | undefined)[] = [];

  /** The next batches are those of another range, whose dictionaries begin anew. */
  nextRange(): void {
    this.codes = [];
    this.dictionaries.forEach((dictionary, c) => {
      if (dictionary !== undefined && dictionary.size > TEXTS_MAX) this.dictionaries[c] = undefined;
    });
  }

  /** `firstRecord`: records before the range. */
  unpack(packed: PackedBatch, firstRecord: number): DecodedBatch {
    const columns = packed.columns.map((column, c) => this.column(column, c));
    const batch: RecordBatch = { length: packed.length, columns, meta: NO_META, ops: null, watermarks: null };
    return {
      batch,
      endByte: packed.endByte,
      endRecord: firstRecord + packed.endRecord,
      bad: packed.bad.map((bad) => badRecord(bad, firstRecord)),
      ...(packed.records === undefined ? {} : { records: packed.records.map((record) => firstRecord + record) }),
    };
  }

  private column(column: PackedColumn, c: number): Column {
    if (column.lane === 'str') return { lane: 'str', values: unpackTexts(column.texts), nulls: column.nulls };
    if (column.lane !== 'dict') return column;
    let dictionary = this.dictionaries[c];
    if (dictionary === undefined) {
      dictionary = createDictionary();
      this.dictionaries[c] = dictionary;
    }
    let codes = this.codes[c];
    if (codes === undefined) {
      codes = [];
      this.codes[c] = codes;
    }
    for (const text of unpackTexts(column.texts)) codes.push(dictionary.add(text));
    const { values } = column;
    // Rows of NULL have whatever code lies there.
    for (let i = 0; i < values.length; i++) values[i] = codes[values[i] as number] ?? 0;
    if (dictionary.size === 0) dictionary.add('');
    return { lane: 'dict', values, nulls: column.nulls, dictionary };
  }
}

function badRecord({ code, reason, message, hint, position, sample }: PackedBad, firstRecord: number): BadRecord {
  const colon = position.lastIndexOf(':');
  const number = Number(position.slice(colon + 1)) + firstRecord;
  return { error: new VeloError({ code, reason, message, hint }), position: `${position.slice(0, colon)}:${number}`, sample };
}

/** An error of another thread, with what it was there. */
export const threadError = (error: {
  readonly code?: string;
  readonly reason?: string;
  readonly message: string;
  readonly hint?: string;
}): VeloError =>
  error.code === undefined
    ? connectorError('VS4204', { path: '', problem: error.message })
    : new VeloError({ code: error.code, reason: error.reason ?? '', message: error.message, hint: error.hint });
