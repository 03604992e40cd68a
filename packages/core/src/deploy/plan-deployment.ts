import { analyzeBound } from '../apps/analyze-app.ts';
import { type BoundApp, bindApp } from '../apps/bind-app.ts';
import { lintGrowth } from '../apps/lint/lint-bound.ts';
import { relationLabel } from '../apps/relation-label.ts';
import { slugOf } from '../observability/prometheus-name.ts';
import type { App, AppQuery, MetricInfo } from '../protocol/studio/app.ts';
import type { DeployOptions, DeployPlan, DeployTarget, ReviewRequest, TargetReview } from '../protocol/studio/deployment.ts';
import { estimatesOf } from './estimates.ts';
import { guaranteeOf } from './guarantee.ts';
import { type JobShape, shapesOf } from './job-plans.ts';
import { type JobQuota, overQuota } from './job-quota.ts';
import { planHash } from './plan-hash.ts';
import { publicSubject } from './public-subject.ts';
import type { DeploySubject, SourceTraffic } from './subject.ts';

export interface PlanContext {
  /** ms since the epoch: the host's clock. */
  readonly now: number;
  /** Id of the deployment, which its jobs are named by; the name by default. */
  readonly id?: string;
  /** What runs now under this name. */
  readonly previous?: {
    readonly subject: DeploySubject;
    /** Of the plan it was made by; found again when absent. */
    readonly shapes?: readonly JobShape[];
  };
  readonly traffic?: Readonly<Record<string, SourceTraffic>>;
  /** What bounds the number of jobs: the target, the caller, the studio. */
  readonly quotas?: readonly JobQuota[];
  /** Names of connectors that the target has. */
  readonly schemes?: readonly string[];
  /** What the target says of it. */
  readonly review?: DeployTarget['review'];
}

export interface PlannedDeployment {
  readonly plan: DeployPlan;
  readonly app: App;
  readonly shapes: readonly JobShape[];
}

/**
 * What a deployment would do, found without doing it: jobs against those that run, what becomes of their state, metrics, alerts,
 * dashboard, estimates, and everything that stands in the way. The hash covers all that was decided; `deploy` must present it.
 */
export function planDeployment(
  given: DeploySubject,
  options: Pick<DeployOptions, 'name' | 'target' | 'deployDashboard' | 'deployAlerts'>,
  context: PlanContext,
): PlannedDeployment {
  const subject = publicSubject(given);
  const schemas = subject.schemas ?? {};
  const bound = bindApp(subject.app.queries, schemas);
  const app = analyzeBound(subject.app, bound, { now: context.now });
  const { previous, id = options.name } = context;
  const shapes = shapesOf(id, subject.app, schemas, bound);
  const was = previous && publicSubject(previous.subject);
  const before = was === undefined ? [] : (previous?.shapes ?? shapesOf(id, was.app, was.schemas ?? {}));
  const oldSql = new Map(was?.app.queries.map((query, i) => [before[i]?.queryId ?? '', query]) ?? []);
  const estimates = estimatesOf(bound, context.traffic ?? {});
  const review = context.review?.(reviewRequest(options.name, untitled(given), shapes));
  const jobs = shapes.map((shape, i) => {
    const query = app.queries[i] as AppQuery;
    const old = before.find((each) => each.queryId === shape.queryId);
    const oldQuery = oldSql.get(shape.queryId);
    const isSame = oldQuery !== undefined && oldQuery.sql === query.sql && oldQuery.sink === query.sink;
    return {
      name: shape.job,
      queryId: shape.queryId,
      ...verdictOf(shape, old, isSame),
      guarantee: review?.guarantees[shape.queryId] ?? guaranteeOf(query, bound, subject.sources ?? {}),
      ...estimates.get(shape.queryId),
    };
  });
  const gone = before.filter((old) => !shapes.some((shape) => shape.queryId === old.queryId));
  const removed = gone.map((old) => ({
    name: old.job,
    queryId: old.queryId,
    action: 'remove' as const,
    state: 'none' as const,
    reason: 'the query is no longer part of the application',
    guarantee: 'none',
  }));
  const metrics = app.metrics.map((metric): MetricInfo & { seriesEstimate?: number } => {
    const series = estimates.series(metric);
    return series === undefined ? metric : { ...metric, seriesEstimate: series };
  });
  const content = {
    name: options.name,
    target: options.target ?? 'embedded',
    jobs: [...jobs, ...removed],
    metrics,
    alerts: options.deployAlerts === false ? [] : app.alerts,
    ...(options.deployDashboard === false || app.dashboard === undefined ? {} : { dashboard: app.dashboard }),
    ...saidOf(app, bound, { subject: untitled(subject), context, review }),
    ...(review?.statements === undefined ? {} : { statements: review.statements }),
  };
  const sql = subject.app.queries.map((query) => [query.name, query.sql, query.sink ?? null]);
  const titles = new Map([
    ...gone.map(({ queryId }) => [queryId, titleOf(oldSql.get(queryId))] as const),
    ...shapes.map(({ queryId }, i) => [queryId, titleOf(subject.app.queries[i])] as const),
  ]);
  // What a job is called decides nothing: an approval holds when a query is renamed.
  const titled = content.jobs.map((job) => {
    const title = titles.get(job.queryId);
    return title === undefined ? job : { ...job, title };
  });
  const isTitled = subject.app.queries.some(({ name, title = name }) => title !== name);
  const titledReview = isTitled ? context.review?.(reviewRequest(options.name, given, shapes)) : review;
  const told = isTitled ? saidOf(app, bound, { subject, context, review: titledReview }) : {};
  return { plan: { ...content, ...told, jobs: titled, hash: planHash({ ...content, sql }) }, app, shapes };
}

/** What people call a query; one that has only its id has no title. */
const titleOf = (query: DeploySubject['app']['queries'][number] | undefined): string | undefined =>
  query?.title ?? (query?.name === query?.id ? undefined : query?.name);

/** With names alone: what the hash covers. */
const untitled = (subject: DeploySubject): DeploySubject => ({
  ...subject,
  app: { ...subject.app, queries: subject.app.queries.map(({ title: _title, ...query }) => query) },
});

interface Told {
  readonly subject: DeploySubject;
  readonly context: PlanContext;
  readonly review: TargetReview | undefined;
}

/** What there is to say of a plan, with its queries called by their titles, as far as they have some. */
function saidOf(app: App, bound: BoundApp, { subject, context, review }: Told): Pick<DeployPlan, 'warnings' | 'blockers'> {
  const titles = new Map(subject.app.queries.map((query) => [query.name, titleOf(query) ?? query.name]));
  const calls = (name: string): string => titles.get(name) ?? name;
  return {
    warnings: [...warningsOf(app, bound, calls), ...(review?.warnings ?? [])],
    blockers: [...new Set([...blockersOf(app, subject, { ...context, calls }), ...(review?.blockers ?? [])])],
  };
}

/** What a query of this name is called where people read it. */
type Calls = (name: string) => string;

/** An application as a target gets it: every query with its id and the name of its job. */
export function reviewRequest(name: string, subject: DeploySubject, shapes: readonly JobShape[]): ReviewRequest {
  const { app, schemas = {}, sources = {} } = subject;
  return {
    name,
    app: { ...app, queries: app.queries.map((query, i) => ({ ...query, id: shapes[i]?.queryId ?? `q${i + 1}` })) },
    schemas,
    sources,
    queries: shapes.map((shape, i) => ({
      id: shape.queryId,
      name: app.queries[i]?.name ?? shape.queryId,
      sql: app.queries[i]?.sql ?? '',
      job: shape.job,
      stateKey: shape.fingerprint ?? '',
    })),
  };
}

type Verdict = Pick<DeployPlan['jobs'][number], 'action' | 'state' | 'reason'>;

function verdictOf(shape: JobShape, old: JobShape | undefined, isSame: boolean): Verdict {
  if (old === undefined) return { action: 'create', state: 'none' };
  if (isSame) return { action: 'keep', state: shape.isStateful ? 'kept' : 'none', reason: 'nothing changed' };
  const sameState = shape.fingerprint !== undefined && shape.fingerprint === old.fingerprint;
  if (sameState) return { action: 'replace', state: 'kept', reason: 'operators keep the same state; the job goes on where it is' };
  const lost = old.output.filter((column) => !shape.output.includes(column)).map((column) => column.split(' ')[0]);
  const state = old.isStateful || shape.isStateful ? 'rebuilt' : 'none';
  if (lost.length > 0)
    return {
      action: 'replace',
      state: 'incompatible',
      reason: `output columns change or go (${lost.join(', ')}): readers of the output are affected`,
    };
  return {
    action: 'replace',
    state,
    reason:
      state === 'none'
        ? 'it keeps no state'
        : 'operators keep other state: it is built anew from the source, the old one stays for a roll-back',
  };
}

function warningsOf(app: App, bound: BoundApp, calls: Calls): string[] {
  const found = app.diagnostics.filter((d) => d.severity === 'warning').map((d) => `${calls(nameOf(app, d.queryId))}: ${d.message}`);
  const growth = lintGrowth(bound).map((p) => `${calls(p.query)}: ${p.message}`);
  const silent = app.queries
    .filter((q) => q.metrics.length === 0)
    .map((q) => `${calls(q.name)}: it declares no metric, so nobody sees what it puts out`);
  const native = app.alerts
    .filter((alert) => alert.promqlProblem !== undefined)
    .map((alert) => `alert "${alert.name}" has no Prometheus rule: ${alert.promqlProblem}; it is evaluated on output records`);
  const synthesised = app.metrics
    .filter((metric) => metric.synthesised === true)
    .map(
      (metric) => `${calls(metric.query ?? '')}: the gauge "${metric.prometheusName}" is added, because an alert looks at ${metric.field}`,
    );
  const twice = app.metrics
    .filter((metric, i) =>
      app.metrics.some((other, j) => j < i && other.prometheusName === metric.prometheusName && other.query !== metric.query),
    )
    .map((metric) => `metric "${metric.name}" is declared by several queries; the label "query" tells them apart`);
  return [...found, ...growth, ...silent, ...native, ...synthesised, ...twice];
}

const nameOf = (app: App, queryId: string): string => app.queries.find((q) => q.id === queryId)?.name ?? queryId;

function blockersOf(app: App, subject: DeploySubject, { calls, quotas = [] }: PlanContext & { readonly calls: Calls }): string[] {
  const errors = app.diagnostics
    .filter((d) => d.severity === 'error')
    .map((d) => `${calls(nameOf(app, d.queryId))}: ${d.message} (${d.code})`);
  const made = new Set(app.topology.nodes.filter((node) => node.type === 'sink').map((node) => node.id));
  const configured = (query: AppQuery, name: string): boolean => name.includes('://') || query.sql.includes(`${name}.type`);
  const unknown = app.queries.flatMap((query) =>
    query.sources
      .filter((name) => !made.has(relationLabel(name)) && !configured(query, name) && !(name in (subject.sources ?? {})))
      .map((name) => `${calls(query.name)}: nothing is known of the source "${name}"`),
  );
  const empty = app.queries.length === 0 ? ['the application has no query'] : [];
  const blank = slugOf(app.name) === 'app' && !/app/i.test(app.name) ? ['the application needs a name of letters or digits'] : [];
  const many = overQuota(quotas, app.queries.length);
  return [...new Set([...errors, ...unknown, ...empty, ...blank, ...many])];
}
