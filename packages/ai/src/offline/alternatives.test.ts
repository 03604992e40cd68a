import { describe, expect, test } from 'vitest';
import { conditions } from './where.fixture.ts';

describe('one or the other', () => {
  test.each([
    ['buses', 'trips that were slower than 20 km/h or came from depot North', "speedKmh < 20 OR depotName = 'North'"],
    ['buses', 'more than 40 passengers aboard or over 15 minutes of delay', 'passengers > 40 OR delayMinutes > 15'],
    ['auctions', 'offers for art or coins', "lot_category IN ('art', 'coins')"],
    ['auctions', 'offers above 100 euros and from FR', "country = 'FR' AND bid_eur > 100"],
  ] as const)('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});

describe('names that no schema knows', () => {
  test.each([
    ['wells', 'readings anywhere but highlands', "region != 'highlands'"],
    ['shows', 'NFCs above 30 dollars', "entry_method = 'NFC' AND price_usd > 30"],
    ['shows', 'admissions refused for no stated reason', 'refusal_reason IS NULL'],
    ['shows', 'admissions with a remark that says "late"', "remark LIKE '%late%'"],
    ['wells', 'readings with a depth not within 10 and 20', 'depth_m NOT BETWEEN 10 AND 20'],
  ] as const)('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});
