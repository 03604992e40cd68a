import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';

/** mulberry32 */
function random(seed: number): (below: number) => number {
  let s = seed | 0;
  return (below) => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const FILTERS = [
  'n > 0',
  "k <> 'k1'",
  'n > 0 OR f < 50',
  '100 / n > 2',
  'n IS NULL',
  "k IN ('k1', 'k2') AND f > 20",
  'n * f > 10',
  'f > 1000',
  "k LIKE 'k%'",
];
const WINDOWS = ['', "WINDOW TUMBLING(INTERVAL '2' SECOND)", "WINDOW SLIDING(INTERVAL '4' SECOND, INTERVAL '1' SECOND)"];
const KEYS = ['k', 'k', "k || '!'", 'n / 10', 'n * 100000000000000000'];
const AGGREGATES = ['SUM(n) AS s', 'AVG(f) AS a', 'MIN(n) AS lo', 'COUNT(DISTINCT n) AS d', 'FIRST(n) AS fi', 'COUNT(*) AS c'];

describe('a filter beneath an aggregation', () => {
  test.each(Array.from({ length: 60 }, (_, i) => i + 1))('counts and drops the same rows in any loop, seed %i', async (seed) => {
    const pick = random(seed);
    const disorderMs = [1, 200, 3000][seed % 3] as number;
    const rows = Array.from({ length: 300 }, (_, i) => ({
      k: pick(9) === 0 ? null : `k${pick(6)}`,
      n: pick(7) === 0 ? null : pick(200) - 100,
      f: pick(1000) / 8,
      ts: 1e12 + i * 50 - pick(disorderMs),
    }));
    const window = WINDOWS[pick(WINDOWS.length)] as string;
    const key = KEYS[pick(KEYS.length)] as string;
    const items = [
      `${key} AS key`,
      ...(window === '' ? [] : ['_window_start AS w']),
      ...AGGREGATES.filter(() => pick(2) === 0),
      'COUNT(n) AS z',
    ];
    const sql = `SELECT ${items.join(', ')} FROM t WHERE ${FILTERS[pick(FILTERS.length)]} GROUP BY ${key} ${window} EMIT FINAL`;
    const run = async (codegen: boolean, batchRows: number) => {
      const query = createEngine({ codegen, sources: { t: { rows, eventTime: 'ts', watermarkDelayMs: 100 } } }).run(sql, { batchRows });
      const result = await query.rows();
      const { rowsFiltered, rowsLate, rowErrors, warnings, operators } = query.metrics();
      const counts = operators.map((o) => [o.operator, o.rowsIn, o.rowsOut, o.rowsFiltered, o.rowErrors]);
      return { result, rowsFiltered, rowsLate, rowErrors, warnings, counts };
    };
    const wanted = await run(false, 4096);
    for (const batchRows of [4096, 7, 1]) expect(await run(true, batchRows), sql).toEqual(wanted);
  });

  test('a key that cannot be calculated for a dropped row is no error', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ n: i, ts: 1e12 + i }));
    const sql = 'SELECT n * 1000000000000000000 AS key, COUNT(*) AS c FROM t WHERE n < 2 GROUP BY n * 1000000000000000000 EMIT FINAL';
    for (const batchRows of [4096, 3]) {
      const query = createEngine({ sources: { t: { rows, eventTime: 'ts' } } }).run(sql, { batchRows });
      expect((await query.rows()).map((row) => row['c'])).toEqual([1, 1]);
      expect(query.metrics().rowErrors).toBe(0);
    }
  });
});
