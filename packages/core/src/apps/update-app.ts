import { unknownAppQuery } from '../diagnostics/codes/apps.ts';
import { PANEL_OF } from '../observability/dashboard.ts';
import type { App, AppChanges, AppInput, AppUpdate } from '../protocol/studio/app.ts';
import { type AnalyzeOptions, analyzeApp } from './analyze-app.ts';
import { queryIds } from './bind-app.ts';

type QueryInput = AppInput['queries'][number];

/** The input that an application was made of. */
export function inputOf(app: App): AppInput {
  return {
    id: app.id,
    name: app.name,
    ...(app.description === undefined ? {} : { description: app.description }),
    queries: app.queries.map(({ id, name, description, sql, sink }) => ({
      id,
      name,
      sql,
      ...(description === undefined ? {} : { description }),
      ...(sink === undefined ? {} : { sink }),
    })),
    ...(app.templateId === undefined ? {} : { templateId: app.templateId }),
    ...(app.panels === undefined ? {} : { panels: app.panels }),
    ...(app.test === undefined ? {} : { test: app.test }),
  };
}

/**
 * Adds, changes or removes a query, or replaces the whole, and says what that changed.
 *
 * @throws {VeloError} `unknown-query-id`, `duplicate-query`
 */
export function updateApp(app: App, update: AppUpdate, options: Omit<AnalyzeOptions, 'previous'>): { app: App; changes: AppChanges } {
  const before = inputOf(app);
  const input = changed(app, before, update);
  const first = analyzeApp(input, { ...options, previous: app });
  const panels = update.action === 'add_query' ? withPanelsFor(app, first) : undefined;
  const next = panels === undefined ? first : analyzeApp({ ...input, panels }, { ...options, previous: app });
  return { app: next, changes: changesOf(app, next) };
}

/** Panels that somebody laid out get one more for each metric of a new query. */
function withPanelsFor(before: App, after: App): AppInput['panels'] {
  if (before.panels === undefined) return undefined;
  const known = new Set(before.metrics.map((metric) => metric.name));
  const fresh = after.metrics.filter((metric) => !known.has(metric.name) && metric.synthesised !== true);
  const bottom = Math.max(0, ...before.panels.map(({ position }) => position.y + position.h));
  return [
    ...before.panels,
    ...fresh.map(({ name, type }, i) => ({
      title: name,
      type: PANEL_OF[type],
      metric: name,
      position: { x: (i % 2) * 12, y: bottom + Math.floor(i / 2) * 8, w: 12, h: 8 },
    })),
  ];
}

function changed(app: App, before: AppInput, update: AppUpdate): AppInput {
  switch (update.action) {
    case 'add_query':
      return { ...before, queries: withIds([...before.queries, update.query]) };
    case 'modify_query':
      find(app, update.queryId);
      return {
        ...before,
        queries: before.queries.map((query) => (query.id === update.queryId ? { ...query, ...update.query, id: update.queryId } : query)),
      };
    case 'remove_query':
      find(app, update.queryId);
      return { ...before, queries: before.queries.filter((query) => query.id !== update.queryId) };
    case 'replace':
      return { ...update.app, id: app.id };
  }
}

const withIds = (queries: readonly QueryInput[]): QueryInput[] => {
  const ids = queryIds(queries);
  return queries.map((query, i) => ({ ...query, id: ids[i] as string }));
};

function find(app: App, queryId: string): void {
  if (app.queries.some((query) => query.id === queryId)) return;
  throw unknownAppQuery(
    app.name,
    queryId,
    app.queries.map((query) => query.id),
  );
}

function changesOf(before: App, after: App): AppChanges {
  const old = new Map(before.queries.map((query) => [query.id, query]));
  const now = new Map(after.queries.map((query) => [query.id, query]));
  const edges = new Set(before.topology.edges.map(({ from, to }) => `${from}\0${to}`));
  return {
    added: after.queries.filter((query) => !old.has(query.id)).map((query) => query.id),
    modified: after.queries.flatMap((query) => {
      const was = old.get(query.id);
      return was !== undefined && (was.sql !== query.sql || was.name !== query.name || was.sink !== query.sink) ? [query.id] : [];
    }),
    removed: before.queries.filter((query) => !now.has(query.id)).map((query) => query.id),
    dashboardPanelsAdded: Math.max(0, (after.dashboard?.panels.length ?? 0) - (before.dashboard?.panels.length ?? 0)),
    topologyEdgesAdded: after.topology.edges.filter(({ from, to }) => !edges.has(`${from}\0${to}`)).length,
  };
}
