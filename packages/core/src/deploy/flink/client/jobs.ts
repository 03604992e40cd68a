import { flinkSavepointFailed } from '../../../diagnostics/codes/deploy-flink.ts';
import type { Scheduler } from '../../../runtime/ports.ts';
import { createRest, type Rest, type RestOptions } from './rest.ts';
import { causeOf } from './server-error.ts';
import { waitFor } from './wait-for.ts';

export type FlinkJobState =
  | 'INITIALIZING'
  | 'CREATED'
  | 'RUNNING'
  | 'FAILING'
  | 'FAILED'
  | 'CANCELLING'
  | 'CANCELED'
  | 'FINISHED'
  | 'RESTARTING'
  | 'SUSPENDED'
  | 'RECONCILING';

export interface FlinkJobDetail {
  readonly jid: string;
  readonly name: string;
  readonly state: FlinkJobState;
  readonly 'start-time': number;
  readonly 'end-time': number;
  /** Ms since it was started. */
  readonly duration: number;
  readonly vertices: readonly { readonly id: string; readonly name: string; readonly parallelism: number; readonly status: string }[];
}

export interface FlinkCheckpoint {
  readonly id: number;
  readonly trigger_timestamp: number;
  readonly latest_ack_timestamp: number;
  readonly state_size: number;
  readonly end_to_end_duration: number;
  readonly external_path?: string;
}

export interface FlinkCheckpoints {
  readonly counts: { readonly completed: number; readonly failed: number; readonly restored: number; readonly in_progress: number };
  readonly latest: {
    readonly completed: FlinkCheckpoint | null;
    readonly savepoint: FlinkCheckpoint | null;
    readonly failed?: { readonly trigger_timestamp: number; readonly failure_message?: string | null } | null;
    readonly restored: unknown;
  };
}

/** How checkpoints of a job are taken, as the cluster says it. */
export interface FlinkCheckpointSettings {
  readonly mode: 'exactly_once' | 'at_least_once';
  /** Ms; 2^63 - 1 where there are none. */
  readonly interval: number;
  readonly timeout: number;
  readonly state_backend: string;
  readonly externalization: { readonly enabled: boolean; readonly delete_on_cancellation: boolean };
}

export interface FlinkException {
  readonly at: number;
  readonly message: string;
  readonly task: string | undefined;
}

export interface FlinkJobsOptions extends Omit<RestOptions, 'what'> {
  readonly scheduler: Scheduler;
  /** For a savepoint, and for a job until it has ended. Five minutes by default. */
  readonly operationTimeoutMs?: number;
}

export interface FlinkJobs {
  list(): Promise<readonly { readonly jid: string; readonly name: string; readonly state: FlinkJobState; readonly 'start-time': number }[]>;
  /** Undefined: the cluster does not know the job (any more). */
  detail(id: string): Promise<FlinkJobDetail | undefined>;
  /** Values by name of the job as a whole. */
  metrics(id: string, names: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** Names of the metrics of a vertex. */
  vertexMetricNames(id: string, vertex: string): Promise<readonly string[]>;
  /** Of all subtasks of a vertex, added up, and their least. */
  vertexMetrics(
    id: string,
    vertex: string,
    names: readonly string[],
  ): Promise<Readonly<Record<string, { readonly sum: number; readonly min: number }>>>;
  checkpoints(id: string): Promise<FlinkCheckpoints>;
  checkpointSettings(id: string): Promise<FlinkCheckpointSettings>;
  exceptions(id: string): Promise<readonly FlinkException[]>;
  /** Takes a savepoint while the job runs on; answers with its path. */
  savepoint(id: string, options: SavepointOptions): Promise<string>;
  /** Takes a savepoint and ends the job with it; nothing is written twice by whoever goes on from there. */
  stopWithSavepoint(id: string, options: SavepointOptions): Promise<string>;
  /** Ends the job; resolves once it has ended. */
  cancel(id: string): Promise<void>;
  /** Resolves with the state in which the job ended. */
  ended(id: string): Promise<FlinkJobState>;
  disposeSavepoint(path: string): Promise<void>;
}

export interface SavepointOptions {
  readonly directory: string | undefined;
  /** As errors name it. */
  readonly job: string;
  readonly signal?: AbortSignal | undefined;
}

const ENDED: ReadonlySet<FlinkJobState> = new Set(['FAILED', 'CANCELED', 'FINISHED']);
export const hasEnded = (state: FlinkJobState): boolean => ENDED.has(state);

interface Triggered {
  readonly status: { readonly id: 'IN_PROGRESS' | 'COMPLETED' };
  readonly operation?: {
    readonly location?: string;
    readonly 'failure-cause'?: { readonly class: string; readonly 'stack-trace': string };
  };
}

type Get = <T>(path: string) => Promise<T>;
type Looks = 'list' | 'detail' | 'metrics' | 'vertexMetricNames' | 'vertexMetrics' | 'checkpoints' | 'checkpointSettings' | 'exceptions';

/** Client of the jobs of a Flink cluster: what the JobManager answers over REST. */
export function createFlinkJobs(options: FlinkJobsOptions): FlinkJobs {
  const rest = createRest({ what: 'the Flink cluster', ...options });
  const get: Get = async <T>(path: string): Promise<T> => (await rest.request('GET', path)) as T;
  const looks = looksOf(rest, get);
  return { ...looks, ...changesOf(rest, looks, savepointsOf(rest, get, options), options) };
}

/** What is asked and changes nothing. */
function looksOf(rest: Rest, get: Get): Pick<FlinkJobs, Looks> {
  return {
    list: async () => (await get<{ jobs: Awaited<ReturnType<FlinkJobs['list']>> }>('/jobs/overview')).jobs,
    async detail(id) {
      const missing = new Error('the cluster does not know the job');
      const onError = (_: readonly string[], status: number): Error | undefined => (status === 404 ? missing : undefined);
      try {
        return (await rest.request('GET', `/jobs/${id}`, { onError })) as FlinkJobDetail;
      } catch (error) {
        if (error === missing) return undefined;
        throw error;
      }
    },
    async metrics(id, names) {
      const found = await get<readonly { id: string; value: string }[]>(
        `/jobs/${id}/metrics?get=${names.map(encodeURIComponent).join(',')}`,
      );
      return Object.fromEntries(found.map((metric) => [metric.id, Number(metric.value)]));
    },
    async vertexMetricNames(id, vertex) {
      return (await get<readonly { id: string }[]>(`/jobs/${id}/vertices/${vertex}/subtasks/metrics`)).map((metric) => metric.id);
    },
    async vertexMetrics(id, vertex, names) {
      if (names.length === 0) return {};
      const list = names.map(encodeURIComponent).join(',');
      const path = `/jobs/${id}/vertices/${vertex}/subtasks/metrics?agg=sum,min&get=${list}`;
      const found = await get<readonly { id: string; sum: number; min: number }[]>(path);
      return Object.fromEntries(found.map(({ id: name, sum, min }) => [name, { sum, min }]));
    },
    checkpoints: (id) => get(`/jobs/${id}/checkpoints`),
    checkpointSettings: (id) => get(`/jobs/${id}/checkpoints/config`),
    async exceptions(id) {
      const { exceptionHistory } = await get<{
        readonly exceptionHistory?: {
          readonly entries?: readonly { timestamp: number; stacktrace: string; taskName?: string | null }[];
        };
      }>(`/jobs/${id}/exceptions?maxExceptions=20`);
      return (exceptionHistory?.entries ?? []).map((entry) => ({
        at: entry.timestamp,
        message: causeOf([entry.stacktrace]),
        task: entry.taskName ?? undefined,
      }));
    },
  };
}

/** Starts a savepoint and waits for it; answers with its path. */
function savepointsOf(rest: Rest, get: Get, { scheduler, operationTimeoutMs: timeoutMs = 300_000 }: FlinkJobsOptions) {
  return async function triggered(start: string, body: object, { job, signal }: SavepointOptions, poll: string): Promise<string> {
    const { 'request-id': id } = (await rest.request('POST', start, { body, ...(signal === undefined ? {} : { signal }) })) as {
      readonly 'request-id': string;
    };
    const look = async (): Promise<Triggered | undefined> => {
      const answer = await get<Triggered>(`${poll}/${id}`);
      return answer.status.id === 'COMPLETED' ? answer : undefined;
    };
    const { operation } = await waitFor(look, { scheduler, timeoutMs, signal, what: `the savepoint of "${job}"` });
    const failure = operation?.['failure-cause'];
    if (failure !== undefined) throw flinkSavepointFailed(job, causeOf([`${failure.class}: ${failure['stack-trace']}`]));
    return operation?.location ?? '';
  };
}

/** What changes the cluster. */
function changesOf(
  rest: Rest,
  { detail: detailOf }: Pick<FlinkJobs, Looks>,
  triggered: ReturnType<typeof savepointsOf>,
  { scheduler, operationTimeoutMs: timeoutMs = 300_000 }: FlinkJobsOptions,
): Omit<FlinkJobs, Looks> {
  const ended = (id: string): Promise<FlinkJobState> =>
    waitFor(
      async () => {
        const detail = await detailOf(id);
        if (detail === undefined) return 'CANCELED';
        return hasEnded(detail.state) ? detail.state : undefined;
      },
      { scheduler, timeoutMs, what: 'the end of the job' },
    );
  return {
    savepoint: (id, o) =>
      triggered(`/jobs/${id}/savepoints`, { 'target-directory': o.directory, 'cancel-job': false }, o, `/jobs/${id}/savepoints`),
    async stopWithSavepoint(id, o) {
      const path = await triggered(`/jobs/${id}/stop`, { targetDirectory: o.directory, drain: false }, o, `/jobs/${id}/savepoints`);
      await ended(id);
      return path;
    },
    async cancel(id) {
      const onError = (_: readonly string[], status: number): Error | undefined => (status === 404 || status === 409 ? GONE : undefined);
      try {
        await rest.request('PATCH', `/jobs/${id}?mode=cancel`, { onError });
      } catch (error) {
        if (error === GONE) return;
        throw error;
      }
      await ended(id);
    },
    ended,
    async disposeSavepoint(path) {
      await rest.request('POST', '/savepoint-disposal', { body: { 'savepoint-path': path } });
    },
  };
}

/** A job that has ended already needs no cancelling. */
const GONE = new Error('the job has ended');
