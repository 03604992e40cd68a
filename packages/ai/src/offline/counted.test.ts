import { describe, expect, test } from 'vitest';
import { conditions, whole } from './where.fixture.ts';

describe('a bound that follows its noun', () => {
  test.each([
    ['buses', 'lines with 5 cancelled trips or more in a day', 'HAVING COUNT(*) >= 5'],
    ['auctions', 'bidders with 3 offers or less in an hour', 'HAVING COUNT(*) <= 3'],
    ['wells', 'wells leaking 4 times or more in a day', 'HAVING COUNT(*) >= 4'],
  ] as const)('%s: %s', (field, prompt, part) => expect(whole(field, prompt)).toContain(part));

  test.each([
    ['buses', 'trips with 40 passengers or more', 'passengers >= 40'],
    ['buses', 'trips delayed by 15 minutes or more', 'delayMinutes >= 15'],
    ['auctions', 'offers of 250k euros or more', 'bid_eur >= 250000'],
    ['wells', 'readings with a depth of 20 meters at most', 'depth_m <= 20'],
    ['wells', 'depth between 80 and 60', 'depth_m BETWEEN 60 AND 80'],
  ] as const)('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});

describe('what is left out or not there', () => {
  test.each([
    ['buses', 'all trips but the diverted ones', "tripStatus != 'diverted'"],
    ['shows', 'everything but paper above 10 dollars', "entry_method != 'paper' AND price_usd > 10"],
    ['shows', 'admissions nobody left a remark on', 'remark IS NULL'],
    ['shows', 'admissions where nobody knows the refusal reason', 'refusal_reason IS NULL'],
  ] as const)('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));

  test.each([
    ['buses', 'launch a bus from depot North', 'refused'],
    ['auctions', 'pay the bidder Hart', 'refused'],
    ['auctions', 'will the bids rise on Sunday', 'clarify'],
    ['auctions', 'which bidder is most talented', 'clarify'],
  ] as const)('%s: %s', (field, prompt, kind) => expect(whole(field, prompt)).toBe(kind));
});
