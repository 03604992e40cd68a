import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';
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

  test('what is there, told of another column, is asked for beside it', () => {
    const schemas = schemasFrom(
      'dives: diver STRING, site STRING, alarm STRING, abort_reason STRING, diver_age INTEGER, kind STRING sport|rescue, went_at TIMESTAMP',
    );
    const where = (prompt: string): string => {
      const answer = translate({ prompt, schemas });
      return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
    };
    expect(where('dives with an alarm')).toContain('WHERE alarm IS NOT NULL EMIT');
    expect(where('rescue dives with an alarm on site K2')).toContain("kind = 'rescue' AND alarm IS NOT NULL AND site = 'K2'");
    expect(where('dives that were aborted for some reason')).toContain('abort_reason IS NOT NULL');
    expect(where('dives of divers aged 12 to 17')).toContain('diver_age BETWEEN 12 AND 17');
  });

  test('a span of a window is none of the rows', () => {
    expect(whole('buses', 'average delay in 5 minute windows')).toContain("TUMBLING(INTERVAL '5' MINUTE)");
  });
});
