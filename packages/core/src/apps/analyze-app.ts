import { duplicateQuery, tooManyQueries } from '../diagnostics/codes/apps.ts';
import { dashboardFor } from '../observability/dashboard.ts';
import { slugOf } from '../observability/prometheus-name.ts';
import type { AlertInfo, App, AppInput, AppQuery, MetricInfo } from '../protocol/studio/app.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { alertsOfQuery } from './alerts-of.ts';
import { type BoundApp, type BoundAppQuery, bindApp } from './bind-app.ts';
import { metricsOfQuery } from './metrics-of.ts';
import { relationLabel } from './relation-label.ts';
import { graphOf } from './topology.ts';

export interface AnalyzeOptions {
  /** Schemas of what the queries read from outside; what is not among them may have any columns. */
  readonly schemas?: Readonly<Record<string, TableSchema>>;
  /** ms since the epoch: the host's clock. */
  readonly now: number;
  /** The version before; keeps identity and creation time. */
  readonly previous?: App;
}

const QUERIES_MAX = 200;

/**
 * An application from its SQL: what each query reads, writes, measures and watches, the graph with column lineage, a
 * dashboard, and everything that is wrong. Never throws on what a user wrote in SQL.
 *
 * @throws {VeloError} `too-many-queries`, `duplicate-query`
 */
export function analyzeApp(input: AppInput, options: AnalyzeOptions): App {
  return analyzeBound(input, bindApp(input.queries, options.schemas ?? {}), options);
}

/** The same of an application that is bound already. */
export function analyzeBound(input: AppInput, bound: BoundApp, { previous, now }: AnalyzeOptions): App {
  checkInput(input);
  const parts = bound.queries.map((query, i) => partOf(query, input.queries[i] as AppInput['queries'][number]));
  const labels = new Map(bound.queries.map((query) => [query.id, query.name]));
  const topology = graphOf(bound, (statement) =>
    statement.isMain ? (labels.get(statement.queryId) ?? statement.queryId) : (statement.outputs[0] ?? statement.queryId),
  );
  const metrics = parts.flatMap((part) => part.query.metrics);
  const alerts = parts.flatMap((part) => part.query.alerts);
  const slug = slugOf(input.name);
  return {
    id: input.id ?? previous?.id ?? slug,
    name: input.name,
    slug,
    ...optional('description', input.description),
    queries: parts.map((part) => part.query),
    metrics,
    alerts,
    topology,
    dashboard: dashboardOf(input, metrics, alerts, parts),
    ...optional('templateId', input.templateId ?? previous?.templateId),
    ...(input.panels === undefined ? {} : { panels: input.panels }),
    ...optional('test', input.test ?? previous?.test),
    createdAt: previous?.createdAt ?? now,
    updatedAt: now,
    version: (previous?.version ?? 0) + 1,
    diagnostics: bound.queries.flatMap((query) => query.diagnostics.map((d) => ({ ...d, queryId: query.id }))),
  };
}

const optional = <K extends string, T>(key: K, value: T | undefined): { readonly [k in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: T };

interface Part {
  readonly query: AppQuery;
  readonly outputs: readonly string[];
}

function partOf(query: BoundAppQuery, input: AppInput['queries'][number]): Part {
  const declared = metricsOfQuery(query);
  const { alerts, synthesised } = alertsOfQuery(query, declared);
  const own = new Set(query.statements.flatMap((s) => s.outputs));
  const reads = [...new Set(query.statements.flatMap((s) => s.reads))].filter((name) => !own.has(name) || query.statements.length === 1);
  const outputs = query.main?.outputs ?? [];
  const sink = input.sink ?? outputs.at(-1);
  const description = input.description ?? query.parsed.application?.description;
  return {
    outputs,
    query: {
      id: query.id,
      name: query.name,
      ...optional('description', description),
      sql: query.sql,
      sources: reads,
      ...optional('sink', sink),
      metrics: [...declared, ...synthesised],
      alerts,
    },
  };
}

function dashboardOf(input: AppInput, metrics: readonly MetricInfo[], alerts: readonly AlertInfo[], parts: readonly Part[]) {
  const bySource: Record<string, readonly MetricInfo[]> = Object.create(null);
  for (const { outputs, query } of parts) for (const name of outputs) bySource[relationLabel(name)] = query.metrics;
  return dashboardFor(input.name, metrics, alerts, {
    metricsBySource: bySource,
    ...(input.panels === undefined ? { throughput: true } : { panels: input.panels, title: input.name }),
  });
}

function checkInput({ queries }: AppInput): void {
  if (queries.length > QUERIES_MAX) throw tooManyQueries(queries.length, QUERIES_MAX);
  const seen = new Set<string>();
  for (const { id } of queries) {
    if (id === undefined) continue;
    if (seen.has(id)) throw duplicateQuery(id);
    seen.add(id);
  }
}
