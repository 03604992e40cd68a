import type { ValidationReport } from '@velostream/core/protocol/studio';
import { describe, expect, test } from 'vitest';
import { queryTitle, sourceTitle } from './query-title.ts';

const report = (columns: readonly string[], groupBy: readonly string[], sources: readonly string[]): ValidationReport => ({
  valid: true,
  diagnostics: [],
  outline: { type: 'select', sources, groupBy },
  columns: columns.map((name) => ({ name, type: 'FLOAT' })),
  metrics: [],
  alerts: [],
});

describe('the title of a query', () => {
  test('is the question where there is one', () => {
    expect(queryTitle('  volume by  symbol ', report([], [], ['trades']))).toBe('Volume by symbol');
  });

  test('is what pasted SQL computes, without the bounds of its window', () => {
    expect(queryTitle(undefined, report(['region', 'window_start', 'orders', 'revenue'], ['region', 'window_start'], ['orders']))).toBe(
      'Orders and revenue per region',
    );
    expect(queryTitle(undefined, report(['symbol', 'price'], [], ['trades']))).toBe('Rows of trades');
  });

  test.each([
    ['I want to track trading volume by symbol', 'Trading volume by symbol'],
    ["I'd like to see the vwap per symbol, please", 'VWAP per symbol, please'],
    ['Can you show me the average avg_price?', 'Average average price'],
    ['what is the p95 latency per endpoint?', 'P95 latency per endpoint'],
    ['alert me when volume exceeds 1M', 'Alert when volume exceeds 1M'],
    ['how many trades every 5 min?', 'How many trades every 5 min?'],
    ['show me trades of "my_desk"', 'Trades of "my_desk"'],
    ['track', 'Track'],
  ])('names the thing, not how it was asked: %s', (prompt, title) => {
    expect(queryTitle(prompt, undefined)).toBe(title);
  });

  test.each([
    ['avg_price', 'Average price per symbol'],
    ['vwap', 'VWAP per symbol'],
    ['p95_latency_ms', 'P95 latency in ms per symbol'],
    ['maxPrice', 'Highest price per symbol'],
    ['amount_usd', 'Amount in USD per symbol'],
    ['trade-count', 'Trade-count per symbol'],
    ['größe', 'Größe per symbol'],
  ])('spells the column %s as a person would', (column, title) => {
    expect(queryTitle(undefined, report(['symbol', column], ['symbol'], ['trades']))).toBe(title);
  });

  test.each([
    ['postgres://127.0.0.1:39999/shop?table=orders', 'orders'],
    ['kafka://broker:9092/trade-alerts', 'trade-alerts'],
    ['file:///data/2026/stocks.csv', 'stocks'],
    ['s3://bucket/events/*.parquet', '*'],
    ['kafka://broker:9092', 'kafka'],
    ['trades', 'trades'],
  ])('names %s by what people call it', (source, name) => {
    expect(sourceTitle(source)).toBe(name);
    expect(queryTitle(undefined, report(['a'], [], [source]))).toBe(`Rows of ${name}`);
  });
});
