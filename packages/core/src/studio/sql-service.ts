import { alertsOf } from '../apps/alerts-of.ts';
import { metricsOf } from '../apps/metrics-of.ts';
import { topologyOf } from '../apps/topology.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type ChartQuestion, inferChart } from '../protocol/artifacts/infer-chart.ts';
import type { SqlContext, SqlService, ValidationReport } from '../protocol/studio/sql-service.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { sessionCatalog, unknownReads } from '../sessions/session-catalog.ts';
import { outlineScript, type StatementOutline } from '../sql/bind/outline-script.ts';
import { validate } from '../sql/bind/validate.ts';
import { createCatalog } from '../sql/catalog/create-catalog.ts';
import { listFunctions } from '../sql/functions/all-functions.ts';
import { complete, format, hover, signature } from '../sql/language/index.ts';
import { explain } from '../sql/plan/explain.ts';
import { describeQuery } from './describe-query.ts';

/** The language over what is known: in process the same functions that `core/sql` exports. */
export function createSqlService(known: () => Readonly<Record<string, TableSchema>>): SqlService {
  const schemasOf = (context: SqlContext = {}) => ({ ...known(), ...context.schemas });
  const options = (context: SqlContext = {}) => ({ catalog: createCatalog(schemasOf(context)) });
  return {
    validate: async (sql, context = {}) => validationReport(sql, schemasOf(context), context),
    format: async (sql, { target = 'studio' } = {}) => {
      if (target === 'flink') {
        const { formatFlink } = await import('../sql/flink/format-flink.ts');
        return formatFlink(sql, { catalog: createCatalog({ ...known() }) });
      }
      return format(sql, { target });
    },
    explain: async (sql, { stage = 'optimised', ...context } = {}) =>
      explain(sql, { stage, catalog: sessionCatalog(schemasOf(context), sql) }),
    complete: async (sql, offset, context) => complete(sql, offset, options(context)),
    hover: async (sql, offset, context) => hover(sql, offset, options(context)),
    signature: async (sql, offset, context) => signature(sql, offset, options(context)),
    functions: async () => listFunctions().map(({ examples: _examples, ...info }) => info),
    topology: async (sql, context) => topologyOf(sql, schemasOf(context)),
  };
}

/** Everything that one look at a text finds out: diagnostics, shape, columns, metrics, alerts, chart, and what it does in words. */
export function validationReport(sql: string, schemas: Readonly<Record<string, TableSchema>>, context: SqlContext): ValidationReport {
  const catalog = sessionCatalog(schemas, sql);
  const base = { catalog, ...(context.mode ? { mode: context.mode } : {}), ...(context.purpose ? { purpose: context.purpose } : {}) };
  const diagnostics = [...validate(sql, base), ...unknownSources(sql, schemas)].sort((a, b) => a.start - b.start);
  const script = outlineScript(sql, base);
  const last = script.statements.findLast((s) => s.kind === 'query' || s.kind === 'create' || s.kind === 'insert');
  const hint = script.annotations.vizHints.at(-1);
  const summary = last && describeQuery(last);
  return {
    valid: !diagnostics.some((d) => d.severity === 'error') && script.statements.length > 0,
    diagnostics,
    ...(last ? { outline: outlineOf(last) } : {}),
    columns: last?.columns.map(({ isGroupKey: _key, ...column }) => column) ?? [],
    metrics: metricsOf(sql),
    alerts: alertsOf(sql),
    ...(last && last.columns.length > 0 ? { chart: inferChart(chartQuestion(last), hint ? { ...hint } : {}) } : {}),
    ...(summary ? { summary } : {}),
  };
}

/** Window bounds are milliseconds, typed INTEGER in the dialect; in a chart they are the time that it is drawn over. */
function chartQuestion(s: StatementOutline): ChartQuestion {
  const isBound = (c: StatementOutline['columns'][number]): boolean =>
    s.window !== undefined && c.isGroupKey && /^_?window_(start|end)$/i.test(c.name);
  return { ...s, hasWindow: s.window !== undefined, columns: s.columns.map((c) => (isBound(c) ? { ...c, type: 'TIMESTAMP' } : c)) };
}

function outlineOf(s: StatementOutline): NonNullable<ValidationReport['outline']> {
  const sink = s.writes[0] ?? s.makes;
  return {
    type: s.kind === 'create' ? 'create_stream' : s.kind === 'insert' ? 'insert' : 'select',
    sources: s.reads,
    ...(sink === undefined ? {} : { sink }),
    groupBy: s.columns.filter((c) => c.isGroupKey).map((c) => c.name),
    ...(s.window ? { window: { kind: s.window.kind, text: windowText(s.window) } } : {}),
    ...(s.emit ? { emit: s.emit } : {}),
  };
}

const windowText = (w: NonNullable<StatementOutline['window']>): string =>
  w.advanceMs === undefined ? `${w.kind} ${w.sizeMs} ms` : `${w.kind} ${w.sizeMs} ms every ${w.advanceMs} ms`;

/** A name that nothing is connected under: fine for a test on generated rows, so a warning. */
function unknownSources(sql: string, schemas: Readonly<Record<string, TableSchema>>): Diagnostic[] {
  return unknownReads(schemas, sql).map((name) => {
    const start = Math.max(0, sql.search(new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`)));
    const before = sql.slice(0, start).split('\n');
    return {
      code: 'VS7010',
      reason: 'source-unknown',
      severity: 'warning',
      message: `nothing is connected under the name "${name}"`,
      hint: 'It can be tested on generated rows. Connect a source to run it, or check the name.',
      start,
      end: start + name.length,
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      statement: 0,
    };
  });
}
