import type { Benchmark } from '../interleave.ts';
import { tradeBatches, tradeRows } from '../trades.ts';
import { D2MINI_ROWS, d2mini } from './d2mini.ts';
import { drainBatches } from './ours.ts';

const SQL = `SELECT symbol, SUM(price * quantity) AS total, AVG(price) AS mean, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '5' MINUTE) EMIT CHANGES`;

/** Every input row gives its group's new row; `per-batch` gives one per touched group of a batch. */
export async function emitChanges(rows: number): Promise<Benchmark[]> {
  const size = Math.min(rows, 4_000_000);
  const batches = tradeBatches(size);
  const few = tradeRows(Math.min(size, D2MINI_ROWS));
  const rival = { name: 'd2mini', run: () => d2mini.groupBy(few) };
  const bench = (changes: 'per-record' | 'per-batch'): Benchmark => ({
    name: `EMIT CHANGES ${changes}, columns in memory`,
    inputRows: size,
    rounds: 5,
    targets: { d2mini: 10 },
    reducedRows: { d2mini: few.length },
    contenders: [{ name: 'velostream', run: () => drainBatches(SQL, batches, 1, { changes }) }, rival],
  });
  return [bench('per-record'), bench('per-batch')];
}
