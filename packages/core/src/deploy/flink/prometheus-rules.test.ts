import { describe, expect, test } from 'vitest';
import { flinkRules } from './prometheus-rules.ts';

const app = {
  name: 'Order Flow',
  queries: [
    { name: 'Big', sql: '-- @metric: big_orders\nSELECT id FROM orders WHERE id > 5', sink: 'kafka://b:1/big' },
    {
      name: 'Sums',
      sql: '-- @metric: total\n-- @metric_type: gauge\n-- @metric_labels: region\n-- @metric: seen\n-- @metric_labels: region\nSELECT region, SUM(id) AS total FROM orders GROUP BY region',
      sink: 'kafka://b:1/sums',
    },
  ],
};

describe('recording rules', () => {
  const { groups, yaml, leftOut } = flinkRules(app, { name: 'order-flow' });
  const rules = groups[0]!.rules;

  test('name the series of each job as dashboards ask for them', () => {
    expect(rules.filter((rule) => rule.record === 'velo_job_records_out_total')).toEqual([
      {
        record: 'velo_job_records_out_total',
        expr: 'sum(flink_taskmanager_job_task_operator_numRecordsSend{job_name="order_flow_q1"})',
        labels: { job_name: 'order-flow_q1' },
      },
      {
        record: 'velo_job_records_out_total',
        expr: 'sum(flink_taskmanager_job_task_operator_numRecordsSend{job_name="order_flow_q2"})',
        labels: { job_name: 'order-flow_q2' },
      },
    ]);
    expect(yaml).toContain('record: velo_active_jobs');
  });

  test('have counters of output rows, and say why other metrics are left out', () => {
    expect(rules.filter((rule) => rule.record.startsWith('velostream_'))).toMatchObject([
      { record: 'velostream_big_orders_total', labels: { job: 'order-flow', query: 'big' } },
    ]);
    expect(leftOut.map(({ name }) => name)).toEqual(['total', 'seen']);
    expect(leftOut[1]?.reason).toBe('it is told apart by region, and Flink counts all rows together');
  });
});
