import { testingError } from '../../diagnostics/codes/testing.ts';
import type { EngineOptions } from '../../engine/api.ts';
import { systemClock, systemScheduler } from '../../engine/default-ports.ts';
import type { Row, Value } from '../../protocol/query.ts';
import type { Assertion, AssertionResult, DataSchema, SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { type ParseResult, parse } from '../../sql/syntax/index.ts';
import { evaluate, needsChanges } from '../assert/evaluate.ts';
import { deriveInputs } from '../derive/derive-inputs.ts';
import { randomSeed, referenceFiles, TEST_NOW } from '../generate/generate-data.ts';
import { injectFaults } from '../generate/inject-faults.ts';
import { requireTime } from '../generate/time-expression.ts';
import { inferSchema } from '../infer/infer-from-sql.ts';
import { queryOrder } from '../spec/query-order.ts';
import { readTestSpec } from '../spec/read-spec.ts';
import type { QuerySpec, Scenario, TestSpec } from '../spec/test-spec.ts';
import { alertOutcomes, metricSamples } from './annotations.ts';
import { type ExecutedQuery, execute } from './execute.ts';
import { type FileReader, filesFor, fileText, noFiles, readDataFile, readRequired } from './files.ts';
import { findSchema } from './find-schema.ts';
import { keepGolden, readSnapshots } from './golden.ts';
import { type MadeInputs, makeInputs, planInputs } from './make-inputs.ts';
import { propertiesOf, propertyText, sinksOf, sqlFor, statementFor, type TestableStatement, testableStatements } from './query-sql.ts';
import { captured, errorReport, samplesOf, totals } from './run-test.ts';

export interface RunSpecOptions {
  /** Reads the files that the spec names. */
  readonly files?: FileReader;
  /** Only the query of this name, and what it needs. */
  readonly filter?: string;
  /** The SQL; else `sql` or `sql_file` of the spec. */
  readonly sql?: string;
  readonly scenario?: string;
  /** Wins over the spec's. */
  readonly seed?: number;
  readonly records?: number;
  readonly timeoutMs?: number;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  readonly variables?: (name: string) => string | undefined;
  readonly signal?: AbortSignal;
  readonly runId?: string;
  /** Bytes in use; absent: memory is not tracked. */
  readonly memory?: () => number;
  /** Folder of `*.schema.yaml` files, as `files` sees it. */
  readonly schemaFolder?: string;
  readonly coverage?: boolean;
  readonly analyse?: boolean;
  /** Keeps the output as the expected files of `file_matches`, and as snapshots; needs `files.write`. */
  readonly updateGolden?: boolean;
  /** Called before and after each query. */
  readonly onProgress?: (event: {
    readonly query: string;
    readonly index: number;
    readonly total: number;
    readonly report?: TestReport;
  }) => void;
}

const DEFAULT_RECORDS = 1000;
const OUTPUT_ROWS_MAX = 1000;

/**
 * Runs a test spec: each query on its own part of the SQL, fed with generated rows, files or the output of earlier queries.
 *
 * @throws {VeloError} `test-spec`, `test-file` and `nothing-to-test` where the spec itself cannot be run; what goes wrong in one query is
 * in its report.
 */
export async function runTestSpec(spec: string | TestSpec, options: RunSpecOptions = {}): Promise<SuiteReport> {
  const read = readTestSpec(spec, options.variables);
  const files = options.files ?? noFiles;
  const sql = options.sql ?? read.spec.sql ?? (read.spec.sqlFile === undefined ? undefined : await readRequired(files, read.spec.sqlFile));
  if (sql === undefined)
    throw testingError(
      'VS5410',
      { problem: `spec "${read.spec.application}" names no SQL` },
      { hint: 'Give `sql` or `sql_file` in the spec, or `sql` in the options.' },
    );
  const run = new SpecRun(read.spec, sql, files, options, [...read.warnings]);
  return run.suite();
}

interface Kept {
  readonly rows: readonly Row[];
  readonly schema: ExecutedQuery['schema'];
}

class SpecRun {
  private readonly spec: TestSpec;
  private readonly sql: string;
  private readonly parsed: ParseResult;
  private readonly files: FileReader;
  private readonly o: RunSpecOptions;
  private readonly warnings: string[];
  private readonly seed: number;
  private readonly now: number;
  private readonly scenario: Scenario | undefined;
  /** Outputs by query and by sink. */
  private readonly kept = new Map<string, Kept>();
  private readonly failed = new Set<string>();
  private readonly written = new Map<string, string>();
  private readonly foreignKeys = new Set<string>();
  private readonly fedSources = new Set<string>();
  private generated = 0;
  private inferredSchemas: Readonly<Record<string, DataSchema>> | null = null;

  constructor(spec: TestSpec, sql: string, files: FileReader, options: RunSpecOptions, warnings: string[]) {
    this.spec = spec;
    this.sql = sql;
    this.files = files;
    this.o = options;
    this.warnings = warnings;
    this.parsed = parse(sql);
    this.seed = options.seed ?? spec.seed ?? randomSeed();
    this.now = spec.now === undefined ? TEST_NOW : requireTime(spec.now, TEST_NOW);
    this.scenario = spec.scenarios?.find((s) => s.name === options.scenario);
    if (options.scenario !== undefined && !this.scenario)
      throw testingError('VS5402', { what: spec.application, problem: `there is no scenario "${options.scenario}"` });
  }

  async suite(): Promise<SuiteReport> {
    const startedAt = systemClock.now();
    const order = this.selected();
    const reports = new Map<string, TestReport>();
    for (const [index, query] of order.entries()) {
      this.o.onProgress?.({ query: query.name, index, total: order.length });
      const report = await this.query(query);
      reports.set(query.name, report);
      this.o.onProgress?.({ query: query.name, index, total: order.length, report });
    }
    const queries = this.spec.queries.flatMap((q) => {
      const report =
        reports.get(q.name) ?? (q.skip === true && this.isWanted(q.name) ? skippedReport(q.name, this.seed, 'skip is set') : undefined);
      return report ? [report] : [];
    });
    const [first] = queries;
    if (first && this.warnings.length > 0) queries[0] = { ...first, warnings: [...this.warnings, ...(first.warnings ?? [])] };
    return suiteReport(this.spec.application, this.o.runId ?? this.seed.toString(16), startedAt, queries, {
      sources: [...this.fedSources],
      recordsGenerated: this.generated,
      foreignKeyMatches: [...this.foreignKeys],
    });
  }

  private inferred(): Readonly<Record<string, DataSchema>> {
    this.inferredSchemas ??= inferSchema(this.sql, { onWarning: (w) => this.warnings.push(w) });
    return this.inferredSchemas;
  }

  private isWanted(name: string): boolean {
    if (this.o.filter !== undefined && this.o.filter !== name) return false;
    return !this.scenario || this.scenario.queries === 'all' || this.scenario.queries.includes(name);
  }

  /** Queries to run in order: the wanted ones and those whose output they take. */
  private selected(): QuerySpec[] {
    const order = queryOrder(this.spec.queries, (w) => this.warnings.push(w));
    const wanted = new Set(order.filter((q) => this.isWanted(q.name)).map((q) => q.name));
    for (const query of order.toReversed())
      if (wanted.has(query.name))
        for (const input of query.inputs) {
          const maker = order.find((q) => q.name === input.fromPrevious || q.outputs?.some((o) => o.sink === input.fromPrevious));
          if (maker) wanted.add(maker.name);
        }
    return order.filter((q) => wanted.has(q.name));
  }

  private async query(query: QuerySpec): Promise<TestReport> {
    const assertions = [
      ...query.assertions,
      ...(this.scenario?.assertions ?? []),
      ...(query.outputs ?? []).flatMap((o) => o.assertions),
      ...(query.metricAssertions ?? []),
    ];
    const target = statementFor(query, testableStatements(this.parsed));
    if (!target) {
      this.failed.add(query.name);
      const names = testableStatements(this.parsed).map((s) => s.name);
      return errorReport(
        this.sql,
        this.seed,
        testingError(
          'VS5402',
          { what: this.spec.application, problem: `unknown query "${query.name}"` },
          { hint: `The SQL makes ${names.join(', ') || 'nothing'}.` },
        ),
        assertions,
        query.name,
      );
    }
    const lost = query.inputs.find((i) => typeof i.fromPrevious === 'string' && !this.kept.has(i.fromPrevious));
    if (lost) return skippedReport(query.name, this.seed, `"${String(lost.fromPrevious)}", which feeds "${lost.source}", gave no output`);
    try {
      return await this.runQuery(query, target, assertions);
    } catch (error) {
      this.failed.add(query.name);
      return errorReport(this.sql, this.seed, error, assertions, query.name);
    }
  }

  private async runQuery(query: QuerySpec, target: TestableStatement, assertions: readonly Assertion[]): Promise<TestReport> {
    const started = systemScheduler.elapsed();
    const warnings: string[] = [];
    const supplied = await this.suppliedRows(query, target);
    const sql = sqlFor(this.sql, this.parsed, target, new Set([...query.inputs.map((i) => i.source), ...Object.keys(supplied.rows)]));
    const schemas = await this.schemasFor(query, supplied.rows);
    // What the whole script says of a source holds in each of its queries, so that keys of different queries meet.
    const plan = planInputs(sql, { ...this.inferred(), ...schemas }, (w) => warnings.push(w));
    const references: Record<string, readonly Row[]> = {};
    for (const path of referenceFiles(Object.values(plan.schemas))) references[path] = await readDataFile(this.files, path, undefined);
    const base = makeInputs(plan, {
      references,
      records: this.recordsFor(query, plan.external, plan.schemas),
      seed: this.seed,
      inputs: supplied.rows,
      parents: { ...this.inferred(), ...schemas },
      now: this.now,
      simulations: Object.fromEntries(query.inputs.flatMap((i) => (i.timeSimulation ? [[i.source, i.timeSimulation] as const] : []))),
      nullProbability: Object.fromEntries(
        query.inputs.flatMap((i) => (i.nullProbability === undefined ? [] : [[i.source, i.nullProbability] as const])),
      ),
      warn: (w) => warnings.push(w),
    });
    const derived =
      query.derive === true
        ? await deriveInputs(sql, plan, base, {
            seed: this.seed,
            schemas,
            warn: (w) => warnings.push(w),
            ...(this.o.engine ? { engine: this.o.engine } : {}),
          })
        : base;
    const inputs = this.withFaults(derived);
    this.note(inputs, plan.external);
    const timeout = this.o.timeoutMs ?? query.timeoutMs ?? this.scenario?.timeoutMs ?? this.spec.defaultTimeoutMs;
    const executed = await execute({
      sql,
      wanted: 'last',
      sources: inputs.sources,
      seed: this.seed,
      now: inputs.now,
      timeoutMs: timeout,
      coverage: this.o.coverage ?? true,
      changes: needsChanges(assertions),
      ...(this.o.engine ? { engine: this.o.engine } : {}),
      ...(this.o.signal ? { signal: this.o.signal } : {}),
      ...(this.o.memory ? { memory: this.o.memory } : {}),
    });
    const own = executed.queries.at(-1) as ExecutedQuery;
    this.keep(query, target, own);
    const metrics = metricSamples(this.sql, target.index, own);
    const alerts = alertOutcomes(this.sql, target.index, own);
    const outputs = Object.fromEntries([...this.kept].map(([name, k]) => [name, k.rows]));
    if (this.o.updateGolden === true) await keepGolden(assertions, own.rows, this.written, this.files);
    const output = {
      ...captured({ ...own, name: query.name }, executed, inputs),
      outputs,
      metrics,
      files: await filesFor(assertions, this.written, this.files),
      snapshots: await readSnapshots(assertions, this.files),
      variables: this.variables(),
    };
    const results = this.judge(query, target, output);
    const passed = results.every((r) => r.passed);
    if (!passed) this.failed.add(query.name);
    const report: TestReport = {
      name: query.name,
      sql,
      passed,
      status: passed ? 'passed' : 'failed',
      assertions: results,
      output: { columns: own.schema.columns, rows: own.rows.slice(0, OUTPUT_ROWS_MAX), rowCount: own.rows.length },
      performance: {
        generationMs: Math.max(0, systemScheduler.elapsed() - started - executed.elapsedMs),
        executionTimeMs: executed.elapsedMs,
        ...(executed.memoryPeakBytes === undefined ? {} : { memoryPeakBytes: executed.memoryPeakBytes }),
        recordsPerSecond: executed.elapsedMs > 0 ? Math.round((own.metrics.rowsIn * 1000) / executed.elapsedMs) : own.metrics.rowsIn,
      },
      inputs: Object.fromEntries(Object.entries(inputs.rows).map(([name, rows]) => [name, rows.length])),
      inputSamples: samplesOf(inputs.rows),
      seed: this.seed,
      ...(executed.coverage ? { coverage: executed.coverage } : {}),
      ...(alerts.length > 0 ? { alerts } : {}),
      ...(metrics.length > 0 ? { metrics: totals(metrics) } : {}),
      ...(warnings.length + executed.warnings.length > 0 ? { warnings: [...warnings, ...executed.warnings] } : {}),
    };
    if (passed || this.o.analyse === false) return report;
    const { analyzeTestFailure } = await import('../analyze/analyze-failure.ts');
    const all = [...query.assertions, ...(query.outputs ?? []).flatMap((o) => o.assertions), ...(query.metricAssertions ?? [])];
    return {
      ...report,
      analysis: await analyzeTestFailure(report, {
        schemas: plan.schemas,
        inputs: inputs.rows,
        seed: this.seed,
        assertions: all,
        now: inputs.now,
      }),
    };
  }

  /** Rows that come from files, from the spec, and from earlier queries; file sources of the SQL are read where no input names them. */
  private async suppliedRows(query: QuerySpec, target: TestableStatement): Promise<{ rows: Record<string, readonly Row[]> }> {
    const rows: Record<string, readonly Row[]> = {};
    for (const input of query.inputs) {
      if (typeof input.fromPrevious === 'string') {
        const before = this.kept.get(input.fromPrevious);
        if (before)
          rows[input.source] = withSchema(input.records === undefined ? before.rows : before.rows.slice(0, input.records), before.schema);
      } else if (input.dataFile !== undefined) rows[input.source] = await readDataFile(this.files, input.dataFile, input.format);
      else if (input.rows) rows[input.source] = input.rows;
    }
    for (const [name, path] of Object.entries(this.spec.referenceTables ?? {}))
      rows[name] ??= await readDataFile(this.files, path, undefined);
    const made = new Set(this.parsed.statements.flatMap((s) => (s.kind === 'create' && s.query ? [s.name.text] : [])));
    for (const name of planInputs(sqlFor(this.sql, this.parsed, target, new Set(Object.keys(rows))), {}, () => {}).external) {
      if (rows[name] !== undefined || made.has(name) || query.inputs.some((i) => i.source === name)) continue;
      const properties = propertiesOf(this.parsed, name);
      const path = propertyText(properties, 'path', 'source.path');
      if (!/^file_source/.test(propertyText(properties, 'type') ?? '') || path === undefined) continue;
      const text = await this.files.read(path);
      if (text !== null) rows[name] = await readDataFile(this.files, path, propertyText(properties, 'format', 'value.format'));
    }
    return { rows };
  }

  private async schemasFor(query: QuerySpec, rows: Readonly<Record<string, readonly Row[]>>): Promise<Record<string, DataSchema>> {
    const found: Record<string, DataSchema> = {};
    for (const input of query.inputs) {
      if (rows[input.source] !== undefined) continue;
      const properties = propertiesOf(this.parsed, input.source);
      const named =
        input.schema ??
        (input.source in this.spec.schemas
          ? input.source
          : propertyText(properties, 'datasource.schema.value.schema.file', 'schema.file', 'value.schema.file'));
      const schema = await findSchema(named ?? input.source, {
        spec: this.spec,
        files: this.files,
        folder: this.o.schemaFolder,
        required: input.schema !== undefined,
        warn: (w) => this.warnings.push(w),
      });
      if (schema) found[input.source] = input.keyField === undefined ? schema : { ...schema, keyField: input.keyField };
    }
    for (const [name, value] of Object.entries(this.spec.schemas)) {
      if (found[name] !== undefined || rows[name] !== undefined) continue;
      const schema = await findSchema(name, {
        spec: this.spec,
        files: this.files,
        folder: this.o.schemaFolder,
        required: typeof value === 'string',
        warn: (w) => this.warnings.push(w),
      });
      if (schema) found[name] = schema;
    }
    return found;
  }

  private recordsFor(query: QuerySpec, external: readonly string[], schemas: Readonly<Record<string, DataSchema>>): Record<string, number> {
    return Object.fromEntries(
      external.map((name) => {
        const own = query.inputs.find((i) => i.source === name)?.records;
        return [
          name,
          this.o.records ??
            own ??
            this.scenario?.defaultRecords ??
            this.spec.defaultRecords ??
            schemas[name]?.recordCount ??
            DEFAULT_RECORDS,
        ];
      }),
    );
  }

  private withFaults(inputs: MadeInputs): MadeInputs {
    const faults = this.spec.faultInjection;
    if (!faults) return inputs;
    const rows = Object.fromEntries(
      Object.entries(inputs.rows).map(([name, list]) => [name, injectFaults(list, faults, { seed: this.seed, name }).rows]),
    );
    const sources = Object.fromEntries(
      Object.entries(inputs.sources).map(([name, source]) => [name, { ...(source as object), rows: rows[name] as Row[] }]),
    );
    return { ...inputs, rows, sources };
  }

  private note(inputs: MadeInputs, external: readonly string[]): void {
    for (const name of external) this.fedSources.add(name);
    for (const pair of inputs.foreignKeys) this.foreignKeys.add(pair);
    this.generated += Object.values(inputs.rows).reduce((n, rows) => n + rows.length, 0);
  }

  private keep(query: QuerySpec, target: TestableStatement, own: ExecutedQuery): void {
    const kept = { rows: own.rows, schema: own.schema };
    for (const name of [query.name, target.name, ...sinksOf(target), ...(query.outputs ?? []).map((o) => o.sink)])
      this.kept.set(name, kept);
    for (const sink of sinksOf(target)) {
      const properties = propertiesOf(this.parsed, sink);
      const path = propertyText(properties, 'path', 'sink.path');
      if (/file_sink/.test(propertyText(properties, 'type') ?? '') && path !== undefined)
        this.written.set(path, fileText(own.rows, propertyText(properties, 'format', 'value.format')));
    }
    const sink = query.output?.['sink_type'];
    const path = typeof sink === 'object' && sink !== null ? (sink as Record<string, unknown>)['path'] : undefined;
    if (typeof path === 'string') this.written.set(path, fileText(own.rows, (sink as Record<string, unknown>)['format']));
  }

  private variables(): Record<string, Value> {
    return Object.fromEntries(
      Object.entries(this.spec.config).map(([k, v]) => [k, Number.isFinite(Number(v)) && v !== '' ? Number(v) : v]),
    );
  }

  /** A listed output is judged by its own assertions, every other one by the query's. */
  private judge(query: QuerySpec, target: TestableStatement, output: ReturnType<typeof captured>): AssertionResult[] {
    const sinks = sinksOf(target);
    const listed = query.outputs ?? [];
    const results: AssertionResult[] = [];
    for (const one of listed) {
      const topic = propertyText(propertiesOf(this.parsed, one.sink), 'topic', 'topic.name');
      for (const a of one.assertions)
        results.push(evaluate(a, { ...output, sinkName: one.sink, ...(topic === undefined ? {} : { topic }) }));
    }
    const rest = [...query.assertions, ...(this.scenario?.assertions ?? [])];
    const isListed = listed.length > 0 && sinks.every((s) => listed.some((o) => o.sink === s)) && query.assertions.length === 0;
    if (!isListed) for (const a of rest) results.push(evaluate(a, { ...output, sinkName: sinks[0] ?? query.name }));
    for (const a of query.metricAssertions ?? []) results.push(evaluate(isPrefixed(a) ? a : { ...a, type: `metric_${a.type}` }, output));
    return results;
  }
}

const isPrefixed = (a: Assertion): boolean => a.type.startsWith('metric');

function withSchema(rows: readonly Row[], schema: Kept['schema']): readonly Row[] {
  const copy = [...rows];
  Object.defineProperty(copy, 'schema', { value: { columns: schema.columns }, enumerable: false });
  return copy;
}

function skippedReport(name: string, seed: number, reason: string): TestReport {
  return { ...errorReport('', seed, new Error(reason), [], name), passed: true, status: 'skipped', warnings: [reason] };
}

/** Counts of a suite; skipped queries neither pass nor fail it. */
export function suiteReport(
  application: string,
  runId: string,
  startedAt: number,
  queries: readonly TestReport[],
  dataGeneration?: NonNullable<SuiteReport['dataGeneration']>,
): SuiteReport {
  const assertions = queries.flatMap((q) => q.assertions);
  const count = (status: TestReport['status']): number => queries.filter((q) => q.status === status).length;
  return {
    application,
    runId,
    startedAt,
    endedAt: systemClock.now(),
    passed: queries.every((q) => q.status === 'passed' || q.status === 'skipped'),
    summary: {
      total: queries.length,
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      errors: count('error'),
      totalAssertions: assertions.length,
      passedAssertions: assertions.filter((a) => a.passed).length,
      failedAssertions: assertions.filter((a) => !a.passed).length,
    },
    queries,
    ...(dataGeneration ? { dataGeneration } : {}),
  };
}
