import { createEngine } from '../../src/engine/index.ts';
import type { Benchmark } from '../interleave.ts';
import { BATCH_SCHEMA, DISORDER_MS, SYMBOLS, symbolName, tradeBatches, tradeRows } from '../trades.ts';
import { loadDuckdbTrades } from './columns.ts';
import { D2MINI_ROWS, d2mini } from './d2mini.ts';
import { duckdb, runDuckdb } from './duckdb.ts';
import { drain, each } from './ours.ts';

const sectors = Array.from({ length: SYMBOLS }, (_, s) => ({ symbol: symbolName(s), sector: `sector ${s % 20}`, lot: s % 7 }));
const SECTOR_SCHEMA = {
  kind: 'table',
  key: ['symbol'],
  columns: [
    { name: 'symbol', type: 'STRING' },
    { name: 'sector', type: 'STRING' },
    { name: 'lot', type: 'INTEGER' },
  ],
} as const;
const TABLE_JOIN = 'SELECT t.symbol, t.price, s.sector, s.lot FROM trades t JOIN sectors s ON t.symbol = s.symbol';
/** Orders and fills: the even and the odd trades. */
const INTERVAL_JOIN =
  'SELECT l.symbol, l.price, r.price AS other FROM orders l JOIN fills r ON l.symbol = r.symbol WITHIN INTERVAL 100 MILLISECONDS';

export async function joins(rows: number): Promise<Benchmark[]> {
  const size = Math.min(rows, 2_000_000);
  const batches = tradeBatches(size);
  await loadDuckdbTrades(size);
  await (await duckdb()).run(
    `CREATE OR REPLACE TABLE sectors AS SELECT * FROM (VALUES ${sectors.map((s) => `('${s.symbol}', '${s.sector}', ${s.lot})`).join(', ')}) AS s(symbol, sector, lot)`,
  );
  const few = tradeRows(Math.min(size, D2MINI_ROWS));
  const pairs = tradeRows(Math.min(size, 400_000));
  const orders = pairs.filter((_, i) => i % 2 === 0);
  const fills = pairs.filter((_, i) => i % 2 === 1);
  await loadPairs(orders, 'orders');
  await loadPairs(fills, 'fills');
  return [
    {
      name: 'stream-table join, columns in memory',
      inputRows: size,
      rounds: 5,
      targets: { d2mini: 10 },
      reducedRows: { d2mini: few.length },
      contenders: [
        {
          name: 'velostream',
          run: () => {
            const engine = createEngine({
              sources: { trades: { rows: each(batches), schema: BATCH_SCHEMA, watermarkDelayMs: DISORDER_MS } },
              tables: { sectors: { rows: sectors, schema: SECTOR_SCHEMA } },
            });
            return drain(engine.run(TABLE_JOIN).batches(), 3);
          },
        },
        {
          name: 'duckdb',
          run: () => runDuckdb('SELECT t.symbol, t.price, s.sector, s.lot FROM trades t JOIN sectors s ON t.symbol = s.symbol', [3]),
        },
        { name: 'd2mini', run: () => d2mini.join(few, sectors) },
      ],
    },
    {
      name: 'interval join within 100 ms, row objects',
      inputRows: pairs.length,
      rounds: 3,
      contenders: [
        {
          name: 'velostream',
          run: () => {
            const source = { schema: BATCH_SCHEMA, watermarkDelayMs: DISORDER_MS };
            const engine = createEngine({ sources: { orders: { ...source, rows: orders }, fills: { ...source, rows: fills } } });
            return drain(engine.run(INTERVAL_JOIN).batches(), 2);
          },
        },
        {
          name: 'duckdb',
          run: () =>
            runDuckdb(
              'SELECT l.symbol, l.price, r.price FROM orders l JOIN fills r ON l.symbol = r.symbol AND r.ts BETWEEN l.ts - 100 AND l.ts + 100',
              [2],
            ),
        },
      ],
    },
  ];
}

async function loadPairs(rows: readonly { symbol: string; price: number; ts: number }[], table: string): Promise<void> {
  const connection = await duckdb();
  await connection.run(`CREATE OR REPLACE TABLE ${table} (symbol VARCHAR, price DOUBLE, ts BIGINT)`);
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    appender.appendVarchar(row.symbol);
    appender.appendDouble(row.price);
    appender.appendBigInt(BigInt(row.ts));
    appender.endRow();
  }
  appender.closeSync();
}
