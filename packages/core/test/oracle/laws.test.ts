import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngine, type EngineOptions, type Row, type RunOptions } from '../../src/engine/index.ts';
import { canonicalRows } from './compare-rows.ts';
import { type DataRow, dataRows, SCHEMA } from './dataset.ts';
import { expressions } from './expressions.ts';
import { ORACLE_SEED, oracleRuns } from './oracle-run.ts';
import { streamingQuery, windowed } from './streaming-query.ts';

interface Data {
  readonly t: readonly DataRow[];
  readonly u: readonly DataRow[];
  readonly v: readonly DataRow[];
}
const data = fc.record({ t: dataRows(40), u: dataRows(20), v: dataRows(8) });
const delay = fc.constantFrom(0, 3000, 20_000, 1_000_000);
const settings = (runs: number) => ({ numRuns: oracleRuns(runs), seed: ORACLE_SEED });
const values = (rows: readonly Row[]): unknown[][] => rows.map((row) => Object.values(row));
const TIMEOUT = 300_000;

const tables = (rows: readonly DataRow[]): NonNullable<EngineOptions['tables']> => ({ v: { rows, schema: { ...SCHEMA, kind: 'table' } } });

/** Over bounded arrays, merged by event time. */
async function run(
  sql: string,
  d: Data,
  watermarkDelayMs: number,
  options: RunOptions = {},
  engine: EngineOptions = {},
): Promise<unknown[][]> {
  const source = { schema: SCHEMA, watermarkDelayMs };
  const e = createEngine({ ...engine, sources: { t: { ...source, rows: d.t }, u: { ...source, rows: d.u } }, tables: tables(d.v) });
  return values(await e.run(sql, options).rows());
}

/** Rows of both streams in one order of arrival. */
const arrivals = (d: Data): { source: 't' | 'u'; row: DataRow }[] =>
  d.t.flatMap((row, i) => [{ source: 't' as const, row }, ...(d.u[i] ? [{ source: 'u' as const, row: d.u[i] }] : [])]);

const open = (d: Data, watermarkDelayMs: number, engine: EngineOptions = {}) =>
  createEngine({
    ...engine,
    sources: { t: { schema: SCHEMA, watermarkDelayMs }, u: { schema: SCHEMA, watermarkDelayMs } },
    tables: tables(d.v),
  });

describe('laws of streaming answers', () => {
  test('the cut of the input into batches never changes the output, and neither does code generation', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(streamingQuery, data, delay, async (sql, d, ms) => {
        const whole = await run(sql, d, ms);
        for (const batchRows of [1, 2, 7]) expect(await run(sql, d, ms, { batchRows }), `batches of ${batchRows}: ${sql}`).toEqual(whole);
        expect(await run(sql, d, ms, {}, { codegen: false }), `interpreted: ${sql}`).toEqual(whole);
      }),
      settings(250),
    );
  });

  test('a checkpoint and restore between any two records leaves the output as it was', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(streamingQuery, data, delay, fc.nat(60), async (sql, d, ms, at) => {
        const rows = arrivals(d);
        const cut = Math.min(at, rows.length);
        const whole = open(d, ms);
        const expected = whole.run(sql);
        for (const { source, row } of rows) whole.push(source, row);
        whole.end();
        const before = open(d, ms);
        const first = before.run(sql);
        for (const { source, row } of rows.slice(0, cut)) before.push(source, row);
        const checkpoint = await first.checkpoint();
        await before.close();
        const after = open(d, ms);
        const second = after.run(sql, { from: checkpoint });
        for (const { source, row } of rows.slice(cut)) after.push(source, row);
        after.end();
        expect(values(await second.rows()), `restored after ${cut} records: ${sql}`).toEqual(values(await expected.rows()));
      }),
      settings(300),
    );
  });

  test('any order of arrival within the watermark delay gives the same final windows', { timeout: TIMEOUT }, async () => {
    const final = windowed.map((sql) => sql.replace('EMIT CHANGES', 'EMIT FINAL').replace('STDDEV(b) AS spread, ', ''));
    await fc.assert(
      fc.asyncProperty(final, data, fc.infiniteStream(fc.nat()), async (sql, d, noise) => {
        const spread = Math.max(...d.t.map((r) => r.ts)) - Math.min(...d.t.map((r) => r.ts)) + 1;
        const shuffled = d.t
          .map((row) => ({ row, at: noise.next().value as number }))
          .sort((x, y) => x.at - y.at)
          .map((x) => x.row);
        expect(canonicalRows(await run(sql, { ...d, t: shuffled }, spread)), sql).toEqual(canonicalRows(await run(sql, d, spread)));
      }),
      settings(200),
    );
  });

  test('rows split by a predicate into true, false and unknown are all the rows', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(expressions(3).boolean, data, async ({ ours: p }, d) => {
        const all = canonicalRows(await run('SELECT k, a, d, ts FROM t', d, 0));
        const parts = await Promise.all(
          [p, `NOT ${p}`, `${p} IS NULL`].map((where) => run(`SELECT k, a, d, ts FROM t WHERE ${where}`, d, 0)),
        );
        expect(canonicalRows(parts.flat()), p).toEqual(all);
        const [[counted]] = (await run(`SELECT SUM(CASE WHEN ${p} THEN 1 ELSE 0 END) AS n FROM t EMIT FINAL`, d, 0)) as [[number]];
        expect(counted, `counted without WHERE: ${p}`).toBe(parts[0]?.length);
      }),
      settings(400),
    );
  });

  test('every row is emitted, filtered, late or an error', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(data, fc.constantFrom(0, 500, 5000), expressions(1).boolean, async (d, ms, { ours: p }) => {
        const engine = createEngine({ sources: { t: { rows: d.t, schema: SCHEMA, watermarkDelayMs: ms } } });
        const query = engine.run(`SELECT COUNT(*) AS n FROM t WHERE ${p} WINDOW TUMBLING(INTERVAL 5 SECONDS) EMIT FINAL`);
        const counted = (await query.rows()).reduce((sum, row) => sum + Number(row['n']), 0);
        const m = query.metrics();
        expect(m.rowsIn).toBe(d.t.length);
        expect(counted + m.rowsFiltered + m.rowsLate + m.rowErrors, p).toBe(d.t.length);
      }),
      settings(200),
    );
  });

  test('sums and products of decimals are exact to the last digit', { timeout: TIMEOUT }, async () => {
    const money = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(money, fc.integer({ min: -999, max: 999 }), async (unscaled, factor) => {
        const text = (v: bigint, scale: number): string => {
          const digits = (v < 0n ? -v : v).toString().padStart(scale + 1, '0');
          return `${v < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        };
        const rows = unscaled.map((v) => ({ d: text(v, 4) }));
        const schema = { columns: [{ name: 'd', type: 'DECIMAL(20,4)' }] };
        const f = `CAST(${(factor / 100).toFixed(2)} AS DECIMAL(5,2))`;
        const sql = `SELECT SUM(d) AS total, MIN(d) AS low, MAX(d) AS high, SUM(d * ${f}) AS scaled FROM t EMIT FINAL`;
        const [row] = await createEngine({ sources: { t: { rows, schema } } })
          .run(sql)
          .rows();
        const total = unscaled.reduce((a, b) => a + b, 0n);
        const order = [...unscaled].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect({ ...row }).toEqual({
          total: text(total, 4),
          low: text(order[0] as bigint, 4),
          high: text(order.at(-1) as bigint, 4),
          scaled: text(total * BigInt(factor), 6),
        });
      }),
      settings(200),
    );
  });
});
