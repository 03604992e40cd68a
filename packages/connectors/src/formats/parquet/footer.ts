import { connectorError } from '@velostream/core/connect';
import type { RandomAccess } from '../random-access.ts';
import {
  asBytes,
  asCount,
  asList,
  asOptional,
  asStruct,
  asText,
  ThriftProblem,
  ThriftReader,
  type ThriftStruct,
  type ThriftValue,
} from './thrift.ts';

export type Physical = 'BOOLEAN' | 'INT32' | 'INT64' | 'INT96' | 'FLOAT' | 'DOUBLE' | 'BYTE_ARRAY' | 'FIXED_LEN_BYTE_ARRAY';
const PHYSICAL: readonly Physical[] = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'];

export type Codec = 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP' | 'LZO' | 'BROTLI' | 'LZ4' | 'ZSTD' | 'LZ4_RAW';
const CODECS: readonly Codec[] = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'];

/** One node of the schema as the footer lists them, depth first. */
export interface SchemaElement {
  readonly physical: Physical | undefined;
  readonly typeLength: number;
  readonly repetition: 'required' | 'optional' | 'repeated';
  readonly name: string;
  readonly children: number;
  /** Number of the old "converted type". */
  readonly converted: number | undefined;
  readonly scale: number;
  readonly precision: number;
  /** The logical type: its field number in the union, and its structure. */
  readonly logical: { readonly kind: number; readonly of: ThriftStruct } | undefined;
}

export interface ColumnStatistics {
  readonly min: Uint8Array | undefined;
  readonly max: Uint8Array | undefined;
  readonly nulls: number | undefined;
}

export interface ColumnChunk {
  readonly physical: Physical;
  readonly codec: Codec;
  readonly values: number;
  /** First byte: that of the dictionary page where there is one. */
  readonly start: number;
  readonly bytes: number;
  readonly statistics: ColumnStatistics | undefined;
}

export interface RowGroup {
  readonly columns: readonly ColumnChunk[];
  readonly rows: number;
}

export interface Footer {
  readonly elements: readonly SchemaElement[];
  readonly rows: number;
  readonly rowGroups: readonly RowGroup[];
  readonly createdBy: string | undefined;
}

/** Read at once from the end: most footers are smaller. */
const TAIL_BYTES = 1 << 16;
const FOOTER_BYTES_MAX = 128 * 1024 ** 2;
const MAGIC = 0x31524150;
const MAGIC_ENCRYPTED = 0x45524150;

export async function readFooter(file: RandomAccess, signal: AbortSignal): Promise<Footer> {
  const damaged = (problem: string) => connectorError('VS4311', { file: file.name, format: 'Parquet', problem });
  if (file.size < 12) throw damaged(`it has ${file.size} bytes`);
  const from = Math.max(0, file.size - TAIL_BYTES);
  const tail = await file.read(from, file.size, signal);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const magic = view.getUint32(tail.length - 4, true);
  if (magic === MAGIC_ENCRYPTED) throw connectorError('VS4312', { file: file.name, format: 'Parquet', feature: 'encryption' });
  if (magic !== MAGIC) throw damaged('it does not end in "PAR1"');
  const length = view.getUint32(tail.length - 8, true);
  if (length > file.size - 12) throw damaged(`its footer has ${length} bytes, the file ${file.size}`);
  if (length > FOOTER_BYTES_MAX)
    throw connectorError('VS4313', {
      file: file.name,
      format: 'Parquet',
      what: 'footer bytes',
      allowed: FOOTER_BYTES_MAX,
      observed: length,
    });
  const start = file.size - 8 - length;
  const bytes = start >= from ? tail.subarray(start - from, tail.length - 8) : await file.read(start, file.size - 8, signal);
  try {
    return footerOf(new ThriftReader(bytes).struct());
  } catch (error) {
    if (!(error instanceof ThriftProblem)) throw error;
    throw damaged(`in its footer, ${error.message}`);
  }
}

function footerOf(s: ThriftStruct): Footer {
  const elements = asList(s[2]).map((element) => elementOf(asStruct(element)));
  return {
    elements,
    rows: asCount(s[3]),
    rowGroups: asList(s[4]).map((group) => {
      const fields = asStruct(group);
      return { columns: asList(fields[1]).map((column) => chunkOf(asStruct(column))), rows: asCount(fields[3]) };
    }),
    createdBy: s[6] === undefined ? undefined : asText(s[6]),
  };
}

function elementOf(s: ThriftStruct): SchemaElement {
  const repetition = (['required', 'optional', 'repeated'] as const)[asOptional(s[3]) ?? 0];
  if (repetition === undefined) throw new ThriftProblem('a column repeats in an unknown way');
  return {
    physical: s[1] === undefined ? undefined : oneOf(PHYSICAL, s[1], 'type'),
    typeLength: asOptional(s[2]) ?? 0,
    repetition,
    name: asText(s[4]),
    children: asOptional(s[5]) ?? 0,
    converted: asOptional(s[6]),
    scale: asOptional(s[7]) ?? 0,
    precision: asOptional(s[8]) ?? 0,
    logical: logicalOf(s[10]),
  };
}

function logicalOf(value: ThriftValue): SchemaElement['logical'] {
  if (value === undefined) return undefined;
  const union = asStruct(value);
  const kind = union.findIndex((field) => field !== undefined);
  return kind < 0 ? undefined : { kind, of: asStruct(union[kind]) };
}

function chunkOf(s: ThriftStruct): ColumnChunk {
  if (s[1] !== undefined) throw new ThriftProblem('a column stands in another file');
  const meta = asStruct(s[3]);
  const data = asCount(meta[9]);
  // Some writers say 0 where there is no dictionary.
  const dictionary = asOptional(meta[11]);
  const start = dictionary !== undefined && dictionary > 0 && dictionary < data ? dictionary : data;
  return {
    physical: oneOf(PHYSICAL, meta[1], 'type'),
    codec: oneOf(CODECS, meta[4], 'codec'),
    values: asCount(meta[5]),
    bytes: asCount(meta[7]),
    start,
    statistics: meta[12] === undefined ? undefined : statisticsOf(asStruct(meta[12]), oneOf(PHYSICAL, meta[1], 'type')),
  };
}

function oneOf<T>(names: readonly T[], value: ThriftValue, what: string): T {
  const name = typeof value === 'number' ? names[value] : undefined;
  if (name === undefined) throw new ThriftProblem(`a column has an unknown ${what}`);
  return name;
}

/** The old fields were written with an order of bytes that depends on the writer: they hold for numbers only. */
function statisticsOf(s: ThriftStruct, physical: Physical): ColumnStatistics {
  const isNumber = physical !== 'BYTE_ARRAY' && physical !== 'FIXED_LEN_BYTE_ARRAY' && physical !== 'INT96';
  return {
    max: asBytes(s[5]) ?? (isNumber ? asBytes(s[1]) : undefined),
    min: asBytes(s[6]) ?? (isNumber ? asBytes(s[2]) : undefined),
    nulls: asOptional(s[3]),
  };
}
