import { table } from 'arquero';
import { createEngine } from '../../src/engine/index.ts';
import type { Answer, Benchmark } from '../interleave.ts';
import { BATCH_SCHEMA, DISORDER_MS, tradeBatches, tradeRows } from '../trades.ts';
import { loadDuckdbTrades } from './columns.ts';
import { D2MINI_ROWS, d2mini } from './d2mini.ts';
import { drainDuckdb, runDuckdb } from './duckdb.ts';
import { drainBatches, each } from './ours.ts';

const SQL = 'SELECT symbol, price * quantity AS notional FROM trades WHERE price > 500';
const SUM = 'SELECT COUNT(*) AS n, SUM(price * quantity) AS notional FROM trades WHERE price > 500';

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
      // Both hand all rows over to JavaScript as columns.
      name: 'filter + project, columns in memory to columns',
      inputRows: size,
      rounds: 5,
      reducedRows: { d2mini: few.length, arquero: million.length },
      contenders: [
        { name: 'velostream', run: () => drainBatches(SQL, batches, 1) },
        { name: 'duckdb', run: () => drainDuckdb('SELECT symbol, price * quantity FROM trades WHERE price > 500', 1) },
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
    {
      // Neither hands a row over: the sum is made where the rows are.
      name: 'filter + sum, columns in memory',
      inputRows: size,
      rounds: 5,
      contenders: [
        { name: 'velostream', run: () => sumOf(batches) },
        { name: 'duckdb', run: () => runDuckdb('SELECT symbol, price * quantity FROM trades WHERE price > 500', [1]) },
      ],
    },
  ];
}

async function sumOf(batches: ReturnType<typeof tradeBatches>): Promise<Answer> {
  const engine = createEngine({ sources: { trades: { rows: each(batches), schema: BATCH_SCHEMA, watermarkDelayMs: DISORDER_MS } } });
  const [row] = await engine.run(`${SUM} EMIT FINAL`).rows();
  return { rows: Number(row?.['n']), sum: Number(row?.['notional']) };
}
