import type { Benchmark } from '../interleave.ts';
import { tradeBatches } from '../trades.ts';
import { loadDuckdbTrades } from './columns.ts';
import { runDuckdb } from './duckdb.ts';
import { runBatches } from './ours.ts';

const SLIDING = `SELECT symbol, _window_start AS w, SUM(price) AS total, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW SLIDING(INTERVAL '5' MINUTE, INTERVAL '1' MINUTE) EMIT FINAL`;
const SESSION = `SELECT symbol, _window_start AS w, SUM(price) AS total, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW SESSION(INTERVAL '2' SECOND) EMIT FINAL`;

const PREVIOUS = 'lag(ts) OVER (PARTITION BY symbol ORDER BY ts)';
const SESSIONS = `SELECT symbol, min(ts), sum(price), count(*) FROM (
  SELECT *, sum(fresh) OVER (PARTITION BY symbol ORDER BY ts ROWS UNBOUNDED PRECEDING) AS sid FROM (
    SELECT *, CASE WHEN ${PREVIOUS} IS NULL OR ts - ${PREVIOUS} > 2000 THEN 1 ELSE 0 END AS fresh FROM trades)) GROUP BY symbol, sid`;
const SLIDES = `SELECT symbol, ws, sum(price), count(*) FROM (
  SELECT symbol, price, unnest(generate_series((ts - 300000) // 60000 + 1, ts // 60000)) * 60000 AS ws FROM trades) GROUP BY symbol, ws`;

export async function windows(rows: number): Promise<Benchmark[]> {
  const size = Math.min(rows, 2_000_000);
  const batches = tradeBatches(size);
  await loadDuckdbTrades(size);
  return [
    {
      name: 'sliding 5 min / 1 min, columns in memory',
      inputRows: size,
      rounds: 5,
      contenders: [
        { name: 'velostream', run: () => runBatches(SLIDING, batches, ['total', 'n']) },
        { name: 'duckdb', run: () => runDuckdb(SLIDES, [2, 3]) },
      ],
    },
    {
      name: 'session, gap 2 s, columns in memory',
      inputRows: size,
      rounds: 3,
      contenders: [
        { name: 'velostream', run: () => runBatches(SESSION, batches, ['total', 'n']) },
        { name: 'duckdb', run: () => runDuckdb(SESSIONS, [2, 3]) },
      ],
    },
  ];
}
