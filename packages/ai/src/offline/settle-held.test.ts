import { expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

test('what is compared need not be said to be there', () => {
  expect(asked('clinic', 'visits whose doctor has ward W3')).toMatch(/ WHERE d\.ward = 'W3'$/);
});
