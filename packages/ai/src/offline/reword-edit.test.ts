import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

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
