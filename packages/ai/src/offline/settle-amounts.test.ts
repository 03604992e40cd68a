import { describe, expect, test } from 'vitest';
import { conditions, whole } from './where.fixture.ts';

describe('amounts that stand away from what they bound', () => {
  test.each([
    ['wells', 'wells at a flow of 30 liters or more', 'flow_l >= 30'],
    ['buses', 'cancelled trips at 80 kmh or more', "tripStatus = 'cancelled' AND speedKmh >= 80"],
    ['auctions', 'online offers rated worse than 3', 'is_online = TRUE AND rating < 3'],
    ['wells', 'manual pump mode with a depth in excess of 40 m', "depth_m > 40 AND pump_mode = 'manual'"],
  ] as const)('%s: %s', (field, prompt, where) => {
    const parts = conditions(field, prompt).split(' AND ').toSorted();
    expect(parts).toEqual(where.split(' AND ').toSorted());
  });

  test.each([
    ['wells', 'regions whose flow averages 20 liters or more in an hour', 'HAVING AVG(flow_l) >= 20'],
    ['buses', 'depots with a delay of more than 5 minutes on average in a day', 'HAVING AVG(delayMinutes) > 5'],
    ['auctions', 'countries with an average rating worse than 2 in a week', 'HAVING AVG(rating) < 2'],
    ['shows', 'gates with three members or more in an hour', 'HAVING COUNT(*) >= 3'],
  ] as const)('groups, %s: %s', (field, prompt, having) => expect(whole(field, prompt)).toContain(having));
});

describe('things that nothing is called', () => {
  test.each([
    ['buses', 'depots with more than 20 sailings in an hour', 'HAVING COUNT(*) > 20'],
    ['auctions', 'let me know when there are over 100 gavels in a minute', 'COUNT(*)'],
  ] as const)('are rows, %s: %s', (field, prompt, part) => expect(whole(field, prompt)).toContain(part));

  test('have no group counted once for itself', () => {
    expect(whole('buses', 'depots with more than 20 depots in an hour')).not.toContain('DISTINCT');
  });
});

describe('a number that nothing came of', () => {
  test.each([
    ['auctions', 'online offers of hall 12'],
    ['buses', 'cancelled trips of train 7'],
  ] as const)('is asked about, %s: %s', (field, prompt) => expect(whole(field, prompt)).toBe('clarify'));
});

describe('amounts that are no windows', () => {
  test.each([
    ['buses', 'trips with a delay of over 10 minutes', 'delayMinutes > 10'],
    ['buses', 'cancelled trips with more passengers than 50', "passengers > 50 AND tripStatus = 'cancelled'"],
    ['wells', 'readings with over an hour of running', 'mins_running > 60'],
  ] as const)('%s: %s', (field, prompt, where) =>
    expect(conditions(field, prompt).split(' AND ').toSorted()).toEqual(where.split(' AND ').toSorted()),
  );
});
