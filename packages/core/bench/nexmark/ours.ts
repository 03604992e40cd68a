import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files } from '@velostream/connectors/files';
import { createEngine, type EngineOptions } from '../../src/engine/index.ts';
import { nexmarkBatches } from './generator/batches.ts';
import { delayOf, type StreamOptions } from './generator/events.ts';
import { NEXMARK_SCHEMA } from './generator/schema.ts';
import { SIDE_INPUT_SCHEMA, sideInput } from './generator/side-input.ts';
import { jsonlFile, NEXMARK_CACHE, parquetFile } from './generator/write-files.ts';

/** Joins of whole streams (q20) keep every bid; the default limit is for hosts that share their memory. */
const LIMITS = { maxJoinRows: 20_000_000 };

export type SourceKind = 'jsonl' | 'columns' | 'parquet' | 'kafka';

export interface Work {
  readonly query: string;
  readonly source: SourceKind;
  readonly events: number;
  readonly options: StreamOptions;
  readonly workers: number;
  readonly checkpointEveryMs: number | null;
  /** Of Kafka. */
  readonly brokers?: string;
  readonly topic?: string;
}

export interface Done {
  readonly ms: number;
  readonly rows: number;
  readonly checkpoints: number;
}

const FOLDER = new URL('./queries/', import.meta.url);
const textOf = (name: string): string => readFileSync(fileURLToPath(new URL(`${name}.sql`, FOLDER)), 'utf8');
export const queryText = (name: string): string => `${textOf('views')}\n${textOf(name)}`;

const SIDE = { side_input: { rows: sideInput, schema: SIDE_INPUT_SCHEMA } };

/** Makes the input ready, and gives a function that runs the query over it once. */
export async function prepareOurs(work: Work): Promise<() => Promise<Done>> {
  const open = await sourceOf(work);
  return async () => {
    const engine = createEngine({ ...open(), tables: SIDE, workers: work.workers, limits: LIMITS });
    const start = performance.now();
    const query = engine.run(queryText(work.query));
    let rows = 0;
    let checkpoints = 0;
    let last = start;
    for await (const batch of query.batches()) {
      rows += batch.length;
      if (work.checkpointEveryMs === null || performance.now() - last < work.checkpointEveryMs) continue;
      last = performance.now();
      checkpoints++;
      void query.checkpoint().then(({ bytes }) => keep(work.query, bytes));
    }
    const ms = performance.now() - start;
    await engine.close();
    return { ms, rows, checkpoints };
  };
}

/** The rows that stand at the end of the stream, from its JSONL file. */
export async function ownAnswer(query: string, events: number, options: StreamOptions): Promise<unknown[][]> {
  const open = await sourceOf({ query, source: 'jsonl', events, options, workers: 1, checkpointEveryMs: null });
  const engine = createEngine({ ...open(), tables: SIDE, limits: LIMITS });
  const rows = await engine.run(queryText(query)).table();
  await engine.close();
  return rows.map((row) => Object.values(row));
}

function keep(query: string, bytes: Uint8Array): void {
  mkdirSync(NEXMARK_CACHE, { recursive: true });
  writeFileSync(join(NEXMARK_CACHE, `${query}.checkpoint`), bytes);
}

async function sourceOf(work: Work): Promise<() => EngineOptions> {
  const { events, options } = work;
  const common = { schema: NEXMARK_SCHEMA, watermarkDelayMs: delayOf(options) };
  if (work.source === 'columns') {
    const batches = nexmarkBatches(0, events, options);
    async function* each() {
      yield* batches;
    }
    return () => ({ sources: { nexmark: { rows: each(), ...common } } });
  }
  if (work.source === 'kafka') {
    const { kafka } = await import('@velostream/connectors/kafka');
    const uri = `kafka://${work.brokers}/${work.topic}?bounded=true`;
    return () => ({ connectors: [kafka()], sources: { nexmark: { uri, ...common } } });
  }
  const path = await (work.source === 'jsonl' ? jsonlFile : parquetFile)(events, options);
  return () => ({ connectors: [files({ roots: [dirname(path)] })], sources: { nexmark: { uri: `file://${path}`, ...common } } });
}
