import { option } from '@velostream/core/connect/options';
import { failureSpecs } from '../failure/failure-specs.ts';
import { storedSpecs } from '../files/stored-specs.ts';

/** An address; credentials in it are refused before anything keeps them. */
const plainEndpoint = (input: unknown): string | undefined =>
  typeof input === 'string' && /^https?:\/\/[^/?#@\s]+\/?$/i.test(input) ? input : undefined;

// A bucket is no place for a file that grows.
const { 'dead.letter.queue.file': _, ...FAILURES } = failureSpecs('record', '');

/** Options of the S3 connector itself; those of the formats are added to them. */
export const S3_SPECS = {
  bucket: option.requiredText({ about: 'Bucket.', aliases: ['s3.bucket'] }),
  key: option.text({
    about:
      'Object, prefix that ends in `/`, or pattern (`*`, `?` within a part of the key, `**` across parts). A sink takes `{epoch}` and `{job}` in it.',
    default: '',
    aliases: ['path', 'prefix', 'source.path', 'sink.path', 'object'],
  }),
  region: option.text({ about: 'Region of the bucket.', default: 'us-east-1', aliases: ['s3.region', 'aws.region'] }),
  endpoint: option.custom(plainEndpoint, {
    about: 'Address of a server that speaks S3, `https://host:port`; by default that of AWS.',
    takes: 'address without user and password',
    aliases: ['s3.endpoint', 'endpoint_url'],
  }),
  force_path_style: option.flag({
    about: 'Bucket in the path instead of the host name; on where an `endpoint` is given.',
    default: false,
    aliases: ['path_style_access'],
  }),
  anonymous: option.flag({ about: 'Send no credentials, for public buckets.', default: false, aliases: ['no_sign_request'] }),
  ...storedSpecs('object', 'Read what lies deeper below a prefix, too.'),
  range_bytes: option.count({
    about: 'Size of the ranges that are read; one is read ahead.',
    default: 8 * 1024 ** 2,
    min: 4096,
    max: 64 * 1024 ** 2,
    unit: 'bytes',
    aliases: ['buffer_size'],
  }),
  part_bytes: option.count({
    about: 'Size of the parts that a sink sends; at least 5 MiB.',
    default: 8 * 1024 ** 2,
    min: 5 * 1024 ** 2,
    max: 512 * 1024 ** 2,
    unit: 'bytes',
    aliases: ['buffer_size_bytes', 'multipart_chunksize'],
  }),
  retries: option.count({
    about: 'How often a request that failed on the way is tried again.',
    default: 6,
    max: 50,
    aliases: ['max_retries', 'retry.max.attempts'],
  }),
  request_timeout_ms: option.count({
    about: 'How long a request may be silent before it is tried again.',
    default: 30_000,
    min: 10,
    unit: 'ms',
    aliases: ['request.timeout.ms'],
  }),
  ...FAILURES,
  job: option.text({
    about:
      'Name of the job that writes, and for `{job}` in the key: the last epoch and its checkpoint are noted in `<key>.<job>.velo-commit`, so that a job that is killed writes exactly once.',
    aliases: ['job.id'],
  }),
} as const;
