import { extname } from 'node:path';
import {
  connectorError,
  type DecodeRequest,
  type Decoder,
  type Encoder,
  type Field,
  type FormatDefinition,
} from '@velostream/core/connect';
import type { OpenedFile, RandomAccess, RandomAccessFormat } from '../formats/random-access.ts';
import type { FileOptions } from './file-options.ts';

/** A format of files: one that decodes a stream of bytes, or one that is read by range. */
export type FileFormat = FormatDefinition<never> | RandomAccessFormat<never>;

interface Bound {
  readonly name: string;
  /** A fresh encoder per file; undefined for formats that are only read. */
  readonly encoder: ((fields: readonly Field[]) => Promise<Encoder>) | undefined;
}

export interface StreamFormat extends Bound {
  readonly access: 'stream';
  /** The options as they were given, for another thread to read them again. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly infer: (sample: Uint8Array, complete: boolean) => readonly Field[];
  readonly decoder: (request: DecodeRequest) => Decoder;
}

export interface RangeFormat extends Bound {
  readonly access: 'random';
  readonly open: (file: RandomAccess, signal: AbortSignal) => Promise<OpenedFile>;
}

/** A format with its options read: what the connector uses of it. */
export type BoundFormat = StreamFormat | RangeFormat;

export type Packing = 'none' | 'gzip' | 'zstd' | 'snappy' | 'lz4';

/** Extensions of formats that exist and that nobody here reads: not to be taken for CSV. */
const FOREIGN = new Set(['parquet', 'avro', 'orc', 'arrow', 'feather', 'xlsx', 'xls', 'xml', 'pb', 'zip', 'bz2', 'xz', '7z', 'tar', 'br']);

const extensionOf = (path: string): string => extname(path).slice(1).toLowerCase();

const PACKINGS: ReadonlyMap<string, Packing> = new Map([
  ['gz', 'gzip'],
  ['gzip', 'gzip'],
  ['zst', 'zstd'],
  ['zstd', 'zstd'],
  ['snappy', 'snappy'],
  ['sz', 'snappy'],
  ['lz4', 'lz4'],
]);

export const packingOf = (path: string, compression: FileOptions['compression']): Packing =>
  compression === 'auto' ? (PACKINGS.get(extensionOf(path)) ?? 'none') : compression;

const unpackedName = (path: string): string => (PACKINGS.has(extensionOf(path)) ? path.slice(0, -extname(path).length) : path);

/** The format of a file: as named, else by its extension, else CSV. */
export function chooseFormat(
  path: string,
  options: Pick<FileOptions, 'format' | 'compression' | 'given'>,
  formats: readonly FileFormat[],
): BoundFormat {
  const named = options.format?.trim().toLowerCase();
  const extension = extensionOf(unpackedName(path));
  const isPlain = named === 'csv_no_header';
  const wanted = named === undefined || named === 'auto' ? undefined : isPlain ? 'csv' : named;
  const known = formats.map((format) => format.name);
  const byExtension = formats.find((f) => f.extensions.includes(extension));
  if (wanted === undefined && byExtension === undefined && FOREIGN.has(extension))
    throw connectorError('VS4208', { format: extension, known });
  const format =
    wanted === undefined
      ? (byExtension ?? formats.find((f) => f.name === 'csv'))
      : formats.find((f) => f.name === wanted || f.aliases.includes(wanted));
  if (format === undefined)
    throw wanted === undefined ? connectorError('VS4209', { path }) : connectorError('VS4208', { format: wanted, known });
  const given = { ...(extension === 'tsv' ? { delimiter: '\t' } : {}), ...options.given, ...(isPlain ? { header: false } : {}) };
  const bound = bind(format, given);
  const packing = packingOf(path, options.compression);
  if (bound.access === 'random' && packing !== 'none') throw connectorError('VS4316', { format: bound.name, packing });
  return bound;
}

function bind(format: FileFormat, given: Readonly<Record<string, unknown>>): BoundFormat {
  const result = format.options.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw connectorError('VS4101', {
      connector: 'file',
      option: issue?.path.map(String).join('.') ?? '',
      problem: issue?.message ?? 'not usable',
    });
  }
  const { data } = result;
  const { name } = format;
  if ('access' in format) {
    const encoder = format.encoder && ((fields: readonly Field[]) => format.encoder!(fields, data));
    return { access: 'random', name, encoder, open: (file, signal) => format.open(file, data, signal) };
  }
  return {
    access: 'stream',
    name,
    given,
    infer: (sample, complete) => format.infer(sample, complete, data),
    decoder: (request) => format.decoder(request, data),
    encoder: format.encoder && (async (fields) => format.encoder!(fields, data)),
  };
}
