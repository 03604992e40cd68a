import { dirname } from 'node:path';
import { files } from '@velostream/connectors/files';
import { createEngine } from '../../src/engine/index.ts';
import type { Benchmark } from '../interleave.ts';
import { DISORDER_MS, TRADES_SCHEMA, tradesFile } from '../trades.ts';
import { runDuckdb } from './duckdb.ts';
import { answerOf, TUMBLING } from './ours.ts';

const GROUP = `SELECT symbol, ts // 300000 AS w, sum(price * quantity), avg(price), stddev_samp(price), count(*)`;
const SUMMED = ['total', 'mean', 'deviation', 'n'];

const ours = (path: string, workers?: number) => ({
  name: 'velostream',
  async run() {
    const engine = createEngine({
      ...(workers === undefined ? {} : { workers }),
      connectors: [files({ roots: [dirname(path)] })],
      sources: { trades: { uri: `file://${path}`, schema: TRADES_SCHEMA, watermarkDelayMs: DISORDER_MS } },
    });
    return answerOf(await engine.run(TUMBLING).rows(), SUMMED);
  },
});

const CSV_COLUMNS = `{trade_id:'BIGINT',symbol:'VARCHAR',price:'DOUBLE',quantity:'INTEGER',ts:'BIGINT',side:'VARCHAR',venue:'VARCHAR'}`;
const readCsv = (path: string): string => `read_csv('${path}', header=true, auto_detect=false, delim=',', columns=${CSV_COLUMNS})`;
const readJsonl = (path: string): string =>
  `read_json('${path}', format='newline_delimited', columns={symbol:'VARCHAR',price:'DOUBLE',quantity:'INTEGER',ts:'BIGINT'})`;
const duck = (from: string, threads = 1) => ({
  name: 'duckdb',
  run: () => runDuckdb(`${GROUP} FROM ${from} GROUP BY ALL`, [2, 3, 4, 5], threads),
});

export async function csvFile(rows: number): Promise<Benchmark[]> {
  const path = tradesFile('csv', rows);
  return [
    {
      name: 'CSV file: tumbling GROUP BY, SUM AVG STDDEV COUNT',
      inputRows: rows,
      rounds: 5,
      targets: { duckdb: 3 },
      contenders: [ours(path), duck(readCsv(path))],
    },
  ];
}

export async function jsonlFile(rows: number): Promise<Benchmark[]> {
  const path = tradesFile('jsonl', rows);
  return [
    {
      name: 'JSONL file: tumbling GROUP BY, SUM AVG STDDEV COUNT',
      inputRows: rows,
      rounds: 3,
      targets: { duckdb: 1.8 },
      contenders: [ours(path), duck(readJsonl(path))],
    },
  ];
}

/** The same queries on two threads, ours and theirs; ours beside one worker too, which says how the work scales. */
export async function twoWorkers(rows: number): Promise<Benchmark[]> {
  const [csv, jsonl] = [tradesFile('csv', rows), tradesFile('jsonl', rows)];
  const of = (path: string, read: string): Benchmark['contenders'] => [
    ours(path, 2),
    { ...ours(path, 1), name: 'one worker' },
    { ...duck(read, 2), name: 'duckdb, 2 threads' },
  ];
  const targets = { 'one worker': 1.7 };
  return [
    { name: 'CSV file on 2 workers: tumbling GROUP BY', inputRows: rows, rounds: 5, targets, contenders: of(csv, readCsv(csv)) },
    { name: 'JSONL file on 2 workers: tumbling GROUP BY', inputRows: rows, rounds: 3, targets, contenders: of(jsonl, readJsonl(jsonl)) },
  ];
}
