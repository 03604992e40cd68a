import { createStudio } from '@velostream/core';
import type { TableSchema } from '@velostream/core/protocol';
import type { Assertion, TestReport } from '@velostream/core/protocol/explore';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { DEVELOPMENT_SETS } from '../../src/eval/all-sets.ts';
import { createToolRegistry, type ToolRegistry } from '../../src/tools/registry.ts';

export interface Seeded {
  readonly name: string;
  readonly mutation: string;
  readonly sql: string;
  readonly assertions: readonly Assertion[];
  readonly report: TestReport;
}

export const RUN = { records: 300, seed: 7 } as const;

/** Mistakes that change figures, and are found only where the test says which figures are right. */
const FIGURES = new Set([
  'the sum is an average',
  'the average is a sum',
  'rows count where values were meant',
  'a key is missing from the groups',
]);

/**
 * One mistake that people make, made in a query; nothing where the query has no place for it. A condition that is left out is not among
 * them: neither the query, nor the rows, nor the test tell what it was.
 */
const MUTATIONS: Readonly<Record<string, (sql: string) => string | undefined>> = {
  'a letter of a column is lost': (sql) => {
    const column = /\b(?:SUM|AVG|MAX|MIN)\(([a-z_]{5,})\)/i.exec(sql)?.[1];
    return column && replaced(sql, new RegExp(`\\(${column}\\)`), `(${column.slice(0, 2)}${column.slice(3)})`);
  },
  'a letter of a key is lost': (sql) => {
    const key = /GROUP BY ([a-z]{4,}_?[a-z]*)\b/i.exec(sql)?.[1];
    return key && sql.replaceAll(new RegExp(`\\b${key}\\b`, 'g'), `${key.slice(0, 2)}${key.slice(3)}`);
  },
  'two letters of a column are swapped': (sql) => {
    const column = /\b(?:SUM|AVG|MAX|MIN)\(([a-z_]{5,})\)/i.exec(sql)?.[1];
    return column && replaced(sql, new RegExp(`\\(${column}\\)`), `(${column.slice(0, 2)}${column[3]}${column[2]}${column.slice(4)})`);
  },
  'the source has another name': (sql) => replaced(sql, /FROM `?([\w-]+)`?/, (_m, name: string) => `FROM \`${name.replace(/.$/, '')}\``),
  'a comparison is turned round': (sql) =>
    replaced(sql, /(WHERE [^=<>]*?)(>=?)( *\d)/, (_m, a: string, _op: string, b: string) => `${a}<${b}`),
  'a threshold is out of reach': (sql) =>
    replaced(sql, /(WHERE .*?>=? *)(\d+(?:\.\d+)?)/s, (_m, a: string, n: string) => `${a}${Number(n) * 100_000 + 1e7}`),
  'HAVING lets nothing through': (sql) =>
    replaced(sql, /(HAVING .*?>=? *)(\d+(?:\.\d+)?)/s, (_m, a: string, n: string) => `${a}${Number(n) * 100_000 + 1e7}`),
  'a value is written in other letters': (sql) => replaced(sql, /= '([a-z]\w+)'/, (_m, v: string) => `= '${v.toUpperCase()}'`),
  'a value has a typing error': (sql) => replaced(sql, /= '([a-z]{4,})'/, (_m, v: string) => `= '${v.slice(0, -1)}'`),
  'the sum is an average': (sql) => replaced(sql, /\bSUM\((\w+)\)/, 'AVG($1)'),
  'the average is a sum': (sql) => replaced(sql, /\bAVG\((\w+)\)/, 'SUM($1)'),
  'rows count where values were meant': (sql) => replaced(sql, /\bCOUNT\(DISTINCT (\w+)\)/, 'COUNT(*)'),
  'a key is missing from the groups': (sql) => replaced(sql, /GROUP BY (\w+), \w+/, 'GROUP BY $1'),
};

function replaced(sql: string, pattern: RegExp, by: string | ((...parts: string[]) => string)): string | undefined {
  const out = typeof by === 'string' ? sql.replace(pattern, by) : sql.replace(pattern, by as never);
  return out === sql ? undefined : out;
}

const assertion = (a: object): Assertion => a as Assertion;

/** What the right query gives on these rows; its sums only where figures are in question. */
function assertionsOf(report: TestReport, withFigures: boolean): Assertion[] {
  const rows = report.output.rows;
  const columns = report.output.columns.map((c) => c.name).filter((n) => !/window/i.test(n));
  const full = columns.filter((c) => rows.every((r) => r[c] !== null && r[c] !== undefined));
  const number = columns.findLast((c) => rows.every((r) => typeof r[c] === 'number') && new Set(rows.map((r) => r[c])).size > 1);
  const sum = number === undefined ? 0 : rows.reduce((n, r) => n + Number(r[number]), 0);
  return [
    assertion({ type: 'record_count', operator: 'greater_than', expected: 0 }),
    assertion({ type: 'schema_contains', fields: columns }),
    ...(full.length > 0 ? [assertion({ type: 'no_nulls', fields: full })] : []),
    ...(number === undefined || !withFigures
      ? []
      : [assertion({ type: 'aggregate_check', function: 'SUM', field: number, operator: 'equals', expected: sum, tolerance: 1e-6 })]),
  ];
}

async function mutantsIn(session: Session, registry: ToolRegistry, name: string, sql: string): Promise<Seeded[]> {
  const right = await session.test(sql, { ...RUN, analyse: false }).catch(() => undefined);
  if (!right || right.status === 'error' || right.output.rowCount === 0 || right.output.rowCount > 900) return [];
  const out: Seeded[] = [];
  for (const [mutation, mutate] of Object.entries(MUTATIONS)) {
    const wrong = mutate(sql);
    if (wrong === undefined) continue;
    const assertions = assertionsOf(right, FIGURES.has(mutation));
    if (!(await session.test(sql, { ...RUN, assertions, analyse: false })).passed) continue;
    const result = await registry.call('test_query', { sql: wrong, ...RUN, assertions }, { session });
    const report = result.artifact?.kind === 'test-results' && 'report' in result.artifact.data ? result.artifact.data.report : undefined;
    if (!report) continue;
    if (!report.passed) out.push({ name, mutation, sql: wrong, assertions, report });
  }
  return out;
}

/** The queries of the templates with their parameters filled in, by `template/query`; what they read is declared in the session. */
export async function templateQueries(
  studio: Studio,
  session: Session,
  own: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { id } of (await studio.templates.list()).templates) {
    const { inputs, queries } = await studio.templates.get(id);
    for (const input of inputs) {
      const time = input.fields.find((f) => f.type === 'DateTime')?.name;
      const schema: TableSchema = {
        columns: input.fields.map((f) => ({ name: f.name, type: f.type === 'DateTime' ? 'TIMESTAMP' : f.type.toUpperCase() })),
        ...(time === undefined ? {} : { eventTime: time }),
      };
      await session.declare(input.topic, schema);
    }
    const defaults = Object.fromEntries(queries.flatMap((q) => Object.entries(q.parameters)).map(([name, p]) => [name, String(p.default)]));
    const values: Readonly<Record<string, string>> = { ...defaults, ...own };
    for (const q of queries) {
      const sql = q.sql.replace(/\{\{?(\w+)\}?\}/g, (_all, name: string) => values[name] ?? `\`${inputs[0]?.topic ?? 'input'}\``);
      found.set(`${id}/${q.name}`, sql);
    }
  }
  return found;
}

/** Failing tests made by one mistake in each of the templates' queries, with the analysis that came with them. */
export async function seededFailures(): Promise<{
  readonly failures: readonly Seeded[];
  readonly session: Session;
  readonly studio: Studio;
}> {
  const studio = createStudio();
  const session = await studio.sessions.create({ name: 'failures' });
  const registry = createToolRegistry(studio);
  const failures: Seeded[] = [];
  for (const [name, sql] of await templateQueries(studio, session)) failures.push(...(await mutantsIn(session, registry, name, sql)));
  // Questions of the benchmark bring conditions on values, which the templates have few of.
  for (const set of DEVELOPMENT_SETS.filter((s) => ['commerce', 'payments', 'iot'].includes(s.name))) {
    for (const [name, schema] of Object.entries(set.schemas)) await session.declare(name, schema);
    const golds = [...new Set(set.cases.flatMap((c) => (c.gold !== undefined && /= '|>=? \d|HAVING/.test(c.gold) ? [c.gold] : [])))];
    for (const [i, sql] of golds.slice(0, 5).entries()) failures.push(...(await mutantsIn(session, registry, `${set.name}/${i}`, sql)));
  }
  return { failures, session, studio };
}

/** Whether the first offered fix makes the test pass when it is run again here. */
export async function firstFixHelps(session: Session, { sql, assertions, report }: Seeded): Promise<boolean> {
  const fix = report.analysis?.fixes[0];
  if (!fix || fix.kind === 'assertion') return false;
  const again = await session.test(fix.sql ?? sql, {
    ...RUN,
    assertions: fix.assertions ?? assertions,
    ...(fix.data ? { data: fix.data } : {}),
    analyse: false,
  } as never);
  return again.passed;
}
