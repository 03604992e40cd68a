import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';
import { conditions, type WhereField } from './where.fixture.ts';

describe('what is left out is no condition that holds', () => {
  test.each<[WhereField, string, string]>([
    ['wells', 'leak-free readings deeper than 30 m', 'leaking = FALSE AND depth_m > 30'],
    ['buses', 'trips per depot, cancelled not counted', "tripStatus != 'cancelled'"],
    ['auctions', 'offers over 50 euros, coins excluded', "lot_category != 'coins' AND bid_eur > 50"],
    ['auctions', 'offers over 50 euros, category coins excluded', "lot_category != 'coins' AND bid_eur > 50"],
    ['shows', 'admissions for which no remark is recorded', 'remark IS NULL'],
    ['shows', 'admissions where no remark exists', 'remark IS NULL'],
    ['wells', 'all regions but North, depth over 12', "region != 'North' AND depth_m > 12"],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});

describe('a remark beside the question says nothing of the rows', () => {
  test.each<[WhereField, string, string]>([
    ['buses', "trips delayed over 20 minutes, that's a shame", 'delayMinutes > 20'],
    ['auctions', 'offers over 90 euros? I want to thank them', 'bid_eur > 90'],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
  test('but one with words of the schemas does', () => {
    expect(conditions('auctions', 'offers over 90 euros, those are online')).toContain('is_online = TRUE');
  });
});

const schemas = schemasFrom(`
  scans: patient STRING, session INTEGER, stage STRING wake|rem, moves INTEGER, repeats INTEGER, queue_len INTEGER, direction STRING in|out, mode STRING ranked|casual, region STRING eu|asia, load_l FLOAT, group_size INTEGER, water_c FLOAT, vip BOOLEAN, status STRING ok|timeout, fault_code STRING, noted_at TIMESTAMP
`);
const asked = (prompt: string): string => {
  const answer = translate({ prompt, schemas });
  return answer.kind === 'sql'
    ? answer.sql.replace(/\s+/g, ' ').replace('_WINDOW_START AS window_start, _WINDOW_END AS window_end, ', '')
    : answer.kind;
};

describe('plain words are read as what they name', () => {
  test.each([
    ['rem scans of the second session', "WHERE stage = 'rem' AND session = 2", 'one of those that are numbered'],
    ['scans never repeated', 'WHERE repeats = 0', 'none of a count'],
    ['scans with an empty queue', 'WHERE queue_len = 0', 'nothing in a queue'],
    ['outbound scans', "WHERE direction = 'out'", 'what goes out'],
    ['ranked scans in asia with moves over 3', "WHERE mode = 'ranked' AND region = 'asia' AND moves > 3", 'a value, and no order'],
    ['timed out scans', "WHERE status = 'timeout'", 'a verb and its particle'],
    ['ok scans that still carry a fault code', 'fault_code IS NOT NULL', 'there is one'],
    ['VIP scans with moves over 3', 'WHERE vip = TRUE AND moves > 3', 'a flag in capitals'],
    ['volume by region', 'SUM(load_l)', 'litres, and no size'],
    ['scans with water minimum 20', 'WHERE water_c >= 20', 'a bound, and no figure'],
    ['total load in sum per region', 'SUM(load_l) AS total_load_l FROM scans GROUP BY region', 'the sum once'],
    ['patients with more than 3x repeats in an hour', 'HAVING', 'so many times'],
    ['average moves by region and session', 'GROUP BY region, session', 'numbers that say which one'],
    ['count per region in a 1h window sliding by 10m', "SLIDING(INTERVAL '1' HOUR, INTERVAL '10' MINUTE)", 'its own step'],
    ['scans per region, rem scans only', "WHERE stage = 'rem' GROUP BY region", 'a condition, and no further group'],
  ])('%s', (prompt, part) => expect(asked(prompt)).toContain(part));

  test.each([
    ['CPU usage per region', 'clarify'],
    ['billing address per region', 'clarify'],
    ['toxicity by patient', 'clarify'],
    ['do you think we should close the region?', 'refused'],
    ['permanently delete all scans', 'refused'],
  ])('%s: %s', (prompt, kind) => expect(asked(prompt)).toBe(kind));

  test.each(['parcels per region', 'activity by region', 'breakdown by region', 'how often does each patient come'])(
    'rows may be called otherwise: %s',
    (prompt) => expect(asked(prompt)).toContain('COUNT(*)'),
  );
});
