import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGateway, type GatewaySession } from '../../src/deploy/flink/client/gateway.ts';
import { createFlinkJobs } from '../../src/deploy/flink/client/jobs.ts';
import { systemScheduler } from '../../src/engine/default-ports.ts';

/** Runs Nexmark queries on a Flink cluster. */
export interface FlinkRunner {
  /** To the end of the input, into a sink that drops its rows. `ms`: from the start of the job to its end, without its submission. */
  run(query: string): Promise<FlinkRun>;
  /** The rows that stand at the end. */
  answer(query: string): Promise<unknown[][]>;
  close(): Promise<void>;
}

export interface FlinkRun {
  readonly ms: number;
  readonly jobId: string;
}

export interface FlinkInput {
  /** Options of the table of the stream and of the side input, `'connector' = …`. */
  readonly source: string;
  readonly side: string;
}

export interface FlinkSettings {
  readonly gatewayUrl: string;
  readonly restUrl: string;
  readonly parallelism: number;
  readonly checkpointEveryMs: number | null;
}

const FOLDER = new URL('./flink/', import.meta.url);
const textOf = (name: string): string => readFileSync(fileURLToPath(new URL(`${name}.sql`, FOLDER)), 'utf8');
const withoutComments = (sql: string): string => sql.replace(/^--.*$/gm, '');
const statementsOf = (sql: string): string[] =>
  withoutComments(sql)
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Timers that keep the process: nothing else does while a job runs. */
const scheduler = {
  ...systemScheduler,
  after(delayMs: number, run: () => void): () => void {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

export async function openFlink(input: FlinkInput, settings: FlinkSettings): Promise<FlinkRunner> {
  const { gatewayUrl, restUrl, parallelism, checkpointEveryMs } = settings;
  const gateway = createGateway({ url: gatewayUrl, scheduler });
  const jobs = createFlinkJobs({ url: restUrl, scheduler, operationTimeoutMs: 3_600_000 });
  const session = await gateway.open({
    'execution.runtime-mode': 'streaming',
    'parallelism.default': String(parallelism),
    'table.local-time-zone': 'UTC',
    'state.backend.type': 'hashmap',
    ...(checkpointEveryMs === null ? {} : { 'execution.checkpointing.interval': `${checkpointEveryMs} ms` }),
  });
  const tables = textOf('tables')
    .replaceAll('{{source}}', () => input.source)
    .replaceAll('{{side}}', () => input.side);
  for (const statement of statementsOf(`${tables}\n${textOf('views')}`)) await session.run(statement);
  return {
    async run(query) {
      const select = statementsOf(textOf(query))[0]!;
      await sinkFor(session, query, select);
      const { jobId } = await session.run(`INSERT INTO out_${query} ${select}`);
      if (jobId === undefined) throw new Error(`${query} started no job`);
      const state = await jobs.ended(jobId);
      if (state !== 'FINISHED') throw new Error(`${query} is ${state}: ${(await jobs.exceptions(jobId))[0]?.message ?? ''}`);
      const detail = (await (await fetch(`${restUrl}/jobs/${jobId}`)).json()) as { 'start-time': number; 'end-time': number };
      return { ms: detail['end-time'] - detail['start-time'], jobId };
    },
    async answer(query) {
      const result = await session.run(statementsOf(textOf(query))[0]!, { rowsMax: 10_000_000 });
      const standing = new Map<string, { row: unknown[]; times: number }>();
      for (const { kind, values } of result.rows) {
        const id = JSON.stringify(values, (_, v) => (typeof v === 'bigint' ? String(v) : v));
        const known = standing.get(id) ?? { row: [...values], times: 0 };
        known.times += kind === 'INSERT' || kind === 'UPDATE_AFTER' ? 1 : -1;
        standing.set(id, known);
      }
      return [...standing.values()].flatMap(({ row, times }) => Array.from({ length: Math.max(0, times) }, () => row));
    },
    close: () => session.close(),
  };
}

/** A table without a place, with the columns of the query. */
async function sinkFor(session: GatewaySession, query: string, select: string): Promise<void> {
  await session.run(`CREATE TEMPORARY VIEW IF NOT EXISTS view_${query} AS ${select}`);
  const { rows } = await session.run(`DESCRIBE view_${query}`);
  const fields = rows
    .map(({ values }) => `\`${String(values[0])}\` ${String(values[1]).replace(/ (NOT NULL|\*ROWTIME\*|\*PROCTIME\*)/g, '')}`)
    .join(', ');
  await session.run(`CREATE TEMPORARY TABLE IF NOT EXISTS out_${query} (${fields}) WITH ('connector' = 'blackhole')`);
}
