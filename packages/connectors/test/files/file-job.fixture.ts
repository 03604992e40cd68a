import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { createEngine, runJob } from '@velostream/core';
import { defineConnector } from '@velostream/core/connect';
import { columnFromScalars, NO_META } from '@velostream/core/connect/formats';
import { fileSystem } from '@velostream/core/node';
import { files } from '../../src/files/files.ts';
import { fieldsOf } from '../../src/formats/decode/decode-all.fixture.ts';

/** What one run of the job under test does; given as JSON in its one argument. */
export interface FileJobRun {
  readonly root: string;
  /** Where checkpoints are kept. */
  readonly directory: string;
  /** URI of the sink, with its options. */
  readonly into: string;
  readonly rows: number;
  /** Dies at this call of the file system, checkpoints and rows alike; 0: lives. */
  readonly killAt: number;
}

/** Every call that changes or reads files, counted; the process dies in front of the n-th, or in the middle of its write. */
function dieAt(n: number): void {
  let left = n;
  const reach = (): void => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
  };
  const calls = fs as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const name of ['open', 'rename', 'rm', 'unlink', 'readFile', 'writeFile', 'readdir']) {
    const real = calls[name];
    if (real === undefined) continue;
    calls[name] = async (...args) => {
      reach();
      const result = await real(...args);
      if (name === 'open') watchHandle(result as Record<string, unknown>, reach);
      return result;
    };
  }
  syncBuiltinESMExports();
}

/** A write that dies has written half. */
function watchHandle(handle: Record<string, unknown>, reach: () => void): void {
  const writeFile = (handle['writeFile'] as (data: Uint8Array | string) => Promise<void>).bind(handle);
  handle['writeFile'] = async (data: Uint8Array | string) => {
    const half = data.length >> 1;
    await writeFile(data.slice(0, half));
    reach();
    await writeFile(data.slice(half));
  };
  for (const name of ['sync', 'truncate', 'write'] as const) {
    const real = (handle[name] as (...args: unknown[]) => Promise<unknown>).bind(handle);
    handle[name] = async (...args: unknown[]) => {
      reach();
      return real(...args);
    };
  }
}

const FIELDS = fieldsOf('id INTEGER, name STRING');

/** Numbers that come slowly enough to be interrupted; a position is how many came. */
const numbers = (count: number) =>
  defineConnector<unknown>({
    name: 'numbers',
    schemes: ['numbers'],
    options: { names: [], safeParse: () => ({ success: true, data: {} }) },
    guarantees: { resume: true, sink: 'none' },
    fromUri: () => ({}),
    source: () => ({
      describe: async () => ({ fields: FIELDS, bounded: true, origin: 'declared' }),
      async *read({ fields, from, signal }) {
        for (let at = (from as number | undefined) ?? 0; at < count && !signal.aborted; at += 10) {
          const ids = Array.from({ length: Math.min(10, count - at) }, (_, i) => at + i);
          const columns = fields.map((field) => columnFromScalars(field.type, field.name === 'id' ? ids : ids.map((id) => `n${id % 7}`)));
          yield { batch: { length: ids.length, columns, meta: NO_META, ops: null, watermarks: null }, next: at + ids.length };
          await new Promise((done) => setTimeout(done, 1));
        }
      },
    }),
  });

/** A running total per name: state that a wrong restore would show. */
async function main(run: FileJobRun): Promise<void> {
  if (run.killAt > 0) dieAt(run.killAt);
  const engine = createEngine({ connectors: [files({ roots: [run.root] }), numbers(run.rows)] });
  const sql = `CREATE STREAM out AS SELECT name, COUNT(*) AS n, SUM(id) AS total FROM 'numbers://x' GROUP BY name EMIT CHANGES INTO '${run.into}'`;
  const job = runJob(engine, sql, { fs: fileSystem(), directory: run.directory, everyMs: 15 });
  await job.done;
  await engine.close();
}

if (process.argv[2]) await main(JSON.parse(process.argv[2]) as FileJobRun);
