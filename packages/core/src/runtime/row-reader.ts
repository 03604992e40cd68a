import { failedUnexpectedly } from '../diagnostics/codes/runtime.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { takeBatch } from '../values/batch-gather.ts';
import type { Column, Field } from '../values/column.ts';
import { columnBuilder } from '../values/column-builder.ts';
import { createDictionary } from '../values/dictionary.ts';
import { apiReader } from '../values/from-api.ts';
import { NO_META, type RecordBatch } from '../values/record-batch.ts';
import type { Scalar } from '../values/types.ts';
import { canGenerate } from './compile/new-function.ts';
import type { RuntimeContext } from './operator.ts';
import { fusedReader } from './rows/fused-reader.ts';

export type RowReader = (rows: readonly object[], from: number, to: number) => RecordBatch;

/** Where rows that do not fit are noted: by their place in the batch. */
type Failures = Map<number, unknown>;
type ColumnReader = (rows: readonly object[], from: number, to: number, failures: Failures) => Column;

/** So many batches may turn out to need the general reader before nothing else is tried. */
const FUSED_TRIES = 16;

type ReaderContext = Pick<RuntimeContext, 'recordError'> & { readonly codegen?: boolean };

/**
 * Reader of plain objects into columns, one column at a time. A missing property is NULL; a row with a value that does
 * not fit the declared or inferred type is a record error, and left out; `meta.offset` then says which rows, counted from
 * `from`, are left. Properties of `Object.prototype` are no columns. `lent`: a batch is good until the next one is read.
 */
export function makeRowReader(fields: readonly Field[], context: ReaderContext, lent = false): RowReader {
  const readers = fields.map(columnReader);
  const fused = context.codegen === true && canGenerate() ? fusedReader(fields, lent) : null;
  let tries = FUSED_TRIES;
  return (rows, from, to) => {
    const read = tries > 0 ? fused?.(rows, from, to) : null;
    if (read) return { length: to - from, columns: read, meta: NO_META, ops: null, watermarks: null };
    tries--;
    const failures: Failures = new Map();
    for (let row = from; row < to; row++) {
      const value: unknown = rows[row];
      if (typeof value !== 'object' || value === null) return readMixed(readers, rows.slice(from, to), context, fields);
    }
    const columns = readers.map((read) => read(rows, from, to, failures));
    const batch: RecordBatch = { length: to - from, columns, meta: NO_META, ops: null, watermarks: null };
    return failures.size === 0 ? batch : without(failures, batch, { rows, from, fields }, context);
  };
}

const EMPTY: object = Object.freeze(Object.create(null));

/** Some "rows" are no objects: they are reported as such. */
function readMixed(
  readers: readonly ColumnReader[],
  rows: readonly unknown[],
  context: Pick<RuntimeContext, 'recordError'>,
  fields: readonly Field[],
): RecordBatch {
  const failures: Failures = new Map();
  const objects = rows.map((row, i): object => {
    if (typeof row === 'object' && row !== null) return row;
    failures.set(i, new TypeError(`a row is an object, not ${row === null ? 'null' : typeof row}`));
    return EMPTY;
  });
  const columns = readers.map((read) => read(objects, 0, objects.length, failures));
  const batch: RecordBatch = { length: objects.length, columns, meta: NO_META, ops: null, watermarks: null };
  return without(failures, batch, { rows: objects, from: 0, fields }, context);
}

interface Origin {
  readonly rows: readonly object[];
  readonly from: number;
  readonly fields: readonly Field[];
}

function without(
  failures: Failures,
  batch: RecordBatch,
  { rows, from, fields }: Origin,
  context: Pick<RuntimeContext, 'recordError'>,
): RecordBatch {
  const kept = new Int32Array(batch.length - failures.size);
  let count = 0;
  for (let row = 0; row < batch.length; row++) {
    const failure = failures.get(row);
    if (failure === undefined) kept[count++] = row;
    else {
      const error = VeloError.is(failure) ? failure : failedUnexpectedly(failure);
      context.recordError({ error, operator: 'Source', sample: sampleOf(rows[from + row]!, fields) });
    }
  }
  const offset = Float64Array.from(kept.subarray(0, count));
  return { ...takeBatch(batch, kept, count), meta: { ...NO_META, offset } };
}

const SAMPLE_COLUMNS_MAX = 16;
const SAMPLE_TEXT_MAX = 120;

/** What can be told of a row that does not fit: its plain values, as they are. */
function sampleOf(row: object, fields: readonly Field[]): Record<string, Scalar> {
  const sample: Record<string, Scalar> = Object.create(null);
  for (const { name } of fields.slice(0, SAMPLE_COLUMNS_MAX)) {
    const value = propertyOf(name)(row);
    if (typeof value === 'string') sample[name] = value.slice(0, SAMPLE_TEXT_MAX);
    else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') sample[name] = value;
    else sample[name] = value === null || value === undefined ? null : typeof value;
  }
  return sample;
}

/** Reads one property. Names that every object inherits count only when the row has them itself. */
function propertyOf(name: string): (row: object) => unknown {
  if (name in Object.prototype) return (row) => (Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined);
  return (row) => (row as Record<string, unknown>)[name];
}

function columnReader(field: Field): ColumnReader {
  switch (field.type.kind) {
    case 'float':
    case 'timestamp':
      return numberReader(field);
    case 'integer':
      return integerReader(field);
    case 'string':
      return textReader(field);
    default:
      return anyReader(field);
  }
}

/** Numbers that need no conversion go straight into the array; the first other value leads to the general reader. */
function numberReader(field: Field): ColumnReader {
  const { name } = field;
  const general = anyReader(field);
  if (name in Object.prototype) return general;
  return (rows, from, to, failures) => {
    const values = new Float64Array(to - from);
    let nulls: Uint8Array | null = null;
    for (let row = from; row < to; row++) {
      const value = (rows[row] as Record<string, unknown>)[name];
      if (typeof value === 'number') values[row - from] = value;
      else if (value === null || value === undefined) {
        nulls ??= new Uint8Array(to - from);
        nulls[row - from] = 1;
      } else return general(rows, from, to, failures);
    }
    return { lane: 'f64', values, nulls };
  };
}

/** The same for safe integers; a loop of its own stays fast. */
function integerReader(field: Field): ColumnReader {
  const { name } = field;
  const general = anyReader(field);
  if (name in Object.prototype) return general;
  return (rows, from, to, failures) => {
    const values = new Float64Array(to - from);
    let nulls: Uint8Array | null = null;
    for (let row = from; row < to; row++) {
      const value = (rows[row] as Record<string, unknown>)[name];
      // Adding zero turns -0 into 0.
      if (typeof value === 'number' && Number.isSafeInteger(value)) values[row - from] = value + 0;
      else if (value === null || value === undefined) {
        nulls ??= new Uint8Array(to - from);
        nulls[row - from] = 1;
      } else return general(rows, from, to, failures);
    }
    return { lane: 'f64', values, nulls };
  };
}

/** Codes of the last strings are remembered by the dictionary; once it grows as fast as the rows, strings stay strings. */
const DICTIONARY_MAX = 1 << 16;

function textReader(field: Field): ColumnReader {
  const { name } = field;
  const general = anyReader(field);
  if (name in Object.prototype) return general;
  const dictionary = createDictionary();
  return (rows, from, to, failures) => {
    if (dictionary.size > DICTIONARY_MAX) return general(rows, from, to, failures);
    const values = new Int32Array(to - from);
    let nulls: Uint8Array | null = null;
    for (let row = from; row < to; row++) {
      const value = (rows[row] as Record<string, unknown>)[name];
      if (typeof value === 'string') values[row - from] = dictionary.add(value);
      else if (value === null || value === undefined) {
        nulls ??= new Uint8Array(to - from);
        nulls[row - from] = 1;
      } else return general(rows, from, to, failures);
    }
    return { lane: 'dict', values, nulls, dictionary };
  };
}

function anyReader(field: Field): ColumnReader {
  const property = propertyOf(field.name);
  const convert = apiReader(field.type, field.name);
  return (rows, from, to, failures) => {
    const builder = columnBuilder(field.type, { capacity: to - from, strings: 'str' });
    for (let row = from; row < to; row++) builder.append(scalarOf(row));
    return builder.finish();

    function scalarOf(row: number): Scalar {
      if (failures.has(row - from)) return null;
      try {
        return convert(property(rows[row]!));
      } catch (error) {
        failures.set(row - from, error);
        return null;
      }
    }
  };
}
