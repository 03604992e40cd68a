import type { Diagnostic, TableSchema } from '@velostream/core/protocol';
import type { SourceInfo, TestReport } from '@velostream/core/protocol/explore';
import type { Session, ValidationReport } from '@velostream/core/protocol/studio';
import { format, outlineScript } from '@velostream/core/sql';
import { annotate, metricsFor } from '../analyse/advise-annotations.ts';
import { proposeSchema } from '../apps/propose-schema.ts';
import { looksLikeEdit } from '../offline/edit.ts';
import { partsOf } from '../offline/sql-parts.ts';
import { translate } from '../offline/translate.ts';
import { shortName } from './explore-tools.ts';
import * as f from './fields.ts';
import { withNameFix } from './name-fix.ts';
import { queryTitle, sourceTitle } from './query-title.ts';
import { defineTool, latestArtifact, putArtifact, type Tool, type ToolContext } from './tool.ts';
import { translated } from './translated.ts';
import { withHint } from './with-hint.ts';

export interface EditorParts {
  readonly sql: string;
  readonly prompt?: string;
  readonly explanation?: string;
  readonly assumptions?: readonly string[];
  readonly alternatives?: readonly { readonly label: string; readonly sql: string }[];
  readonly by: string;
  /** A change of the query before it: the same artifact gets a new version. */
  readonly replaces: boolean;
  readonly title?: string;
}

/** What a query with errors was called, until it can be named. */
const isPlaceholder = (title: string | undefined): boolean => title !== undefined && /^Query(?: over .*)?$/.test(title);

/** A query that is not valid still says what it reads, though not what it computes. */
function titleOf({ prompt, sql }: EditorParts, report: ValidationReport): string {
  const title = queryTitle(prompt, report.valid ? report : undefined);
  const sources = [...new Set(outlineScript(sql).statements.flatMap((s) => s.reads))];
  return title === 'Query' && sources.length === 1 ? `Query over ${sourceTitle(sources[0] ?? '')}` : title;
}

/** Shows SQL in an editor artifact and keeps it as a cell. */
export async function showSql(context: ToolContext, parts: EditorParts, report?: ValidationReport) {
  const { session } = context;
  const checked = report ?? (await session.validate(parts.sql));
  const before = parts.replaces ? latestArtifact(session, 'sql-editor') : undefined;
  const known = before?.data.cellId;
  const cell =
    known !== undefined && session.notebook.cells.some((c) => c.id === known)
      ? await session.notebook.updateCell(known, { sql: parts.sql, ...(parts.prompt === undefined ? {} : { nlPrompt: parts.prompt }) })
      : await session.notebook.addCell({ type: 'sql', sql: parts.sql, ...(parts.prompt === undefined ? {} : { nlPrompt: parts.prompt }) });
  return putArtifact(context, 'sql-editor', {
    title: parts.title ?? (isPlaceholder(before?.title) ? undefined : before?.title) ?? titleOf(parts, checked),
    data: {
      sql: parts.sql,
      diagnostics: checked.diagnostics,
      metrics: checked.metrics.map((m) => m.name),
      alerts: checked.alerts.map((a) => a.condition),
      cellId: cell.id,
      ...(parts.explanation === undefined
        ? checked.summary === undefined
          ? {}
          : { explanation: checked.summary }
        : { explanation: parts.explanation }),
      ...(parts.assumptions && parts.assumptions.length > 0 ? { assumptions: parts.assumptions } : {}),
      ...(parts.alternatives && parts.alternatives.length > 0 ? { alternatives: parts.alternatives } : {}),
      ...(checked.chart ? { chart: checked.chart } : {}),
    },
    by: parts.by,
    sources: checked.outline?.sources ?? [],
    state: checked.valid ? 'done' : 'failed',
    ...(before ? { id: before.id } : {}),
  });
}

/** The query this thread is about: the newest editor, else the newest cell. */
export const currentSql = (session: Session): string | undefined =>
  latestArtifact(session, 'sql-editor')?.data.sql ?? session.notebook.cells.findLast((c) => c.sql !== undefined)?.sql;

/** SQL names a file without the way to it and its ending; it is one source under both names. */
const stemOf = ({ name, kind }: SourceInfo): string =>
  kind === 'file' || kind === 'object' ? shortName(name).replace(/(\.[A-Za-z0-9]+)+$/, '') : name;

/** What is known of every relation here; sources that nobody has looked at yet are inspected first, at most eight. */
export async function schemasOf(context: ToolContext): Promise<Readonly<Record<string, TableSchema>>> {
  const known = { ...context.session.context.schemas };
  const sources = await context.studio.sources.list({ sessionId: context.session.id }).catch(() => []);
  const missing = sources.filter((s) => !(s.name in known) && !(stemOf(s) in known) && !s.isTest).slice(0, 8);
  for (const source of missing) {
    const schema = await context.studio.sources.inspect(source.id, { sessionId: context.session.id }).catch(() => undefined);
    if (!schema) continue;
    known[source.name] = {
      columns: schema.fields,
      kind: source.kind === 'table' ? 'table' : 'stream',
      ...(schema.eventTime === undefined ? {} : { eventTime: schema.eventTime }),
      ...(schema.key ? { key: schema.key } : {}),
    };
  }
  return known;
}

const generateSql = defineTool({
  name: 'generate_sql',
  title: 'Write a query',
  description:
    'Turns a question into streaming SQL over the known sources of this thread. Asks back where the question leaves the answer open.',
  risk: 'compute',
  artifact: 'sql-editor',
  input: f.object({ prompt: f.text('The question, in plain words'), previous_sql: f.maybe(f.text('Query that the question changes')) }),
  output: f.facts({
    kind: f.z.enum(['sql', 'clarify', 'refused']),
    sql: f.z.optional(f.z.string()),
    confidence: f.z.optional(f.z.number()),
  }),
  async execute({ prompt, previous_sql }, context) {
    const known = await schemasOf(context);
    const proposed = await startFor(prompt, known, context);
    if (proposed) await context.session.declare(proposed.name, proposed.schema);
    const schemas = proposed ? { [proposed.name]: proposed.schema } : known;
    const previous = previous_sql ?? currentSql(context.session);
    const asked = { prompt, schemas, ...(previous === undefined ? {} : { previousSql: previous }) };
    const { result, request } = context.assistant
      ? { result: await context.assistant.nlToSql(asked, context.signal ? { signal: context.signal } : {}), request: asked }
      : await translated(asked, context);
    if (result.kind === 'clarify')
      return { output: { kind: 'clarify' as const, question: result.question, options: result.options }, text: result.question };
    if (result.kind === 'refused')
      return { output: { kind: 'refused' as const, reason: result.reason, message: result.message }, text: result.message };
    const isSame = latestArtifact(context.session, 'sql-editor')?.title === queryTitle(prompt, undefined);
    const replaces = previous !== undefined && sharesShape(previous, result.sql) && (isSame || looksLikeEdit(prompt, request));
    // A query over fields that were only proposed is a start of something to run: it comes with its metrics.
    const parts = proposed ? partsOf(result.sql) : undefined;
    const sql = parts && !/@metric/.test(result.sql) ? format(annotate(parts, metricsFor(parts).slice(0, 1), [])).trim() : result.sql;
    const artifact = await showSql(context, {
      sql,
      prompt,
      explanation: result.explanation,
      assumptions: result.assumptions.map((a) => a.text),
      alternatives: result.alternatives,
      by: 'generate_sql',
      replaces,
    });
    const isUnchanged = request.previousSql !== undefined && previous?.trim() === sql.trim() && !isSame;
    const ignored = result.ignored.length > 0 ? ` I ignored: ${result.ignored.map((w) => `"${w}"`).join(', ')}.` : '';
    return {
      output: {
        kind: 'sql' as const,
        sql,
        confidence: result.confidence,
        assumptions: result.assumptions.map((a) => a.text),
        ignored: result.ignored,
        engine: result.engine,
      },
      artifact,
      text: `${isUnchanged ? 'That changes nothing: ' : ''}${isUnchanged ? result.explanation.replace(/^[A-Z]/, (c) => `the query ${c.toLowerCase()}`) : result.explanation}${ignored}${proposed ? ` Nothing is connected yet, so I took the usual fields of ${proposed.name}: ${proposed.schema.columns.map((c) => c.name).join(', ')}.` : ''}`,
    };
  },
});

/** Fields to begin with: where nothing is connected, and what an earlier question has proposed does not answer this one. */
async function startFor(prompt: string, known: Readonly<Record<string, TableSchema>>, context: ToolContext) {
  if (Object.keys(known).length === 0) return proposeSchema(prompt);
  const sources = await context.studio.sources.list({ sessionId: context.session.id }).catch(() => undefined);
  if (sources?.length !== 0) return undefined;
  const previous = currentSql(context.session);
  const made = translate({ prompt, schemas: known, ...(previous === undefined ? {} : { previousSql: previous }) });
  if (made.kind === 'sql' && made.ignored.length === 0) return undefined;
  const proposed = await proposeSchema(prompt);
  return proposed && !(proposed.name in known) ? proposed : undefined;
}

/** An edit keeps most lines of the query before it. */
function sharesShape(before: string, after: string): boolean {
  const lines = (sql: string): string[] =>
    sql
      .split('\n')
      .map((l) => l.trim())
      .filter((l) => l !== '' && !/^EMIT|^--/.test(l));
  const old = new Set(lines(before));
  const fresh = lines(after);
  return fresh.filter((l) => old.has(l)).length >= Math.min(2, old.size) && fresh.some((l) => l.startsWith('FROM') && old.has(l));
}

/** Share of the words that stand in both texts; what is only a note, such as an annotation, does not count. */
function sharedWords(before: string, after: string): number {
  const words = (sql: string): string[] =>
    sql
      .toLowerCase()
      .replace(/--.*$/gm, '')
      .match(/[\w.]+/g) ?? [];
  const [old, fresh] = [words(before), words(after)];
  const left = new Map<string, number>();
  for (const word of old) left.set(word, (left.get(word) ?? 0) + 1);
  const both = fresh.filter((word) => {
    const n = left.get(word) ?? 0;
    left.set(word, n - 1);
    return n > 0;
  });
  return (2 * both.length) / Math.max(1, old.length + fresh.length);
}

const readsOf = (sql: string): string => [...new Set(outlineScript(sql).statements.flatMap((s) => s.reads))].sort().join('\n');

/** Most of the text stays. */
const EDITED_MIN = 0.6;

/**
 * Whether pasted SQL is the query in hand, changed: it reads the same, gives a figure that was there before, and most of its text stood there. What
 * had errors may have read and given anything else.
 */
function isVersionOf(sql: string, session: Session): boolean {
  const editor = latestArtifact(session, 'sql-editor');
  if (!editor || sharedWords(editor.data.sql, sql) < EDITED_MIN) return false;
  if (editor.state === 'failed') return true;
  if (readsOf(editor.data.sql) !== readsOf(sql)) return false;
  const [before, after] = [partsOf(editor.data.sql), partsOf(sql)];
  if (!before || !after) return !before && !after;
  const figures = ({ items }: typeof before): string[] =>
    items.filter((i) => i.isAggregate || after.groupBy.length === 0).map((i) => i.alias ?? i.sql);
  const old = new Set(figures(before));
  return figures(after).some((name) => old.has(name));
}

const validateSql = defineTool({
  name: 'validate_sql',
  title: 'Check a query',
  description: 'Checks SQL against the dialect and the known sources; every problem has a place and, where there is one, a fix.',
  risk: 'compute',
  artifact: 'sql-editor',
  idempotent: true,
  input: f.object({ sql: f.text('One query or a whole file') }),
  output: f.facts({ valid: f.z.boolean(), problems: f.z.array(f.z.looseObject({ message: f.z.string() })) }),
  async execute({ sql }, context) {
    const report = await context.session.validate(sql);
    const artifact = await showSql(context, { sql, by: 'validate_sql', replaces: isVersionOf(sql, context.session) }, report);
    const problems = report.diagnostics.slice(0, 20).map((d: Diagnostic) => ({
      severity: d.severity,
      code: d.code,
      message: d.message,
      line: d.line,
      column: d.column,
      ...(d.hint === undefined ? {} : { hint: d.hint }),
    }));
    const errors = report.diagnostics.filter((d) => d.severity === 'error');
    const first = errors[0];
    const text = report.valid
      ? (report.summary ?? 'The query is valid.')
      : `${errors.length} problem${errors.length === 1 ? '' : 's'}: ${withHint(first?.message ?? '', first?.hint)}`;
    return {
      output: { valid: report.valid, problems, summary: report.summary ?? null, columns: report.columns.map((c) => `${c.name} ${c.type}`) },
      artifact,
      text,
    };
  },
});

const executeQuery = defineTool({
  name: 'execute_query',
  title: 'Run a query',
  description:
    'Runs SQL on the connected sources, or on generated rows where none can be read. Stops by itself after the row and time limits.',
  risk: 'compute',
  artifact: 'query-results',
  timeoutMs: 60_000,
  input: f.object({
    sql: f.maybe(f.text('Query; the current one by default')),
    max_rows: f.maybe(f.whole('Rows', 1, 10_000)),
    timeout_ms: f.maybe(f.whole('Time, ms', 100, 60_000)),
  }),
  output: f.facts({ rowCount: f.z.number(), columns: f.z.array(f.z.string()), rows: f.z.array(f.z.unknown()) }),
  async execute({ sql, max_rows, timeout_ms }, context) {
    const query = sql ?? currentSql(context.session);
    if (query === undefined)
      return {
        output: { rowCount: 0, columns: [], rows: [], error: 'no query' },
        text: 'There is no query yet. Ask a question or paste SQL first.',
      };
    const started = context.now();
    const execution = context.session.execute(query, {
      maxRows: max_rows ?? 200,
      timeoutMs: timeout_ms ?? 5_000,
      ...(context.signal ? { signal: context.signal } : {}),
    });
    await execution.ready;
    const rows: Record<string, unknown>[] = [];
    const deadline = started + (timeout_ms ?? 5_000);
    const most = Math.min(max_rows ?? 200, 200);
    for await (const row of execution) {
      rows.push(row);
      if (rows.length >= most || context.now() > deadline) break;
    }
    const { columns } = execution.schema;
    const silence = rows.length === 0 ? execution.explainSilence() : undefined;
    const report = await context.session.validate(query);
    const artifact = await putArtifact(context, 'query-results', {
      title: 'Results',
      data: {
        sql: query,
        executionId: execution.id,
        columns,
        rows: rows as never,
        rowCount: rows.length,
        ...(report.chart ? { chart: report.chart } : {}),
        ...(silence ? { silence } : {}),
        elapsedMs: Math.max(0, context.now() - started),
      },
      by: 'execute_query',
      sources: report.outline?.sources ?? [],
      state: rows.length === 0 ? 'empty' : 'done',
    });
    const why = silence?.reasons[0]?.text;
    return {
      output: { rowCount: rows.length, columns: columns.map((c) => c.name), rows: rows.slice(0, 20) },
      artifact,
      text:
        rows.length === 0
          ? `No rows came out${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}.`
          : `${rows.length} row${rows.length === 1 ? '' : 's'}.`,
      untrusted: true,
    };
  },
});

/** A statement without a name has only its number; its editor has the title that people see. */
function nameOfTested(session: Session, { name, sql }: TestReport): string {
  if (!/^stmt_\d+$/.test(name)) return name;
  return session.notebook.artifacts.findLast((a) => a.kind === 'sql-editor' && a.data.sql.trim() === sql.trim())?.title ?? 'the query';
}

const counted = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

/** How a test ended, in a sentence. */
function outcomeOf({ passed, assertions, inputs, output, analysis, error }: TestReport): string {
  const total = assertions.length;
  const failed = assertions.filter((a) => !a.passed).length;
  if (!passed) {
    const ofThem = total === 1 ? 'its check does not hold' : `${failed} of ${total} checks do not hold`;
    return analysis?.summary ?? error?.message ?? `The test failed: ${ofThem}.`;
  }
  const held = total === 1 ? 'its check holds' : `all ${total} checks hold`;
  const rows = Object.values(inputs).reduce((a, b) => a + b, 0);
  const came = output.rowCount === 0 ? 'none came out' : `${counted(output.rowCount, 'row')} came out`;
  return `The test passed: ${total === 0 ? '' : `${held}, `}${counted(rows, 'row')} went in and ${came}.`;
}

const assertion = f.z.looseObject({ type: f.z.string() });

const testQuery = defineTool({
  name: 'test_query',
  title: 'Test a query',
  description:
    'Generates rows for every source of a query, runs it, and checks the assertions; without any, it checks counts, columns and NULLs.',
  risk: 'compute',
  artifact: 'test-results',
  timeoutMs: 60_000,
  input: f.object({
    sql: f.maybe(f.text('Query; the current one by default')),
    records: f.maybe(f.whole('Records per source', 1, 100_000)),
    seed: f.maybe(f.whole('Seed of the generated rows', 0, 2 ** 31)),
    assertions: f.maybe(f.list(assertion, 'Checks as in a spec file')),
  }),
  output: f.facts({ passed: f.z.boolean(), assertions: f.z.array(f.z.looseObject({ type: f.z.string(), passed: f.z.boolean() })) }),
  async execute({ sql, records, seed, assertions }, context) {
    const query = sql ?? currentSql(context.session);
    if (query === undefined)
      return { output: { passed: false, assertions: [], error: 'no query' }, text: 'There is no query to test yet.' };
    const request = {
      ...(records === undefined ? {} : { records }),
      ...(seed === undefined ? {} : { seed }),
      ...(assertions ? { assertions } : {}),
      ...(context.signal ? { signal: context.signal } : {}),
    };
    const report = await withNameFix(context, await context.session.test(query, request), request);
    const artifact = await putArtifact(context, 'test-results', {
      title: `Test of ${nameOfTested(context.session, report)}`,
      data: { report },
      by: 'test_query',
      sources: Object.keys(report.inputs),
      state: report.status === 'error' ? 'failed' : 'done',
      tookMs: report.performance.executionTimeMs,
      actions: report.passed
        ? [
            { name: 'view-report', label: 'View full report' },
            { name: 'add-assertions', label: 'Add more assertions' },
          ]
        : [
            { name: 'apply-fix', label: 'Apply fix', primary: true },
            { name: 'regenerate-data', label: 'Regenerate data' },
            { name: 'ignore', label: 'Ignore' },
          ],
    });
    return {
      output: {
        passed: report.passed,
        status: report.status,
        assertions: report.assertions.map((a) => ({ type: a.type, passed: a.passed, message: a.message })),
        outputRows: report.output.rowCount,
        fixes: report.analysis?.fixes.map((x) => ({ title: x.title, verified: x.verified })) ?? [],
      },
      artifact,
      text: outcomeOf(report),
    };
  },
});

const generateData = defineTool({
  name: 'generate_data',
  title: 'Generate rows',
  description: 'Makes realistic rows, repeatable by seed, for the sources of the current query or for a given schema.',
  risk: 'compute',
  artifact: 'data-preview',
  input: f.object({
    sql: f.maybe(f.text('Query whose sources get rows')),
    schema: f.maybe(f.open('A data schema of the test kit')),
    records: f.maybe(f.whole('Records', 1, 100_000)),
    seed: f.maybe(f.whole('Seed', 0, 2 ** 31)),
  }),
  output: f.facts({ sources: f.z.array(f.z.looseObject({ name: f.z.string(), records: f.z.number() })) }),
  async execute({ sql, schema, records, seed }, context) {
    const query = sql ?? currentSql(context.session);
    const { inferSchema } = await import('@velostream/core/testing');
    const schemas = schema ? [schema] : query === undefined ? [] : Object.values(inferSchema(query));
    if (schemas.length === 0) return { output: { sources: [] }, text: 'Rows of what? Ask a question first, or give a schema.' };
    const made = await context.session.generateData({
      schema: schemas as never,
      records: records ?? 1000,
      ...(seed === undefined ? {} : { seed }),
    });
    const peeks = Object.entries(made.records).map(([name, rows]) => {
      const used = made.schemaUsed.find((s) => s.name === name);
      return {
        id: `generated/${name}`,
        name,
        columns: (used?.fields ?? []).map((c) => ({ name: c.name, type: c.type.toUpperCase() })),
        rows: rows.slice(0, 50),
        masked: [],
        coverage: { scanned: Math.min(50, rows.length), available: rows.length, partitions: [], stoppedBy: 'limit' as const },
      };
    });
    const artifact = await putArtifact(context, 'data-preview', {
      title: 'Generated rows',
      data: { peeks },
      by: 'generate_data',
      tookMs: made.generationTimeMs,
    });
    const list = Object.entries(made.records).map(([name, rows]) => ({ name, records: rows.length }));
    return { output: { sources: list }, artifact, text: `Made ${list.map((s) => `${s.records} rows of ${s.name}`).join(', ')}.` };
  },
});

export const sqlTools: readonly Tool[] = [generateSql, validateSql, executeQuery, testQuery, generateData];
