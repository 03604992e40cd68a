import type { Row, TableSchema } from '@velostream/core/protocol';
import type { Suggestion, SuggestRequest } from '@velostream/core/protocol/assist';
import type { Studio } from '@velostream/core/protocol/studio';
import { partsOf } from '../offline/sql-parts.ts';
import { latestArtifact } from '../tools/tool.ts';
import { analyze } from './analyze.ts';
import type { DeploySnapshots } from './deploy-snapshots.ts';
import type { AnalysisContext } from './finding.ts';
import type { JobHistory } from './job-history.ts';
import type { SuggestionLedger } from './suggestion-ledger.ts';

const SAMPLE = 200;
const SOURCES_MAX = 12;

export interface GatherContext {
  readonly now: () => number;
  readonly ledger?: SuggestionLedger;
  readonly snapshots?: DeploySnapshots;
  readonly history?: JobHistory;
}

/** Collects what the rules need at a moment of a session: bounded peeks, known schemas, the query, the report, the jobs. */
export async function gather(studio: Studio, request: SuggestRequest, around: GatherContext): Promise<AnalysisContext> {
  const { session, trigger, subject = {} } = request;
  const sources = await studio.sources.list({ sessionId: session.id }).catch(() => []);
  const before = session.context.schemas;
  const schemas: Record<string, TableSchema> = { ...before };
  const samples: Record<string, readonly Row[]> = {};
  const wantsSamples =
    trigger === 'inspect_topic' || trigger === 'generate_sql' || trigger === 'test_query' || trigger === 'customize_template';
  const sql = typeof subject['sql'] === 'string' ? subject['sql'] : latestArtifact(session, 'sql-editor')?.data.sql;
  const parts = sql === undefined ? undefined : partsOf(sql);
  const inHand =
    typeof subject['source'] === 'string' ? subject['source'] : latestArtifact(session, 'schema-viewer')?.data.schemas[0]?.name;
  const wanted = sources
    .filter(
      (s) =>
        trigger === 'inspect_topic' ||
        s.name === inHand ||
        s.name === parts?.base ||
        (parts?.joins.some((j) => j.includes(s.name)) ?? false),
    )
    .slice(0, SOURCES_MAX);
  if (wantsSamples)
    for (const source of wanted) {
      const peek = await studio.sources.peek(source.id, { sessionId: session.id, limit: SAMPLE }).catch(() => undefined);
      if (peek) samples[source.name] = peek.rows;
      if (peek && !schemas[source.name]) schemas[source.name] = { columns: peek.columns };
    }
  const viewer = latestArtifact(session, 'schema-viewer')?.data.schemas.find((s) => s.name === inHand);
  const results = latestArtifact(session, 'test-results')?.data;
  const report = results && 'report' in results ? results.report : undefined;
  const wantsJobs = trigger === 'deploy_pipeline' || trigger === 'poll' || trigger === 'thread_open';
  const deployments = wantsJobs ? await studio.deployments.list().catch(() => []) : [];
  if (deployments.length > 0) around.history?.follow(studio);
  // What runs is compared with the sources as they are now, not with what this thread remembers of them.
  if (deployments.length > 0 && trigger !== 'deploy_pipeline') {
    const read = deployments.flatMap((d) => d.jobs.map((j) => j.sql)).join('\n');
    for (const source of sources.filter((s) => read.includes(s.name)).slice(0, SOURCES_MAX)) {
      const fresh = await studio.sources.inspect(source.id, { sessionId: session.id }).catch(() => undefined);
      if (fresh) schemas[source.name] = { columns: fresh.fields };
    }
  }
  const consumers = wantsJobs ? await studio.sources.consumers(undefined, { sessionId: session.id }).catch(() => []) : [];
  const app = latestArtifact(session, 'app-preview')?.data;
  return {
    trigger,
    now: around.now(),
    sources,
    schemas,
    samples,
    deployments,
    consumers,
    ...(deployments.length > 0 && around.history ? { history: around.history.observe(deployments) } : {}),
    ...(inHand === undefined ? {} : { source: { name: inHand, ...(viewer ? { schema: viewer } : {}) } }),
    ...(sql === undefined ? {} : { sql }),
    ...(parts ? { parts } : {}),
    ...(report ? { report } : {}),
    ...(app?.mappings ? { mappings: app.mappings } : {}),
    ...(deployments.length > 0
      ? {
          deployed: {
            queries: deployments.flatMap((d) => d.jobs.map((j) => ({ name: j.title ?? j.name, sql: j.sql }))),
            before: { ...before, ...(await around.snapshots?.of(deployments.map((d) => d.id))) },
          },
        }
      : {}),
  };
}

/** The suggestions of a moment. */
export async function findingsFor(studio: Studio, request: SuggestRequest, around: GatherContext): Promise<Suggestion[]> {
  const prefs = await around.ledger?.prefs();
  return analyze(request.trigger, await gather(studio, request, around), prefs ? { prefs } : {});
}
