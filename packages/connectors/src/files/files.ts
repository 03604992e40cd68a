import { type ConnectorDefinition, connectorError, defineConnector } from '@velostream/core/connect';
import { uriParts } from '@velostream/core/connect/options';
import { withFailurePolicy } from '../failure/bad-records.ts';
import { fileDeadLetters } from '../failure/file-dead-letters.ts';
import { sinkDeadLetters } from '../failure/sink-dead-letters.ts';
import { arrow } from '../formats/arrow/arrow.ts';
import { avro } from '../formats/avro/avro.ts';
import { csv } from '../formats/csv/csv.ts';
import { json } from '../formats/json/json.ts';
import { jsonl } from '../formats/jsonl/jsonl.ts';
import { orc } from '../formats/orc/orc.ts';
import { parquet } from '../formats/parquet/parquet.ts';
import { protobuf } from '../formats/protobuf/protobuf.ts';
import type { FileFormat } from './choose-format.ts';
import { fileExplorer } from './file-explorer.ts';
import { type FileOptions, fileOptions } from './file-options.ts';
import { fileSink } from './file-sink.ts';
import { fileSource } from './file-source.ts';
import { Roots } from './roots.ts';

export interface FilesOptions {
  /** Folders that may be read and written, and nothing else. */
  readonly roots: readonly string[];
  /** What a hint names as the place to give folders; by default this option. A command line names its own, such as `--root <directory>`. */
  readonly setBy?: string;
  /** Formats to know; by default all of this package. */
  readonly formats?: readonly FileFormat[];
  /** Connectors of the tables and topics that `dead.letter.queue.table` may name. */
  readonly deadLetterSinks?: readonly ConnectorDefinition[];
}

/**
 * Files below given folders as sources and sinks: `file:///data/trades-*.csv.gz`, or `'x.type' = 'file_source'` in SQL. Paths that lead
 * out of the folders, through `..`, links or devices, are refused.
 *
 * @example
 * createEngine({ connectors: [files({ roots: ['./data'] })], sources: { trades: { uri: 'file://trades.csv' } } });
 */
export function files({ roots, setBy, formats = DEFAULT_FORMATS(), deadLetterSinks = [] }: FilesOptions): ConnectorDefinition<FileOptions> {
  const allowed = new Roots(roots, setBy);
  return defineConnector<FileOptions>({
    name: 'file',
    schemes: ['file'],
    options: fileOptions(formats),
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri(uri) {
      const parts = uriParts(uri);
      if (parts?.scheme !== 'file' || parts.path === '') throw connectorError('VS4104', { uri, connector: 'file' });
      return { path: parts.path, ...parts.query };
    },
    source(options, host) {
      const letters = () => {
        const { 'dead.letter.queue.table': table, 'dead.letter.queue.file': file } = options;
        if (table !== undefined) return sinkDeadLetters(table, deadLetterSinks, host);
        return file === undefined ? null : fileDeadLetters(file, allowed);
      };
      const policy = { strategy: options.failure_strategy, letters, now: () => host.now() };
      return withFailurePolicy(fileSource({ options, roots: allowed, formats, host }), policy);
    },
    sink: (options, host) => fileSink({ options, roots: allowed, formats, host }),
    explore: (options, host) => fileExplorer({ options, roots: allowed, formats, host }),
  });
}

// Definitions of formats differ in their options only; each is used with options that it has read itself.
const DEFAULT_FORMATS = (): readonly FileFormat[] =>
  [csv(), jsonl(), json(), parquet(), avro(), orc(), arrow(), protobuf()] as unknown as readonly FileFormat[];
