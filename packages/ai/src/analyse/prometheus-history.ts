import type { JobSample } from './finding.ts';

type Series = readonly {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}[];
type Figure = 'latencyP99Ms' | 'lag' | 'errors' | 'recordsPerSecond' | 'groups' | 'processed';

/** What the engine calls the figures of a job, and what makes them the unit of a sample. */
const ENGINE: Readonly<Record<string, readonly [figure: Figure, times: number]>> = {
  velo_pipeline_operation_latency_seconds: ['latencyP99Ms', 1000],
  velo_kafka_consumer_lag: ['lag', 1],
  velo_job_errors_total: ['errors', 1],
  velo_streaming_throughput_by_job_rps: ['recordsPerSecond', 1],
  velo_job_state_rows: ['groups', 1],
  velo_job_records_out_total: ['processed', 1],
};
/** Durations of the engine as a histogram: where it tells no quantile, one is read from these. */
const DURATIONS = 'velo_sql_query_duration_by_job_seconds_bucket';

/** Figures of others, by what their names say. */
const OTHERS: readonly (readonly [pattern: RegExp, figure: Figure])[] = [
  [/latency|processing/, 'latencyP99Ms'],
  [/lag/, 'lag'],
  [/error/, 'errors'],
  [/rate|per_second|rps/, 'recordsPerSecond'],
  [/groups|state_entries/, 'groups'],
];

/**
 * Prometheus range data as polls: `{ metric: { job_name }, values: [[seconds, "value"]] }` per series, as `query_range` gives them for
 * `{job_name!=""}`. What belongs to no job is left out, and of the quantiles of the engine all but the highest.
 */
export function historyFromPrometheus(series: Series): Record<string, JobSample[]> {
  const byJob = new Map<string, Map<number, Partial<Record<Figure, number>>>>();
  const set = (job: string, seconds: number, figure: Figure, value: number): void => {
    if (!Number.isFinite(value)) return;
    const at = byJob.get(job) ?? new Map<number, Partial<Record<Figure, number>>>();
    byJob.set(job, at.set(seconds * 1000, { ...at.get(seconds * 1000), [figure]: value }));
  };
  for (const { job, seconds, ms } of percentiles(series)) set(job, seconds, 'latencyP99Ms', ms);
  for (const { metric, values } of series) {
    const name = metric['__name__'] ?? '';
    const [figure, times = 1] = ENGINE[name] ?? [name.startsWith('velo_') ? undefined : OTHERS.find(([p]) => p.test(name))?.[1]];
    const job = jobOf(metric);
    if (figure === undefined || job === undefined || (metric['quantile'] !== undefined && metric['quantile'] !== '0.99')) continue;
    for (const [seconds, text] of values) set(job, seconds, figure, Number(text) * times);
  }
  return Object.fromEntries(
    [...byJob].map(([job, at]) => [
      job,
      [...at].toSorted(([a], [b]) => a - b).map(([time, v]): JobSample => ({ at: time, recordsPerSecond: v.recordsPerSecond ?? 0, ...v })),
    ]),
  );
}

/** `job` alone is what was scraped, unless a figure is of somebody else's making. */
const jobOf = (metric: Readonly<Record<string, string>>): string | undefined =>
  metric['job_name'] ?? metric['pipeline_job'] ?? (metric['__name__']?.startsWith('velo_') ? undefined : metric['job']);

/** The bound that 99 of 100 durations between two scrapes are within, ms; where none was measured in between, nothing. */
function percentiles(series: Series): { readonly job: string; readonly seconds: number; readonly ms: number }[] {
  const counts = new Map<string, Map<number, Map<number, number>>>();
  for (const { metric, values } of series) {
    const job = metric['__name__'] === DURATIONS ? jobOf(metric) : undefined;
    if (job === undefined) continue;
    const bound = metric['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(metric['le']);
    const times = counts.get(job) ?? new Map<number, Map<number, number>>();
    counts.set(job, times);
    for (const [seconds, text] of values) times.set(seconds, (times.get(seconds) ?? new Map<number, number>()).set(bound, Number(text)));
  }
  return [...counts].flatMap(([job, times]) => {
    const polls = [...times].toSorted(([a], [b]) => a - b);
    return polls.slice(1).flatMap(([seconds, now], i) => {
      const before = polls[i]?.[1];
      const bounds = [...now.keys()].toSorted((a, b) => a - b);
      const since = (bound: number): number => (now.get(bound) ?? 0) - (before?.get(bound) ?? 0);
      const all = since(Number.POSITIVE_INFINITY);
      const within = all > 0 ? bounds.find((bound) => since(bound) >= all * 0.99) : undefined;
      return within === undefined || !Number.isFinite(within) ? [] : [{ job, seconds, ms: within * 1000 }];
    });
  });
}
