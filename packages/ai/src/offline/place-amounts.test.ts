import { describe, expect, test } from 'vitest';
import { conditions, type WhereField, whole } from './where.fixture.ts';

describe('an amount goes where most speaks for it', () => {
  test.each<[WhereField, string, string]>([
    ['buses', 'trips that went faster than 40 but no faster than 60', 'speedKmh > 40 AND speedKmh <= 60'],
    ['buses', 'completed trips, 12 passengers on board or fewer', "tripStatus = 'completed' AND passengers <= 12"],
    ['wells', 'wells running 90 minutes in all or longer', 'mins_running >= 90'],
    ['auctions', 'offers between 50 cents and 3 euros', 'bid_eur BETWEEN 0.5 AND 3'],
    ['auctions', 'offers who paid over 60', 'bid_eur > 60'],
    ['wells', 'water given (flow) above 30', 'flow_l > 30'],
    ['wells', 'readings with a depth from 4 through 9', 'depth_m BETWEEN 4 AND 9'],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});

test('a total that is told is compared, and no row', () =>
  expect(whole('shows', 'gates with over 500 dollars in total per day')).toMatch(
    /GROUP BY gate WINDOW TUMBLING\(INTERVAL '1' DAY\) HAVING SUM\(price_usd\) > 500$/,
  ));
