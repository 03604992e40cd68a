import { describe, expect, test } from 'vitest';
import { flink } from './flink.ts';

const schema = {
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'at', type: 'TIMESTAMP' },
  ],
  eventTime: 'at',
} as const;

const review = (...queries: readonly string[]) =>
  flink({ gatewayUrl: 'http://gateway:8083', savepointDirectory: 'file:///s' }).review?.({
    name: 'app',
    app: { name: 'App', queries: queries.map((sql, i) => ({ name: `Q${i + 1}`, sql, sink: `kafka://b:1/out${i + 1}` })) },
    queries: queries.map((sql, i) => ({ id: `q${i + 1}`, name: `Q${i + 1}`, sql, job: `app_q${i + 1}`, stateKey: 'key' })),
    schemas: { orders: schema },
    sources: { orders: { uri: 'kafka://b:1/orders', schema } },
  });

describe('the review of a plan for Flink', () => {
  test('says of each statement whether it runs the same, with a difference, or not', () => {
    const [same, different, refused] = [
      'SELECT id FROM orders',
      'SELECT id, NOW() AS now FROM orders',
      'SELECT id, LEAD(id) OVER (ORDER BY at) AS next FROM orders',
    ] as const;
    const found = review(same, different, refused);
    expect(found?.statements?.map(({ queryId, verdict }) => [queryId, verdict])).toEqual([
      ['q1', 'same'],
      ['q2', 'different'],
      ['q3', 'refused'],
    ]);
    expect(found?.statements?.[1]).toEqual({
      queryId: 'q2',
      span: { start: 0, end: different.length },
      verdict: 'different',
      reasons: ['The clock is that of the Flink cluster.'],
    });
    expect(found?.statements?.[2]?.reasons[0]).toMatch(/^LEAD is not on Flink/);
    expect(found?.blockers[0]).toMatch(/^Q3: not on Flink, because LEAD/);
  });
});
