import { extname } from 'node:path';
import { connectorError, type FormatDefinition } from '@velostream/core/connect';
import type { FileOptions } from './file-options.ts';

/** A format with its options read: what the connector uses of it. */
export type BoundFormat = Pick<FormatDefinition, 'name'> & {
  readonly infer: (sample: Uint8Array, complete: boolean) => ReturnType<FormatDefinition['infer']>;
  readonly decoder: (request: Parameters<FormatDefinition['decoder']>[0]) => ReturnType<FormatDefinition['decoder']>;
  readonly encoder:
    | ((fields: Parameters<NonNullable<FormatDefinition['encoder']>>[0]) => ReturnType<NonNullable<FormatDefinition['encoder']>>)
    | undefined;
};

export type Packing = 'none' | 'gzip' | 'zstd';

/** Extensions of formats that exist and that nobody here reads: not to be taken for CSV. */
const FOREIGN = new Set(['parquet', 'avro', 'orc', 'arrow', 'feather', 'xlsx', 'xls', 'xml', 'pb', 'zip', 'bz2', 'xz', '7z', 'tar']);

const extensionOf = (path: string): string => extname(path).slice(1).toLowerCase();

export function packingOf(path: string, compression: FileOptions['compression']): Packing {
  if (compression !== 'auto') return compression;
  const extension = extensionOf(path);
  return extension === 'gz' || extension === 'gzip' ? 'gzip' : extension === 'zst' || extension === 'zstd' ? 'zstd' : 'none';
}

const unpackedName = (path: string): string => path.replace(/\.(?:gz|gzip|zst|zstd)$/i, '');

/** The format of a file: as named, else by its extension, else CSV. */
export function chooseFormat(path: string, options: FileOptions, formats: readonly FormatDefinition<never>[]): BoundFormat {
  const named = options.format?.trim().toLowerCase();
  const extension = extensionOf(unpackedName(path));
  const isPlain = named === 'csv_no_header';
  const wanted = named === undefined || named === 'auto' ? undefined : isPlain ? 'csv' : named;
  const known = formats.map((format) => format.name);
  if (wanted === undefined && FOREIGN.has(extension)) throw connectorError('VS4208', { format: extension, known });
  const format =
    wanted === undefined
      ? (formats.find((f) => f.extensions.includes(extension)) ?? formats.find((f) => f.name === 'csv'))
      : formats.find((f) => f.name === wanted || f.aliases.includes(wanted));
  if (format === undefined)
    throw wanted === undefined ? connectorError('VS4209', { path }) : connectorError('VS4208', { format: wanted, known });
  const given = { ...(extension === 'tsv' ? { delimiter: '\t' } : {}), ...options.given, ...(isPlain ? { header: false } : {}) };
  return bound(format, given);
}

function bound(format: FormatDefinition<never>, given: Readonly<Record<string, unknown>>): BoundFormat {
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
  return {
    name: format.name,
    infer: (sample, complete) => format.infer(sample, complete, data),
    decoder: (request) => format.decoder(request, data),
    encoder: format.encoder && ((fields) => format.encoder!(fields, data)),
  };
}
