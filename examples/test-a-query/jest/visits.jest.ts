import { test } from '@jest/globals';
import { streamTest } from '@velostream/core/testing';
import { VISITS_PER_MINUTE } from '../queries.ts';

const CLICKS = [
  { page: '/', at: '2024-05-01T10:00:05Z' },
  { page: '/', at: '2024-05-01T10:00:40Z' },
];

test('a minute comes out once it is over', async () => {
  await streamTest(VISITS_PER_MINUTE)
    .given('clicks', CLICKS)
    .expectNothing()
    .advanceTo('2024-05-01T10:01:00Z')
    .expect([{ page: '/', visits: 2 }]);
});

test.failing('a minute that is not over has not come out', async () => {
  await streamTest(VISITS_PER_MINUTE)
    .given('clicks', CLICKS)
    .expect([{ page: '/', visits: 2 }]);
});
