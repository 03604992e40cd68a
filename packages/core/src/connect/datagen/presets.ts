import type { GeneratedColumn } from '../../values/generate/generator.ts';

const SYMBOLS = ['AAPL', 'AMZN', 'GOOG', 'META', 'MSFT', 'NFLX', 'NVDA', 'TSLA'];
const FIRST_PRICES = [187.5, 151.9, 139.6, 346.3, 370.9, 486.9, 495.2, 248.5];

/** Columns by preset name. */
export const PRESETS: ReadonlyMap<string, readonly GeneratedColumn[]> = new Map<string, readonly GeneratedColumn[]>([
  [
    'trades',
    [
      { name: 'trade_id', kind: 'sequence', start: 1 },
      { name: 'symbol', kind: 'choice', values: SYMBOLS, weights: [20, 12, 10, 10, 16, 5, 15, 12] },
      { name: 'price', kind: 'walk', start: FIRST_PRICES, step: 0.25, min: 1, digits: 2, by: 'symbol' },
      { name: 'quantity', kind: 'integer', min: 1, max: 500 },
      { name: 'side', kind: 'choice', values: ['buy', 'sell'] },
      { name: 'ts', kind: 'timestamp', stepMs: 100 },
    ],
  ],
  [
    'sensors',
    [
      { name: 'device', kind: 'choice', values: ['kitchen', 'cellar', 'attic', 'garage'] },
      { name: 'temperature', kind: 'walk', start: [21, 14, 24, 17], step: 0.3, min: -20, max: 60, digits: 1, by: 'device' },
      { name: 'humidity', kind: 'walk', start: [45, 70, 40, 55], step: 0.8, min: 0, max: 100, digits: 1, by: 'device', nulls: 0.02 },
      { name: 'ts', kind: 'timestamp', stepMs: 1000, late: 0.02, lateMs: 5000 },
    ],
  ],
  [
    'clicks',
    [
      { name: 'user_id', kind: 'integer', min: 1, max: 1000 },
      { name: 'page', kind: 'choice', values: ['/', '/pricing', '/docs', '/blog', '/signup'], weights: [40, 15, 25, 12, 8] },
      { name: 'country', kind: 'choice', values: ['DE', 'FR', 'GB', 'IN', 'JP', 'US'] },
      { name: 'duration_ms', kind: 'integer', min: 20, max: 90_000 },
      { name: 'ts', kind: 'timestamp', stepMs: 250, jitterMs: 200 },
    ],
  ],
]);
