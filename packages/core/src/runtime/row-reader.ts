import { assert } from '../diagnostics/assert.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { columnBuilder } from '../values/column-builder.ts';
import { takeColumn } from '../values/column-gather.ts';
import type { Column, Dictionary, Field } from '../values/column.ts';
import { createDictionary } from '../values/dictionary.ts';
import { apiReader } from '../values/from-api.ts';
import { NO_META, type RecordBatch } from '../values/record-batch.ts';
import type { Scalar } from '../values/types.ts';
import type { RuntimeContext } from './operator.ts';

/**
 * Turns rows `from` … `to` into columns. A row with a value that does not fit is a record error and left out; the batch
 * is then shorter, and `meta.offset` holds the index of each kept row, counted from `from`.
 */
export type RowReader = (rows: readonly object[], from: number, to: number) => RecordBatch;

/** Reads one column; adds the positions of rows that do not fit to `bad`. */
type ColumnReader = (rows: readonly object[], from: number, to: number, bad: BadRows) => Column;

interface BadRows {
  readonly rows: Map<number, VeloError>;
}

type Loose = { readonly [name: string]: unknown };

/** More distinct strings than this in one column, and it is no longer worth a dictionary. */
const DICTIONARY_MAX = 1 << 16;

export function makeRowReader(fields: readonly Field[], context: RuntimeContext): RowReader {
  const readers = fields.map(columnReader);
  return (rows, from, to) => {
    const bad: BadRows = { rows: new Map() };
    const columns = readers.map((read) => read(rows, from, to, bad));
    if (bad.rows.size === 0) return { length: to - from, columns, meta: NO_META, ops: null, watermarks: null };
    return withoutBad(columns, rows, from, to, bad, fields, context);
  };
}

function columnReader(field: Field): ColumnReader {
  switch (field.type.kind) {
    case 'float':
      return numberReader(field, () => true);
    case 'integer':
      return exactReader(field);
    case 'string':
      return stringReader(field);
    default:
      return generalReader(field);
  }
}

const failure = (cause: unknown): VeloError => {
  assert(VeloError.is(cause), `reading a value fails with a coded error, not ${String(cause)}`);
  return cause;
};

/** Numbers in a plain loop; anything else goes the general way. */
function numberReader(field: Field, fits: (value: number) => boolean): ColumnReader {
  const { name } = field;
  const read = apiReader(field.type, name);
  return (rows, from, to, bad) => {
    const values = new Float64Array(to - from);
    let nulls: Uint8Array | null = null;
    for (let i = from; i < to; i++) {
      const value = (rows[i] as Loose)[name];
      if (typeof value === 'number' && fits(value)) values[i - from] = value;
      else {
        try {
          const scalar = read(value);
          if (scalar === null) (nulls ??= new Uint8Array(to - from))[i - from] = 1;
          else values[i - from] = Number(scalar);
        } catch (cause) {
          bad.rows.set(i - from, failure(cause));
        }
      }
    }
    return { lane: 'f64', values, nulls };
  };
}

/** Safe integers in a plain loop; the column starts over in the general way once it meets one beyond 2^53. */
function exactReader(field: Field): ColumnReader {
  const { name } = field;
  const read = apiReader(field.type, name);
  const general = generalReader(field);
  return (rows, from, to, bad) => {
    const values = new Float64Array(to - from);
    let nulls: Uint8Array | null = null;
    for (let i = from; i < to; i++) {
      const value = (rows[i] as Loose)[name];
      if (typeof value === 'number' && Number.isSafeInteger(value)) values[i - from] = value + 0;
      else {
        try {
          const scalar = read(value);
          if (scalar === null) (nulls ??= new Uint8Array(to - from))[i - from] = 1;
          else if (typeof scalar === 'number') values[i - from] = scalar;
          else return general(rows, from, to, bad);
        } catch (cause) {
          bad.rows.set(i - from, failure(cause));
        }
      }
    }
    return { lane: 'f64', values, nulls };
  };
}

/** Strings as codes of one dictionary while it stays small, as they are afterwards. */
function stringReader(field: Field): ColumnReader {
  const { name } = field;
  const read = apiReader(field.type, name);
  let dictionary: Dictionary | null = createDictionary();
  let last = '';
  let lastCode = -1;
  return (rows, from, to, bad) => {
    const n = to - from;
    let nulls: Uint8Array | null = null;
    const texts: string[] | null = dictionary ? null : new Array<string>(n).fill('');
    const codes = dictionary ? new Int32Array(n) : null;
    for (let i = from; i < to; i++) {
      let value = (rows[i] as Loose)[name];
      if (typeof value !== 'string') {
        try {
          value = read(value);
        } catch (cause) {
          bad.rows.set(i - from, failure(cause));
          value = null;
        }
        if (value === null) {
          (nulls ??= new Uint8Array(n))[i - from] = 1;
          continue;
        }
      }
      const text = value as string;
      if (texts) texts[i - from] = text;
      else if (codes && dictionary) {
        if (text !== last || lastCode < 0) {
          last = text;
          lastCode = dictionary.add(text);
        }
        codes[i - from] = lastCode;
      }
    }
    if (texts) return { lane: 'str', values: texts, nulls };
    const used = dictionary as Dictionary;
    if (used.size > DICTIONARY_MAX) dictionary = null;
    return { lane: 'dict', values: codes as Int32Array, nulls, dictionary: used };
  };
}

function generalReader(field: Field): ColumnReader {
  const { name } = field;
  const read = apiReader(field.type, name);
  return (rows, from, to, bad) => {
    const builder = columnBuilder(field.type, { capacity: Math.max(1, to - from) });
    for (let i = from; i < to; i++) {
      let scalar: Scalar = null;
      try {
        scalar = read((rows[i] as Loose)[name]);
      } catch (cause) {
        bad.rows.set(i - from, failure(cause));
      }
      builder.append(scalar);
    }
    return builder.finish();
  };
}

const SAMPLE_CHARACTERS = 80;

function withoutBad(columns: readonly Column[], rows: readonly object[], from: number, to: number, bad: BadRows, fields: readonly Field[], context: RuntimeContext): RecordBatch {
  const kept = new Int32Array(to - from);
  let count = 0;
  for (let i = 0; i < to - from; i++) {
    const error = bad.rows.get(i);
    if (error) context.recordError({ error, operator: 'Source', sample: sampleOf(rows[from + i] as Loose, fields) });
    else kept[count++] = i;
  }
  const offset = Float64Array.from({ length: count }, (_, i) => kept[i] as number);
  return { length: count, columns: columns.map((c) => takeColumn(c, kept, count)), meta: { ...NO_META, offset }, ops: null, watermarks: null };
}

function sampleOf(row: Loose, fields: readonly Field[]): Record<string, Scalar> {
  const sample: Record<string, Scalar> = Object.create(null);
  for (const { name } of fields) sample[name] = String(row[name]).slice(0, SAMPLE_CHARACTERS);
  return sample;
}
