import type { Suggestion } from '@velostream/core/protocol/assist';
import type { Deployment, Job } from '@velostream/core/protocol/deploy';
import { analyze } from './analyze.ts';
import type { AnalysisContext, JobSample } from './finding.ts';

export interface JobHealth {
  readonly id: string;
  readonly name: string;
  /** What its query is called by people. */
  readonly title?: string;
  readonly status: Job['status'];
  readonly health: 'healthy' | 'warning' | 'critical' | 'unknown';
  readonly reasons: readonly string[];
  readonly recordsPerSecond: number;
  readonly latencyP99Ms: number | null;
  readonly consumerLag: number | null;
}

export interface PerformanceReport {
  readonly jobs: readonly JobHealth[];
  readonly overallHealth: JobHealth['health'];
  readonly suggestions: readonly Suggestion[];
}

const WORST: readonly JobHealth['health'][] = ['critical', 'warning', 'unknown', 'healthy'];

/** Health of every job, with what the rules find in its figures; `history` holds earlier polls. */
export function performanceOf(
  deployments: readonly Deployment[],
  now: number,
  history?: Readonly<Record<string, readonly JobSample[]>>,
): PerformanceReport {
  const jobs = deployments.flatMap((d) =>
    d.jobs.map(
      (j): JobHealth => ({
        id: j.id,
        name: j.name,
        ...(j.title === undefined ? {} : { title: j.title }),
        status: j.status,
        health: j.health,
        reasons: j.healthReasons.length > 0 ? j.healthReasons : j.health === 'healthy' ? [] : [j.status],
        recordsPerSecond: j.metrics.recordsPerSecond,
        latencyP99Ms: j.metrics.latencyP99Ms ?? null,
        consumerLag: j.metrics.consumerLag ?? null,
      }),
    ),
  );
  const context: AnalysisContext = {
    trigger: 'poll',
    now,
    sources: [],
    schemas: {},
    samples: {},
    deployments,
    ...(history ? { history } : {}),
  };
  return { jobs, overallHealth: WORST.find((h) => jobs.some((j) => j.health === h)) ?? 'healthy', suggestions: analyze('poll', context) };
}

/** Prometheus range data as polls: `{ metric: { job }, values: [[seconds, "value"]] }` per series. */
export function historyFromPrometheus(
  series: readonly { readonly metric: Readonly<Record<string, string>>; readonly values: readonly (readonly [number, string])[] }[],
): Record<string, JobSample[]> {
  const byJob = new Map<string, Map<number, Record<string, number>>>();
  for (const { metric, values } of series) {
    const job = metric['job_name'] ?? metric['pipeline_job'] ?? metric['job'] ?? '';
    const name = metric['__name__'] ?? '';
    const key = /latency|processing/.test(name)
      ? 'latencyP99Ms'
      : /lag/.test(name)
        ? 'lag'
        : /error/.test(name)
          ? 'errors'
          : /rate|per_second/.test(name)
            ? 'recordsPerSecond'
            : /groups|state_entries/.test(name)
              ? 'groups'
              : undefined;
    if (key === undefined) continue;
    const at = byJob.get(job) ?? new Map<number, Record<string, number>>();
    byJob.set(job, at);
    for (const [seconds, text] of values) at.set(seconds * 1000, { ...at.get(seconds * 1000), [key]: Number(text) });
  }
  return Object.fromEntries(
    [...byJob].map(([job, at]) => [
      job,
      [...at]
        .toSorted(([a], [b]) => a - b)
        .map(([time, v]): JobSample => ({ at: time, recordsPerSecond: v['recordsPerSecond'] ?? 0, ...v })),
    ]),
  );
}
