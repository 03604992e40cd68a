import type { DashboardPanel } from '@velostream/core/protocol/deploy';
import { expect, test } from 'vitest';
import { panelData } from './panel-data.ts';

const panel: DashboardPanel = {
  id: 1,
  title: 'Volatility',
  type: 'timeseries',
  metric: 'volatility',
  position: { x: 0, y: 0, w: 12, h: 8 },
};
const metric = { name: 'volatility', field: 'volatility', labels: [] };
const query: Parameters<typeof panelData>[2] = {
  columns: [
    { name: 'window_end', type: 'INTEGER', windowBound: true },
    { name: 'volatility', type: 'FLOAT' },
  ],
  rows: [{ window_end: 60_000, volatility: 0.021 }],
};

test('a share of one is drawn in per cent, as its unit says', () => {
  expect(panelData({ ...panel, unit: 'percentunit' }, metric, query).rows).toEqual([{ window_end: 60_000, volatility: 2.1 }]);
});

test('values of other units stay as they are', () => {
  expect(panelData({ ...panel, unit: 'percent' }, metric, query).rows).toBe(query.rows);
});
