import { expect, test } from 'vitest';
import { asked, type Field, granted } from './asked.fixture.ts';

const held = (field: Field, prompt: string): string | undefined =>
  granted(field, prompt).find((text) => text.includes('holds nothing back'));

test.each<[Field, string, string]>([
  ['bakery', 'burnt bakes today', '"today" holds nothing back: all that arrives is shown'],
  ['network', 'flows over tcp in the last 10 minutes', '"in the last 10 minutes" holds nothing back: all that arrives is shown'],
  ['clinic', 'how many visits today', '"today" holds nothing back: all that arrives is added up'],
])('%s: %s', (field, prompt, text) => expect(held(field, prompt)).toBe(text));

test('a span that is a window says nothing of the kind', () => {
  expect(asked('network', 'flows per router in the last 10 minutes')).toContain('WINDOW');
  expect(held('network', 'flows per router in the last 10 minutes')).toBeUndefined();
  expect(held('bakery', 'burnt bakes')).toBeUndefined();
});
