import { expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

test.each([
  ['which oven is busy, broken down together', 'oven ='],
  ['total loaves against oven daily', "oven = '"],
  ['leading three ovens in terms of loaves daily', "oven = '"],
])('words with a job are no values: %s', (prompt, value) => {
  expect(asked('bakery', prompt)).not.toContain(value);
});

test('a name behind its column is one, with a bound behind it too', () => {
  expect(asked('bakery', 'bakes of oven stella above 20 kg')).toContain("oven = 'stella'");
});
