import type { JobMetrics } from '../../protocol/studio/deployment.ts';
import type { FlinkCheckpoints, FlinkJobDetail, FlinkJobs } from './client/jobs.ts';

/** What Flink measures of a job, as our jobs are measured. */
export interface JobMeasures extends Omit<JobMetrics, 'lastInputAt' | 'lastOutputAt' | 'stateEntries'> {
  /** Why the newest checkpoint failed; undefined: it did not. */
  readonly checkpointProblem: string | undefined;
}

/** Metrics of operators by the end of their names: `Source__orders[1].numRecordsIn`. */
const WANTED =
  /\.(numRecordsIn|numRecordsOut|numRecordsInPerSecond|numRecordsOutPerSecond|numRecordsInErrors|numRecordsOutErrors|numRecordsSend|numLateRecordsDropped|lateRecordsDropped|pendingRecords|currentInputWatermark|currentOutputWatermark)$/;
const NO_WATERMARK = -9_000_000_000_000_000;

/** Reads what a job has measured. A vertex tells its metrics a few seconds after it started; until then they count as nothing. */
export async function measure(jobs: FlinkJobs, detail: FlinkJobDetail, checkpoints: FlinkCheckpoints): Promise<JobMeasures> {
  const [whole, ...vertices] = await Promise.all([
    jobs.metrics(detail.jid, ['numRestarts']),
    ...detail.vertices.map(async ({ id }) => {
      const names = (await jobs.vertexMetricNames(detail.jid, id)).filter((name) => WANTED.test(name) && !name.includes('KafkaConsumer'));
      return jobs.vertexMetrics(detail.jid, id, names);
    }),
  ]);
  const values = vertices.flatMap((found) => Object.entries(found));
  const sum = (of: (operator: string) => boolean, metric: string): number =>
    values.reduce((n, [name, value]) => (name.endsWith(`.${metric}`) && of(operatorOf(name)) ? n + value.sum : n), 0);
  const any = (): boolean => true;
  // A source of the old kind counts what it hands on only.
  const read = sum(isSource, 'numRecordsIn') || sum(isSource, 'numRecordsOut');
  const readPerSecond = sum(isSource, 'numRecordsInPerSecond') || sum(isSource, 'numRecordsOutPerSecond');
  const written = sum(any, 'numRecordsSend') || sum(isSink, 'numRecordsIn');
  const hasLag = values.some(([name]) => name.endsWith('.pendingRecords'));
  const { completed } = checkpoints.latest;
  return {
    recordsIn: read,
    recordsProcessed: written,
    recordsPerSecond: readPerSecond,
    errors: sum(any, 'numRecordsInErrors') + sum(any, 'numRecordsOutErrors'),
    lateDropped: sum(any, 'numLateRecordsDropped') + sum(any, 'lateRecordsDropped'),
    ...(hasLag ? { consumerLag: sum(any, 'pendingRecords') } : {}),
    stateBytes: completed?.state_size ?? 0,
    restarts: whole['numRestarts'] ?? 0,
    uptimeSeconds: Math.round(detail.duration / 1000),
    watermark: watermarkOf(values),
    ...(completed === null ? {} : { checkpointAt: completed.latest_ack_timestamp }),
    checkpointProblem: problemOf(checkpoints),
  };
}

/** One before all tasks run counts as failed and is none to speak of: the next one comes through. */
function problemOf({ latest: { completed, failed } }: FlinkCheckpoints): string | undefined {
  if (failed == null || completed === null || failed.trigger_timestamp < completed.trigger_timestamp) return undefined;
  return failed.failure_message ?? 'it gives no reason';
}

const operatorOf = (metric: string): string => metric.slice(0, metric.lastIndexOf('.'));
const isSource = (operator: string): boolean => /^(Source__|TableSourceScan)/.test(operator);
const isSink = (operator: string): boolean => /^Sink__|__Writer$|: Writer$/.test(operator);

/** Event time that has come through to the end: the least of what the operators have taken in. */
function watermarkOf(values: readonly (readonly [string, { readonly min: number }])[]): number | null {
  const reached = values
    .filter(([name]) => name.endsWith('.currentInputWatermark') && !isSource(operatorOf(name)))
    .map(([, { min }]) => min);
  const least = Math.min(...reached);
  // 2^63 - 1 is the watermark of an input that has ended.
  return reached.length === 0 || least < NO_WATERMARK || least > -NO_WATERMARK ? null : least;
}
