import alasql from 'alasql';
import { createEngine } from '../../src/engine/index.ts';
import type { Benchmark } from '../interleave.ts';
import { BATCH_SCHEMA, DISORDER_MS, type TradeRow, tradeRows } from '../trades.ts';
import { answerOf, TUMBLING } from './ours.ts';

const compiler = alasql as unknown as { compile(sql: string): unknown };
const ALASQL = compiler.compile(
  'SELECT symbol, FLOOR(ts/300000) AS w, SUM(price*quantity) AS traded, AVG(price) AS mean, STDDEV(price) AS deviation, COUNT(*) AS n FROM ? GROUP BY symbol, FLOOR(ts/300000)',
) as (params: readonly unknown[]) => Record<string, number>[];

export const overRows = (rows: readonly TradeRow[]) =>
  createEngine({ sources: { trades: { rows, schema: BATCH_SCHEMA, watermarkDelayMs: DISORDER_MS } } });

/** Row objects in, as an application has them. */
export async function rowObjects(rows: number): Promise<Benchmark[]> {
  const data = tradeRows(Math.min(rows, 1_000_000));
  return [
    {
      name: 'row objects: tumbling GROUP BY, SUM AVG STDDEV COUNT',
      inputRows: data.length,
      rounds: 5,
      targets: { alasql: 2 },
      contenders: [
        { name: 'velostream', run: async () => answerOf(await overRows(data).run(TUMBLING).rows(), ['total', 'mean', 'n']) },
        { name: 'alasql', run: () => answerOf(ALASQL([data]), ['traded', 'mean', 'n']) },
      ],
    },
  ];
}
