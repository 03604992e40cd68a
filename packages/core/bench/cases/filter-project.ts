import { table } from 'arquero';
import type { Benchmark } from '../interleave.ts';
import { tradeBatches, tradeRows } from '../trades.ts';
import { loadDuckdbTrades } from './columns.ts';
import { D2MINI_ROWS, d2mini } from './d2mini.ts';
import { runDuckdb } from './duckdb.ts';
import { drainBatches } from './ours.ts';

const SQL = 'SELECT symbol, price * quantity AS notional FROM trades WHERE price > 500';

export async function filterProject(rows: number): Promise<Benchmark[]> {
  const size = Math.min(rows, 4_000_000);
  const batches = tradeBatches(size);
  await loadDuckdbTrades(size);
  const few = tradeRows(Math.min(size, D2MINI_ROWS));
  const million = tradeRows(Math.min(size, 1_000_000));
  const trades = table({
    symbol: million.map((t) => t.symbol),
    price: Float64Array.from(million, (t) => t.price),
    quantity: Float64Array.from(million, (t) => t.quantity),
  });
  type T = { price: number; quantity: number };
  return [
    {
      name: 'filter + project, columns in memory',
      inputRows: size,
      rounds: 5,
      reducedRows: { d2mini: few.length, arquero: million.length },
      contenders: [
        { name: 'velostream', run: () => drainBatches(SQL, batches, 1) },
        { name: 'duckdb', run: () => runDuckdb('SELECT symbol, price * quantity FROM trades WHERE price > 500', [1]) },
        {
          name: 'arquero',
          run: () => ({
            rows: trades
              .filter((d: T) => d.price > 500)
              .derive({ notional: (d: T) => d.price * d.quantity })
              .select('symbol', 'notional')
              .reify()
              .numRows(),
            sum: 0,
          }),
        },
        { name: 'd2mini', run: () => d2mini.filterProject(few) },
      ],
    },
  ];
}
