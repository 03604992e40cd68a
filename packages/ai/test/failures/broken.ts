import { createStudio } from '@velostream/core';
import type { Row } from '@velostream/core/protocol';
import type { Assertion, TestReport } from '@velostream/core/protocol/explore';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { inferSchema } from '@velostream/core/testing';
import { MISTAKES } from './by-hand.ts';
import { type Seeded, templateQueries } from './seeded.ts';

const RUN = { records: 150, seed: 7 } as const;

/** A failing test with the rows that it was run on. */
export interface Broken extends Seeded {
  readonly inputs: Readonly<Record<string, readonly Row[]>>;
  /** The mistake is in what the test asks for, not in the query. */
  readonly isOfTest: boolean;
}

/** Limits that rows of the test reach, so that the right queries give some. */
const PARAMETERS = { velocity_limit: '1', spike_volume: '1', min_volatility: '0.002', vibration_limit: '50' };

/** What the right query gives on these rows: their number, their columns, how many different words there are, and the sum of every figure. */
function figuresOf(report: TestReport): Assertion[] {
  const { rows, columns, rowCount } = report.output;
  const names = columns.map((c) => c.name).filter((n) => !/window/i.test(n));
  const numbers = names.filter((c) => rows.some((r) => typeof r[c] === 'number'));
  const texts = names.filter((c) => rows.some((r) => typeof r[c] === 'string'));
  const sum = (c: string): number => rows.reduce((n, r) => n + Number(r[c] ?? 0), 0);
  return [
    { type: 'record_count', operator: 'equals', expected: rowCount },
    { type: 'schema_contains', fields: names },
    ...texts.map((c) => ({
      type: 'aggregate_check',
      expression: `COUNT(DISTINCT ${c})`,
      expected: new Set(rows.flatMap((r) => (r[c] === null ? [] : [r[c]]))).size,
    })),
    ...numbers.map((field) => {
      const expected = sum(field);
      return { type: 'aggregate_check', function: 'SUM', field, operator: 'equals', expected, tolerance: Math.abs(expected) * 1e-9 + 1e-9 };
    }),
  ] as Assertion[];
}

/** Failing tests made by hand of the queries of the templates, with the analysis that `session.test` gives with them. */
export async function brokenByHand(): Promise<{
  readonly failures: readonly Broken[];
  readonly session: Session;
  readonly studio: Studio;
}> {
  const studio = createStudio();
  const session = await studio.sessions.create({ name: 'mistakes' });
  const queries = await templateQueries(studio, session, PARAMETERS);
  const failures: Broken[] = [];
  for (const { query, mistake, wrote, asks } of MISTAKES) {
    const right = queries.get(query);
    if (right === undefined) throw new Error(`there is no query ${query}`);
    if (wrote && !right.includes(wrote[0])) throw new Error(`${query} has no ${wrote[0]}\n${right}`);
    const inputs = await rowsFor(session, right);
    const report = await session.test(right, { inputs, analyse: false });
    if (report.output.rowCount === 0) throw new Error(`${query} gives no rows`);
    const figures = figuresOf(report);
    const assertions = asks ? asks(figures) : figures;
    const sql = wrote ? right.replace(...(wrote as [string, string])) : right;
    const wrong = await session.test(sql, { inputs, assertions });
    failures.push({ name: query, mutation: mistake, sql, assertions, inputs, isOfTest: wrote === undefined, report: wrong });
  }
  return { failures, session, studio };
}

/** Rows for what a query reads, with the columns that it names and those that its source has besides. */
async function rowsFor(session: Session, sql: string): Promise<Record<string, readonly Row[]>> {
  const { schemas } = session.context;
  const named = Object.values(inferSchema(sql));
  const schema = named.map((own) => ({
    ...own,
    fields: [
      ...own.fields.map((f) => {
        const known = schemas[own.name]?.columns.find((c) => c.name === f.name)?.type;
        return known === 'STRING' && f.type !== 'string' ? { name: f.name, type: 'string' as const } : { ...f, nullable: false };
      }),
      ...(schemas[own.name]?.columns ?? [])
        .filter((c) => !own.fields.some((f) => f.name === c.name))
        .map((c) => ({ name: c.name, type: c.type.toLowerCase() as 'string' })),
    ],
  }));
  const { records } = await session.generateData({ schema, ...RUN });
  return Object.fromEntries(Object.entries(records).map(([name, rows]) => [name, repeated(rows)]));
}

/** Values that nearly every row has its own of come back, as keys do in real rows; a second time is later than the first by seconds. */
function repeated(rows: readonly Row[]): Row[] {
  const columns = Object.keys(rows[0] ?? {});
  const texts = columns.filter(
    (c) => typeof rows[0]?.[c] === 'string' && Number.isNaN(Number(rows[0][c])) && new Set(rows.map((r) => r[c])).size > rows.length / 4,
  );
  const times = columns.filter((c) => Number(rows[0]?.[c]) > 1e12).slice(1);
  // Rows that a person writes have numbers, not decimals as texts.
  const plain = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([c, v]) => [c, /^-?\d+\.\d+$/.test(String(v)) ? Number(v) : v]));
  return rows.map((row, i) => ({
    ...plain(row),
    ...Object.fromEntries(texts.map((c, k) => [c, `${c} ${(i * (2 * k + 3)) % (k + 5)}`])),
    ...Object.fromEntries(times.map((c) => [c, Number(row[c]) + ((i * 7919) % 90_000)])),
  }));
}

/** Whether the first offered fix makes the test pass when it is run again here. */
export async function firstFixHelps(session: Session, { sql, assertions, inputs, isOfTest, report }: Broken): Promise<boolean> {
  const fix = report.analysis?.fixes[0];
  // Where the query is wrong, a weaker test is no help.
  if (!fix || (fix.kind === 'assertion') !== isOfTest) return false;
  const again = await session.test(fix.sql ?? sql, { inputs, assertions: fix.assertions ?? assertions, analyse: false });
  return again.passed;
}
