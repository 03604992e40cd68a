import { describe, expect, test } from 'vitest';
import { historyFromPrometheus } from './prometheus-history.ts';

const series = (name: string, labels: Record<string, string>, ...values: number[]) => ({
  metric: { __name__: name, job: 'velo', ...labels },
  values: values.map((v, i): [number, string] => [100 + i, String(v)]),
});

describe('what Prometheus has kept of jobs, as polls', () => {
  test('seconds of the engine become milliseconds, and averages are not taken for the highest', () => {
    const history = historyFromPrometheus([
      series('velo_pipeline_operation_latency_seconds', { job_name: 'a', quantile: '0.99' }, 0.25, 0.5),
      series('velo_pipeline_operation_latency_seconds', { job_name: 'a', quantile: 'avg' }, 0.01, 0.02),
      series('velo_streaming_throughput_by_job_rps', { job_name: 'a' }, 90, 100),
      series('velo_job_state_rows', { job_name: 'a' }, 7, 8),
      series('velo_job_records_out_total', { job_name: 'a' }, 50, 60),
    ]);
    expect(history).toEqual({
      a: [
        { at: 100_000, latencyP99Ms: 250, recordsPerSecond: 90, groups: 7, processed: 50 },
        { at: 101_000, latencyP99Ms: 500, recordsPerSecond: 100, groups: 8, processed: 60 },
      ],
    });
  });

  test('what belongs to no job is left out', () => {
    expect(historyFromPrometheus([series('velo_error_messages_total', {}, 3), series('up', {}, 1)])).toEqual({});
  });

  test('a highest latency is read from the durations between two polls where no quantile is told', () => {
    const name = 'velo_sql_query_duration_by_job_seconds_bucket';
    const history = historyFromPrometheus([
      series(name, { job_name: 'a', le: '0.01' }, 100, 100),
      series(name, { job_name: 'a', le: '0.1' }, 100, 200),
      series(name, { job_name: 'a', le: '+Inf' }, 100, 200),
    ]);
    expect(history['a']).toEqual([{ at: 101_000, latencyP99Ms: 100, recordsPerSecond: 0 }]);
  });

  test('figures of others go by what their names say', () => {
    expect(historyFromPrometheus([series('consumer_lag', { job: 'b' }, 5)])).toEqual({
      b: [{ at: 100_000, lag: 5, recordsPerSecond: 0 }],
    });
  });
});
