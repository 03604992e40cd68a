import { connectorError } from '@velostream/core/connect';
import { type DocumentedOptions, defineOptions, type OptionsIn, redactUri, uriParts } from '@velostream/core/connect/options';
import type { FileFormat } from '../files/choose-format.ts';
import { optionsWithFormats, type WithGiven } from '../files/options-with-formats.ts';
import { S3_SPECS } from './s3-specs.ts';

const OWN = defineOptions(S3_SPECS);

/** Options of an S3 source or sink. */
export type S3Options = WithGiven<OptionsIn<typeof OWN>>;

/** The connector's options together with those of its formats. */
export const s3Options = (formats: readonly FileFormat[]): DocumentedOptions<S3Options> => optionsWithFormats(OWN, formats);

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
