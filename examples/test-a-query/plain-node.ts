import { streamTest } from '@velostream/core/testing';
import { VISITS_PER_MINUTE } from './queries.ts';

// No test runner: awaiting the test runs it, and it throws when an expectation does not hold.
await streamTest(VISITS_PER_MINUTE)
  .given('clicks', [
    { page: '/', at: '2024-05-01T10:00:05Z' },
    { page: '/', at: '2024-05-01T10:00:40Z' },
  ])
  .advanceTo('2024-05-01T10:01:00Z')
  .expect([{ page: '/', visits: 2 }]);

console.log('passed');
