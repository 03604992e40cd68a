import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Row } from '../../src/engine/index.ts';
import { canonicalRows } from './compare-rows.ts';
import { type DataRow, dataRows, SCHEMA } from './dataset.ts';
import { openReference, type Reference } from './duckdb-reference.ts';
import { ORACLE_SEED, oracleRuns } from './oracle-run.ts';
import { type OracleQuery, oracleQuery } from './queries.ts';

const QUERIES_PER_DATASET = 20;
/** No row of the data sets is late under this delay. */
const DELAY_MS = 1_000_000;

interface Data {
  readonly t: readonly DataRow[];
  readonly u: readonly DataRow[];
  readonly v: readonly DataRow[];
}

let reference: Reference;
beforeAll(async () => {
  reference = await openReference();
});
afterAll(() => reference.close());

const engineOver = (data: Data, codegen: boolean) =>
  createEngine({
    codegen,
    sources: {
      t: { rows: data.t, schema: SCHEMA, watermarkDelayMs: DELAY_MS },
      u: { rows: data.u, schema: SCHEMA, watermarkDelayMs: DELAY_MS },
    },
    tables: { v: { rows: data.v, schema: { ...SCHEMA, kind: 'table' } } },
  });

const values = (rows: readonly Row[]): unknown[][] => rows.map((row) => Object.values(row));

async function check(data: Data, query: OracleQuery, codegen: boolean): Promise<void> {
  const theirs = canonicalRows(await reference.query(query.theirs));
  const engine = engineOver(data, codegen);
  const said = `${query.shape}\nours:   ${query.ours}\ntheirs: ${query.theirs}`;
  const result = engine.run(query.ours);
  const ours = canonicalRows(values(await result.rows()));
  expect(ours, said).toEqual(theirs);
  expect(result.metrics().rowErrors, said).toBe(0);
  if (query.changes === null) return;
  const table = canonicalRows(values(await engineOver(data, codegen).run(query.changes).table()));
  expect(table, `${query.shape}, last change per key\nours:   ${query.changes}\ntheirs: ${query.theirs}`).toEqual(theirs);
}

describe('answers equal those of DuckDB', () => {
  test('for generated queries over generated rows, as final rows and as the last change per key', async () => {
    const data = fc.record({ t: dataRows(), u: dataRows(30), v: dataRows(12) });
    let queries = 0;
    await fc.assert(
      fc.asyncProperty(
        data,
        fc.array(oracleQuery, { minLength: QUERIES_PER_DATASET, maxLength: QUERIES_PER_DATASET }),
        async (rows, list) => {
          for (const name of ['t', 'u', 'v'] as const) await reference.load(name, rows[name]);
          for (const [i, query] of list.entries()) await check(rows, query, i % 3 !== 0);
          queries += list.length;
        },
      ),
      { numRuns: oracleRuns(110), seed: ORACLE_SEED, endOnFailure: process.env['ORACLE_SHRINK'] === undefined },
    );
    expect(queries).toBeGreaterThanOrEqual(2000 * Math.min(1, Number(process.env['ORACLE_RUNS'] ?? 1)));
  }, 600_000);
});
