import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

const BAKED = 'SELECT product, SUM(loaves) AS baked FROM bakes GROUP BY product WINDOW TUMBLING(1h) EMIT CHANGES';
const WAITED =
  "SELECT doctorName, AVG(waitMinutes) AS wait FROM visits WHERE visitKind = 'checkup' GROUP BY doctorName WINDOW TUMBLING(1d) EMIT CHANGES";
const FLOWS = 'SELECT router, COUNT(*) AS flows FROM flows GROUP BY router WINDOW TUMBLING(1h) EMIT CHANGES';

describe('other groups, one more, none', () => {
  test.each([
    ['ovens, not products', 'GROUP BY oven WINDOW'],
    ['actually I would rather have it by oven', 'GROUP BY oven WINDOW'],
    ['per oven would be more useful', 'GROUP BY oven WINDOW'],
    ['could this be per oven?', 'GROUP BY oven WINDOW'],
    ['broken down further by oven', 'GROUP BY product, oven WINDOW'],
    ['and the oven too', 'GROUP BY product, oven WINDOW'],
    ['all products together', 'SELECT SUM(loaves) AS baked FROM bakes WINDOW'],
    ["don't split by product", 'SELECT SUM(loaves) AS baked FROM bakes WINDOW'],
    ['just the grand total, no products', 'SELECT SUM(loaves) AS baked FROM bakes WINDOW'],
  ])('%s', (prompt, part) => {
    expect(asked('bakery', prompt, BAKED)).toContain(part);
  });
});

describe('other rows', () => {
  test.each([
    ['surgeries instead', "WHERE visitKind = 'surgery' GROUP BY"],
    ['surgeries as well', "WHERE visitKind IN ('checkup', 'surgery') GROUP BY"],
    ['both kinds', 'FROM visits GROUP BY'],
    ['regardless of the kind', 'FROM visits GROUP BY'],
    ["no-shows shouldn't count", "WHERE visitKind = 'checkup' AND noShow = FALSE"],
    ['leave the no-shows aside', 'noShow = FALSE'],
    ['when the fee was above 50', "WHERE visitKind = 'checkup' AND feeUsd > 50"],
    ['stick to room R4', "roomNo = 'R4'"],
  ])('%s', (prompt, part) => {
    expect(asked('clinic', prompt, WAITED)).toContain(part);
  });
});

describe('other windows', () => {
  test.each([
    ['a day is too long, take hours', "INTERVAL '1' HOUR"],
    ['week by week', "INTERVAL '7' DAY"],
    ['half-hour windows pls', "INTERVAL '30' MINUTE"],
    ['twice as long a window', "INTERVAL '2' DAY"],
    ['one value per hour is enough', "INTERVAL '1' HOUR"],
    ['what about each week?', "INTERVAL '7' DAY"],
  ])('%s', (prompt, part) => {
    expect(asked('clinic', prompt, WAITED)).toContain(part);
  });
});

describe('other figures and bounds of them', () => {
  test.each([
    ['worst case rather than average', 'MAX(waitMinutes)'],
    ['the 95th percentile would be better', 'PERCENTILE_CONT(0.95)'],
    ['I meant the median', 'MEDIAN(waitMinutes)'],
    ['add the lowest and the highest', 'AVG(waitMinutes) AS wait, MIN(waitMinutes)'],
    ['and how many visits were that?', 'AVG(waitMinutes) AS wait, COUNT(*)'],
    ['hide everything under 5', 'HAVING AVG(waitMinutes) >= 5'],
    ["below 10 isn't interesting", 'HAVING AVG(waitMinutes) >= 10'],
    ["doctors with more than 90 don't matter", 'HAVING AVG(waitMinutes) <= 90'],
    ['at least 8, otherwise drop it', 'HAVING AVG(waitMinutes) >= 8'],
    ['quietest doctor at the top', 'ORDER BY wait EMIT'],
    ['the three worst are enough', 'ORDER BY wait DESC LIMIT 3'],
    ['no more than five rows, the largest', 'ORDER BY wait DESC LIMIT 5'],
    ['text me if one of them gets over 40', '@alert: wait > 40'],
  ])('%s', (prompt, part) => {
    expect(`${asked('clinic', prompt, WAITED)} EMIT`).toContain(part);
  });
  test.each(['clients rather than flows, each just once', 'every client only once', 'clients, not flows'])('%s', (prompt) => {
    expect(asked('network', prompt, FLOWS)).toContain('COUNT(DISTINCT client_id)');
  });
});

test('several changes in one sentence are made one after the other', () => {
  expect(asked('network', 'tcp only, and per day', FLOWS)).toBe(
    "SELECT router, COUNT(*) AS flows FROM flows WHERE protocol = 'tcp' GROUP BY router WINDOW TUMBLING(INTERVAL '1' DAY)",
  );
});

test.each([
  ['average latency per protocol every minute', 'SELECT protocol, AVG(latency_ms)'],
  ['how many flows were dropped', 'WHERE dropped = TRUE'],
  ['flows with more than 100 packets', 'WHERE packets > 100'],
])('%s is a question of its own', (prompt, part) => {
  const answer = asked('network', prompt, FLOWS);
  expect(answer).toContain(part);
  expect(answer).not.toContain('GROUP BY router');
});
