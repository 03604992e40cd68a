import { describe, expect, it } from 'vitest';
import { checkProperties } from './check-properties.ts';

const WINDOWED =
  "SELECT symbol, COUNT(*) AS n, SUM(price) AS s FROM trades GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) EMIT FINAL";
const one = async (sql: string, options: Parameters<typeof checkProperties>[1]) =>
  (await checkProperties(sql, { seed: 3, records: 80, ...options }))[0]!;

describe('properties', () => {
  it('hold for a windowed count', async () => {
    const results = await checkProperties(WINDOWED, { seed: 3, records: 80 });
    expect(results.map((r) => [r.property, r.passed])).toEqual([
      ['shuffle', true],
      ['partitions', true],
      ['restore', true],
      ['batches', true],
    ]);
  });

  it('hold for a distinct list whose rows come twice, but not for a count', async () => {
    expect((await one('SELECT DISTINCT symbol FROM trades', { properties: ['duplicate'] })).passed).toBe(true);
    const count = await one(WINDOWED, { properties: ['duplicate'] });
    expect(count.passed).toBe(false);
    expect(count.counterexample!['trades']).toHaveLength(1);
    expect(count.message).toContain('seed 3, 1 rows are enough');
  });

  it('find what depends on the order of arrival, in two or three rows', async () => {
    const first = await one('SELECT symbol, FIRST(price) AS p FROM trades GROUP BY symbol EMIT FINAL', { properties: ['shuffle'] });
    expect(first.passed).toBe(false);
    expect(first.counterexample!['trades']!.length).toBeLessThanOrEqual(3);
  });

  it('find rows that a late one loses, with lateness beyond the watermark', async () => {
    const late = await one(WINDOWED, { properties: ['shuffle'], latenessMs: 300_000, records: 200 });
    expect(late.passed).toBe(false);
  });

  it('give the same counterexample for a seed', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => one(WINDOWED, { properties: ['duplicate'] })));
    expect(b).toEqual(a);
  });
});
