import type { Row } from '../protocol/query.ts';
import type { App } from '../protocol/studio/app.ts';
import type { Cell, CellTestConfig } from '../protocol/studio/notebook.ts';
import type { GenerateDataRequest, GeneratedData } from '../protocol/studio/session.ts';
import type { DataSchema, SuiteReport, TestReport, TestRequest } from '../protocol/studio/testing.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { newId } from '../sessions/new-id.ts';
import type { ThreadSession } from '../sessions/session.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import { inDependencyOrder, withUpstream } from '../sessions/thread-context.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';
import { type AppData, appData, NO_DATA } from './app-data.ts';
import { appScripts } from './app-scripts.ts';
import { suiteReport } from './suite-report.ts';

const SAMPLE_ROWS = 200;
const SAMPLE_MS = 1_500;
/** How alike a word has to be to the name of a source that it may mean, 0 to 1, and how many sources are looked at. */
const NEARBY_LIKENESS = 0.6;
const NEARBY_MAX = 4;

/** Tests of queries, notebooks and applications on generated rows that look like what the session has connected. */
export class TestService {
  private readonly runtime: SessionRuntime;

  constructor(runtime: SessionRuntime) {
    this.runtime = runtime;
  }

  async test(session: ThreadSession | undefined, sql: string, request: TestRequest, data: AppData = NO_DATA): Promise<TestReport> {
    const { testQuery } = await import('../testing/index.ts');
    const known = session ? await this.schemasOf(session, sql, request) : {};
    const derive = request.schemas === undefined && request.inputs === undefined;
    const made = { ...known, ...data.over(sql, known) };
    return testQuery(sql, {
      ...request,
      schemas: { ...made, ...request.schemas },
      times: data.times,
      derive,
      loose: Object.keys(made),
      ...(session ? { nearby: (text) => this.nearby(session, text, request) } : {}),
      engine: this.runtime.engine,
    });
  }

  async testNotebook(
    session: ThreadSession,
    cells: readonly Cell[],
    request: TestRequest,
    config: CellTestConfig | undefined,
  ): Promise<SuiteReport> {
    const startedAt = this.runtime.clock.now();
    const seed = request.seed ?? config?.seed ?? this.seed();
    const reports: TestReport[] = [];
    for (const { cell } of inDependencyOrder(cells)) {
      const sql = withUpstream(cell.sql as string, cells);
      const own = { ...config, ...cell.testConfig, ...request, seed };
      const report = { ...(await this.test(session, sql, own)), name: cell.name ?? cell.id, sql: cell.sql as string };
      reports.push(report);
      await session.notebook.updateCell(cell.id, { testReport: report });
    }
    return suiteReport(reports, this.facts(session.name, startedAt));
  }

  async testApp(session: ThreadSession | undefined, app: App, request: TestRequest): Promise<SuiteReport> {
    const startedAt = this.runtime.clock.now();
    const data = await appData(app.test);
    const seed = request.seed ?? data.seed ?? this.seed();
    const { assertions = [], records = data.records, ...rest } = request;
    const all = { ...rest, seed, ...(records === undefined ? {} : { records }) };
    const reports: TestReport[] = [];
    for (const script of appScripts(app)) {
      const own = assertions.filter((a) => a.query === undefined || a.query === script.name || a.query === script.id);
      const report = await this.test(session, script.sql, { ...all, ...(own.length > 0 ? { assertions: own } : {}) }, data);
      const sql = app.queries.find((q) => q.id === script.id)?.sql ?? script.sql;
      reports.push({ ...report, name: script.name, sql });
    }
    return suiteReport(reports, {
      ...this.facts(app.name, startedAt),
      foreignKeyMatches: await this.keyMatches(appScripts(app).map((a) => a.sql)),
    });
  }

  async generateData({ schema, records, seed, foreignKeys = [] }: GenerateDataRequest): Promise<GeneratedData> {
    const [{ generateData }, { readDataSchema }] = await Promise.all([
      import('../testing/index.ts'),
      import('../testing/schema/read-schema.ts'),
    ]);
    const list = Array.isArray(schema) ? (schema as readonly DataSchema[]) : [schema as DataSchema];
    const startedAt = performance.now();
    const references: Record<string, Row[]> = {};
    for (const { table, field, values } of foreignKeys) references[table] = values.map((value) => ({ [field]: value }));
    const made = generateData(list, { ...(records === undefined ? {} : { records }), ...(seed === undefined ? {} : { seed }), references });
    return {
      records: made,
      schemaUsed: list.map((s) => readDataSchema(s).schema),
      generationTimeMs: Math.round(performance.now() - startedAt),
    };
  }

  /** Generators for the sources of `sql` that the session knows: types from the source, values from a few of its records. */
  private async schemasOf(session: ThreadSession, sql: string, request: TestRequest): Promise<Record<string, DataSchema>> {
    const { statements } = outlineScript(sql);
    const made = new Set(statements.map((s) => s.makes));
    const reads = new Set(statements.flatMap((s) => s.reads));
    return this.generatorsFor(
      session,
      sql,
      request,
      [...reads].filter((name) => !made.has(name)),
    );
  }

  /** Those of the sources that `sql` names wrongly, or that stand in a text that cannot be read. */
  private async nearby(session: ThreadSession, sql: string, request: TestRequest): Promise<Record<string, DataSchema>> {
    const { mostAlike } = await import('../testing/analyze/similarity.ts');
    const known = session.registry.all().map((b) => b.name);
    const words = [...new Set(sql.match(/`[^`\n]+`|[\w-]{3,}/g) ?? [])].map((word) => word.replaceAll('`', ''));
    const meant = words.flatMap((word) => mostAlike(word, known, NEARBY_LIKENESS).slice(0, 2));
    return this.generatorsFor(session, sql, request, [...new Set(meant)].slice(0, NEARBY_MAX));
  }

  private async generatorsFor(session: ThreadSession, sql: string, request: TestRequest, names: readonly string[]) {
    const { inferSchemaFromSource } = await import('../testing/infer/infer-from-rows.ts');
    const found: Record<string, DataSchema> = {};
    const schemas = await session.schemasFor(sql);
    for (const name of names) {
      const schema = schemas[name];
      if (!schema || request.schemas?.[name] || request.inputs?.[name]) continue;
      const samples = await this.samples(session, name);
      const inferred = inferSchemaFromSource(name, asSeen(schema, samples), samples);
      found[name] = { ...inferred, fields: inferred.fields.map((f) => ({ ...f, nullable: f.nullable ?? false })) };
    }
    return found;
  }

  private async samples(session: ThreadSession, name: string): Promise<readonly Row[]> {
    const binding = session.registry.find(name);
    if (!binding?.input) return [];
    try {
      return (await session.explorer.peek(binding.info.id, { limit: SAMPLE_ROWS, timeoutMs: SAMPLE_MS })).rows;
    } catch (error) {
      // A source that cannot be read now can still be tested by its types.
      this.runtime.logger.log('warn', 'no samples for a test', { source: name, error: String(error) });
      return [];
    }
  }

  /** Keys that were made to meet: child.field → parent.field, by the joins of all queries. */
  private async keyMatches(scripts: readonly string[]): Promise<readonly string[]> {
    const [{ foreignKeyMatches }, { inferSchema }] = await Promise.all([
      import('../testing/generate/generate-data.ts'),
      import('../testing/index.ts'),
    ]);
    return [...new Set(scripts.flatMap((sql) => foreignKeyMatches(Object.values(inferSchema(sql)))))];
  }

  private seed(): number {
    return Math.floor(this.runtime.rng.next() * 2 ** 31);
  }

  private facts(application: string, startedAt: number) {
    return { application, runId: newId('run', this.runtime.rng), startedAt, endedAt: this.runtime.clock.now() };
  }
}

/** Columns may be NULL where a record of the source shows it: rows with NULLs that the source never has would fail tests for nothing. */
const asSeen = (schema: TableSchema, samples: readonly Row[]): TableSchema => ({
  ...schema,
  columns: schema.columns.map((c) => ({ ...c, nullable: samples.some((row) => (row[c.name] ?? null) === null) })),
});
