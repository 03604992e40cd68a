import { datagen } from '../../src/connect/datagen/datagen.ts';
import type { TableSchema } from '../../src/protocol/table-schema.ts';
import { createStudio } from '../../src/studio/create-studio.ts';
import type { StudioOptions } from '../../src/studio/studio-options.ts';

const START = Date.UTC(2026, 0, 5, 9, 30);

/** Six trades over three minutes. */
export const TRADES = [
  { symbol: 'AAPL', price: 100, qty: 5, trader: 'ann@example.org', ts: START + 10_000 },
  { symbol: 'AAPL', price: 102, qty: 7, trader: 'bob@example.org', ts: START + 50_000 },
  { symbol: 'MSFT', price: 400, qty: 1, trader: 'ann@example.org', ts: START + 80_000 },
  { symbol: 'MSFT', price: 401, qty: 3, trader: 'cat@example.org', ts: START + 90_000 },
  { symbol: 'AAPL', price: 99, qty: 9, trader: 'bob@example.org', ts: START + 130_000 },
  { symbol: 'NVDA', price: 900, qty: 2, trader: 'ann@example.org', ts: START + 140_000 },
];

export const TRADES_SCHEMA: TableSchema = {
  eventTime: 'ts',
  columns: [
    { name: 'symbol', type: 'STRING' },
    { name: 'price', type: 'FLOAT' },
    { name: 'qty', type: 'INTEGER' },
    { name: 'trader', type: 'STRING', tags: ['pii'] },
    { name: 'ts', type: 'TIMESTAMP' },
  ],
};

/** A studio with a bounded stream of its own and generators. */
export const fixtureStudio = (options: StudioOptions = {}) =>
  createStudio({ connectors: [datagen()], sources: { trades: { input: () => TRADES, schema: TRADES_SCHEMA } }, ...options });
