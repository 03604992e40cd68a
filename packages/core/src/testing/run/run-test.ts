import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { EngineOptions } from '../../engine/api.ts';
import type { Row } from '../../protocol/query.ts';
import type { Assertion, AssertionResult, DataSchema, TestReport, TestRequest, TimeSimulation } from '../../protocol/studio/testing.ts';
import type { CapturedOutput } from '../assert/captured-output.ts';
import { evaluate, needsChanges } from '../assert/evaluate.ts';
import { deriveInputs } from '../derive/derive-inputs.ts';
import { alertOutcomes, metricSamples } from './annotations.ts';
import { type Executed, type ExecutedQuery, execute } from './execute.ts';
import { type InputPlan, type MadeInputs, makeInputs, planInputs } from './make-inputs.ts';

export interface TestQueryOptions extends Omit<TestRequest, 'inputs'> {
  /** Rows by source; sources that are not named get generated ones. */
  readonly inputs?: Readonly<Record<string, readonly object[]>>;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  /**
   * Rows that reach every branch of the plan, in front of the random ones and within their number. Default: where the schema of a
   * source is inferred.
   */
  readonly derive?: boolean;
  /** How the event times of a source come about; hints in the SQL otherwise. */
  readonly times?: Readonly<Record<string, TimeSimulation>>;
  /** Schemas that were inferred from samples: derived rows may leave the ranges that were seen there. */
  readonly loose?: readonly string[];
  /** Schemas of relations that a query may have meant and does not name rightly; asked for where it failed. */
  readonly nearby?: (sql: string) => Promise<Readonly<Record<string, DataSchema>>>;
  /** Measure which branches were reached; true by default. */
  readonly coverage?: boolean;
  /** What `now` is, ms since the epoch; a fixed day by default, so that a seed repeats the test. */
  readonly now?: number;
  /** Bytes in use; absent: memory is not tracked. */
  readonly memory?: () => number;
  readonly snapshots?: CapturedOutput['snapshots'];
}

/** What a run of one query gives, for reports and for the search for causes. */
export interface TestRun {
  readonly sql: string;
  readonly plan: InputPlan;
  readonly inputs: MadeInputs;
  readonly executed: Executed;
  readonly query: ExecutedQuery;
  readonly output: CapturedOutput;
  readonly results: readonly AssertionResult[];
}

const OUTPUT_ROWS_MAX = 1000;
const SAMPLE_ROWS = 20;
const DEFAULT_TIMEOUT_MS = 30_000;

/** Makes the inputs, runs the query and judges the assertions. Throws what keeps the query from running. */
export async function runTest(
  sql: string,
  options: TestQueryOptions & { readonly seed: number; readonly assertions: readonly Assertion[] },
): Promise<TestRun> {
  const warnings: string[] = [];
  const warn = (text: string): void => void warnings.push(text);
  const plan = planInputs(sql, options.schemas ?? {}, warn);
  const wrong = plan.parsed.diagnostics.find((d) => d.severity === 'error');
  if (wrong)
    throw new VeloError({
      code: wrong.code,
      reason: wrong.reason,
      message: `${wrong.message} (line ${wrong.line}, column ${wrong.column})`,
      hint: wrong.hint,
    });
  if (!plan.parsed.statements.some((s) => s.kind === 'query' || (s.kind === 'create' && s.query) || s.kind === 'insert'))
    throw testingError('VS5410', { problem: 'there is no query to test' });
  const unread = Object.keys(options.inputs ?? {}).find((name) => !plan.external.includes(name));
  for (const name of Object.keys(options.schemas ?? {}))
    if (!plan.external.includes(name)) warn(`the query does not read "${name}", for which there is a schema`);
  if (unread !== undefined) throw testingError('VS5411', { input: unread, reads: plan.external });
  const request = {
    // Without a number of the caller's, hints and schemas say how many.
    records: options.records ?? {},
    seed: options.seed,
    warn,
    ...(options.inputs ? { inputs: options.inputs } : {}),
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.times ? { simulations: options.times } : {}),
  };
  const made = makeInputs(plan, request);
  const derive = options.derive ?? (options.inputs === undefined && options.schemas === undefined);
  const inputs = derive ? await deriveInputs(sql, plan, made, { ...options, warn }) : made;
  const executed = await execute({
    sql,
    wanted: 'last',
    sources: inputs.sources,
    seed: options.seed,
    now: inputs.now,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    coverage: options.coverage ?? true,
    changes: needsChanges(options.assertions),
    ...(options.engine ? { engine: options.engine } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.memory ? { memory: options.memory } : {}),
  });
  const query = executed.queries.at(-1) as ExecutedQuery;
  const statement = statementIndex(plan, query.name);
  const metrics = metricSamples(sql, statement, query);
  const output = captured(query, executed, inputs, { ...(options.snapshots ? { snapshots: options.snapshots } : {}), metrics });
  const results = options.assertions.map((a) => evaluate(a, output));
  return { sql, plan, inputs, executed: { ...executed, warnings: [...warnings, ...executed.warnings] }, query, output, results };
}

function statementIndex(plan: InputPlan, name: string): number {
  const found = plan.parsed.statements.findIndex((s) => s.kind === 'create' && s.name.text === name);
  return found >= 0 ? found : Number(/^stmt_(\d+)$/.exec(name)?.[1] ?? plan.parsed.statements.length - 1);
}

/** What assertions see of one executed query. */
export function captured(query: ExecutedQuery, executed: Executed, inputs: MadeInputs, more: Partial<CapturedOutput> = {}): CapturedOutput {
  return {
    rows: query.rows,
    final: query.final,
    queryName: query.name,
    sinkName: query.name,
    schema: query.schema,
    ...(query.schema.key ? { key: query.schema.key } : {}),
    ...(query.changes ? { changes: query.changes } : {}),
    inputs: inputs.rows,
    outputs: Object.fromEntries(executed.queries.map((q) => [q.name, q.rows])),
    executionTimeMs: executed.elapsedMs,
    ...(executed.memoryPeakBytes === undefined ? {} : { memoryPeakBytes: executed.memoryPeakBytes }),
    ...(executed.memoryGrowthBytes === undefined ? {} : { memoryGrowthBytes: executed.memoryGrowthBytes }),
    errors: executed.errors,
    errorCount: executed.errorCount,
    queryMetrics: query.metrics,
    ...(executed.coverage ? { coverage: executed.coverage } : {}),
    capturedAt: inputs.now,
    ...more,
  };
}

export function reportOf(run: TestRun, o: { readonly seed: number; readonly totalMs: number }): TestReport {
  const { sql, plan, executed, query, inputs, results, output } = run;
  const alerts = alertOutcomes(sql, statementIndex(plan, query.name), query);
  const passed = results.every((r) => r.passed);
  const cells = results.flatMap((r) =>
    Array.isArray(r.details?.['cells']) ? (r.details['cells'] as NonNullable<TestReport['diff']>) : [],
  );
  const read = Object.values(inputs.rows).reduce((n, rows) => n + rows.length, 0);
  return {
    name: query.name,
    sql,
    passed,
    status: passed ? 'passed' : 'failed',
    assertions: results,
    output: { columns: query.schema.columns, rows: query.rows.slice(0, OUTPUT_ROWS_MAX), rowCount: query.rows.length },
    performance: {
      generationMs: Math.max(0, o.totalMs - executed.elapsedMs),
      executionTimeMs: executed.elapsedMs,
      ...(executed.memoryPeakBytes === undefined ? {} : { memoryPeakBytes: executed.memoryPeakBytes }),
      recordsPerSecond: executed.elapsedMs > 0 ? Math.round((read * 1000) / executed.elapsedMs) : read,
    },
    inputs: Object.fromEntries(Object.entries(inputs.rows).map(([name, rows]) => [name, rows.length])),
    inputSamples: samplesOf(inputs.rows),
    seed: o.seed,
    ...(executed.coverage ? { coverage: executed.coverage } : {}),
    ...(cells.length > 0 ? { diff: cells } : {}),
    ...(alerts.length > 0 ? { alerts } : {}),
    ...((output.metrics?.length ?? 0) > 0 ? { metrics: totals(output.metrics ?? []) } : {}),
    ...(executed.warnings.length > 0 ? { warnings: executed.warnings } : {}),
  };
}

export const samplesOf = (rows: Readonly<Record<string, readonly Row[]>>): Record<string, readonly Row[]> =>
  Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.slice(0, SAMPLE_ROWS)]));

export function totals(samples: NonNullable<CapturedOutput['metrics']>): NonNullable<TestReport['metrics']> {
  const names = [...new Set(samples.map((s) => s.name))];
  return names.map((name) => {
    const own = samples.filter((s) => s.name === name);
    const type = own[0]?.type ?? 'counter';
    return {
      name,
      type,
      series: own.length,
      value: type === 'gauge' ? (own.at(-1)?.value ?? 0) : own.reduce((sum, s) => sum + s.value, 0),
    };
  });
}

/** The report of a query that could not run; every assertion has failed. */
export function errorReport(sql: string, seed: number, error: unknown, assertions: readonly Assertion[], name = 'query'): TestReport {
  const coded = VeloError.is(error) ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return {
    name,
    sql,
    passed: false,
    status: 'error',
    error: { code: coded?.code ?? 'VS5000', message, ...(coded?.hint === undefined ? {} : { hint: coded.hint }) },
    assertions: assertions.map((a) => ({ type: a.type, passed: false, message: `not judged: ${message}`, expected: null, actual: null })),
    output: { columns: [], rows: [], rowCount: 0 },
    performance: { generationMs: 0, executionTimeMs: 0, recordsPerSecond: 0 },
    inputs: {},
    inputSamples: {},
    seed,
  };
}
