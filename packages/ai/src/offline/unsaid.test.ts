import { describe, expect, test } from 'vitest';
import { translate } from './translate.ts';
import { FIELDS, whole } from './where.fixture.ts';

describe('what a sentence says of its rows and no part of the query does', () => {
  test.each([
    ['buses', 'crummy trips'],
    ['buses', 'trips that go on for ages'],
    ['auctions', 'offers which are about to run out'],
    ['wells', 'is well W4 contaminated?'],
    ['auctions', 'was the offer of bidder Hart sensible'],
  ] as const)('is asked about: %s: %s', (field, prompt) => expect(whole(field, prompt)).toBe('clarify'));

  test.each([
    ['buses', 'show me all trips as they come in'],
    ['auctions', 'offers, please'],
    ['wells', 'readings that we get'],
  ] as const)('nothing is asked where all is said: %s: %s', (field, prompt) => expect(whole(field, prompt)).toContain('SELECT *'));

  test('names the word', () => {
    expect(translate({ prompt: 'crummy trips', schemas: FIELDS.buses })).toMatchObject({
      kind: 'clarify',
      question: 'Nothing here says "crummy". Which number shall decide?',
    });
  });
});

test('a word whose meaning is told is not asked about', () => {
  expect(whole('buses', 'huge trips (over 40 passengers)')).toMatch(/> 40/);
  expect(whole('wells', 'deep wells, meaning more than 40 meters')).toContain('depth_m > 40');
});
