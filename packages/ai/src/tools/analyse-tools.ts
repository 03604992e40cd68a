import { adviseAnnotations } from '../analyse/advise-annotations.ts';
import { diffSchemas } from '../analyse/diff-schemas.ts';
import { findingsFor } from '../analyse/gather.ts';
import { type JobHealth, performanceOf } from '../analyse/performance.ts';
import * as f from './fields.ts';
import { currentSql, showSql } from './sql-tools.ts';
import { defineTool, putArtifact, type Tool } from './tool.ts';

const TRIGGERS = [
  'connect_source',
  'list_topics',
  'inspect_topic',
  'generate_sql',
  'test_query',
  'deploy_pipeline',
  'thread_open',
  'customize_template',
  'poll',
] as const;
const suggestions = f.facts({ suggestions: f.z.array(f.z.looseObject({ title: f.z.string(), message: f.z.string() })) });

const analyze = defineTool({
  name: 'analyze',
  title: 'Look for what is worth saying',
  description: 'Suggestions for this moment, found by rules over what the thread knows; every number in them stands in their evidence.',
  risk: 'read',
  artifact: 'suggestions',
  input: f.object({ trigger: f.maybe(f.oneOf(TRIGGERS, 'What has just happened')), subject: f.maybe(f.open('What it happened to')) }),
  output: suggestions,
  async execute({ trigger, subject }, context) {
    const found = await findingsFor(
      context.studio,
      { session: context.session, trigger: trigger ?? 'thread_open', ...(subject ? { subject } : {}) },
      context,
    );
    return {
      output: { suggestions: found.map((s) => ({ ...s })) },
      text: found.length === 0 ? 'Nothing stands out.' : found.map((s) => s.message).join(' '),
      untrusted: true,
    };
  },
});

const analyzeSchemaDiff = defineTool({
  name: 'analyze_schema_diff',
  title: 'Compare schemas with deployed queries',
  description: 'What changed in the sources since the queries were deployed, and which output columns it reaches.',
  risk: 'read',
  artifact: 'schema-viewer',
  input: f.object({
    deployed_job_ids: f.maybe(f.list(f.shortText('Deployment'), 'Deployments; all by default')),
    rescan_topics: f.maybe(f.flag('Read the sources again')),
  }),
  output: f.facts({ diffs: f.z.array(f.z.unknown()) }),
  async execute({ deployed_job_ids }, context) {
    const { before, after, queries } = await snapshotsOf(context, deployed_job_ids);
    const diffs = diffSchemas(before, after, queries);
    const schemas = await Promise.all(
      [...new Set(diffs.map((d) => d.source))].map(async (name) => {
        const list = await context.studio.sources.list({ sessionId: context.session.id });
        const source = list.find((s) => s.name === name);
        return source ? context.studio.sources.inspect(source.id, { sessionId: context.session.id }) : undefined;
      }),
    );
    const artifact = await putArtifact(context, 'schema-viewer', {
      title: 'Schema changes',
      data: { schemas: schemas.filter((s) => s !== undefined), diff: diffs },
      by: 'analyze_schema_diff',
      state: diffs.length === 0 ? 'empty' : 'done',
    });
    return {
      output: { diffs },
      artifact,
      text:
        diffs.length === 0
          ? 'No source differs from what the deployed queries expect.'
          : `${diffs.length} change${diffs.length === 1 ? '' : 's'}: ${diffs
              .slice(0, 4)
              .map((d) => `${d.source}.${d.field} ${d.change.replace('_', ' ')}`)
              .join(', ')}.`,
      untrusted: true,
    };
  },
});

/** What deployed queries were made for, and what the sources look like now. */
async function snapshotsOf(context: Parameters<Tool['execute']>[1], ids: readonly string[] | undefined) {
  const deployments = (await context.studio.deployments.list()).filter(
    (d) => ids === undefined || ids.includes(d.id) || d.jobs.some((j) => ids.includes(j.id)),
  );
  const queries = deployments.flatMap((d) => d.jobs.map((j) => ({ name: j.title ?? j.name, sql: j.sql })));
  const kept = await context.snapshots?.of(deployments.map((d) => d.id));
  const before = { ...context.session.context.schemas, ...kept };
  const sources = await context.studio.sources.list({ sessionId: context.session.id }).catch(() => []);
  const after: Record<string, { readonly columns: readonly { readonly name: string; readonly type: string }[] }> = {};
  for (const source of sources.slice(0, 50)) {
    const schema = await context.studio.sources.inspect(source.id, { sessionId: context.session.id }).catch(() => undefined);
    if (schema) after[source.name] = { columns: schema.fields };
  }
  return { before, after, queries };
}

const rateText = ({ title, name, recordsPerSecond }: JobHealth): string =>
  `${title ?? name} at ${Math.round(recordsPerSecond).toLocaleString('en-US')} rows/s`;

const analyzePerformance = defineTool({
  name: 'analyze_performance',
  title: 'Look at the health of jobs',
  description: 'Rates, latency, lag, errors and state of deployed jobs, with what would help.',
  risk: 'read',
  artifact: 'suggestions',
  input: f.object({
    job_ids: f.maybe(f.list(f.shortText('Job or deployment'), 'All by default')),
    analysis_window_minutes: f.maybe(f.whole('Window', 1, 1440)),
  }),
  output: f.facts({
    jobs: f.z.array(f.z.looseObject({ name: f.z.string(), health: f.z.string() })),
    overall_health: f.z.string(),
    suggestions: f.z.array(f.z.unknown()),
  }),
  async execute({ job_ids }, context) {
    const deployments = (await context.studio.deployments.list()).filter(
      (d) => job_ids === undefined || job_ids.includes(d.id) || d.jobs.some((j) => job_ids.includes(j.id)),
    );
    context.history?.follow(context.studio);
    const report = performanceOf(deployments, context.now(), context.history?.observe(deployments));
    const bad = report.jobs.filter((j) => j.health !== 'healthy');
    const text =
      report.jobs.length === 0
        ? 'Nothing is deployed yet.'
        : `${report.jobs.length} job${report.jobs.length === 1 ? '' : 's'}, ${report.overallHealth}${bad.length > 0 ? `: ${bad.map((j) => `${j.title ?? j.name} ${j.reasons.join(', ')}`).join('; ')}` : `: ${report.jobs.map(rateText).join(', ')}`}.`;
    return {
      output: { jobs: report.jobs.map((j) => ({ ...j })), overall_health: report.overallHealth, suggestions: [...report.suggestions] },
      text,
    };
  },
});

const analyzeAnnotations = defineTool({
  name: 'analyze_annotations',
  title: 'Add metrics and alerts',
  description:
    'Annotates a query with the metrics and alerts that its columns call for: tier 1 metrics, tier 2 with alerts, tier 3 with a dashboard.',
  risk: 'compute',
  artifact: 'sql-editor',
  input: f.object({
    sql: f.maybe(f.text('Query; the current one by default')),
    tier: f.maybe(f.whole('1, 2 or 3', 1, 3)),
    alert: f.maybe(f.shortText('A condition of your own instead of a proposed one: total > 100, or in words')),
  }),
  output: f.facts({ sql: f.z.string(), metrics: f.z.array(f.z.string()), alerts: f.z.array(f.z.string()) }),
  async execute({ sql, tier, alert }, context) {
    const query = sql ?? currentSql(context.session);
    if (query === undefined)
      return { output: { sql: '', metrics: [] as string[], alerts: [] as string[] }, text: 'There is no query to annotate yet.' };
    const advice = await adviseAnnotations(query, context, tier ?? 3, alert);
    const artifact = await showSql(context, {
      sql: advice.sql,
      by: 'analyze_annotations',
      replaces: sql === undefined || sql === currentSql(context.session),
    });
    return {
      output: { sql: advice.sql, metrics: [...advice.metrics], alerts: [...advice.alerts], rationale: advice.rationale },
      artifact,
      text:
        advice.metrics.length + advice.alerts.length === 0
          ? advice.sql.includes('@metric')
            ? 'The query is already observed.'
            : 'Nothing in this query makes a metric: it needs a figure, such as a count or an average.'
          : `Added ${advice.metrics.length} metric${advice.metrics.length === 1 ? '' : 's'} (${advice.metrics.join(', ')})${advice.alerts.length > 0 ? ` and ${advice.alerts.length} alert${advice.alerts.length === 1 ? '' : 's'} (${advice.alerts.join(', ')})` : ''}.`,
    };
  },
});

export const analyseTools: readonly Tool[] = [analyze, analyzeSchemaDiff, analyzePerformance, analyzeAnnotations];
