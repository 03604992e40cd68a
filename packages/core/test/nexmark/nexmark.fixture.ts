import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { eventMaker, type NexmarkEvent, STREAM, type StreamOptions } from '../../bench/nexmark/generator/events.ts';
import { NEXMARK_SCHEMA } from '../../bench/nexmark/generator/schema.ts';
import { SIDE_INPUT_SCHEMA, sideInput } from '../../bench/nexmark/generator/side-input.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/engine/index.ts';
import { ORACLE_VIEWS } from './oracle.ts';

const FOLDER = new URL('../../bench/nexmark/queries/', import.meta.url);
const textOf = (name: string): string => readFileSync(fileURLToPath(new URL(`${name}.sql`, FOLDER)), 'utf8');

/** A query as a user has it: the three views, and the question. */
export const queryText = (name: string): string => `${textOf('views')}\n${textOf(name)}`;

export const QUERIES = Array.from({ length: 23 }, (_, i) => `q${i}`);

/** Event time passes faster than in a benchmark, so that a few thousand events fill several windows and sessions end. */
export const stream = (seed: number): StreamOptions => ({ ...STREAM, seed, eventsPerSecond: 100 });

export function events(count: number, options: StreamOptions): NexmarkEvent[] {
  const make = eventMaker(options);
  return Array.from({ length: count }, (_, n) => make(n));
}

/** An engine over rows that are given, or, without any, over rows that are pushed. */
export function engineOver(rows: readonly NexmarkEvent[] | undefined, options: EngineOptions & { delayMs?: number } = {}): Engine {
  const { delayMs = 0, ...rest } = options;
  const source = { schema: NEXMARK_SCHEMA, watermarkDelayMs: delayMs, ...(rows === undefined ? {} : { rows }) };
  return createEngine({
    clock: { now: () => 1_700_000_000_000 },
    ...rest,
    sources: { nexmark: source },
    tables: { side_input: { rows: sideInput, schema: SIDE_INPUT_SCHEMA } },
  });
}

const SQL_TYPES: Readonly<Record<string, string>> = { STRING: 'VARCHAR', INTEGER: 'BIGINT', TIMESTAMP: 'BIGINT' };

export interface Oracle {
  load(rows: readonly NexmarkEvent[]): Promise<void>;
  query(sql: string): Promise<unknown[][]>;
  close(): void;
}

/** DuckDB over the same rows, with the number of each row in `n`. */
export async function openOracle(): Promise<Oracle> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('CREATE TABLE side_input (key BIGINT, value VARCHAR)');
  await connection.run(`INSERT INTO side_input VALUES ${sideInput.map(({ key, value }) => `(${key}, '${value}')`).join(', ')}`);
  const { columns } = NEXMARK_SCHEMA;
  return {
    async load(rows) {
      const folder = mkdtempSync(join(tmpdir(), 'nexmark-'));
      const file = join(folder, 'rows.jsonl');
      writeFileSync(file, rows.map((row, n) => JSON.stringify({ n, ...row })).join('\n'));
      const types = ['n: BIGINT', ...columns.map((c) => `${c.name}: ${SQL_TYPES[c.type]}`)].map((each) =>
        each.replace(/: (\w+)/, ": '$1'"),
      );
      const read = `read_json('${file}', format = 'newline_delimited', columns = {${types.join(', ')}})`;
      await connection.run(`CREATE OR REPLACE TABLE nexmark AS SELECT * FROM ${read}`);
      rmSync(folder, { recursive: true });
      await connection.run(ORACLE_VIEWS);
    },
    async query(sql) {
      return (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][];
    },
    close: () => connection.closeSync(),
  };
}
