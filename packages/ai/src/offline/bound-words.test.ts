import { describe, expect, test } from 'vitest';
import { conditions, whole } from './where.fixture.ts';

describe('bounds told around their number', () => {
  test.each([
    ['buses', 'trips with a speed in the 30 to 50 km/h range', 'speedKmh BETWEEN 30 AND 50'],
    ['wells', 'readings with a depth in a 5 to 9 m band', 'depth_m BETWEEN 5 AND 9'],
    ['buses', 'trips that were 5 to 10 minutes late', 'delayMinutes BETWEEN 5 AND 10'],
    ['wells', 'wells that ran for two to three hours', 'mins_running BETWEEN 120 AND 180'],
    ['auctions', 'offers with a rating of at least 2 and at most 4', 'rating BETWEEN 2 AND 4'],
    ['buses', 'trips carrying from 40 passengers up', 'passengers >= 40'],
    ['buses', 'trips 15 minutes late or more', 'delayMinutes >= 15'],
    ['auctions', 'offers rated no better than 2', 'rating <= 2'],
    ['buses', 'trips either cancelled or diverted', "tripStatus IN ('cancelled', 'diverted')"],
    ['auctions', 'offers that were won or ones that have a rating over 3', 'won = TRUE OR rating > 3'],
  ] as const)('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));

  test('a span of a window is none of the rows', () => {
    expect(whole('buses', 'average delay in 5 minute windows')).toContain("TUMBLING(INTERVAL '5' MINUTE)");
  });
});
