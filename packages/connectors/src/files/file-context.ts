import type { ConnectorHost } from '@velostream/core/connect';
import type { ReadProgress } from '../tables/look-limits.ts';
import type { FileFormat } from './choose-format.ts';
import type { FileOptions } from './file-options.ts';
import type { Roots } from './roots.ts';

/** What reading and writing files needs to know. */
export interface FileContext {
  readonly options: FileOptions;
  readonly roots: Roots;
  readonly formats: readonly FileFormat[];
  readonly host: ConnectorHost;
  /** Who wants to know how reading goes on. */
  readonly progress?: ReadProgress;
}
