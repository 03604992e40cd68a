import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGateway, type GatewaySession, type ResultRow } from '../../src/deploy/flink/client/gateway.ts';
import { createFlinkJobs } from '../../src/deploy/flink/client/jobs.ts';
import { systemScheduler } from '../../src/engine/default-ports.ts';
import type { FlinkScript } from '../../src/sql/flink/index.ts';

/** Runs Nexmark queries on a Flink cluster. */
export interface FlinkRunner {
  /** To the end of the input, into a sink that drops its rows. `ms`: from the start of the job to its end, without its submission. */
  run(query: string): Promise<FlinkRun>;
  /** The rows that stand at the end. */
  answer(query: string): Promise<unknown[][]>;
  /** The same of a script that was printed for Flink, whose last statement is the question. */
  answerOf(script: FlinkScript): Promise<unknown[][]>;
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
  /** Default: `hashmap`. */
  readonly stateBackend?: 'hashmap' | 'rocksdb';
}

const FOLDER = new URL('./flink/', import.meta.url);
const textOf = (name: string): string => readFileSync(fileURLToPath(new URL(`${name}.sql`, FOLDER)), 'utf8');
const withoutComments = (sql: string): string => sql.replace(/^--.*$/gm, '');
const statementsOf = (sql: string): string[] =>
  withoutComments(sql)
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Flink has no frames of rows over rows that change while a stream runs; at rest it does. */
export const BATCH_ONLY: ReadonlySet<string> = new Set(['q6']);

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
  const tables = textOf('tables')
    .replaceAll('{{source}}', () => input.source)
    .replaceAll('{{side}}', () => input.side);
  const open = async (mode: 'streaming' | 'batch'): Promise<GatewaySession> => {
    const made = await gateway.open({
      'execution.runtime-mode': mode,
      'parallelism.default': String(parallelism),
      'table.local-time-zone': 'UTC',
      ...(mode === 'batch' ? {} : { 'state.backend.type': settings.stateBackend ?? 'hashmap' }),
      ...(mode === 'batch' || checkpointEveryMs === null ? {} : { 'execution.checkpointing.interval': `${checkpointEveryMs} ms` }),
    });
    for (const statement of statementsOf(`${tables}\n${textOf('views')}`)) await made.run(statement);
    return made;
  };
  const session = await open('streaming');
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
      if (query === 'q12') return untilAllCounted(session, query);
      if (!BATCH_ONLY.has(query)) return standingRows(session, query);
      const atRest = await open('batch');
      try {
        return await standingRows(atRest, query);
      } finally {
        await atRest.close();
      }
    },
    async answerOf({ statements }) {
      const printed = await gateway.open({ 'parallelism.default': '1', 'table.local-time-zone': 'UTC' });
      try {
        for (const { kind, sql } of statements) {
          if (kind === 'select') return folded((await printed.run(sql, { rowsMax: ROWS_MAX })).rows, undefined);
          await printed.run(sql);
        }
        throw new Error('the script has no question');
      } finally {
        await printed.close();
      }
    },
    close: () => session.close(),
  };
}

/** The tables of the two engines over one file. */
export const fileInput = (path: string, sidePath: string): FlinkInput => ({
  source: `'connector' = 'filesystem', 'path' = 'file://${path}', 'format' = 'json', 'json.ignore-parse-errors' = 'false'`,
  side: sideInput(sidePath),
});

export const sideInput = (path: string): string => `'connector' = 'filesystem', 'path' = 'file://${path}', 'format' = 'csv'`;

const ROWS_MAX = 10_000_000;
/** Flink up to 2.2 tells the first place in an order of two columns as a row that replaces the one before (FLINK-39966). */
const KEYS: Readonly<Record<string, number>> = { q9: 0 };
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

async function standingRows(session: GatewaySession, query: string): Promise<unknown[][]> {
  return folded((await session.run(statementsOf(textOf(query))[0]!, { rowsMax: ROWS_MAX })).rows, KEYS[query]);
}

/** What is left of changes; with a key, a row takes the place of the one before. */
function folded(rows: readonly ResultRow[], key: number | undefined): unknown[][] {
  const standing = new Map<string, { row: unknown[]; times: number }>();
  for (const { kind, values } of rows) {
    const id = JSON.stringify(key === undefined ? values : values[key], plain);
    const known = standing.get(id) ?? { row: [], times: 0 };
    const isThere = kind === 'INSERT' || kind === 'UPDATE_AFTER';
    const times = key === undefined ? known.times + (isThere ? 1 : -1) : isThere ? 1 : 0;
    standing.set(id, { row: [...values], times });
  }
  return [...standing.values()].flatMap(({ row, times }) => Array.from({ length: Math.max(0, times) }, () => row));
}

const CLOCK_TIMEOUT_MS = 120_000;

/**
 * Windows of the clock that are open when the input ends give no rows on Flink. So the folder of the file is watched without an end, and rows
 * are read until they count all bids.
 */
async function untilAllCounted(session: GatewaySession, query: string): Promise<unknown[][]> {
  const { rows: counted } = await session.run('SELECT COUNT(*) AS n FROM bid');
  const all = Number(counted.at(-1)?.values[0] ?? 0);
  await session.run(
    `CREATE TEMPORARY VIEW IF NOT EXISTS bid_watched AS
    SELECT bidder, PROCTIME() AS clock FROM nexmark /*+ OPTIONS('source.monitor-interval' = '1 s') */ WHERE event_type = 2`,
  );
  const select = statementsOf(textOf(query))[0]!.replace('TABLE bid,', 'TABLE bid_watched,');
  const operation = await session.execute(select, { signal: AbortSignal.timeout(CLOCK_TIMEOUT_MS) });
  const rows: unknown[][] = [];
  let seen = 0;
  for await (const page of operation.pages()) {
    for (const { values } of page) {
      rows.push([...values]);
      seen += Number(values[1]);
    }
    if (seen >= all) break;
  }
  return rows;
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
