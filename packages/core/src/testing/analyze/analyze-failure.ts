import { systemScheduler } from '../../engine/default-ports.ts';
import type { FailureAnalysis, TestReport, VerifiedFix } from '../../protocol/studio/testing.ts';
import { runTest, type TestQueryOptions, type TestRun } from '../run/run-test.ts';
import { type FailureContext, failureContext } from './context.ts';
import { diagnose, operatorTrace } from './diagnose.ts';
import type { Fix } from './fix.ts';
import { fixColumns } from './fix-columns.ts';
import { fixConditions } from './fix-conditions.ts';
import { fixDiagnostics } from './fix-diagnostics.ts';
import { castFixes, fixErrors } from './fix-errors.ts';
import { fixExpectations } from './fix-expectation.ts';
import { fixKeys } from './fix-keys.ts';
import { fixMissingColumns } from './fix-names.ts';
import { fixNulls, fixShape } from './fix-shape.ts';
import { fixTimes } from './fix-times.ts';
import { fixUnknown } from './fix-unknown.ts';

export interface AnalyzeOptions extends TestQueryOptions {
  /** Changes that are tried at most; 60 by default. */
  readonly maxTries?: number;
  /** Time for trying, ms; 3000 by default. */
  readonly budgetMs?: number;
}

const TRIES_MAX = 60;
const BUDGET_MS = 3000;
/** Beyond this many input rows a try costs more than it tells. */
const ROWS_MAX = 50_000;
const OFFERED_MAX = 5;

/**
 * Why a test failed, by rules: where rows were lost, keys that never meet, columns that never have or never change their value, wrong
 * names, signs, joins and windows. Each change that is offered was run against the same rows and assertions first, those that pass come
 * first, and a change of the assertion comes last. Deterministic.
 */
export async function analyzeTestFailure(report: TestReport, options: AnalyzeOptions = {}, known?: TestRun): Promise<FailureAnalysis> {
  const sql = report.sql;
  const assertions = options.assertions ?? [];
  const base = { ...options, seed: options.seed ?? report.seed, assertions, coverage: false, derive: false };
  const run = known ?? (report.status === 'error' ? undefined : await runTest(sql, base).catch(() => undefined));
  const schemas = { ...(await options.nearby?.(sql)), ...options.schemas };
  const inputs = run?.inputs.rows ?? options.inputs;
  const all = failureContext(report, { assertions, run, schemas, inputs: inputs as FailureContext['inputs'] | undefined });
  const symptoms = diagnose(all);
  const candidates = ranked(all);
  const tried = await tryFixes(sql, candidates, { ...base, schemas, ...(inputs ? { inputs } : {}) }, options);
  const before = report.assertions.filter((a) => a.passed).length;
  // What holds no more than before does not help, nor does a weaker test that fails all the same.
  const fixes = tried
    .filter((f) => f.passed === f.total || (f.passed > before && f.kind !== 'assertion'))
    .sort(byWorth)
    .slice(0, OFFERED_MAX);
  const best = fixes[0];
  const cause = best?.verified && best.passed === best.total ? best.because : undefined;
  const summary = symptoms[0]?.text ?? all.failed[0]?.result.message ?? 'The test failed.';
  const passes = best !== undefined && best.passed === best.total && best.total > 0;
  const trace = run ? operatorTrace(run.query.metrics.operators) : [];
  return {
    summary,
    ...(cause === undefined ? {} : { rootCause: cause }),
    suggestions: [
      ...fixes.map((f) => `${f.title}: ${f.because}`),
      ...symptoms.slice(1, 3).map((s) => s.text),
      ...(trace.length > 0 && fixes.length === 0 ? [`Rows by step: ${trace.join('; ')}`] : []),
    ],
    fixes: fixes.map(({ because: _because, rule: _rule, rank: _rank, ...fix }) => fix),
    confidence: passes ? (best.kind === 'assertion' ? 0.4 : 0.9) : symptoms.length > 0 ? 0.5 : 0.2,
    rule: passes ? best.rule : (symptoms[0]?.rule ?? 'unknown'),
  };
}

/** All candidates, each once, most likely first. */
function ranked(ctx: FailureContext): Fix[] {
  const all = [
    ...fixErrors(ctx),
    ...(ctx.report.error
      ? []
      : [
          ...fixDiagnostics(ctx),
          ...fixUnknown(ctx),
          ...fixKeys(ctx),
          ...fixMissingColumns(ctx),
          ...fixConditions(ctx),
          ...fixColumns(ctx),
          ...fixShape(ctx),
          ...fixNulls(ctx),
          ...castFixes(ctx),
          ...fixTimes(ctx),
          ...fixExpectations(ctx),
        ]),
  ];
  const seen = new Set<string>();
  return all
    .sort((a, b) => b.rank - a.rank)
    .filter((f) => {
      const key = JSON.stringify([f.sql ?? null, f.assertions ?? null, f.title]);
      const isNew = !seen.has(key) && f.sql !== ctx.sql;
      seen.add(key);
      return isNew;
    });
}

type Tried = VerifiedFix & Pick<Fix, 'because' | 'rule' | 'rank'>;

/** Passing ones first, those of the SQL and the data before those of the assertion, then by rank. */
const byWorth = (a: Tried, b: Tried): number => {
  const share = (f: Tried): number => (f.verified && f.total > 0 ? f.passed / f.total : -1);
  const isWeaker = (f: Tried): number => (f.kind === 'assertion' ? 1 : 0);
  const full = (f: Tried): number => (share(f) === 1 ? 1 : 0);
  return full(b) - full(a) || isWeaker(a) - isWeaker(b) || share(b) - share(a) || b.rank - a.rank;
};

type Base = TestQueryOptions & { readonly seed: number; readonly assertions: NonNullable<TestQueryOptions['assertions']> };

/** Runs the test with each change until enough pass, the tries are used up or the time is. */
async function tryFixes(sql: string, candidates: readonly Fix[], base: Base, options: AnalyzeOptions): Promise<Tried[]> {
  const rows = Object.values(base.inputs ?? {}).reduce((n, list) => n + list.length, 0);
  const started = systemScheduler.elapsed();
  const budget = options.budgetMs ?? BUDGET_MS;
  const tried: Tried[] = [];
  let passing = 0;
  for (const fix of candidates.slice(0, options.maxTries ?? TRIES_MAX)) {
    // An assertion is only touched where nothing else has helped.
    if (passing >= 3 || (fix.kind === 'assertion' && fix.rank < 50 && passing > 0)) break;
    if (rows > ROWS_MAX || systemScheduler.elapsed() - started > budget || options.signal?.aborted) break;
    const outcome = await tryOne(sql, fix, fix.isOther === true ? withInputs(base, options.inputs) : base);
    if (!outcome) continue;
    if (outcome.passed === outcome.total) passing++;
    tried.push({
      title: fix.title,
      kind: fix.kind,
      ...(fix.sql === undefined ? {} : { sql: fix.sql }),
      ...(fix.assertions ? { assertions: fix.assertions } : {}),
      verified: true,
      ...outcome,
      because: fix.because,
      rule: fix.rule,
      rank: fix.rank,
    });
  }
  const most = tried.reduce((n, f) => Math.max(n, f.passed), 0);
  return tried.filter((f) => f.passed === f.total || f.passed === most);
}

function withInputs({ inputs: _own, ...base }: Base, inputs: TestQueryOptions['inputs']): Base {
  return inputs ? { ...base, inputs } : base;
}

/** Passed and all assertions with the change; undefined where it does not run. */
async function tryOne(sql: string, fix: Fix, base: Base): Promise<{ passed: number; total: number } | undefined> {
  const assertions = fix.assertions ?? base.assertions;
  const inputs = fix.inputs ?? base.inputs;
  try {
    const run = await runTest(fix.sql ?? sql, {
      ...base,
      assertions,
      ...(inputs ? { inputs } : {}),
      ...(fix.schemas ? { schemas: fix.schemas } : {}),
      derive: fix.derive === true,
      coverage: false,
      engine: { ...base.engine, codegen: false },
    });
    return { passed: run.results.filter((r) => r.passed).length, total: run.results.length };
  } catch {
    return undefined;
  }
}
