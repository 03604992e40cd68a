import { describe, expect, it } from 'vitest';
import { stressQuery } from './stress.ts';

describe('stress', () => {
  it('counts records, bytes, time and memory', async () => {
    const result = await stressQuery('SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol EMIT FINAL', {
      recordsPerSource: 2500,
      batchRecords: 1000,
      memory: () => 100,
      seed: 1,
    });
    expect(result).toMatchObject({
      totalRecords: 2500,
      errors: 0,
      errorRate: 0,
      sources: { trades: { records: 2500 } },
      memory: { startBytes: 100, growthBytes: 0 },
    });
    expect(result.recordsPerSecond).toBeGreaterThan(0);
    expect(result.latency.p99).toBeGreaterThanOrEqual(result.latency.p50);
  });

  it('stops when the time is over', async () => {
    const result = await stressQuery('SELECT a FROM t WHERE a > 1', { recordsPerSource: 1_000_000, durationMs: 0 });
    expect(result.totalRecords).toBe(0);
  });
});
