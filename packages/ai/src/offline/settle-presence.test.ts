import { describe, expect, test } from 'vitest';
import { conditions, type WhereField } from './where.fixture.ts';

describe('what is written only where there is something to say', () => {
  test.each<[WhereField, string, string]>([
    ['shows', 'admissions with remarks', 'remark IS NOT NULL'],
    ['shows', 'adult admissions showing a refusal reason', "guest_type = 'adult' AND refusal_reason IS NOT NULL"],
    ['shows', 'admissions where no remark was left', 'remark IS NULL'],
    ['shows', 'the remark says too late', "remark LIKE '%too late%'"],
    ['shows', 'remarks mentioning rain or hail', "remark LIKE '%rain%' OR remark LIKE '%hail%'"],
    ['shows', 'admissions whose remark talks about shoes', "remark LIKE '%shoes%'"],
    ['shows', 'admissions containing the stand NORTH', "stand LIKE '%NORTH%'"],
    ['buses', 'trips with passengers but cancelled', "tripStatus = 'cancelled' AND passengers > 0"],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});

describe('names that people write', () => {
  test.each<[WhereField, string, string]>([
    ['auctions', "Petrov's online offers", "bidder = 'Petrov' AND is_online = TRUE"],
    ['auctions', 'offers by J. Virtanen', "bidder = 'J. Virtanen'"],
    ['shows', 'Golden Hour admissions at gate North', "event_name = 'Golden Hour' AND gate = 'North'"],
    ['buses', 'trips from depot st-peter', "depotName = 'st-peter'"],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});
