import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';
import { reworded } from './reword-edit.ts';

const BAKED = 'SELECT product, SUM(loaves) AS baked FROM bakes GROUP BY product WINDOW TUMBLING(1h) EMIT CHANGES';
const WAITED = 'SELECT doctorName, AVG(waitMinutes) AS wait FROM visits GROUP BY doctorName WINDOW TUMBLING(1d) EMIT CHANGES';

describe('rows are left out of the query before', () => {
  test.each(['take the rolls out', 'roll excluded', "don't include rolls", 'minus rolls', 'w/o rolls', 'lose the rolls'])(
    '%s',
    (prompt) => {
      expect(asked('bakery', prompt, BAKED)).toContain("WHERE product != 'roll' GROUP BY product WINDOW TUMBLING(1h)");
    },
  );
});

describe('another group in place of the one before', () => {
  test.each(['I meant per room', 'make it per room', 'same thing per room', 'rather by room'])('%s', (prompt) => {
    expect(asked('clinic', prompt, WAITED)).toContain('GROUP BY roomNo WINDOW TUMBLING(1d)');
  });
});

describe('one more group or figure', () => {
  test.each([
    ['room as second dimension', 'GROUP BY doctorName, roomNo'],
    ['plus the highest', 'AVG(waitMinutes) AS wait, MAX(waitMinutes)'],
    ['and the average fee please', 'AVG(feeUsd)'],
  ])('%s', (prompt, part) => {
    expect(asked('clinic', prompt, WAITED)).toContain(part);
  });
});

describe('another window, a ranking, a bound', () => {
  test.each([
    ['go to 10 minutes', "WINDOW TUMBLING(INTERVAL '10' MINUTE)"],
    ['shorter windows, 15 minutes', "WINDOW TUMBLING(INTERVAL '15' MINUTE)"],
    ['could we have the week instead of the day?', "WINDOW TUMBLING(INTERVAL '7' DAY)"],
    ['give me the top 3', 'ORDER BY wait DESC LIMIT 3'],
  ])('%s', (prompt, part) => {
    expect(asked('clinic', prompt, WAITED)).toContain(part);
  });
});

test('a question with a topic and a figure of its own is no change', () => {
  expect(asked('clinic', 'how many visits per room every hour', WAITED)).toContain('COUNT(*)');
});

describe('groups, an order and figures of the query before', () => {
  test.each([
    ['nothing below 5 visits', 'HAVING COUNT(*) >= 5'],
    ['skip doctors with under 5', 'HAVING AVG(waitMinutes) >= 5'],
    ['only doctors that reach 20', 'HAVING AVG(waitMinutes) >= 20'],
    ['longest wait first', 'ORDER BY wait DESC'],
    ['shortest first', 'ORDER BY wait EMIT'],
    ['swap doctor for room', 'GROUP BY roomNo'],
    ['one row per room, not per doctor', 'GROUP BY roomNo'],
    ['I wanted it for each room', 'GROUP BY roomNo'],
    ['peak instead of mean', 'MAX(waitMinutes)'],
    ['median rather than average', 'MEDIAN(waitMinutes)'],
    ['hour instead of day', "INTERVAL '1' HOUR"],
    ['and how many visits that was', 'AVG(waitMinutes) AS wait, COUNT(*)'],
    ['and give me the number of visits', 'AVG(waitMinutes) AS wait, COUNT(*)'],
    ['patients, not visits: count every patient once', 'COUNT(DISTINCT patientId)'],
    ['the 3 longest', 'ORDER BY wait DESC LIMIT 3'],
    ['surgeries can go', "WHERE visitKind != 'surgery'"],
  ])('%s', (prompt, part) => {
    expect(`${asked('clinic', prompt, WAITED)} EMIT`).toContain(part);
  });
});

describe('the plain way to say a change', () => {
  test.each([
    ['throw out the failed ones', 'without the failed ones'],
    ['the driver as well', 'also the driver'],
    ['room rather', 'room instead'],
    ['the burnt ones only', 'only the burnt ones'],
    ['lose the rolls', 'without the rolls'],
    ['how many rolls were dropped', 'how many rolls were dropped'],
    ['only rolls, and not the burnt ones', 'only rolls, and not the burnt ones'],
  ])('%s', (said, plain) => {
    expect(reworded(said)).toBe(plain);
  });
});
