import { expect, test } from 'vitest';
import { inferChart, inferChartKind } from './infer-chart.ts';

const column = (name: string, type: string, isGroupKey = false) => ({ name, type, isGroupKey });
const ask = (columns: ReturnType<typeof column>[], aggregations: string[], hasWindow = false) => ({
  columns,
  aggregations,
  hasWindow,
  hasGroupBy: columns.some((c) => c.isGroupKey),
});

test('a time column and a window make a line, one per label', () => {
  const q = ask([column('symbol', 'STRING', true), column('window_end', 'TIMESTAMP', true), column('mean', 'FLOAT')], ['AVG'], true);
  expect(inferChart(q)).toMatchObject({ kind: 'line', x: 'window_end', y: ['mean'], series: 'symbol' });
});
test('one aggregate without groups is a gauge', () => {
  expect(inferChart(ask([column('n', 'INTEGER')], ['COUNT']))).toMatchObject({ kind: 'gauge', y: ['n'] });
});
test('counts and sums by a text key are bars', () => {
  const q = ask([column('symbol', 'STRING', true), column('volume', 'INTEGER')], ['SUM'], true);
  expect(inferChart(q)).toMatchObject({ kind: 'bar', x: 'symbol', y: ['volume'] });
});
test('any exact number falls back to bars, anything else to a table', () => {
  expect(inferChartKind(ask([column('a', 'STRING'), column('b', 'DECIMAL(10,2)')], []))).toBe('bar');
  expect(inferChartKind(ask([column('a', 'STRING'), column('b', 'FLOAT')], []))).toBe('table');
});
test('an annotation wins over inference', () => {
  const q = ask([column('symbol', 'STRING', true), column('volume', 'INTEGER')], ['SUM']);
  expect(inferChart(q, { type: 'pie', title: 'Shares' })).toMatchObject({ kind: 'pie', title: 'Shares', x: 'symbol', y: ['volume'] });
});
