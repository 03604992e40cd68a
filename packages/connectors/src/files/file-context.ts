import type { ConnectorHost, FormatDefinition } from '@velostream/core/connect';
import type { FileOptions } from './file-options.ts';
import type { Roots } from './roots.ts';

/** What reading and writing files needs to know. */
export interface FileContext {
  readonly options: FileOptions;
  readonly roots: Roots;
  readonly formats: readonly FormatDefinition<never>[];
  readonly host: ConnectorHost;
}
