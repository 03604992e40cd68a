import type { Benchmark } from '../interleave.ts';
import { tradeBatches, tradeRows } from '../trades.ts';
import { loadDuckdbTrades } from './columns.ts';
import { D2MINI_ROWS, d2mini } from './d2mini.ts';
import { runDuckdb } from './duckdb.ts';
import { drainBatches } from './ours.ts';

export async function topN(rows: number): Promise<Benchmark[]> {
  const size = Math.min(rows, 4_000_000);
  const batches = tradeBatches(size);
  await loadDuckdbTrades(size);
  const few = tradeRows(Math.min(size, D2MINI_ROWS));
  return [
    {
      name: 'top 100 at the end, columns in memory',
      inputRows: size,
      rounds: 5,
      contenders: [
        { name: 'velostream', run: () => drainBatches('SELECT symbol, price FROM trades ORDER BY price DESC LIMIT 100', batches, 1) },
        { name: 'duckdb', run: () => runDuckdb('SELECT symbol, price FROM trades ORDER BY price DESC LIMIT 100', [1]) },
      ],
    },
    {
      name: 'continuous top 10, columns in memory',
      inputRows: size,
      rounds: 5,
      targets: { d2mini: 10 },
      reducedRows: { d2mini: few.length },
      contenders: [
        {
          name: 'velostream',
          run: () => drainBatches('SELECT symbol, price FROM trades ORDER BY price DESC LIMIT 10 EMIT CHANGES', batches, 1),
        },
        { name: 'd2mini', run: () => d2mini.topK(few, 10) },
      ],
    },
  ];
}
