import { expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';
import { sessionWords } from './session-words.ts';

test.each([
  [
    'shifts of an oven: bakes at most 40 minutes apart form one shift; number of bakes per shift',
    "GROUP BY oven WINDOW SESSION(INTERVAL '40' MINUTE)",
  ],
  [
    'a spell of an oven ends when nothing is baked for 20 minutes. bakes in each spell',
    "GROUP BY oven WINDOW SESSION(INTERVAL '20' MINUTE)",
  ],
  ['a new rush of an oven starts after 5 minutes of silence; how many bakes per rush', "GROUP BY oven WINDOW SESSION(INTERVAL '5' MINUTE)"],
  ['bakes of one oven within 2 minutes of each other are one surge. bakes per surge', "GROUP BY oven WINDOW SESSION(INTERVAL '2' MINUTE)"],
  [
    'rushes: bakes of an oven with gaps under 15 minutes belong to one rush, bakes in every rush',
    "GROUP BY oven WINDOW SESSION(INTERVAL '15' MINUTE)",
  ],
])('%s', (prompt, part) => {
  expect(asked('bakery', prompt)).toContain(part);
});

test.each([
  'bakes that took less than 5 minutes',
  'alert me when nothing was baked for 20 minutes',
  'number of bakes within 10 minutes per oven',
  'ovens without a bake for an hour',
])('%s asks for no sessions', (prompt) => {
  expect(sessionWords(prompt, 'bake_id oven product loaves baked_at')).toBeUndefined();
});
