import { serverJobFailed } from '../../diagnostics/codes/deploy-process.ts';
import type { Job, JobMetrics, JobStatus } from '../../protocol/studio/deployment.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);
const number = (x: unknown): number => (typeof x === 'number' && Number.isFinite(x) ? x : 0);

/** A job as `GET /jobs` of a Velostream server shows it, in the shape that it really has and in the one that its documents show. */
export interface ServerJob {
  readonly name: string;
  readonly version: string;
  readonly topic: string;
  readonly status: JobStatus;
  readonly error?: string;
  readonly metrics: Omit<JobMetrics, 'restarts' | 'stateBytes' | 'stateEntries' | 'lateDropped' | 'watermark'>;
}

export function readServerJobs(answer: unknown): readonly ServerJob[] {
  return Array.isArray(answer) ? answer.filter(isObject).map(readJob) : [];
}

function readJob(job: Json): ServerJob {
  const { status, error } = readStatus(job['status']);
  const stats = isObject(job['stats']) ? job['stats'] : isObject(job['metrics']) ? job['metrics'] : {};
  const processed = number(stats['records_processed']);
  const elapsedMs = number(stats['start_time']);
  const failed = number(stats['records_failed'] ?? stats['errors']);
  const perSecond =
    'records_per_second' in stats ? number(stats['records_per_second']) : elapsedMs > 0 ? (processed * 1000) / elapsedMs : 0;
  return {
    name: String(job['name'] ?? ''),
    version: String(job['version'] ?? ''),
    topic: String(job['topic'] ?? ''),
    status,
    ...(error === undefined ? {} : { error }),
    metrics: {
      recordsIn: processed + failed,
      recordsProcessed: processed,
      recordsPerSecond: perSecond,
      errors: failed,
      uptimeSeconds: elapsedMs / 1000,
      ...('avg_processing_time_ms' in stats ? { latencyAvgMs: number(stats['avg_processing_time_ms']) } : {}),
      ...('memory_usage_mb' in stats ? { memoryMb: number(stats['memory_usage_mb']) } : {}),
    },
  };
}

const STATUSES: Readonly<Record<string, JobStatus>> = {
  starting: 'starting',
  running: 'running',
  paused: 'paused',
  stopped: 'stopped',
  stopping: 'stopped',
  deploying: 'starting',
  failed: 'failed',
  error: 'failed',
};

/** `Running`, `Failed`, `{ Failed: "why" }` and `Failed(why)` all occur. */
function readStatus(status: unknown): { readonly status: JobStatus; readonly error?: string } {
  if (isObject(status)) {
    const [name = '', message] = Object.entries(status)[0] ?? [];
    return { status: STATUSES[name.toLowerCase()] ?? 'failed', ...(typeof message === 'string' ? { error: message } : {}) };
  }
  const [, word = '', message] = /^(\w+)(?:\((.*)\))?$/s.exec(String(status ?? '').trim()) ?? [];
  return { status: STATUSES[word.toLowerCase()] ?? 'starting', ...(message === undefined ? {} : { error: message }) };
}

function serverError(text: string): NonNullable<Job['error']> {
  const { code, message } = serverJobFailed(text);
  return { code, message };
}

export function jobOfServer(
  job: ServerJob,
  own: { readonly name: string; readonly queryId: string; readonly sql: string; readonly guarantee: string },
  at: { readonly createdAt: number; readonly restarts: number },
): Job {
  const isWell = job.status === 'running' || job.status === 'starting';
  return {
    id: own.name,
    ...own,
    status: job.status,
    health: job.status === 'failed' ? 'critical' : isWell ? (job.metrics.errors > 0 ? 'warning' : 'healthy') : 'unknown',
    healthReasons: job.status === 'failed' ? ['it failed'] : job.metrics.errors > 0 ? [`${job.metrics.errors} records had an error`] : [],
    ...(job.error === undefined ? {} : { error: serverError(job.error) }),
    metrics: { ...job.metrics, lateDropped: 0, stateBytes: 0, stateEntries: 0, restarts: at.restarts, watermark: null },
    createdAt: at.createdAt,
  };
}
