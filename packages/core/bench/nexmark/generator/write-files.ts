import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { files } from '@velostream/connectors/files';
import { createEngine } from '../../../src/engine/index.ts';
import { nexmarkBatches } from './batches.ts';
import type { StreamOptions } from './events.ts';
import type { PartTask } from './jsonl-part.ts';
import { NEXMARK_SCHEMA } from './schema.ts';
import { sideInput } from './side-input.ts';

export const NEXMARK_CACHE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', '..', '.cache', 'nexmark');

const nameOf = (events: number, { seed, eventsPerSecond, disorder }: StreamOptions): string =>
  `nexmark-${events}-s${seed}-r${eventsPerSecond}-d${disorder}`;

/** The stream as one JSONL file, made by several threads; kept for the next run. */
export async function jsonlFile(events: number, options: StreamOptions, threads = 2): Promise<string> {
  const path = join(NEXMARK_CACHE, `${nameOf(events, options)}.jsonl`);
  if (existsSync(path)) return path;
  mkdirSync(NEXMARK_CACHE, { recursive: true });
  const parts = Array.from({ length: threads }, (_, i): PartTask => {
    const edge = (part: number): number => Math.floor((events * part) / threads);
    return { path: `${path}.${process.pid}.part${i}`, from: edge(i), to: edge(i + 1), options };
  });
  await Promise.all(parts.map(inWorker));
  const [first, ...rest] = parts as [PartTask, ...PartTask[]];
  for (const part of rest) {
    await pipeline(createReadStream(part.path), createWriteStream(first.path, { flags: 'a' }));
    rmSync(part.path);
  }
  renameSync(first.path, path);
  return path;
}

function inWorker(task: PartTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./jsonl-part.ts', import.meta.url), { workerData: task });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a part of the stream ended with code ${code}`))));
  });
}

/** The same rows as Parquet, written by the file sink. */
export async function parquetFile(events: number, options: StreamOptions): Promise<string> {
  const path = join(NEXMARK_CACHE, `${nameOf(events, options)}.parquet`);
  if (existsSync(path)) return path;
  mkdirSync(NEXMARK_CACHE, { recursive: true });
  const STEP = 100_000;
  async function* rows() {
    for (let at = 0; at < events; at += STEP) yield* nexmarkBatches(at, Math.min(events, at + STEP), options);
  }
  const partial = `${path}.${process.pid}`;
  const engine = createEngine({
    connectors: [files({ roots: [NEXMARK_CACHE] })],
    sources: { nexmark: { rows: rows(), schema: NEXMARK_SCHEMA } },
  });
  const sink = `'out.type' = 'file_sink', 'out.path' = '${partial}', 'out.format' = 'parquet'`;
  for await (const _ of engine.run(`SELECT * FROM nexmark INTO out WITH (${sink})`).batches());
  renameSync(partial, path);
  return path;
}

/** The bounded side of q13. */
export function sideInputFile(): string {
  const path = join(NEXMARK_CACHE, 'side-input.csv');
  if (existsSync(path)) return path;
  mkdirSync(NEXMARK_CACHE, { recursive: true });
  writeFileSync(path, sideInput.map(({ key, value }) => `${key},${value}\n`).join(''));
  return path;
}
