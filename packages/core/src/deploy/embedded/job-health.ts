import type { Job, JobMetrics, JobStatus } from '../../protocol/studio/deployment.ts';

export interface HealthLimits {
  /** Share of records with an error; 0.001 by default. */
  readonly errorShareMax?: number;
  /** Rows behind; 10,000 by default. */
  readonly lagMax?: number;
  /** Time without output while input comes, ms; five minutes by default. */
  readonly silentMaxMs?: number;
}

/** Status, errors, lag and freshness together: the worst of them counts, and each says why. */
export function healthOf(
  status: JobStatus,
  metrics: JobMetrics,
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
  const silentMs = now - (metrics.lastOutputAt ?? now - metrics.uptimeSeconds * 1000);
  if (status === 'running' && metrics.recordsIn > 0 && metrics.recordsPerSecond > 0 && silentMs > silentMaxMs)
    say(`nothing came out for ${Math.round(silentMs / 60_000)} minutes while records come in`, silentMs > 3 * silentMaxMs);
  if (metrics.restarts > 0 && metrics.uptimeSeconds < 60) say(`it was started again ${metrics.restarts} times`, metrics.restarts > 3);
  return { health: isCritical ? 'critical' : reasons.length > 0 ? 'warning' : 'healthy', reasons };
}
