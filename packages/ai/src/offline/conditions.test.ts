import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';
import { conditions, type WhereField } from './where.fixture.ts';

describe('what stands beside a bound or a name is read with it', () => {
  test.each<[WhereField, string, string]>([
    ['shows', 'admissions at gate 7A', "gate = '7A'"],
    ['shows', 'admissions at gates 7A or 12C', "gate IN ('7A', '12C')"],
    ['shows', 'admissions whose gate is not 7A', "gate != '7A'"],
    ['buses', 'trips delayed by 30 minutes or worse', 'delayMinutes >= 30'],
    ['wells', 'readings of pumps running 2 hours or better', 'mins_running <= 120'],
    ['auctions', 'offers by bidders other than Lutz', "bidder != 'Lutz'"],
    ['auctions', 'offers where the bidder spoke, over 40 eur', 'bid_eur > 40'],
    ['auctions', 'offers in Peru', "country = 'Peru'"],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});

const schemas = schemasFrom('parcels: parcel STRING, state STRING sent|lost|open, weight_kg FLOAT, route STRING, ts TIMESTAMP');
const asked = (prompt: string): string => {
  const answer = translate({ prompt, schemas });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

describe('a value that is a verb elsewhere is a value', () => {
  test('behind a denial', () => expect(asked('parcels that are neither sent nor lost')).toContain("state != 'sent' AND state != 'lost'"));
  test('before its rows', () => expect(asked('open parcels over 5 kg')).toContain("state = 'open' AND weight_kg > 5"));
  test('but an order stays one', () => expect(asked('open parcel 5')).toBe('refused'));
});

describe('names, sizes and ends of texts', () => {
  const firms = schemasFrom(`
    visits: client STRING, doorway STRING, table_ft INTEGER, chairs INTEGER, minutes_late INTEGER, came_at TIMESTAMP
    table doorways: doorway STRING, city STRING
  `);
  const where = (prompt: string, previousSql?: string): string => {
    const answer = translate({ prompt, schemas: firms, ...(previousSql === undefined ? {} : { previousSql }) });
    return answer.kind === 'sql' ? (/WHERE (.*?)(?: GROUP| EMIT|;)/.exec(answer.sql.replace(/\s+/g, ' '))?.[1] ?? '') : answer.kind;
  };
  test.each([
    ['clients with "Wolf" in the name', "client LIKE '%Wolf%'"],
    ['visits with "Wolf" in the client name', "client LIKE '%Wolf%'"],
    ['clients whose name ends in -gmbh', "client LIKE '%-gmbh'"],
    ['visits of clients ending in .ltd or .inc', "client LIKE '%.ltd' OR client LIKE '%.inc'"],
    ['clients starting with A', "client LIKE 'A%'"],
    ['8 footers only', 'table_ft = 8'],
    ['visits at doorway East with 4 chairers', "doorway = 'East' AND chairs = 4"],
    ['flag only visits late by an hour or more', 'minutes_late >= 60'],
    ['visits in Vienna', "d.city = 'Vienna'"],
  ])('%s', (prompt, is) => expect(where(prompt)).toBe(is));
  test('asked of a query', () =>
    expect(where('Flag only those at 20 min or worse', 'SELECT client, minutes_late FROM visits EMIT CHANGES')).toBe('minutes_late >= 20'));
});

describe('amounts with their units', () => {
  const yard = schemasFrom(
    'weighings: lorry STRING, gate STRING, load STRING sand|gravel|clay, net_kg FLOAT, queue_min INTEGER, weighed_at TIMESTAMP',
  );
  const answer = (prompt: string): string => {
    const found = translate({ prompt, schemas: yard });
    return found.kind === 'sql' ? found.sql.replace(/\s+/g, ' ').replace(' EMIT CHANGES;', '') : found.kind;
  };
  test.each([
    ['weighings over 12 t', 'SELECT * FROM weighings WHERE net_kg > 12000'],
    ['sand weighings of 12 t and up (12000 kg)', "SELECT * FROM weighings WHERE load = 'sand' AND net_kg >= 12000"],
    ['clay or sand, queued 2h+ (120 min)', "SELECT * FROM weighings WHERE load IN ('clay', 'sand') AND queue_min >= 120"],
    ['lorry and net_kg for gravel', "SELECT lorry, net_kg FROM weighings WHERE load = 'gravel'"],
  ])('%s', (prompt, sql) => expect(answer(prompt)).toBe(sql));
});

describe('conditions on things, beside groups and spans', () => {
  const clubs = schemasFrom(`
    courtHours: booking STRING, court STRING, player STRING, way STRING in|out, paidEur FLOAT, waitMinutes INTEGER, playedAt TIMESTAMP
    table courts: court STRING, surface STRING, lit BOOLEAN, VIP BOOLEAN, places INTEGER, region STRING
  `);
  const answer = (prompt: string): string => {
    const found = translate({ prompt, schemas: clubs });
    return found.kind === 'sql' ? found.sql.replace(/\s+/g, ' ').replace(' EMIT CHANGES;', '') : found.kind;
  };
  test('what a thing has is not added up over its rows', () => {
    const sql = answer('paid per region and week, only courts with over 20 places');
    expect(sql).toContain("c2.places > 20 GROUP BY c2.region WINDOW TUMBLING(INTERVAL '7' DAY)");
    expect(sql).not.toContain('HAVING');
  });
  test('the span at the end of the groups is one also where a condition follows', () =>
    expect(answer('paid per player and day for court C4')).toContain(
      "WHERE court = 'C4' GROUP BY player WINDOW TUMBLING(INTERVAL '1' DAY)",
    ));
  test('what is left out behind a comma leaves the span', () =>
    expect(answer('paid per player and day, in not counted')).toContain("way != 'in' GROUP BY player WINDOW TUMBLING(INTERVAL '1' DAY)"));
  test('a flag in capitals is a flag, and rows over a span are measured', () =>
    expect(answer('court hours on the VIP courts over 5 min')).toContain('c2.VIP = TRUE AND c.waitMinutes > 5'));
});

test('the stream that is named is asked about, though another has one number alone', () => {
  const both = schemasFrom(`
    dives: diver STRING, depth FLOAT, weight FLOAT, ts TIMESTAMP
    refills: tank STRING, diver STRING, amount FLOAT, ts TIMESTAMP
  `);
  expect(translate({ prompt: 'dives above 30', schemas: both }).kind).toBe('clarify');
});

test('things are called by the number of what one column counts', () => {
  const yard = schemasFrom('loads: lorry STRING, cars INTEGER, seats INTEGER, ts TIMESTAMP');
  const found = translate({ prompt: 'loads with 4 seaters', schemas: yard });
  expect(found.kind === 'sql' && found.sql.replace(/\s+/g, ' ')).toContain('WHERE seats = 4');
});
