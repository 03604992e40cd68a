import type { DataSchema } from '../../src/protocol/studio/testing.ts';
import { generateData } from '../../src/testing/data.ts';

const range = { min: 1, max: 1000 };

/** Every kind of field and distribution, times included. */
const SCHEMAS: readonly DataSchema[] = [
  { name: 'parents', fields: [{ name: 'id', type: 'integer', constraints: { sequence: {} } }] },
  {
    name: 'rows',
    relationships: [{ field: 'parent', references: 'parents.id', strategy: 'zipf' }],
    anomalies: [{ name: 'spike', field: 'normal', kind: 'spike', rate: 0.05 }],
    fields: [
      { name: 'parent', type: 'integer' },
      { name: 'uid', type: 'uuid' },
      { name: 'word', type: 'string', nullable: true },
      { name: 'code', type: 'string', constraints: { pattern: '[A-Z]{2}-\\d{1,4}(x|yz)?' } },
      { name: 'normal', type: 'float', constraints: { range, distribution: { name: 'normal' } } },
      { name: 'lognormal', type: 'float', constraints: { range, distribution: { name: 'log_normal' } } },
      { name: 'lognormal2', type: 'decimal', scale: 4, constraints: { range, distribution: { name: 'log_normal', mean: 3, std_dev: 1 } } },
      { name: 'zipf', type: 'integer', constraints: { range, distribution: { name: 'zipf', exponent: 1.3 } } },
      { name: 'exponential', type: 'float', constraints: { range, distribution: { name: 'exponential' } } },
      { name: 'walk', type: 'decimal', scale: 2, constraints: { range, distribution: { name: 'random_walk', group_by: 'parent' } } },
      { name: 'season', type: 'float', constraints: { range, season: { period_ms: 600_000, amplitude: 50, slope_per_hour: 3 } } },
      { name: 'flag', type: 'boolean', constraints: { probability: 0.3 } },
      { name: 'day', type: 'date' },
      { name: 'derived', type: 'decimal', scale: 3, constraints: { derived: { expression: 'walk * 1.5 + random(0, 1)' } } },
      { name: 'ts', type: 'timestamp' },
    ],
  },
];

/** FNV-1a over the JSON of generated rows: one bit of one value changes it. */
export function digestOfRows(): number {
  const made = generateData(SCHEMAS, {
    records: { parents: 50, rows: 5000 },
    seed: 20_240_101,
    timeSimulation: {
      rows: {
        start_time: '-2h',
        jitter_ms: 40,
        late: { rate: 0.05, max_ms: 5000 },
        disorder: { rate: 0.1 },
        burst: { every: 100, factor: 5, length: 20 },
      },
    },
  });
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(made)) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
