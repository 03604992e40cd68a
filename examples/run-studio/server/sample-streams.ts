import type { HostSource } from '@velostream/core';

const SYMBOLS = ['AURA', 'BOLT', 'CINO', 'DELF', 'EKOS', 'FERN'];
const REGIONS = ['north', 'south', 'east', 'west'];
/** The market clock runs ten times as fast as the one on the wall: a minute window closes every six seconds. */
const START = '2026-01-05T09:30:00Z';

/** Trades and orders meet by this: an order comes again every few minutes of market time, so that joins find it. */
const ORDER_ID = { name: 'order_id', kind: 'integer', min: 10_001, max: 12_000 };

const TRADES = [
  { name: 'trade_id', kind: 'sequence', start: 1 },
  ORDER_ID,
  { name: 'symbol', kind: 'choice', values: SYMBOLS, weights: [24, 20, 18, 16, 12, 10] },
  { name: 'price', kind: 'walk', start: [104, 97, 101, 92, 108, 95], step: 0.35, min: 5, digits: 2, by: 'symbol' },
  { name: 'quantity', kind: 'integer', min: 1, max: 500 },
  { name: 'side', kind: 'choice', values: ['buy', 'sell'] },
  { name: 'event_time', kind: 'timestamp', start: START, stepMs: 200, jitterMs: 900, late: 0.004, lateMs: 30_000 },
];

const ORDERS = [
  ORDER_ID,
  { name: 'customer', kind: 'choice', values: ['Ann', 'Ben', 'Cleo', 'Dara', 'Eli', 'Fay', 'Gus', 'Hana'] },
  { name: 'region', kind: 'choice', values: REGIONS, weights: [40, 25, 20, 15] },
  { name: 'amount', kind: 'walk', start: [80, 45, 60, 120], step: 6, min: 2, max: 900, digits: 2, by: 'region' },
  { name: 'status', kind: 'choice', values: ['paid', 'paid', 'paid', 'refunded', 'pending'] },
  { name: 'order_time', kind: 'timestamp', start: START, stepMs: 1_000, jitterMs: 800 },
];

const SENSORS = [
  { name: 'device', kind: 'choice', values: ['kitchen', 'cellar', 'attic', 'garage'] },
  { name: 'temperature', kind: 'walk', start: [21, 14, 24, 17], step: 0.3, min: -20, max: 60, digits: 1, by: 'device' },
  { name: 'humidity', kind: 'walk', start: [45, 70, 40, 55], step: 0.8, min: 0, max: 100, digits: 1, by: 'device', nulls: 0.02 },
  { name: 'event_time', kind: 'timestamp', start: START, stepMs: 1_000, late: 0.02, lateMs: 5_000 },
];

const live = (
  columns: readonly { readonly name: string; readonly kind: string }[],
  perSecond: number,
  history: number,
  description: string,
  delayMs: number,
): HostSource => ({
  input: {
    uri: 'datagen:',
    options: { columns, rows_per_second: perSecond, history, seed: 7 },
    eventTime: columns.find(({ kind }) => kind === 'timestamp')?.name ?? 'event_time',
    watermarkDelayMs: delayMs,
  },
  description,
  uri: 'sample stream',
  kind: 'stream',
});

const COMPANIES = [
  { symbol: 'AURA', company: 'Aurora Solar', sector: 'Energy' },
  { symbol: 'BOLT', company: 'Bolt Motors', sector: 'Transport' },
  { symbol: 'CINO', company: 'Cinoa Foods', sector: 'Food' },
  { symbol: 'DELF', company: 'Delfin Shipping', sector: 'Transport' },
  { symbol: 'EKOS', company: 'Ekos Wind', sector: 'Energy' },
  { symbol: 'FERN', company: 'Fern Grocers', sector: 'Food' },
];

/** What a newcomer finds before anything is connected: three live streams and a table to join with. Seeded, so that every start looks alike. */
export const SAMPLE_SOURCES: Readonly<Record<string, HostSource>> = {
  trades: live(TRADES, 50, 3_000, 'Trades of six companies, 50 a second', 2_000),
  orders: live(ORDERS, 10, 600, 'Orders of a shop, 10 a second', 1_000),
  sensor_readings: live(SENSORS, 10, 600, 'Temperature and humidity in four rooms', 2_000),
  companies: {
    input: () => COMPANIES,
    description: 'Name and sector of the companies that are traded',
    uri: 'sample table',
    kind: 'table',
    schema: {
      kind: 'table',
      key: ['symbol'],
      columns: [
        { name: 'symbol', type: 'STRING', nullable: false },
        { name: 'company', type: 'STRING', nullable: false },
        { name: 'sector', type: 'STRING', nullable: false },
      ],
    },
  },
};
