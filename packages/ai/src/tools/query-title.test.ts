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
