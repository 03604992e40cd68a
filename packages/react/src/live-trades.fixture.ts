import { createEngine, type Engine } from '@velostream/core/engine';
import type { Query } from '@velostream/core/protocol';
import { SAMPLE_TIME } from './testing/samples/envelope.ts';
import { sampleNumbers } from './testing/samples/sample-results.ts';

const SYMBOLS = ['AAPL', 'MSFT', 'NVDA', 'AMZN'];
const TICK_MS = 50;

export interface LiveTrades {
  readonly query: Query;
  stop(): Promise<void>;
}

/** A real engine fed with made-up trades, `rowsPerSecond` of them, in a page. */
export function liveTrades(sql: string, rowsPerSecond: number): LiveTrades {
  const engine: Engine = createEngine({
    sources: {
      trades: {
        schema: {
          columns: [
            { name: 'symbol', type: 'STRING' },
            { name: 'price', type: 'FLOAT' },
            { name: 'quantity', type: 'INTEGER' },
            { name: 'event_time', type: 'TIMESTAMP' },
          ],
          eventTime: 'event_time',
        },
      },
    },
  });
  const query = engine.run(sql);
  const next = sampleNumbers(11);
  let at = SAMPLE_TIME;
  const rowsPerTick = Math.max(1, Math.round((rowsPerSecond * TICK_MS) / 1_000));
  const timer = setInterval(() => {
    const rows = Array.from({ length: rowsPerTick }, (_, i) => {
      at += TICK_MS / rowsPerTick;
      return {
        symbol: SYMBOLS[i % SYMBOLS.length] as string,
        price: 180 + 8 * Math.sin(at / 9_000 + i) + next(),
        quantity: Math.round(next() * 400) + 1,
        event_time: Math.round(at),
      };
    });
    engine.push('trades', rows);
  }, TICK_MS);
  return {
    query,
    async stop() {
      clearInterval(timer);
      await engine.close();
    },
  };
}
