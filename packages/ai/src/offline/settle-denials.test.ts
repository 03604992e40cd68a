import { describe, expect, test } from 'vitest';
import { conditions, type WhereField } from './where.fixture.ts';

describe('a denial reaches over verbs and prepositions', () => {
  test.each<[WhereField, string, string]>([
    ['shows', 'admissions not sold by the member gate', "guest_type != 'member'"],
    ['shows', 'admissions that were never scanned as paper', "entry_method != 'paper'"],
    ['buses', 'trips nobody cancelled', "tripStatus != 'cancelled'"],
    ['auctions', 'offers nobody won', 'won = FALSE'],
    ['wells', 'readings not taken in manual mode', "pump_mode != 'manual'"],
    ['shows', 'admissions at gate North, paper ones left out', "gate = 'North' AND entry_method != 'paper'"],
    ['buses', 'trips slower than 40, cancelled excluded', "tripStatus != 'cancelled' AND speedKmh < 40"],
    ['wells', 'not leaking, manual', "leaking = FALSE AND pump_mode = 'manual'"],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});
