import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const SCHEMAS = schemasFrom(`
  laps: skater STRING, rink STRING, pace_s_km FLOAT, ice_c FLOAT, noise_db FLOAT, distance_m FLOAT, has_fallen BOOLEAN, mode STRING auto|manual, lapped_at TIMESTAMP
  repairs: workshop STRING, fitter STRING, repair_min FLOAT, price_eur FLOAT, water_l FLOAT, burnt INTEGER, weight_kg FLOAT, paid STRING cash|card, off_spec BOOLEAN, repaired_at TIMESTAMP
`);

function asked(prompt: string): string {
  const answer = translate({ prompt, schemas: SCHEMAS });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : `? ${answer.kind === 'clarify' ? answer.question : answer.message}`;
}

describe('before something is asked back, a plainer way is read', () => {
  test.each([
    ['repairs of each fitter per shift of 8 hours', "TUMBLING(INTERVAL '8' HOUR)"],
    ['which rink is coldest on average each day', 'ORDER BY avg_ice_c LIMIT 1'],
    ['skaters who lap fastest on average, per hour', 'AVG(pace_s_km)'],
    ['3 fitters earning the most on average, daily', 'AVG(price_eur) AS avg_price_eur'],
    ['fitters repairing for more than 5 hours in a day', 'HAVING SUM(repair_min) > 300'],
    ['which fitter earns us the most each day', 'LIMIT 1'],
    ['3 noisiest rinks on average per hour', 'ORDER BY avg_noise_db DESC LIMIT 3'],
    ['typical (median) length of work in minutes, by workshop', 'MEDIAN(repair_min)'],
    ['what does a repair cost on average, by workshop', 'AVG(price_eur)'],
    ['skaters that average 330 seconds per km or faster over ten minutes', 'HAVING AVG(pace_s_km) <= 330'],
    ['workshops needing over 55 minutes per repair on average a day', 'HAVING AVG(repair_min) > 55'],
    ['five best skaters by average pace every half hour (lowest is best)', 'ORDER BY avg_pace_s_km LIMIT 5'],
    ['share of laps where the skater had fallen, by rink', 'CASE WHEN has_fallen = TRUE'],
    ['for what percentage of the laps is a rink on automatic? per rink', "CASE WHEN mode = 'auto'"],
    ['fitters with 4 off-spec repairs or more a week', 'HAVING COUNT(*) >= 4'],
    ['fitters who worked at least 40 times within half an hour', 'HAVING COUNT(*) >= 40'],
    ['average price by way of payment', 'GROUP BY paid'],
    ['smoothed noise: mean of 6 laps per rink', 'BUFFER 6 ROWS'],
    ['laziest 3 skaters by metres run, each half hour', 'ORDER BY total_distance_m LIMIT 3'],
    ['litres per euro for each workshop, all litres over all euros', 'SUM(water_l) / NULLIF(SUM(price_eur), 0)'],
  ])('%s', (prompt, part) => {
    expect(asked(prompt)).toContain(part);
  });

  test('the answer says how it was read', () => {
    const told = (prompt: string): unknown => {
      const answer = translate({ prompt, schemas: SCHEMAS });
      return answer.kind === 'sql' && answer.assumptions.map((a) => a.text);
    };
    expect(told('which rink is noisiest on average each day')).toContain('read as "which rink has the highest average noise_db each day"');
    expect(told('which rink is coldest on average each day')).toContain('read as "which rink has the lowest average ice_c each day"');
  });

  test.each(['laps by shoe brand', 'which rink is luckiest'])('what nothing fits is still asked: %s', (prompt) => {
    expect(asked(prompt)).toMatch(/^\?/);
  });
});
