import { describe, expect, test } from 'vitest';
import { sinkGuarantee } from './guarantee.ts';

const table = (options: Record<string, string>) =>
  `CREATE TABLE x (a INT) WITH (${Object.entries(options)
    .map(([key, value]) => `'${key}' = '${value}'`)
    .join(', ')})`;

describe('the guarantee of sinks', () => {
  test.each([
    [[{ connector: 'kafka', 'sink.delivery-guarantee': 'exactly-once' }], /^exactly once$/],
    [[{ connector: 'kafka', 'sink.delivery-guarantee': 'exactly-once' }, { connector: 'filesystem' }], /^exactly once$/],
    [[{ connector: 'kafka' }], /^at least once/],
    [[{ connector: 'kafka', 'sink.delivery-guarantee': 'none' }], /^at most once/],
    [[{ connector: 'upsert-kafka' }], /^at least once, and the last row/],
    [[{ connector: 'upsert-kafka', 'sink.delivery-guarantee': 'exactly-once' }], /^exactly once$/],
    [[{ connector: 'jdbc' }], /does not commit with the state/],
  ])('is that of the weakest: %j', (sinks, guarantee) => {
    expect(sinkGuarantee(sinks.map((sink) => table(sink as Record<string, string>)))).toMatch(guarantee);
  });
});
