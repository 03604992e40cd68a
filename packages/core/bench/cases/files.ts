import { dirname } from 'node:path';
import { files } from '@velostream/connectors/files';
import { createEngine } from '../../src/engine/index.ts';
import type { Benchmark } from '../interleave.ts';
import { DISORDER_MS, TRADES_SCHEMA, tradesFile } from '../trades.ts';
import { runDuckdb } from './duckdb.ts';
import { answerOf, TUMBLING } from './ours.ts';

const GROUP = `SELECT symbol, ts // 300000 AS w, sum(price * quantity), avg(price), stddev_samp(price), count(*)`;
const SUMMED = ['total', 'mean', 'deviation', 'n'];

const ours = (path: string) => ({
  name: 'velostream',
  async run() {
    const engine = createEngine({
      connectors: [files({ roots: [dirname(path)] })],
      sources: { trades: { uri: `file://${path}`, schema: TRADES_SCHEMA, watermarkDelayMs: DISORDER_MS } },
    });
    return answerOf(await engine.run(TUMBLING).rows(), SUMMED);
  },
});

export async function csvFile(rows: number): Promise<Benchmark[]> {
  const path = tradesFile('csv', rows);
  const columns = `{trade_id:'BIGINT',symbol:'VARCHAR',price:'DOUBLE',quantity:'INTEGER',ts:'BIGINT',side:'VARCHAR',venue:'VARCHAR'}`;
  const read = `read_csv('${path}', header=true, auto_detect=false, delim=',', columns=${columns})`;
  return [
    {
      name: 'CSV file: tumbling GROUP BY, SUM AVG STDDEV COUNT',
      inputRows: rows,
      rounds: 5,
      targets: { duckdb: 3 },
      contenders: [ours(path), { name: 'duckdb', run: () => runDuckdb(`${GROUP} FROM ${read} GROUP BY ALL`, [2, 3, 4, 5]) }],
    },
  ];
}

export async function jsonlFile(rows: number): Promise<Benchmark[]> {
  const path = tradesFile('jsonl', rows);
  const read = `read_json('${path}', format='newline_delimited', columns={symbol:'VARCHAR',price:'DOUBLE',quantity:'INTEGER',ts:'BIGINT'})`;
  return [
    {
      name: 'JSONL file: tumbling GROUP BY, SUM AVG STDDEV COUNT',
      inputRows: rows,
      rounds: 3,
      targets: { duckdb: 1.8 },
      contenders: [ours(path), { name: 'duckdb', run: () => runDuckdb(`${GROUP} FROM ${read} GROUP BY ALL`, [2, 3, 4, 5]) }],
    },
  ];
}
