import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type EngineOptions, type Query, type RunOptions } from '../../src/engine/index.ts';
import { changingQuery, windowsAbove } from './changing-queries.ts';
import { canonicalRows } from './compare-rows.ts';
import { type DataRow, dataRows, SCHEMA } from './dataset.ts';
import { openReference, type Reference } from './duckdb-reference.ts';
import { ORACLE_SEED, oracleRuns } from './oracle-run.ts';

const QUERIES_PER_DATASET = 12;
/** No row of the data sets is late under this delay. */
const NO_ROW_LATE_MS = 1_000_000;
const TIMEOUT = 600_000;

interface Data {
  readonly t: readonly DataRow[];
  readonly u: readonly DataRow[];
  readonly v: readonly DataRow[];
}
const data = fc.record({ t: dataRows(14), u: dataRows(14), v: dataRows(6) });
const settings = (runs: number) => ({ numRuns: oracleRuns(runs), seed: ORACLE_SEED });
const tables = (d: Data): NonNullable<EngineOptions['tables']> => ({ v: { rows: d.v, schema: { ...SCHEMA, kind: 'table' } } });

const engineOver = (d: Data, watermarkDelayMs: number, options: EngineOptions = {}) => {
  const source = { schema: SCHEMA, watermarkDelayMs };
  return createEngine({ ...options, sources: { t: { ...source, rows: d.t }, u: { ...source, rows: d.u } }, tables: tables(d) });
};

const tableOf = async (d: Data, sql: string, codegen: boolean): Promise<unknown[][]> => {
  const table = await engineOver(d, NO_ROW_LATE_MS, { codegen }).run(sql).table();
  return table.map((row) => Object.values(row));
};

/** All rows that EMIT FINAL gives: each of them stays. */
const finalRowsOf = async (d: Data, sql: string, codegen: boolean): Promise<unknown[][]> =>
  (await engineOver(d, NO_ROW_LATE_MS, { codegen }).run(sql).rows()).map((row) => Object.values(row));

/** Everything a query tells, and how many rows were late. */
async function told(query: Query): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const { op, row, window } of query.changes()) all.push([op, Object.values(row), window]);
  return all;
}

let reference: Reference;
beforeAll(async () => {
  reference = await openReference();
});
afterAll(() => reference.close());

describe('answers above rows that change', () => {
  test('equal those of DuckDB, as final rows and as the last change per key', { timeout: TIMEOUT }, async () => {
    const queries = fc.array(changingQuery, { minLength: QUERIES_PER_DATASET, maxLength: QUERIES_PER_DATASET });
    await fc.assert(
      fc.asyncProperty(data, queries, async (d, list) => {
        for (const name of ['t', 'u', 'v'] as const) await reference.load(name, d[name]);
        for (const [i, { shape, ours, changes, theirs }] of list.entries()) {
          const expected = canonicalRows(await reference.query(theirs));
          const said = (sql: string): string => `${shape}\nours:   ${sql}\ntheirs: ${theirs}`;
          expect(canonicalRows(await finalRowsOf(d, ours, i % 3 !== 0)), said(ours)).toEqual(expected);
          if (changes !== null) expect(canonicalRows(await tableOf(d, changes, i % 3 !== 0)), said(changes)).toEqual(expected);
        }
      }),
      { ...settings(40), endOnFailure: process.env['ORACLE_SHRINK'] === undefined },
    );
  });

  test('windows by event time hold each row that stands once', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(data, windowsAbove, fc.boolean(), async (d, { rows, sql }, codegen) => {
        const once = sql.replace(/WINDOW SLIDING\([^)]*\) EMIT (\w+)$/, 'WINDOW TUMBLING(INTERVAL 9 SECONDS) EMIT $1');
        const counted = (await tableOf(d, once, codegen)).reduce((sum, [, count]) => sum + Number(count), 0);
        expect(counted, once).toBe((await tableOf(d, rows, codegen)).length);
      }),
      settings(120),
    );
  });

  const anyQuery = fc.oneof(
    changingQuery.map(({ ours, changes }) => changes ?? ours),
    windowsAbove.map(({ sql }) => sql),
  );
  const delay = fc.constantFrom(0, 3000, 20_000, NO_ROW_LATE_MS);

  test('do not depend on the cut into batches, nor on code generation', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, data, delay, async (sql, d, ms) => {
        const run = async (options: RunOptions, engine: EngineOptions): Promise<unknown[]> => {
          const query = engineOver(d, ms, engine).run(sql, options);
          return [...(await told(query)), query.metrics().rowsLate];
        };
        const whole = await run({}, {});
        for (const batchRows of [1, 2, 7]) expect(await run({ batchRows }, {}), `batches of ${batchRows}: ${sql}`).toEqual(whole);
        expect(await run({}, { codegen: false }), `interpreted: ${sql}`).toEqual(whole);
      }),
      settings(120),
    );
  });

  test('go on after a checkpoint between any two records as if there had been none', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, data, delay, fc.nat(28), fc.boolean(), async (sql, d, watermarkDelayMs, at, codegen) => {
        const source = { schema: SCHEMA, watermarkDelayMs };
        const open = () => createEngine({ codegen, sources: { t: source, u: source }, tables: tables(d) });
        const rows = d.t.flatMap((row, i) => [['t', row] as const, ...(d.u[i] ? [['u', d.u[i]] as const] : [])]);
        const cut = Math.min(at, rows.length);
        const whole = open();
        const expected = whole.run(sql);
        for (const [name, row] of rows) whole.push(name, row);
        whole.end();
        const before = open();
        const first = before.run(sql);
        for (const [name, row] of rows.slice(0, cut)) before.push(name, row);
        const from = await first.checkpoint();
        await before.close();
        const after = open();
        const second = after.run(sql, { from });
        for (const [name, row] of rows.slice(cut)) after.push(name, row);
        after.end();
        expect(await told(second), `restored after ${cut} records: ${sql}`).toEqual(await told(expected));
      }),
      settings(150),
    );
  });
});
