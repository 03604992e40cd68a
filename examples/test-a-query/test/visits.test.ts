import { streamTest, testQuery } from '@velostream/core/testing';
import { expect, test } from 'vitest';
import { LARGE_ORDERS, VISITS_PER_MINUTE } from '../queries.ts';

test('a minute comes out once it is over', async () => {
  await streamTest(VISITS_PER_MINUTE)
    .given('clicks', [
      { page: '/', at: '2024-05-01T10:00:05Z' },
      { page: '/', at: '2024-05-01T10:00:40Z' },
      { page: '/docs', at: '2024-05-01T10:00:59Z' },
    ])
    .expectNothing()
    .advanceTo('2024-05-01T10:01:00Z')
    .expect([
      { page: '/', visits: 2 },
      { page: '/docs', visits: 1 },
    ]);
});

test('a click that comes after its minute is late', async () => {
  await streamTest(VISITS_PER_MINUTE)
    .given('clicks', { page: '/', at: '2024-05-01T10:02:00Z' })
    .given('clicks', { page: '/', at: '2024-05-01T10:00:30Z' })
    .expectLate(1)
    .expectFinal([{ page: '/', visits: 1 }]);
});

test('a crash in the middle of a minute changes nothing', async () => {
  await streamTest(VISITS_PER_MINUTE)
    .given('clicks', { page: '/', at: '2024-05-01T10:00:05Z' })
    .restart()
    .given('clicks', { page: '/', at: '2024-05-01T10:00:06Z' })
    .expectFinal([{ page: '/', visits: 2 }]);
});

test('a wrong expectation says what differs', async () => {
  const wrong = streamTest(VISITS_PER_MINUTE)
    .given('clicks', { page: '/', at: '2024-05-01T10:00:05Z' })
    .end()
    .expect([{ page: '/', visits: 2 }]);
  await expect(wrong.run()).rejects.toThrow('row 1, visits: expected 2, got 1');
});

test('a thousand made-up rows reach every branch', async () => {
  const report = await testQuery(LARGE_ORDERS, {
    records: 1000,
    seed: 7,
    assertions: [
      { type: 'record_count', greater_than: 0 },
      { type: 'field_values', field: 'amount', operator: '>', value: 100 },
      { type: 'no_nulls', fields: ['id', 'name'] },
    ],
  });
  expect(report.assertions.filter((a) => !a.passed)).toEqual([]);
  expect(report.coverage?.ratio).toBe(1);
});
