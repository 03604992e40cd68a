import type { TestReport, TestRequest } from '@velostream/core/protocol/explore';
import { repairSql } from '../chat/repair-sql.ts';
import { partsOf } from '../offline/sql-parts.ts';
import { editDistance } from '../offline/stem.ts';
import type { ToolContext } from './tool.ts';

/** A failed test whose query names something that is not there: the right name is tried first, and offered before other fixes if it helps. */
export async function withNameFix(context: ToolContext, report: TestReport, request: TestRequest): Promise<TestReport> {
  const [first] = report.analysis?.fixes ?? [];
  const isSolved = first !== undefined && first.kind !== 'assertion' && first.passed === first.total;
  if (report.passed || isSolved) return report;
  const { session } = context;
  const { schemas } = session.context;
  const sql = withKnownSource(report.sql, Object.keys(schemas)) ?? report.sql;
  const checked = await session.validate(sql);
  const repaired = repairSql(sql, checked.diagnostics, schemas);
  const better = repaired?.sql ?? sql;
  if (better === report.sql) return report;
  const again = await session.test(better, { ...request, analyse: false }).catch(() => undefined);
  if (!again?.passed) return report;
  const source = sql === report.sql ? [] : [`${partsOf(report.sql)?.base ?? 'source'} → ${partsOf(sql)?.base ?? ''}`];
  const title = [...source, ...(repaired?.changes ?? [])].join(', ');
  const total = again.assertions.length;
  const { analysis } = report;
  return {
    ...report,
    analysis: {
      ...analysis,
      summary: analysis?.summary ?? report.error?.message ?? 'The query names something that is not there.',
      rootCause: `The query names something that is not there: ${title}.`,
      suggestions: [title, ...(analysis?.suggestions ?? [])],
      fixes: [{ title, kind: 'sql', sql: better, verified: true, passed: total, total }, ...(analysis?.fixes ?? [])],
      confidence: 0.9,
      rule: 'unknown-name',
    },
  };
}

/** SQL whose source nobody knows, with the one known source that is at most two letters away. */
function withKnownSource(sql: string, known: readonly string[]): string | undefined {
  const base = partsOf(sql)?.base;
  if (base === undefined || known.includes(base) || /:\/\//.test(base)) return undefined;
  const near = known.filter((name) => editDistance(base.toLowerCase(), name.toLowerCase(), 2) <= 2);
  const name = near.length === 1 ? near[0] : undefined;
  if (name === undefined) return undefined;
  const escaped = base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return sql.replace(new RegExp(`(\\b(?:FROM|JOIN)\\s+)\`?${escaped}\`?(?![\\w-])`, 'gi'), (_all, lead: string) => `${lead}\`${name}\``);
}
