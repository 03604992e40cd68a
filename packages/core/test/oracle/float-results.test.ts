import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/index.ts';
import type { Row } from '../../src/protocol/query.ts';

/** mulberry32 */
function random(seed: number): () => number {
  let s = seed | 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Trade {
  readonly k: string;
  readonly x: number;
  readonly y: number;
  readonly ts: number;
}

/** Values of very different size, so that the order of additions shows in the last bits. */
function trades(next: () => number): readonly Trade[] {
  return Array.from({ length: 600 }, (_, i) => ({
    k: `k${Math.floor(next() * 4)}`,
    x: (next() - 0.3) * 10 ** Math.floor(next() * 9 - 3),
    y: next() * 100,
    ts: i * 50,
  }));
}

const AGGREGATES = 'k, SUM(x) AS s, AVG(x) AS a, SUM(x * y) AS p, STDDEV(y) AS d, VARIANCE(y) AS v, CORR(x, y) AS c';
const QUERIES = [
  `SELECT ${AGGREGATES} FROM t GROUP BY k EMIT FINAL`,
  `SELECT ${AGGREGATES} FROM t GROUP BY k WINDOW TUMBLING(ts, INTERVAL '5' SECOND) EMIT FINAL`,
  `SELECT ${AGGREGATES} FROM t GROUP BY k WINDOW SLIDING(ts, INTERVAL '6' SECOND, INTERVAL '2' SECOND) EMIT FINAL`,
];
const SCHEMA = {
  columns: [
    { name: 'k', type: 'STRING' },
    { name: 'x', type: 'FLOAT' },
    { name: 'y', type: 'FLOAT' },
    { name: 'ts', type: 'INTEGER' },
  ],
  eventTime: 'ts',
};
const engineOver = (rows: readonly Trade[], delayMs = 0) =>
  createEngine({ sources: { t: { rows: [...rows], schema: SCHEMA, watermarkDelayMs: delayMs } } });

/** Bits of every FLOAT; NaN and the sign of zero count. */
const bits = (rows: readonly Row[]): unknown[] =>
  rows.map((row) =>
    Object.values(row).map((value) => (typeof value === 'number' ? new BigUint64Array(new Float64Array([value]).buffer)[0] : value)),
  );
const byKey = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (String(a['k']) < String(b['k']) ? -1 : 1));

describe.each(QUERIES)('%s', (sql) => {
  test.each([1, 2, 3])('gives the same bits for any chunks: seed %d', async (seed) => {
    const next = random(seed);
    const rows = trades(next);
    const wanted = bits(await engineOver(rows).run(sql).rows());
    expect(wanted.length).toBeGreaterThan(3);
    for (let round = 0; round < 6; round++) {
      const batchRows = 1 + Math.floor(next() * 200);
      expect(bits(await engineOver(rows).run(sql, { batchRows }).rows())).toEqual(wanted);
    }
  });
});

test.each([1, 2, 3])('a restore in the middle changes no bit: seed %d', async (seed) => {
  const next = random(seed * 17);
  const rows = trades(next);
  const sql = QUERIES[0] as string;
  const wanted = bits(await engineOver(rows).run(sql).rows());
  for (let round = 0; round < 4; round++) {
    const at = 1 + Math.floor(next() * (rows.length - 1));
    let reached: () => void = () => {};
    const half = new Promise<void>((resolve) => (reached = resolve));
    async function* feed(): AsyncGenerator<Trade[]> {
      yield rows.slice(0, at);
      reached();
      await new Promise(() => {});
    }
    const engine = createEngine({ sources: { t: { rows: feed(), schema: SCHEMA } } });
    const query = engine.run(sql);
    const result = query.rows().catch(() => []);
    await half;
    const checkpoint = await query.checkpoint();
    expect(query.metrics().rowsIn).toBe(at);
    await query.cancel();
    await result;
    expect(bits(await engineOver(rows).run(sql, { from: checkpoint }).rows())).toEqual(wanted);
  }
});

test.each([1, 2, 3, 4])('a permutation of the rows moves a FLOAT by no more than 1e-9 of it: seed %d', async (seed) => {
  const next = random(seed * 31);
  const rows = trades(next);
  const shuffled = rows
    .map((row) => [next(), row] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, row]) => row);
  const sql = QUERIES[0] as string;
  const [one, other] = [byKey(await engineOver(rows, 1e9).run(sql).rows()), byKey(await engineOver(shuffled, 1e9).run(sql).rows())];
  expect(other.map((row) => row['k'])).toEqual(one.map((row) => row['k']));
  const scale = (name: string): number =>
    name === 's' || name === 'p' ? rows.reduce((n, { x, y }) => n + Math.abs(name === 's' ? x : x * y), 0) : 0;
  for (const [i, row] of one.entries())
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'number') continue;
      // A sum of both signs may be far smaller than what was added: the bound is of what was added.
      const bound = 1e-9 * Math.max(Math.abs(value), scale(name) * 1e-3);
      expect(Math.abs((other[i]?.[name] as number) - value), name).toBeLessThanOrEqual(bound);
    }
});
