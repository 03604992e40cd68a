import type { Artifact, Row } from '@velostream/core/protocol';
import { actions, artifactOf, SAMPLE_TIME } from './envelope.ts';
import { SAMPLE_SQL } from './sample-sql.ts';

const SYMBOLS = ['AAPL', 'MSFT', 'NVDA', 'AMZN'];
const EXPORT = actions(['export', 'Export']);

/** Repeatable numbers: a linear congruence is enough for a picture. */
export function sampleNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Windows of a minute per symbol. */
export function sampleWindows(count: number, symbols: readonly string[] = SYMBOLS): Row[] {
  const next = sampleNumbers(7);
  const level = new Map(symbols.map((symbol, i) => [symbol, 40_000 + 18_000 * i]));
  const price = new Map(symbols.map((symbol, i) => [symbol, 180 + 2 * i]));
  return Array.from({ length: count }, (_, i) =>
    symbols.map((symbol) => {
      const volume = Math.max(1_000, (level.get(symbol) ?? 0) + (next() - 0.5) * 16_000);
      level.set(symbol, volume);
      const mean = (price.get(symbol) ?? 0) + (next() - 0.5) * 1.6;
      price.set(symbol, mean);
      return {
        symbol,
        volume: Math.round(volume),
        avg_price: mean.toFixed(2),
        window_end: SAMPLE_TIME - (count - i) * 60_000,
      };
    }),
  ).flat();
}

export const WINDOW_COLUMNS = [
  { name: 'symbol', type: 'STRING' },
  { name: 'volume', type: 'INTEGER' },
  { name: 'avg_price', type: 'DECIMAL(18,2)' },
  { name: 'window_end', type: 'TIMESTAMP' },
];

const rows = sampleWindows(40);

export const queryResults = artifactOf('query-results', {
  title: 'Volume by symbol, five minutes',
  actions: EXPORT,
  data: {
    sql: SAMPLE_SQL,
    columns: WINDOW_COLUMNS,
    rows,
    rowCount: rows.length,
    chart: {
      kind: 'line',
      x: 'window_end',
      y: ['volume'],
      series: 'symbol',
      score: 0.8,
      reason: 'volume over window_end, one line per symbol',
    },
    elapsedMs: 84,
  },
});

export const queryResultsBar: Artifact = artifactOf('query-results', {
  title: 'Orders by country',
  actions: EXPORT,
  data: {
    sql: 'SELECT country, COUNT(*) AS orders FROM orders GROUP BY country;',
    columns: [
      { name: 'country', type: 'STRING' },
      { name: 'orders', type: 'INTEGER' },
    ],
    rows: ['DE', 'FR', 'US', 'GB', 'IN', 'BR', 'JP', 'NG', 'MX', 'IT'].map((country, i) => ({ country, orders: 9_800 - i * i * 90 })),
    rowCount: 10,
    chart: { kind: 'bar', x: 'country', y: ['orders'], score: 0.8, reason: 'orders by country' },
  },
});

export const queryResultsGauge: Artifact = artifactOf('query-results', {
  title: 'Mean latency',
  actions: EXPORT,
  data: {
    sql: 'SELECT AVG(latency_ms) AS latency_ms FROM requests;',
    columns: [{ name: 'latency_ms', type: 'FLOAT' }],
    rows: [{ latency_ms: 182.4 }, { latency_ms: 174.9 }, { latency_ms: 191.2 }],
    rowCount: 3,
    chart: { kind: 'gauge', y: ['latency_ms'], score: 0.8, reason: 'one aggregate without groups: latency_ms' },
  },
});

export const queryResultsEmpty: Artifact = artifactOf('query-results', {
  title: 'Trades above a million',
  state: 'empty',
  actions: EXPORT,
  data: {
    sql: 'SELECT * FROM trades WHERE price > 1e6;',
    columns: WINDOW_COLUMNS,
    rows: [],
    rowCount: 0,
    silence: {
      silent: true,
      reasons: [
        {
          reason: 'filtered',
          text: '412,000 rows read, all filtered by price > 1e6; the highest price seen is 978.20',
          count: 412_000,
        },
      ],
    },
  },
});

export const queryResultsMasked: Artifact = artifactOf('query-results', {
  title: 'Latest sign-ups',
  actions: EXPORT,
  data: {
    sql: 'SELECT id, email, country FROM users;',
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'email', type: 'STRING', tags: ['pii'] },
      { name: 'country', type: 'STRING' },
    ],
    rows: Array.from({ length: 12 }, (_, i) => ({ id: i + 1, email: '••••', country: ['DE', 'FR', null][i % 3] ?? null })),
    rowCount: 12,
    chart: { kind: 'table', y: [], score: 0.8, reason: 'no number to draw' },
  },
});

/** A hundred thousand rows; made when asked for. */
export function queryResultsHuge(): Artifact {
  const hugeRows = sampleWindows(25_000);
  const chart = { kind: 'table', y: [], score: 1, reason: 'asked for' } as const;
  return artifactOf('query-results', {
    title: 'A hundred thousand rows',
    actions: EXPORT,
    data: { ...queryResults.data, rows: hugeRows, rowCount: hugeRows.length, chart },
  });
}
