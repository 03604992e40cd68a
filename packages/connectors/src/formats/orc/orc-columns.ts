import { type Column, createDictionary, type Dictionary, type Scalar, scalarAt, textWriter } from '@velostream/core/connect/formats';
import { exactColumn } from '../columnar/exact-column.ts';
import { spread } from '../columnar/spread.ts';
import { createUtf8 } from '../decode/utf8.ts';
import type { OrcStream } from './orc-stream.ts';
import type { OrcType } from './orc-tail.ts';
import { nameAt, orcType } from './orc-types.ts';
import { BitRuns, ByteRuns, type IntegerRuns, IntegerRuns1, IntegerRuns2, type Whole, zigzag } from './run-lengths.ts';
import { zoneOffset } from './zone-offset.ts';

const DAY_MS = 86_400_000;
const EPOCH_2015_MS = Date.UTC(2015, 0, 1);
const UTF8 = createUtf8();

export type StreamKind = 'present' | 'data' | 'length' | 'dictionary' | 'secondary';

/** What the columns of one stripe need. */
export interface StripeStreams {
  stream(column: number, kind: StreamKind): OrcStream | undefined;
  encoding(column: number): { readonly isDictionary: boolean; readonly isSecond: boolean; readonly size: number };
  readonly zone: string;
}

/** Reads the next `count` values of one column of a stripe. */
export type ReadColumn = (count: number) => Column;

const NONE = new Uint8Array(0);

export function columnReader(type: OrcType, streams: StripeStreams): ReadColumn {
  const present = streams.stream(type.id, 'present');
  const bits = present === undefined ? undefined : new BitRuns(present);
  const read = valueReader(type, streams);
  if (bits === undefined) return read;
  return (count) => {
    const flags = bits.take(count);
    let there = 0;
    for (let i = 0; i < count; i++) there += flags[i] as number;
    const dense = read(there);
    if (dense.nulls === null) return there === count ? dense : spread(dense, flags, count);
    return spreadNulls(dense, flags, count);
  };
}

/** A column that has NULLs of its own, as a structure of structures may. */
function spreadNulls(dense: Column, flags: Uint8Array, count: number): Column {
  let next = 0;
  const values = Array.from({ length: count }, (_, i) => (flags[i] === 1 ? scalarAt(dense, next++) : null));
  return { lane: 'boxed', values, nulls: Uint8Array.from(values, (value) => (value === null ? 1 : 0)) };
}

/** A stream that must be there where there are values. */
function needed(streams: StripeStreams, type: OrcType, kind: StreamKind): OrcStream {
  const stream = streams.stream(type.id, kind);
  if (stream === undefined) throw new RangeError(`column ${type.id} has no ${kind}`);
  return stream;
}

function integers(streams: StripeStreams, type: OrcType, kind: StreamKind, isSigned: boolean): IntegerRuns {
  const stream = needed(streams, type, kind);
  return streams.encoding(type.id).isSecond ? new IntegerRuns2(stream, isSigned) : new IntegerRuns1(stream, isSigned);
}

/** Streams are looked for when the first value is: a column of NULLs has none. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function valueReader(type: OrcType, streams: StripeStreams): ReadColumn {
  switch (type.kind) {
    case 'boolean': {
      const data = lazily(() => new BitRuns(needed(streams, type, 'data')));
      return (count) => ({ lane: 'bool', values: count === 0 ? NONE : data().take(count), nulls: null });
    }
    case 'byte': {
      const data = lazily(() => new ByteRuns(needed(streams, type, 'data')));
      return (count) => f64(count, () => (data().next() << 24) >> 24);
    }
    case 'short':
    case 'int':
    case 'long': {
      const data = lazily(() => integers(streams, type, 'data', true));
      return (count) => exactColumn(Array.from({ length: count }, () => data().next()));
    }
    case 'date': {
      const data = lazily(() => integers(streams, type, 'data', true));
      return (count) => f64(count, () => Number(data().next()) * DAY_MS);
    }
    case 'float':
    case 'double':
      return floats(type, streams);
    case 'string':
    case 'varchar':
    case 'char':
      return streams.encoding(type.id).isDictionary ? dictionaryTexts(type, streams) : directTexts(type, streams);
    case 'binary': {
      const read = byteStrings(type, streams);
      return (count) => ({ lane: 'boxed', values: read(count).map((bytes): Scalar => new Uint8Array(bytes)), nulls: null });
    }
    case 'decimal':
      return decimals(type, streams);
    case 'timestamp':
    case 'timestamp_instant':
      return timestamps(type, streams);
    default:
      return nested(type, streams);
  }
}

function f64(count: number, next: () => number): Column {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = next();
  return { lane: 'f64', values, nulls: null };
}

function floats(type: OrcType, streams: StripeStreams): ReadColumn {
  const size = type.kind === 'float' ? 4 : 8;
  const data = lazily(() => needed(streams, type, 'data'));
  return (count) => {
    const values = new Float64Array(count);
    if (count > 0) {
      const bytes = data().take(count * size);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let i = 0; i < count; i++) values[i] = size === 4 ? view.getFloat32(i * 4, true) : view.getFloat64(i * 8, true);
    }
    return { lane: 'f64', values, nulls: null };
  };
}

function byteStrings(type: OrcType, streams: StripeStreams): (count: number) => Uint8Array[] {
  const lengths = lazily(() => integers(streams, type, 'length', false));
  const data = lazily(() => streams.stream(type.id, 'data'));
  return (count) => Array.from({ length: count }, () => part(data(), lengths().next()));
}

function part(stream: OrcStream | undefined, length: Whole): Uint8Array {
  if (typeof length !== 'number' || length < 0) throw new RangeError('a value has no usable length');
  if (length === 0) return NONE;
  if (stream === undefined) throw new RangeError('a column has lengths and no values');
  return stream.take(length);
}

function textOf(bytes: Uint8Array): string {
  const text = UTF8.read(bytes, 0, bytes.length);
  if (text === undefined) throw new RangeError('text is not UTF-8');
  return text;
}

function directTexts(type: OrcType, streams: StripeStreams): ReadColumn {
  const read = byteStrings(type, streams);
  return (count) => ({ lane: 'str', values: read(count).map(textOf), nulls: null });
}

function dictionaryTexts(type: OrcType, streams: StripeStreams): ReadColumn {
  const { size } = streams.encoding(type.id);
  const dictionary: Dictionary = createDictionary();
  // Equal texts may stand in a dictionary twice: codes are looked up.
  const codes = lazily(() => {
    const lengths = integers(streams, type, 'length', false);
    const data = streams.stream(type.id, 'dictionary');
    const all: number[] = [];
    for (let i = 0; i < size; i++) all.push(dictionary.add(textOf(part(data, lengths.next()))));
    return all;
  });
  const data = lazily(() => integers(streams, type, 'data', false));
  return (count) => {
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const code = codes()[Number(data().next())];
      if (code === undefined) throw new RangeError(`a code of a dictionary of ${size}`);
      values[i] = code;
    }
    return { lane: 'dict', values, nulls: null, dictionary };
  };
}

function decimals(type: OrcType, streams: StripeStreams): ReadColumn {
  const data = lazily(() => needed(streams, type, 'data'));
  const scales = lazily(() => integers(streams, type, 'secondary', true));
  return (count) =>
    exactColumn(
      Array.from({ length: count }, () => {
        const value = zigzag(data().varint());
        const scale = Number(scales().next());
        return scale === type.scale ? value : rescaled(BigInt(value), type.scale - scale);
      }),
    );
}

/** Old writers give each value a scale of its own. */
function rescaled(value: bigint, by: number): Whole {
  if (Math.abs(by) > 38) throw new RangeError('a decimal has an impossible scale');
  const result = by >= 0 ? value * 10n ** BigInt(by) : value / 10n ** BigInt(-by);
  return Number.isSafeInteger(Number(result)) ? Number(result) : result;
}

function timestamps(type: OrcType, streams: StripeStreams): ReadColumn {
  const seconds = lazily(() => integers(streams, type, 'data', true));
  const nanos = lazily(() => integers(streams, type, 'secondary', false));
  // Without a zone of its own a value is what clocks showed where it was written.
  const offset = type.kind === 'timestamp' ? zoneOffset(streams.zone) : () => 0;
  const epoch = EPOCH_2015_MS - offset(EPOCH_2015_MS);
  return (count) =>
    f64(count, () => {
      const packed = Number(nanos().next());
      const zeros = packed & 7;
      const nano = Math.floor(packed / 8) * (zeros === 0 ? 1 : 10 ** (zeros + 1));
      let second = Number(seconds().next()) * 1000 + epoch;
      if (second < 0 && nano > 999_999) second -= 1000;
      return second + offset(second) + Math.trunc(nano / 1000) / 1000;
    });
}

function nested(type: OrcType, streams: StripeStreams): ReadColumn {
  const children = type.children.map((child) => columnReader(child, streams));
  const boxed = (values: readonly Scalar[]): Column => ({ lane: 'boxed', values, nulls: null });
  const lengths = lazily(() => integers(streams, type, 'length', false));
  const [first, second] = children as [ReadColumn, ReadColumn];
  switch (type.kind) {
    case 'struct':
      return (count) => {
        const columns = children.map((read) => read(count));
        return boxed(
          Array.from({ length: count }, (_, row) => {
            const value: Record<string, Scalar> = Object.create(null);
            columns.forEach((column, c) => {
              value[nameAt(type, c)] = scalarAt(column, row);
            });
            return value;
          }),
        );
      };
    case 'list':
      return (count) => boxed(inParts(count, lengths, first, (items, from, to) => slice(items, from, to)));
    case 'map': {
      const write = textWriter(orcType(type.children[0] as OrcType));
      const both: ReadColumn = (count) => {
        const keys = first(count);
        const values = second(count);
        return boxed(Array.from({ length: count }, (_, i) => [scalarAt(keys, i), scalarAt(values, i)]));
      };
      const text = (key: Scalar): string => (key === null ? '' : (write(key) ?? ''));
      return (count) =>
        boxed(
          inParts(count, lengths, both, (pairs, from, to) => {
            const entries = slice(pairs, from, to) as readonly (readonly [Scalar, Scalar])[];
            return new Map(entries.map(([key, value]) => [text(key), value]));
          }),
        );
    }
    default: {
      const tags = lazily(() => new ByteRuns(needed(streams, type, 'data')));
      return (count) =>
        boxed(
          Array.from({ length: count }, () => {
            const read = children[tags().next()];
            if (read === undefined) throw new RangeError('a union has no such type');
            return scalarAt(read(1), 0);
          }),
        );
    }
  }
}

const slice = (column: Column, from: number, to: number): readonly Scalar[] =>
  Array.from({ length: to - from }, (_, i) => scalarAt(column, from + i));

/** Elements of one stripe's rows at once; more would let a few bytes ask for gigabytes. */
const ELEMENTS_MAX = 1 << 26;

function inParts(
  count: number,
  lengths: () => IntegerRuns,
  read: ReadColumn,
  make: (items: Column, from: number, to: number) => Scalar,
): Scalar[] {
  const ends: number[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    total += Number(lengths().next());
    if (!(total >= 0 && total <= ELEMENTS_MAX)) throw new RangeError(`a list column has ${total} elements in ${count} rows`);
    ends.push(total);
  }
  const items = read(total);
  return ends.map((end, i) => make(items, i === 0 ? 0 : (ends[i - 1] as number), end));
}
