import { describe, expect, test } from 'vitest';
import { conditions, whole } from './where.fixture.ts';

describe('bounds', () => {
  test.each([
    ['auctions', 'offers with a rating of 2 or worse', 'rating <= 2'],
    ['auctions', 'offers with a rating of 4 or better', 'rating >= 4'],
    ['buses', 'trips with a delay of 10 minutes or worse', 'delayMinutes >= 10'],
    ['buses', 'trips with a speed of 80 or faster', 'speedKmh >= 80'],
    ['wells', 'readings with a depth of 40 meters or deeper', 'depth_m >= 40'],
    ['wells', 'readings deeper than 300 m', 'depth_m > 300'],
    ['wells', 'readings with a depth over 300 m', 'depth_m > 300'],
    ['buses', 'trips delayed longer as 15 minutes', 'delayMinutes > 15'],
    ['auctions', 'offers higher then 250 euros', 'bid_eur > 250'],
    ['wells', 'readings running for 45 mins or longer', 'mins_running >= 45'],
    ['buses', 'trips within the first 5 minutes of delay', 'delayMinutes < 5'],
    ['wells', 'readings whose depth reaches 40 meters', 'depth_m >= 40'],
    ['buses', 'trips where the speed reached 80 or the delay was over 15 minutes', 'speedKmh >= 80 OR delayMinutes > 15'],
  ] as const)('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));

  test('"above 10 or below 2" stays two comparisons', () => {
    expect(conditions('buses', 'trips with a delay above 10 or below 2')).toBe('delayMinutes > 10 OR delayMinutes < 2');
  });
});

describe('names of columns', () => {
  test('an event is what has the name of one', () =>
    expect(whole('shows', 'admissions per event')).toBe(
      'SELECT event_name, COUNT(*) AS admission_count FROM admissions GROUP BY event_name',
    ));

  test('a noun behind a value belongs to its column', () =>
    expect(conditions('shows', 'count member guests per gate')).toBe("guest_type = 'member'"));

  test('a column of the relation comes before one that is joined', () =>
    expect(whole('auctions', 'offers from PL')).toBe("SELECT * FROM offers WHERE country = 'PL'"));
});
