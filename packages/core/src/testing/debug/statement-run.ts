import type { Row } from '../../protocol/query.ts';
import type { TestReport } from '../../protocol/studio/testing.ts';
import { parse } from '../../sql/syntax/index.ts';
import { attachSchema } from '../generate/table-schema.ts';
import { inferSchema } from '../infer/infer-from-sql.ts';
import { sqlFor, testableStatements } from '../run/query-sql.ts';
import { errorReport, reportOf, runTest } from '../run/run-test.ts';
import type { DebugStatement } from './debug-session.ts';

type Described = Omit<DebugStatement, 'index' | 'hasBreakpoint'>;

/** Statements that give rows, each run on its own: what earlier ones gave feeds it. */
export function suiteOfStatements(sql: string, o: { readonly records?: number; readonly seed?: number }) {
  const parsed = parse(sql);
  const targets = testableStatements(parsed);
  const schemas = inferSchema(sql);
  const given: Record<string, readonly Row[]> = {};
  const seed = o.seed ?? 1;
  const statements = targets.map((t): Described => {
    const s = t.statement;
    const kind =
      s.kind === 'create'
        ? s.object === 'TABLE'
          ? 'CREATE TABLE'
          : 'CREATE STREAM'
        : s.kind === 'query'
          ? 'SELECT'
          : s.kind === 'insert'
            ? 'INSERT'
            : 'other';
    return { name: t.name, kind, sql: sql.slice(s.span.start, s.span.end).trim() };
  });
  return {
    statements,
    async run(index: number): Promise<{ report: TestReport; rows: readonly Row[] }> {
      const target = targets[index] as (typeof targets)[number];
      const own = sqlFor(sql, parsed, target, new Set(Object.keys(given)));
      try {
        const reads = new Set(parse(own).info.flatMap((i) => i.dependencies));
        const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => reads.has(name)));
        const run = await runTest(own, {
          schemas,
          seed,
          assertions: [],
          ...(o.records === undefined ? {} : { records: o.records }),
          ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
        });
        given[target.name] = attachSchema([...run.query.rows], { columns: run.query.schema.columns });
        return { report: reportOf(run, { seed, totalMs: run.executed.elapsedMs }), rows: given[target.name] as readonly Row[] };
      } catch (error) {
        return { report: errorReport(own, seed, error, [], target.name), rows: [] };
      }
    },
  };
}
