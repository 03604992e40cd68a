import type { BoundAppQuery } from '../../apps/bind-app.ts';
import { quietMsOf } from '../../apps/query-traits.ts';
import type { Job, JobMetrics, JobStatus } from '../../protocol/studio/deployment.ts';

export interface HealthLimits {
  /** Share of records with an error; 0.001 by default. */
  readonly errorShareMax?: number;
  /** Rows behind; 10,000 by default. */
  readonly lagMax?: number;
  /** Time without output while input comes, or without input from outside, ms; five minutes by default. */
  readonly silentMaxMs?: number;
}

/** What a job is expected to do, as far as its SQL says. */
export interface Expectation {
  /** How long it may rightly put nothing out while rows come in, ms. */
  readonly quietMs: number;
  /** It reads from outside of its deployment. What reads other jobs alone is as silent as they are. */
  readonly readsOutside: boolean;
}

/** `inside`: what other jobs of the deployment write, and tables, which are looked up and not waited for. */
export function expectationOf(queries: readonly BoundAppQuery[], inside: ReadonlySet<string>): Expectation {
  const statements = queries.flatMap((query) => query.statements);
  const own = new Set(statements.flatMap((statement) => statement.outputs));
  return {
    quietMs: Math.max(0, ...statements.map(({ bound }) => (bound === null ? Number.POSITIVE_INFINITY : quietMsOf(bound.query)))),
    readsOutside: statements.some(({ reads }) => reads.some((name) => !inside.has(name) && !own.has(name))),
  };
}

/** Status, errors, lag and freshness together: the worst of them counts, and each says why. */
export function healthOf(
  { status, metrics, quietMs, readsOutside }: { readonly status: JobStatus; readonly metrics: JobMetrics } & Expectation,
  now: number,
  limits: HealthLimits = {},
): { readonly health: Job['health']; readonly reasons: readonly string[] } {
  const { errorShareMax = 0.001, lagMax = 10_000, silentMaxMs = 300_000 } = limits;
  if (status === 'failed') return { health: 'critical', reasons: ['it failed'] };
  if (status === 'stopped' || status === 'paused') return { health: 'unknown', reasons: [`it is ${status}`] };
  if (status === 'starting') return { health: 'unknown', reasons: ['it is starting'] };
  const reasons: string[] = [];
  let isCritical = false;
  const say = (text: string, critical: boolean): void => {
    reasons.push(text);
    isCritical ||= critical;
  };
  const share = metrics.recordsIn === 0 ? 0 : metrics.errors / metrics.recordsIn;
  if (share > errorShareMax) say(`${metrics.errors} of ${metrics.recordsIn} records had an error`, share > 10 * errorShareMax);
  const lag = metrics.consumerLag ?? 0;
  if (lag > lagMax) say(`it is ${lag} records behind`, lag > 10 * lagMax);
  if (status === 'running') {
    const startedAt = now - metrics.uptimeSeconds * 1000;
    const unfedMs = now - (metrics.lastInputAt ?? startedAt);
    const silentMs = now - (metrics.lastOutputAt ?? startedAt);
    if (unfedMs > silentMaxMs && metrics.recordsPerSecond === 0) {
      if (readsOutside) say(`nothing has come in for ${Math.round(unfedMs / 60_000)} minutes`, false);
    } else if (metrics.recordsIn > 0 && silentMs > Math.max(silentMaxMs, quietMs))
      say(
        `nothing came out for ${Math.round(silentMs / 60_000)} minutes while records come in`,
        silentMs > 3 * Math.max(silentMaxMs, quietMs),
      );
  }
  if (metrics.restarts > 0 && metrics.uptimeSeconds < 60) say(`it was started again ${metrics.restarts} times`, metrics.restarts > 3);
  return { health: isCritical ? 'critical' : reasons.length > 0 ? 'warning' : 'healthy', reasons };
}
