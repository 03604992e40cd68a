import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('rows that belong together until nothing comes for a while', () => {
  test.each([
    ['network', 'flows per client in sessions that close after 20 minutes without activity', 'client_id', 20],
    ['network', 'flows of a client with less than 30 minutes in between count as one visit, how many flows in each', 'client_id', 30],
    ['network', 'flows of each client with pauses of no more than 15 minutes form one burst, bytes sent in it', 'client_id', 15],
    ['bakery', 'bakes from an oven with breaks shorter than 40 minutes are one run, number of bakes', 'oven', 40],
    ['bakery', 'baking sessions: new one when an oven is idle for over 25 minutes, count bakes', 'oven', 25],
  ] as const)('%s: %s', (field, prompt, key, minutes) => {
    expect(asked(field, prompt)).toContain(`GROUP BY ${key} WINDOW SESSION(INTERVAL '${minutes}' MINUTE)`);
  });
});

test.each([
  ['clinic', 'rounds of a doctor: visits with no break longer than 20 minutes, number of visits in each round', '20'],
  ['network', 'bursts of a client: flows never more than 5 minutes apart, how many flows in each burst', '5'],
  ['clinic', 'doctor sessions end after 25 idle minutes, how many visits are in each', '25'],
] as const)('a pause that is never longer, %s: %s', (field, prompt, minutes) => {
  const sql = asked(field, prompt);
  expect(sql).toContain(`WINDOW SESSION(INTERVAL '${minutes}' MINUTE)`);
  expect(sql).toContain('COUNT(*)');
  expect(sql).not.toMatch(/WHERE|HAVING/);
});
