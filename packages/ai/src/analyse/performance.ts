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
