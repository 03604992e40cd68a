import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/index.ts';
import { type FunctionInfo, listFunctions } from '../../src/sql/functions/all-functions.ts';

/** Every example of the function reference, through parser, binder, planner and runtime. */
const clock = { now: () => 1_700_000_000_000 };
const rng = { next: () => 0.5 };

const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
      ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]))
      : value;

function close(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number' && typeof actual === 'number') expect(actual).toBeCloseTo(expected, 12);
  else expect(plain(actual)).toEqual(expected);
}

/** Headers and message times belong to records of a connector; a query without FROM has none. */
const needsRecord = (f: FunctionInfo): boolean => f.category === 'header' || f.name === 'timestamp';

describe('scalar functions', () => {
  const cases = listFunctions()
    .filter((f) => f.kind === 'scalar' && !needsRecord(f))
    .flatMap((f) => f.examples);
  test.each(cases.map((example) => [example.sql, example.gives] as const))('%s', async (sql, gives) => {
    for (const codegen of [true, false]) {
      const [row] = await createEngine({ clock, rng, codegen }).run(`SELECT ${sql} AS v`).rows();
      close(row?.['v'], gives);
    }
  });
});

describe('aggregates', () => {
  const cases = listFunctions()
    .filter((f) => f.kind === 'aggregate')
    .flatMap((f) => f.examples)
    .filter((e) => (e.rows?.length ?? 0) > 0);
  test.each(cases.map((example) => [example.sql, example] as const))('%s', async (sql, { rows, gives }) => {
    for (const codegen of [true, false]) {
      const engine = createEngine({ codegen, sources: { t: (rows ?? []).map((row, at) => ({ at, ...row })) } });
      close((await engine.run(`SELECT ${sql} AS v FROM t WINDOW TUMBLING(at, INTERVAL '1' HOUR)`).rows()).at(-1)?.['v'], gives);
    }
  });
});

/** Those whose answer for a row does not change with the rows after it, so that a stream gives what the example says. */
const SETTLED = new Set(['lag', 'row_number', 'first_value', 'last_value', 'nth_value']);

describe('analytic functions', () => {
  const cases = listFunctions()
    .filter((f) => f.kind === 'analytic' && SETTLED.has(f.name))
    .flatMap((f) => f.examples);
  test.each(cases.map((example) => [example.sql, example] as const))('%s', async (sql, { rows, gives }) => {
    const engine = createEngine({ sources: { t: (rows ?? []).map((row, at) => ({ at, ...row })) } });
    const results = await engine.run(`SELECT ${sql} OVER (ORDER BY at) AS v FROM t`).rows();
    expect(results.map((row) => row['v'])).toEqual(gives);
  });
});
