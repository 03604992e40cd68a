import { asCount, asOptional, asStruct, ThriftProblem, ThriftReader, type ThriftStruct } from './thrift.ts';

export type Encoding =
  | 'PLAIN'
  | 'PLAIN_DICTIONARY'
  | 'RLE'
  | 'BIT_PACKED'
  | 'DELTA_BINARY_PACKED'
  | 'DELTA_LENGTH_BYTE_ARRAY'
  | 'DELTA_BYTE_ARRAY'
  | 'RLE_DICTIONARY'
  | 'BYTE_STREAM_SPLIT';

const ENCODINGS: readonly (Encoding | undefined)[] = [
  'PLAIN',
  undefined,
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
];

/** More values than this in one page would let a few bytes ask for gigabytes. */
const PAGE_VALUES_MAX = 1 << 24;

export interface PageHeader {
  readonly kind: 'data' | 'data-v2' | 'dictionary' | 'other';
  /** Bytes of the header itself. */
  readonly headerBytes: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly values: number;
  readonly encoding: Encoding | undefined;
  readonly levelEncoding: Encoding | undefined;
  /** Of a second-version page: lengths of the levels, NULLs, and whether the values are packed. */
  readonly v2: { readonly repetitionBytes: number; readonly definitionBytes: number; readonly isPacked: boolean } | undefined;
}

/** Header of the page at the start of `bytes`; undefined when it goes on behind them. */
export function readPageHeader(bytes: Uint8Array): PageHeader | undefined {
  const reader = new ThriftReader(bytes);
  let s: ThriftStruct;
  try {
    s = reader.struct();
  } catch (error) {
    if (error instanceof ThriftProblem && error.isShort) return undefined;
    throw error;
  }
  const sizes = { headerBytes: reader.at, unpackedBytes: asCount(s[2]), packedBytes: asCount(s[3]) };
  const none = { values: 0, encoding: undefined, levelEncoding: undefined, v2: undefined };
  switch (s[1]) {
    case 0: {
      const page = asStruct(s[5]);
      return {
        kind: 'data',
        ...sizes,
        values: counted(page),
        encoding: encodingOf(page[2]),
        levelEncoding: encodingOf(page[3]),
        v2: undefined,
      };
    }
    case 2: {
      const page = asStruct(s[7]);
      return { kind: 'dictionary', ...sizes, ...none, values: counted(page), encoding: encodingOf(page[2]) };
    }
    case 3: {
      const page = asStruct(s[8]);
      const v2 = { definitionBytes: asCount(page[5]), repetitionBytes: asCount(page[6]), isPacked: page[7] !== false };
      return { kind: 'data-v2', ...sizes, values: counted(page), encoding: encodingOf(page[4]), levelEncoding: 'RLE', v2 };
    }
    default:
      return { kind: 'other', ...sizes, ...none };
  }
}

function counted(page: ThriftStruct): number {
  const values = asCount(page[1]);
  if (values > PAGE_VALUES_MAX) throw new ThriftProblem(`a page has ${values} values, ${PAGE_VALUES_MAX} are allowed`);
  return values;
}

function encodingOf(value: ThriftStruct[number]): Encoding | undefined {
  const number = asOptional(value);
  return number === undefined ? undefined : ENCODINGS[number];
}
