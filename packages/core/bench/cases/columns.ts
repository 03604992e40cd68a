import { op, table } from 'arquero';
import type { Benchmark } from '../interleave.ts';
import { symbolName, tradeBatches, tradeGenerator } from '../trades.ts';
import { duckdb, runDuckdb } from './duckdb.ts';
import { runBatches, TUMBLING } from './ours.ts';

/** The same trades as a DuckDB table, made once. */
export async function loadDuckdbTrades(rows: number): Promise<void> {
  const connection = await duckdb();
  await connection.run('CREATE OR REPLACE TABLE trades (symbol VARCHAR, price DOUBLE, quantity BIGINT, ts BIGINT)');
  const appender = await connection.createAppender('trades');
  const next = tradeGenerator();
  for (let i = 0; i < rows; i++) {
    const t = next();
    appender.appendVarchar(symbolName(t.symbol));
    appender.appendDouble(t.price / 10_000);
    appender.appendBigInt(BigInt(t.quantity));
    appender.appendBigInt(BigInt(t.ts));
    appender.endRow();
  }
  appender.closeSync();
}

const ARQUERO_ROWS = 1_000_000;

function arqueroTrades(rows: number) {
  const next = tradeGenerator();
  const symbol: string[] = [];
  const price = new Float64Array(rows);
  const quantity = new Float64Array(rows);
  const ts = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const t = next();
    symbol.push(symbolName(t.symbol));
    price[i] = t.price / 10_000;
    quantity[i] = t.quantity;
    ts[i] = t.ts;
  }
  return table({ symbol, price, quantity, ts });
}

export async function columnsInMemory(rows: number): Promise<Benchmark[]> {
  const batches = tradeBatches(rows);
  await loadDuckdbTrades(rows);
  const trades = arqueroTrades(Math.min(rows, ARQUERO_ROWS));
  type T = { price: number; quantity: number; ts: number };
  return [
    {
      name: 'columns in memory: tumbling GROUP BY, SUM AVG STDDEV COUNT',
      inputRows: rows,
      rounds: 7,
      targets: { duckdb: 1.5 },
      reducedRows: { arquero: Math.min(rows, ARQUERO_ROWS) },
      contenders: [
        { name: 'velostream', run: () => runBatches(TUMBLING, batches, ['total', 'mean', 'deviation', 'n']) },
        {
          name: 'duckdb',
          run: () =>
            runDuckdb(
              'SELECT symbol, ts // 300000 AS w, sum(price * quantity), avg(price), stddev_samp(price), count(*) FROM trades GROUP BY ALL',
              [2, 3, 4, 5],
            ),
        },
        {
          name: 'arquero',
          run: () => {
            const result = trades
              .derive({ w: (d: T) => op.floor(d.ts / 300000) })
              .groupby('symbol', 'w')
              .rollup({
                total: (d: T) => op.sum(d.price * d.quantity),
                mean: (d: T) => op.mean(d.price),
                deviation: (d: T) => op.stdev(d.price),
                n: () => op.count(),
              });
            return { rows: result.numRows(), sum: 0 };
          },
        },
      ],
    },
  ];
}
