import { type Diagnostic, toDiagnostics } from '../../src/diagnostics/diagnostic.ts';
import { VeloError } from '../../src/diagnostics/velo-error.ts';
import { bindScript } from '../../src/sql/bind/bind-script.ts';
import { validate } from '../../src/sql/bind/validate.ts';
import type { Catalog } from '../../src/sql/catalog/catalog.ts';
import { catalogRelation, catalogOf as relationsOf } from '../../src/sql/catalog/create-catalog.ts';
import { type ExplainStage, explain } from '../../src/sql/plan/explain.ts';
import { planQuery } from '../../src/sql/plan/plan-query.ts';
import { parse } from '../../src/sql/syntax/index.ts';
import type { SltCase, Step } from './parse-file.ts';
import type { Observation } from './run-case.ts';

export const catalogOf = (slt: SltCase): Catalog =>
  relationsOf(
    slt.steps.flatMap((step) => {
      if (step.kind !== 'source') return [];
      const kind = step.object === 'table' ? ('table' as const) : ('stream' as const);
      const schema = { kind, columns: step.columns, key: [...step.key], ...(step.eventTime === null ? {} : { eventTime: step.eventTime }) };
      return [catalogRelation(step.name, schema, { watermarkDelayMs: step.delayMs ?? 0 })];
    }),
  );

/** Everything that can be said of a text before it runs: what the binder says, and the planner where that leaves no error. */
function diagnose(sql: string, slt: SltCase): Diagnostic[] {
  const mode = slt.steps.some((step) => step.kind === 'option' && step.name === 'mode' && step.value === 'strict') ? 'strict' : 'lenient';
  const catalog = catalogOf(slt);
  const found = validate(sql, { catalog, mode });
  if (found.some((d) => d.severity === 'error')) return found;
  const script = bindScript(parse(sql, { mode }).statements, { sql, catalog, mode });
  for (const [i, statement] of script.bound.entries()) {
    if (statement !== null && 'query' in statement) found.push(...toDiagnostics(sql, planQuery(statement.query).problems, i));
  }
  return found;
}

/** What is wrong with a `error`, `warning`, `info`, `valid` or `explain` step; null: nothing. */
export function checkStatic(step: Step, slt: SltCase): string | null {
  if (step.kind === 'valid') {
    const [error] = diagnose(step.sql, slt).filter((d) => d.severity === 'error');
    return error === undefined ? null : `expected no error, got ${error.code} ${error.message}`;
  }
  if (step.kind !== 'problem') return null;
  const found = diagnose(step.sql, slt);
  const listed = found.map((d) => `${d.severity} ${d.code} at "${step.sql.slice(d.start, d.end)}": ${d.message}`).join('\n') || 'nothing';
  const fits = found.some(
    (d) =>
      d.code === step.code &&
      d.severity === step.severity &&
      (step.text === null || step.sql.slice(d.start, d.end).replaceAll(/\s+/g, ' ') === step.text),
  );
  return fits ? null : `expected ${step.severity} ${step.code}${step.text === null ? '' : ` at "${step.text}"`}, found:\n${listed}`;
}

/** `explain stage` followed by SQL, or by the name of a job. */
export function explained(step: Step & { kind: 'explain' }, slt: SltCase): Observation {
  const job = slt.steps.find((other) => other.kind === 'job' && other.name === step.sql.trim());
  const sql = job?.kind === 'job' ? job.sql : step.sql;
  try {
    return { step, lines: explain(sql, { stage: step.stage as ExplainStage, catalog: catalogOf(slt) }).split('\n') };
  } catch (error) {
    return { step, lines: [VeloError.is(error) ? `${error.code} ${error.message}` : String(error)] };
  }
}
