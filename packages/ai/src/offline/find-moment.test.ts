import { describe, expect, test } from 'vitest';
import { conditions, whole } from './where.fixture.ts';

const hour = "EXTRACT('HOUR', startedAt)";
const day = "EXTRACT('DOW', startedAt)";

describe('times of the day', () => {
  test.each([
    ['trips after 6 pm', `${hour} >= 18`],
    ['trips before noon', `${hour} < 12`],
    ['trips between 8 and 10 in the morning', `${hour} >= 8 AND ${hour} < 10`],
    ['trips between 1 and 3 pm', `${hour} >= 13 AND ${hour} < 15`],
    ['trips from 9 am to 5 pm', `${hour} >= 9 AND ${hour} < 17`],
    ['trips from 22:00 to 6:00', `${hour} >= 22 OR ${hour} < 6`],
    ['trips later than 18:30', `${hour} * 60 + EXTRACT('MINUTE', startedAt) >= 1110`],
  ])('%s', (prompt, where) => {
    expect(conditions('buses', prompt)).toBe(where);
  });
});

describe('days', () => {
  test.each([
    ['trips on weekends', `${day} IN (0, 6)`],
    ['trips on Mondays', `${day} = 1`],
    ['trips every Friday', `${day} = 5`],
    ['trips not on a Sunday', `${day} != 0`],
    ['trips from Monday to Friday', `${day} IN (1, 2, 3, 4, 5)`],
    ['trips since 2024-03-01', "startedAt >= TIMESTAMP '2024-03-01 00:00:00'"],
    ['trips before 1 March 2024', "startedAt < TIMESTAMP '2024-03-01 00:00:00'"],
    ['trips on March 1st, 2024', "startedAt >= TIMESTAMP '2024-03-01 00:00:00' AND startedAt < TIMESTAMP '2024-03-02 00:00:00'"],
    ['trips in October', "EXTRACT('MONTH', startedAt) = 10"],
  ])('%s', (prompt, where) => {
    expect(conditions('buses', prompt)).toBe(where);
  });

  test('a span of time stays a window', () => {
    expect(whole('buses', 'trips after 6 pm per line every 10 minutes')).toContain("WINDOW TUMBLING(INTERVAL '10' MINUTE)");
  });
});
