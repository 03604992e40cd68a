import { testingError } from '../../diagnostics/codes/testing.ts';
import type { EngineOptions } from '../../engine/api.ts';
import { systemScheduler } from '../../engine/default-ports.ts';
import type { Row, Value } from '../../protocol/query.ts';
import type { Assertion, AssertionResult, DataSchema, TestReport } from '../../protocol/studio/testing.ts';
import { type ParseResult, parse } from '../../sql/syntax/index.ts';
import { evaluate, needsChanges } from '../assert/evaluate.ts';
import type { TestBroker } from '../broker/test-broker.ts';
import type { CaptureFormats } from '../capture/capture-format.ts';
import { captureQuery } from '../capture/capture-query.ts';
import { deriveInputs } from '../derive/derive-inputs.ts';
import { referenceFiles, TEST_NOW } from '../generate/generate-data.ts';
import { injectFaults } from '../generate/inject-faults.ts';
import { requireTime } from '../generate/time-expression.ts';
import { inferSchema } from '../infer/infer-from-sql.ts';
import type { QuerySpec, Scenario, TestSpec } from '../spec/test-spec.ts';
import type { TopicNaming } from '../spec/topic-name.ts';
import { alertOutcomes, metricSamples } from './annotations.ts';
import { type Executed, type ExecutedQuery, type ExecuteRequest, execute } from './execute.ts';
import { type FileReader, filesFor, fileText, readDataFile } from './files.ts';
import { findSchema } from './find-schema.ts';
import { keepGolden, readSnapshots } from './golden.ts';
import { type MadeInputs, makeInputs, planInputs } from './make-inputs.ts';
import {
  propertiesOf,
  propertyText,
  sinksOf,
  sqlFor,
  statementFor,
  type TestableStatement,
  testableStatements,
  writtenFiles,
} from './query-sql.ts';
import { captured, errorReport, samplesOf, totals } from './run-test.ts';

/** What one query of a spec left for those behind it. */
export interface Kept {
  readonly rows: readonly Row[];
  readonly schema: ExecutedQuery['schema'];
}

/** Outputs by query and by sink, and files by path, of the queries that one may look at. */
export interface BeforeQuery {
  readonly kept: ReadonlyMap<string, Kept>;
  readonly written: ReadonlyMap<string, string>;
}

/** What a query gives to its suite. Data only, so that it can come from another thread. */
export interface QueryOutcome {
  readonly report: TestReport;
  readonly kept?: Kept & { readonly names: readonly string[] };
  readonly written: ReadonlyMap<string, string>;
  /** Of the spec as a whole; those of the SQL are the same for every query. */
  readonly warnings: readonly string[];
  readonly sqlWarnings: readonly string[];
  readonly sources: readonly string[];
  readonly foreignKeys: readonly string[];
  readonly recordsGenerated: number;
}

/** How every query of a spec is run. */
export interface QuerySettings {
  readonly seed: number;
  readonly scenario?: string;
  readonly records?: number;
  readonly timeoutMs?: number;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  readonly memory?: () => number;
  readonly schemaFolder?: string;
  readonly coverage?: boolean;
  readonly analyse?: boolean;
  readonly updateGolden?: boolean;
  /** For queries with `capture_format`. */
  readonly formats?: CaptureFormats;
  readonly broker?: TestBroker;
  readonly runId?: string;
}

const DEFAULT_RECORDS = 1000;
const OUTPUT_ROWS_MAX = 1000;

/** Runs the queries of one spec, each on its own part of the SQL. Keeps nothing from one to the next. */
export class QueryRunner {
  private readonly spec: TestSpec;
  private readonly sql: string;
  private readonly parsed: ParseResult;
  private readonly files: FileReader;
  private readonly o: QuerySettings;
  private readonly now: number;
  private readonly scenario: Scenario | undefined;
  private readonly sqlWarnings: string[] = [];
  private inferredSchemas: Readonly<Record<string, DataSchema>> | null = null;

  constructor(spec: TestSpec, sql: string, files: FileReader, settings: QuerySettings) {
    this.spec = spec;
    this.sql = sql;
    this.files = files;
    this.o = settings;
    this.parsed = parse(sql);
    this.now = spec.now === undefined ? TEST_NOW : requireTime(spec.now, TEST_NOW);
    this.scenario = spec.scenarios?.find((s) => s.name === settings.scenario);
  }

  /** Never rejects: what goes wrong is in the report. */
  async run(query: QuerySpec, before: BeforeQuery, signal?: AbortSignal): Promise<QueryOutcome> {
    const one = new QueryRun(query, before);
    const report = await this.query(one, signal);
    const { kept, written, warnings, sources, foreignKeys, generated } = one;
    return {
      report,
      ...(kept ? { kept } : {}),
      written,
      warnings,
      sqlWarnings: this.sqlWarnings,
      sources: [...sources],
      foreignKeys: [...foreignKeys],
      recordsGenerated: generated,
    };
  }

  private inferred(): Readonly<Record<string, DataSchema>> {
    this.inferredSchemas ??= inferSchema(this.sql, { onWarning: (w) => this.sqlWarnings.push(w) });
    return this.inferredSchemas;
  }

  private async query(one: QueryRun, signal: AbortSignal | undefined): Promise<TestReport> {
    const { query } = one;
    const assertions = [
      ...query.assertions,
      ...(this.scenario?.assertions ?? []),
      ...(query.outputs ?? []).flatMap((o) => o.assertions),
      ...(query.metricAssertions ?? []),
    ];
    const target = statementFor(query, testableStatements(this.parsed));
    if (!target) {
      const names = testableStatements(this.parsed).map((s) => s.name);
      return errorReport(
        this.sql,
        this.o.seed,
        testingError(
          'VS5402',
          { what: this.spec.application, problem: `unknown query "${query.name}"` },
          { hint: `The SQL makes ${names.join(', ') || 'nothing'}.` },
        ),
        assertions,
        query.name,
      );
    }
    const lost = query.inputs.find((i) => typeof i.fromPrevious === 'string' && !one.before.kept.has(i.fromPrevious));
    if (lost) return skippedReport(query.name, this.o.seed, `"${String(lost.fromPrevious)}", which feeds "${lost.source}", gave no output`);
    try {
      return await this.runQuery(one, target, assertions, signal);
    } catch (error) {
      return errorReport(this.sql, this.o.seed, error, assertions, query.name);
    }
  }

  private async runQuery(
    one: QueryRun,
    target: TestableStatement,
    assertions: readonly Assertion[],
    signal: AbortSignal | undefined,
  ): Promise<TestReport> {
    const { query } = one;
    const started = systemScheduler.elapsed();
    const warnings: string[] = [];
    const { sql, plan, inputs } = await this.inputsFor(one, target, (w) => warnings.push(w));
    one.note(inputs, plan.external);
    const timeout = this.o.timeoutMs ?? query.timeoutMs ?? this.scenario?.timeoutMs ?? this.spec.defaultTimeoutMs;
    const request: ExecuteRequest = {
      sql,
      wanted: 'last',
      sources: inputs.sources,
      seed: this.o.seed,
      now: inputs.now,
      timeoutMs: timeout,
      coverage: this.o.coverage ?? true,
      changes: needsChanges(assertions),
      ...(this.o.engine ? { engine: this.o.engine } : {}),
      ...(signal ? { signal } : {}),
      ...(this.o.memory ? { memory: this.o.memory } : {}),
    };
    const executed = await this.execute(request, query, inputs, (w) => warnings.push(w));
    // Faults that a spec asks for are no news.
    if (executed.errorCount > 0 && !this.spec.faultInjection) warnings.push(refusedText(executed));
    const own = await captureQuery(executed.queries.at(-1) as ExecutedQuery, query, {
      formats: this.o.formats,
      files: this.files,
      signal,
      warn: (w) => warnings.push(w),
    });
    this.keep(one, target, own);
    const metrics = metricSamples(this.sql, target.index, own);
    const alerts = alertOutcomes(this.sql, target.index, own);
    const outputs = one.outputs();
    const written = one.filesSoFar();
    if (this.o.updateGolden === true) await keepGolden(assertions, own.rows, written, this.files);
    const output = {
      ...captured({ ...own, name: query.name }, executed, inputs),
      outputs,
      metrics,
      files: await filesFor(assertions, written, this.files),
      snapshots: await readSnapshots(assertions, this.files),
      variables: this.variables(),
    };
    const results = this.judge(query, target, output);
    const passed = results.every((r) => r.passed);
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
      seed: this.o.seed,
      ...(executed.coverage ? { coverage: executed.coverage } : {}),
      ...(alerts.length > 0 ? { alerts } : {}),
      ...(metrics.length > 0 ? { metrics: totals(metrics) } : {}),
      ...(warnings.length + executed.warnings.length > 0 ? { warnings: [...warnings, ...executed.warnings] } : {}),
    };
    return passed || this.o.analyse === false ? report : await this.withAnalysis(report, query, plan.schemas, inputs);
  }

  private async withAnalysis(
    report: TestReport,
    query: QuerySpec,
    schemas: Readonly<Record<string, DataSchema>>,
    inputs: MadeInputs,
  ): Promise<TestReport> {
    const { analyzeTestFailure } = await import('../analyze/analyze-failure.ts');
    const assertions = [...query.assertions, ...(query.outputs ?? []).flatMap((o) => o.assertions), ...(query.metricAssertions ?? [])];
    const { seed } = this.o;
    return { ...report, analysis: await analyzeTestFailure(report, { schemas, inputs: inputs.rows, seed, assertions, now: inputs.now }) };
  }

  /** The rows that a query is tested with: given, made, derived from its SQL, with the faults that the spec asks for. */
  private async inputsFor(one: QueryRun, target: TestableStatement, warn: (text: string) => void) {
    const { query } = one;
    const supplied = await this.suppliedRows(one, target);
    const sql = sqlFor(this.sql, this.parsed, target, new Set([...query.inputs.map((i) => i.source), ...Object.keys(supplied.rows)]));
    const schemas = await this.schemasFor(one, supplied.rows);
    // What the whole script says of a source holds in each of its queries, so that keys of different queries meet.
    const plan = planInputs(sql, { ...this.inferred(), ...schemas }, warn);
    const references: Record<string, readonly Row[]> = {};
    for (const path of referenceFiles(Object.values(plan.schemas))) references[path] = await readDataFile(this.files, path, undefined);
    const base = makeInputs(plan, {
      references,
      records: this.recordsFor(query, plan.external, plan.schemas),
      seed: this.o.seed,
      inputs: supplied.rows,
      parents: { ...this.inferred(), ...schemas },
      now: this.now,
      simulations: Object.fromEntries(query.inputs.flatMap((i) => (i.timeSimulation ? [[i.source, i.timeSimulation] as const] : []))),
      nullProbability: Object.fromEntries(
        query.inputs.flatMap((i) => (i.nullProbability === undefined ? [] : [[i.source, i.nullProbability] as const])),
      ),
      warn,
    });
    const derived =
      query.derive === true
        ? await deriveInputs(sql, plan, base, {
            seed: this.o.seed,
            schemas,
            warn,
            ...(this.o.engine ? { engine: this.o.engine } : {}),
          })
        : base;
    return { sql, plan, inputs: this.withFaults(derived) };
  }

  /** In this process, or over a broker. */
  private async execute(request: ExecuteRequest, query: QuerySpec, inputs: MadeInputs, warn: (text: string) => void): Promise<Executed> {
    const { broker, runId } = this.o;
    if (!broker) return execute(request);
    const { runOverBroker } = await import('../broker/run-over-broker.ts');
    return runOverBroker(request, { broker, query: query.name, runId: runId ?? '0', naming: namingOf(this.spec), inputs, warn });
  }

  /** Rows that come from files, from the spec, and from earlier queries; file sources of the SQL are read where no input names them. */
  private async suppliedRows(one: QueryRun, target: TestableStatement): Promise<{ rows: Record<string, readonly Row[]> }> {
    const rows: Record<string, readonly Row[]> = {};
    const { query, before } = one;
    for (const input of query.inputs) {
      if (typeof input.fromPrevious === 'string') {
        const made = before.kept.get(input.fromPrevious);
        if (made) rows[input.source] = withSchema(input.records === undefined ? made.rows : made.rows.slice(0, input.records), made.schema);
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

  private async schemasFor(one: QueryRun, rows: Readonly<Record<string, readonly Row[]>>): Promise<Record<string, DataSchema>> {
    const found: Record<string, DataSchema> = {};
    for (const input of one.query.inputs) {
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
        warn: (w) => one.warnings.push(w),
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
        warn: (w) => one.warnings.push(w),
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
      Object.entries(inputs.rows).map(([name, list]) => [name, injectFaults(list, faults, { seed: this.o.seed, name }).rows]),
    );
    const sources = Object.fromEntries(
      Object.entries(inputs.sources).map(([name, source]) => [name, { ...(source as object), rows: rows[name] as Row[] }]),
    );
    return { ...inputs, rows, sources };
  }

  private keep(one: QueryRun, target: TestableStatement, own: ExecutedQuery): void {
    const { query } = one;
    const names = [query.name, target.name, ...sinksOf(target), ...(query.outputs ?? []).map((o) => o.sink)];
    one.kept = { names: [...new Set(names)], rows: own.rows, schema: own.schema };
    for (const { path, format } of writtenFiles(query, target, this.parsed)) one.written.set(path, fileText(own.rows, format));
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

/** One query while it runs. */
class QueryRun {
  readonly query: QuerySpec;
  readonly before: BeforeQuery;
  readonly warnings: string[] = [];
  readonly written = new Map<string, string>();
  readonly sources = new Set<string>();
  readonly foreignKeys = new Set<string>();
  generated = 0;
  kept: QueryOutcome['kept'];

  constructor(query: QuerySpec, before: BeforeQuery) {
    this.query = query;
    this.before = before;
  }

  note(inputs: MadeInputs, external: readonly string[]): void {
    for (const name of external) this.sources.add(name);
    for (const pair of inputs.foreignKeys) this.foreignKeys.add(pair);
    this.generated += Object.values(inputs.rows).reduce((n, rows) => n + rows.length, 0);
  }

  /** Rows of this query and of those before it, by query and by sink. */
  outputs(): Record<string, readonly Row[]> {
    const found = Object.fromEntries([...this.before.kept].map(([name, k]) => [name, k.rows]));
    for (const name of this.kept?.names ?? []) found[name] = this.kept?.rows ?? [];
    return found;
  }

  filesSoFar(): ReadonlyMap<string, string> {
    return new Map([...this.before.written, ...this.written]);
  }
}

/** `topic_naming` of the spec. */
function namingOf({ topicNaming = {} }: TestSpec): TopicNaming {
  const text = (key: string): string | undefined => (typeof topicNaming[key] === 'string' ? topicNaming[key] : undefined);
  const [pattern, namespace, branch, user] = [text('pattern'), text('namespace'), text('branch'), text('user')];
  const maxTopicLength = topicNaming['max_topic_length'];
  return {
    ...(pattern === undefined ? {} : { pattern }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(branch === undefined ? {} : { branch }),
    ...(user === undefined ? {} : { user }),
    ...(topicNaming['hash_long_names'] === false ? { hashLongNames: false } : {}),
    ...(typeof maxTopicLength === 'number' ? { maxTopicLength } : {}),
  };
}

/** Rows that are missing for a reason that no assertion may ask for. */
function refusedText({ errorCount, errors }: Executed): string {
  const [first] = errors;
  const rows = errorCount === 1 ? '1 row' : `${errorCount} rows`;
  return `${rows} could not be processed and are missing${first === undefined ? '' : `: ${first.message}`}`;
}

const isPrefixed = (a: Assertion): boolean => a.type.startsWith('metric');

function withSchema(rows: readonly Row[], schema: Kept['schema']): readonly Row[] {
  const copy = [...rows];
  Object.defineProperty(copy, 'schema', { value: { columns: schema.columns }, enumerable: false });
  return copy;
}

export function skippedReport(name: string, seed: number, reason: string): TestReport {
  return { ...errorReport('', seed, new Error(reason), [], name), passed: true, status: 'skipped', warnings: [reason] };
}
