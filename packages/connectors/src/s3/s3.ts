import { type ConnectorDefinition, defineConnector } from '@velostream/core/connect';
import { withFailurePolicy } from '../failure/bad-records.ts';
import { sinkDeadLetters } from '../failure/sink-dead-letters.ts';
import type { FileFormat } from '../files/choose-format.ts';
import { arrow } from '../formats/arrow/arrow.ts';
import { avro } from '../formats/avro/avro.ts';
import { csv } from '../formats/csv/csv.ts';
import { json } from '../formats/json/json.ts';
import { jsonl } from '../formats/jsonl/jsonl.ts';
import { orc } from '../formats/orc/orc.ts';
import { parquet } from '../formats/parquet/parquet.ts';
import { protobuf } from '../formats/protobuf/protobuf.ts';
import type { FindS3Credentials, S3Context } from './s3-client.ts';
import { s3Explorer } from './s3-explorer.ts';
import { fromS3Uri, type S3Options, s3Options } from './s3-options.ts';
import { s3Sink } from './s3-sink.ts';
import { s3Source } from './s3-source.ts';

export interface S3ConnectorOptions {
  /** Credentials by endpoint and bucket; without them those of the environment of the process. SQL cannot give any. */
  readonly credentials?: FindS3Credentials;
  /** PEM text of the authorities to trust with `https://` endpoints; those of the system by default. */
  readonly ca?: string | readonly string[];
  /** Formats to know; by default all of this package. */
  readonly formats?: readonly FileFormat[];
  /** Connectors of the tables and topics that `dead.letter.queue.table` may name. */
  readonly deadLetterSinks?: readonly ConnectorDefinition[];
}

/**
 * Objects of S3, or of a server that speaks it, as sources and sinks: `s3://bucket/trades/*.parquet?region=eu-west-1`. Parquet and its kin
 * are read by range. Needs the package `@aws-sdk/client-s3` and, to write, `@aws-sdk/lib-storage`.
 *
 * @example
 * createEngine({ connectors: [s3({ credentials: () => ({ accessKeyId, secretAccessKey }) })] })
 *   .run("SELECT symbol, price FROM 's3://market/trades/*.parquet' WHERE price > 100");
 */
export function s3({
  credentials,
  ca,
  formats = DEFAULT_FORMATS(),
  deadLetterSinks = [],
}: S3ConnectorOptions = {}): ConnectorDefinition<S3Options> {
  const contextOf = (options: S3Options, host: S3Context['host']): S3Context => ({ options, host, formats, credentials, ca });
  return defineConnector<S3Options>({
    name: 's3',
    schemes: ['s3', 's3a'],
    options: s3Options(formats),
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri: fromS3Uri,
    source(options, host) {
      const table = options['dead.letter.queue.table'];
      const letters = () => (table === undefined ? null : sinkDeadLetters(table, deadLetterSinks, host));
      return withFailurePolicy(s3Source(contextOf(options, host)), { strategy: options.failure_strategy, letters, now: () => host.now() });
    },
    sink: (options, host) => s3Sink(contextOf(options, host)),
    explore: (options, host) => s3Explorer(contextOf(options, host)),
  });
}

// Definitions of formats differ in their options only; each is used with options that it has read itself.
const DEFAULT_FORMATS = (): readonly FileFormat[] =>
  [csv(), jsonl(), json(), parquet(), avro(), orc(), arrow(), protobuf()] as unknown as readonly FileFormat[];
