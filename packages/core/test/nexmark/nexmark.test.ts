import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { delayOf } from '../../bench/nexmark/generator/events.ts';
import type { Row } from '../../src/engine/index.ts';
import { engineOver, events, type Oracle, openOracle, QUERIES, queryText, stream } from './nexmark.fixture.ts';
import { ORACLE } from './oracle.ts';

const EVENTS = 20_000;

/** Means are doubles of two engines; all else, times of 13 digits among it, is equal to the last digit. */
function cell(value: unknown): string {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) return String(value);
  if (typeof value === 'number') return value.toPrecision(12);
  if (typeof value === 'string' && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(value)) return cell(Number(value));
  return String(value);
}

const canonicalRows = (rows: readonly (readonly unknown[])[]): string[] => rows.map((row) => row.map(cell).join(' | ')).sort();

let oracle: Oracle;
beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle.close());

/** The clock stands still: all bids are in one window of it, whose bounds are no part of the answer. */
const comparable = (name: string, rows: readonly Row[]): unknown[][] =>
  rows.map((row) => (name === 'q12' ? [row['bidder'], row['bid_count']] : Object.values(row)));

describe.each([1, 2, 3])('Nexmark, %i', (seed) => {
  const rows = events(EVENTS, stream(seed));
  beforeAll(() => oracle.load(rows));

  test.each(QUERIES)('%s answers as DuckDB does over all rows', async (name) => {
    const query = engineOver(rows).run(queryText(name));
    const ours = canonicalRows(comparable(name, await query.table()));
    expect(query.metrics().rowErrors).toBe(0);
    expect(ours).toEqual(canonicalRows(await oracle.query(ORACLE[name] as string)));
    expect(ours.length).toBeGreaterThan(0);
  });
});

describe('Nexmark out of order', () => {
  const options = { ...stream(4), disorder: 40 };
  const rows = events(EVENTS, options);
  beforeAll(() => oracle.load(rows));

  test.each(QUERIES)('%s answers as DuckDB does, whatever order rows come in', async (name) => {
    const query = engineOver(rows, { delayMs: delayOf(options) }).run(queryText(name));
    const ours = canonicalRows(comparable(name, await query.table()));
    expect(query.metrics().rowsLate).toBe(0);
    expect(ours).toEqual(canonicalRows(await oracle.query(ORACLE[name] as string)));
  });
});
