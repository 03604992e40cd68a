import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';
import { whole } from './where.fixture.ts';

describe('what another relation tells stands beside the rows', () => {
  test.each([
    'each visit together with the ward of its doctor',
    'add the ward of the doctor to every visit',
    "enrich visits with the doctor's ward",
    'look up the ward for all visits',
  ])('%s', (prompt) => {
    expect(asked('clinic', prompt)).toMatch(
      /^SELECT v\.visitId AS visitId, .*v\.arrivedAt AS arrivedAt, d\.ward AS ward FROM visits v JOIN doctors d ON v\.doctorName = d\.doctorName$/,
    );
  });
});

describe('rows that a number is called like', () => {
  test('the plural is the rows', () => {
    expect(whole('auctions', 'offers where the country is DE')).toBe("SELECT * FROM offers WHERE country = 'DE'");
  });
});

describe('two numbers that are divided', () => {
  test('both are added up where one is', () => {
    expect(asked('network', 'ratio of packets to latency per router')).toBe(
      'SELECT router, 1.0 * SUM(packets) / NULLIF(SUM(latency_ms), 0) AS total_packets_per_total_latency_ms FROM flows GROUP BY router',
    );
  });
});
