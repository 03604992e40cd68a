import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createEngine, runJob, VeloError } from '@velostream/core';
import { fileSystem } from '@velostream/core/node';
import { kafka } from '../../src/kafka/index.ts';
import { type KillPoint, killer, watchedDriver, watchedFs } from './kill-points.fixture.ts';

/** What one run of the job under test does; given as JSON in its one argument. */
export interface JobRun {
  readonly brokers: string;
  readonly input: string;
  readonly output: string;
  readonly directory: string;
  /** Missing: at least once. */
  readonly transactionalId?: string;
  readonly killAt?: KillPoint;
  readonly times?: number;
  /** Ends once the input of this moment is done; otherwise runs until a signal. */
  readonly bounded: boolean;
  readonly requestTimeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * The job: a running total per key (state that a wrong restore would show) beside a copy of each record. Prints `ready` once it runs, and
 * the code of the error that ends it.
 */
async function main(run: JobRun): Promise<void> {
  const reach = killer(run.killAt, run.times ?? 1);
  const engine = createEngine({ connectors: [kafka({ driver: (_, standard) => watchedDriver(standard(), reach) })] });
  const properties: Record<string, string> = {
    'records.type': 'kafka_source',
    'records.bootstrap.servers': run.brokers,
    'records.topic': run.input,
    'records.auto.offset.reset': 'earliest',
    'records.bounded': String(run.bounded),
    'records.max.partition.fetch.bytes': '16384',
    'records.request.timeout.ms': String(run.requestTimeoutMs ?? 5_000),
    'totals.type': 'kafka_sink',
    'totals.bootstrap.servers': run.brokers,
    'totals.topic': run.output,
    'totals.request.timeout.ms': String(run.requestTimeoutMs ?? 5_000),
    'totals.transaction.timeout.ms': '10000',
    ...(run.transactionalId === undefined ? {} : { 'totals.transactional.id': run.transactionalId }),
  };
  const settings = Object.entries(properties).map(([key, value]) => `'${key}' = '${value}'`);
  const sql = `CREATE STREAM totals AS SELECT name PRIMARY KEY, COUNT(*) AS n, SUM(amount) AS total, MAX(seq) AS seq FROM records GROUP BY name EMIT CHANGES WITH (${settings.join(', ')})`;
  const torn = (path: string, half: Uint8Array): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(join(dirname(path), '.torn.velo-tmp'), half);
  };
  const fs = watchedFs(fileSystem(), reach, torn);
  const job = runJob(engine, sql, { fs, directory: run.directory, everyMs: run.everyMs ?? 40 });
  process.on('SIGTERM', () => job.stop().then(() => process.exit(0)));
  await job.script.ready;
  process.stdout.write('ready\n');
  await job.done;
  await engine.close();
}

if (process.argv[2]) {
  process.on('unhandledRejection', (error) => {
    process.stdout.write(`unhandled ${String(error)}\n`);
    process.exit(70);
  });
  main(JSON.parse(process.argv[2]) as JobRun).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stdout.write(`failed ${VeloError.is(error) ? error.code : ''} ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(VeloError.is(error) && error.code === 'VS4805' ? 77 : 1);
    },
  );
}
