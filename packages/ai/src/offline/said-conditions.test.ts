import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { saidConditions } from './said-conditions.ts';
import { translate } from './translate.ts';

const SCHEMAS = schemasFrom(`
  probes: pond STRING, river STRING, nh4_mgl FLOAT, depth_cm FLOAT, alarm BOOLEAN, lap INTEGER, pace_s_km FLOAT, mode STRING auto|manual, taster STRING, release_m3s FLOAT, probed_at TIMESTAMP
  loads: yard STRING, pond STRING, weight_kg FLOAT, scrap_t FLOAT, thickness_mm FLOAT, width_mm FLOAT, broken INTEGER, crates INTEGER, no_show BOOLEAN, member BOOLEAN, review STRING, loaded_at TIMESTAMP
  table ponds: pond STRING, km_to_sea FLOAT, permit_nh4 FLOAT
`);

function whereOf(prompt: string): string {
  const answer = translate({ prompt, schemas: SCHEMAS });
  return answer.kind === 'sql' ? (/WHERE (.*?)(?: GROUP| EMIT|;)/.exec(answer.sql.replace(/\s+/g, ' '))?.[1] ?? '') : answer.kind;
}

describe('conditions told around the name of what they are of', () => {
  test.each([
    ['probes not tasted by Petra', "taster != 'Petra'"],
    ['loads with more than 60 t of scrap', 'scrap_t > 60'],
    ['loads thinner than 1.5 mm and wider than 1200 mm', 'thickness_mm < 1.5 AND width_mm > 1200'],
    ['probes of pond P3 with the alarm on', "pond = 'P3' AND alarm = TRUE"],
    ['second lap probes', 'lap = 2'],
    ['probes along the Elbe', "river = 'Elbe'"],
    ['reviews with text', 'review IS NOT NULL'],
    ['loads in which the driver did not show up', 'no_show = TRUE'],
    ['loads with broken crates', 'broken > 0'],
    ['loads between 10 and 20 kg', 'weight_kg BETWEEN 10 AND 20'],
    ['probes slower than 6 minutes per km', 'pace_s_km > 360'],
    ['loads by members', 'member = TRUE'],
    ['probes with ammonium over 8', 'nh4_mgl > 8'],
    ['probes with release_m3s over 5', 'release_m3s > 5'],
  ])('%s', (prompt, where) => {
    expect(whereOf(prompt)).toBe(where);
  });

  test('a row is worth the one number that is money', () => {
    const schemas = schemasFrom('gifts: giver STRING, amountEur FLOAT, riskScore FLOAT, givenAt TIMESTAMP');
    expect(saidConditions('average gift per giver', { prompt: '', schemas })).toBe('average amountEur per giver');
  });

  test('all words of a name behind the number are the name', () => {
    expect(saidConditions('probes from less than 50 km to the sea', { prompt: '', schemas: SCHEMAS })).toBe(
      'probes with km_to_sea less than 50',
    );
  });

  test.each(['loads by yard', 'average depth per pond', 'probes on Monday', 'the first loads'])('what is plain stays: %s', (prompt) => {
    expect(saidConditions(prompt, { prompt, schemas: SCHEMAS })).toBe(prompt);
  });
});
