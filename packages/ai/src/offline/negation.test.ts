import { describe, expect, test } from 'vitest';
import { conditions } from './where.fixture.ts';

describe('what is denied', () => {
  test.each([
    ['auctions', 'offers that neither won nor were online', 'won = FALSE AND is_online = FALSE'],
    ['buses', 'trips that were neither cancelled nor diverted', "tripStatus != 'cancelled' AND tripStatus != 'diverted'"],
    ['auctions', 'offers that did not go for stamps', "lot_category != 'stamps'"],
    ['wells', "readings that didn't run in manual mode", "pump_mode != 'manual'"],
    ['shows', 'admissions not using a qr code', "entry_method != 'qr'"],
    ['auctions', 'all offers outside the US', "country != 'US'"],
    ['auctions', 'every offer but not from FR', "country != 'FR'"],
    ['buses', 'trips on every line except K12, not counting cancelled ones', "line != 'K12' AND tripStatus != 'cancelled'"],
    ['wells', 'readings not in region north-2', "region != 'north-2'"],
    ['shows', 'admissions with the exception of members', "guest_type != 'member'"],
  ] as const)('%s: %s', (field, prompt, where) =>
    expect(conditions(field, prompt).split(' AND ').toSorted()).toEqual(where.split(' AND ').toSorted()),
  );
});

describe('the opposite of a flag', () => {
  test.each([
    ['buses', "trips where air conditioned wasn't on", ['airConditioned = FALSE']],
    ['auctions', 'losing offers above 100 euros', ['bid_eur > 100', 'won = FALSE']],
    ['auctions', 'offline offers for coins', ['is_online = FALSE', "lot_category = 'coins'"]],
    ['buses', 'trips with closed door faster than 20 km/h', ['doorOpen = FALSE', 'speedKmh > 20']],
    ['auctions', 'winning offers', ['won = TRUE']],
  ] as const)('%s: %s', (field, prompt, where) =>
    expect(conditions(field, prompt).split(' AND ').toSorted()).toEqual([...where].toSorted()),
  );
});
