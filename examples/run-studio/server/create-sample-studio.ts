import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clickhouse } from '@velostream/connectors/clickhouse';
import { files } from '@velostream/connectors/files';
import { kafka } from '@velostream/connectors/kafka';
import { postgres } from '@velostream/connectors/postgres';
import { s3 } from '@velostream/connectors/s3';
import { createStudio, type StudioOptions } from '@velostream/core';
import { datagen } from '@velostream/core/connect';
import { embedded, type FlinkOptions, flink } from '@velostream/core/deploy';
import { fileSystem, sqliteStore } from '@velostream/core/node';
import type { Studio } from '@velostream/core/protocol/studio';
import { createAssistant } from './create-assistant.ts';
import { SAMPLE_SOURCES } from './sample-streams.ts';
import { withRootHint } from './with-root-hint.ts';

export interface SampleStudioOptions {
  /** Folders whose files may be connected, beside the sample files. */
  readonly roots: readonly string[];
  /** Where notebooks are kept; `null` keeps them in memory. */
  readonly home: string | null;
  /** Without one the offline assistant answers. */
  readonly claudeApiKey: string | undefined;
  /** Whether the sample streams are there; on by default. */
  readonly samples?: boolean;
  /** A Flink cluster to deploy to, beside this process. */
  readonly flink?: Pick<FlinkOptions, 'gatewayUrl' | 'restUrl' | 'savepointDirectory' | 'checkpointIntervalMs'>;
}

/** Real data sets that come with the vega-datasets package. */
export const SAMPLE_FILES = fileURLToPath(new URL('../node_modules/vega-datasets/data', import.meta.url));

/** A studio with every connector, sample streams, and an assistant. */
export async function createSampleStudio({
  roots,
  home,
  claudeApiKey,
  samples = true,
  flink: cluster,
}: SampleStudioOptions): Promise<Studio> {
  if (home !== null) await mkdir(home, { recursive: true });
  const connectors = [withRootHint(files({ roots: [SAMPLE_FILES, ...roots] })), kafka(), s3(), clickhouse(), postgres(), datagen()];
  const store = home === null ? undefined : sqliteStore({ path: join(home, 'studio.db') });
  const options: StudioOptions = {
    connectors,
    targets: [
      embedded({ connectors, ...(home !== null && { fs: fileSystem(), directory: join(home, 'deployments') }) }),
      ...(cluster ? [flink({ ...cluster, connectors, ...(home !== null && { fs: fileSystem(), directory: join(home, 'flink') }) })] : []),
    ],
    ...(samples && { sources: SAMPLE_SOURCES }),
    ...(store && { store }),
    assistant: await createAssistant(claudeApiKey, store),
  };
  return createStudio(options);
}
