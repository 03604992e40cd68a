import { connectorError, type OptionsSchema } from '@velostream/core/connect';
import { type DocumentedOptions, defineOptions, type OptionsIn, redactUri, uriParts } from '@velostream/core/connect/options';
import type { FileFormat } from '../files/choose-format.ts';
import { S3_SPECS } from './s3-specs.ts';

const OWN = defineOptions(S3_SPECS);
type OwnOptions = OptionsIn<typeof OWN>;

/** Options of an S3 source or sink. `given` holds all of them as they were written, for the format to read its own. */
export interface S3Options extends OwnOptions {
  readonly given: Readonly<Record<string, unknown>>;
}

/** The connector's options together with those of its formats. */
export function s3Options(formats: readonly FileFormat[]): DocumentedOptions<S3Options> {
  const schemas: readonly (OptionsSchema<unknown> & Partial<DocumentedOptions<unknown>>)[] = formats.map((format) => format.options);
  const all = [...schemas, OWN];
  return {
    names: [...new Set([OWN, ...schemas].flatMap((schema) => schema.names))],
    aliases: new Map(all.flatMap((schema) => [...(schema.aliases ?? [])])),
    specs: new Map(all.flatMap((schema) => [...(schema.specs ?? [])])),
    safeParse(input) {
      const own = OWN.safeParse(input);
      // `resolveOptions` hands over a plain object of named options.
      return own.success ? { success: true, data: { ...own.data, given: input as Record<string, unknown> } } : own;
    },
  };
}

/** Options from `s3://bucket/prefix/*.parquet?region=eu-west-1`. User and password in it are refused: credentials come from the host program. */
export function fromS3Uri(uri: string): Record<string, unknown> {
  const parts = uriParts(uri);
  const bad = () => connectorError('VS4104', { uri: redactUri(uri), connector: 's3' });
  if (parts === undefined || !['s3', 's3a'].includes(parts.scheme)) throw bad();
  const slash = parts.path.indexOf('/');
  const bucket = slash < 0 ? parts.path : parts.path.slice(0, slash);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket)) throw bad();
  return { bucket, key: slash < 0 ? '' : parts.path.slice(slash + 1), ...parts.query };
}
