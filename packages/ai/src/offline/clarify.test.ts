import { describe, expect, test } from 'vitest';
import { translate } from './translate.ts';
import { FIELDS, whole } from './where.fixture.ts';

describe('questions back', () => {
  test.each([
    ['auctions', 'offers by bidder height'],
    ['buses', "trips by the depot's mood"],
    ['shows', 'admissions per gate colour'],
    ['wells', 'the flow looks wrong'],
    ['auctions', 'does the rating seem odd'],
    ['buses', 'huge delays please'],
  ] as const)('%s: %s', (field, prompt) => expect(whole(field, prompt)).toBe('clarify'));

  test('names the word that is no field, and offers those there are', () => {
    const answer = translate({ prompt: 'offers by bidder height', schemas: FIELDS.auctions });
    expect(answer).toMatchObject({ kind: 'clarify', question: 'There is no field called "height" here. Which one do you mean?' });
    expect(answer.kind === 'clarify' && answer.options.map((o) => o.prompt)).toContain('offers by bidder country');
  });

  test.each([
    ['buses', 'how many trips did each depot send per day'],
    ['auctions', 'offers by lot category name'],
    ['shows', 'number of admissions each gate took per hour'],
  ] as const)('none where a verb or the kind of a name follows: %s: %s', (field, prompt) =>
    expect(whole(field, prompt)).toContain('GROUP BY'),
  );
});

describe('refusals', () => {
  test.each([
    ['wells', 'please to delete all readings of yesterday'],
    ['wells', 'empty well 4'],
    ['auctions', 'approve offer 5521'],
    ['auctions', 'cancel everything'],
    ['buses', 'i want you to remove the trips of line K12'],
    ['shows', 'reboot gate A7 now'],
  ] as const)('%s: %s', (field, prompt) => expect(whole(field, prompt)).toBe('refused'));

  test('a statement that destroys is none to edit by', () => {
    const shown = { schemas: FIELDS.wells, previousSql: 'SELECT * FROM well_readings' };
    for (const prompt of ['DROP TABLE well_readings', 'delete from well_readings', 'truncate table well_readings'])
      expect(translate({ prompt, ...shown }).kind, prompt).toBe('refused');
  });

  test('what only looks like an order is answered', () => {
    expect(whole('buses', 'cancelled trips')).toBe("SELECT * FROM busTrips WHERE tripStatus = 'cancelled'");
    expect(whole('buses', 'trips with open doors')).toBe('SELECT * FROM busTrips WHERE doorOpen = TRUE');
  });
});

describe('values', () => {
  test.each([
    ['wells', 'deep wells, i.e. deeper than 40 meters', 'depth_m > 40'],
    ['buses', 'trips of line K12', "line = 'K12'"],
    ['auctions', 'offers by bidder Hart above 20 euros', "bidder = 'Hart'"],
  ] as const)('%s: %s', (field, prompt, part) => expect(whole(field, prompt)).toContain(part));

  test('small words are no values', () => {
    for (const prompt of ['offers where the bidder is on average above 3', 'offers of the country that is to be seen'])
      expect(whole('auctions', prompt)).not.toMatch(/'(on|to|that|be)'/);
  });
});
