import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const SCHEMAS = schemasFrom(`
  kiln_log: kiln STRING, potter STRING, heat_c FLOAT, aim_c FLOAT, inner_bar FLOAT, outer_bar FLOAT, load_kg FLOAT, logged_at TIMESTAMP
  sales: item STRING, kiln STRING, price FLOAT, guess_high FLOAT, guess_low FLOAT, sold_at TIMESTAMP
  table kilns: kiln STRING, maker STRING, max_load_kg FLOAT
`);

function whereOf(prompt: string): string {
  const answer = translate({ prompt, schemas: SCHEMAS });
  return answer.kind === 'sql' ? (/WHERE (.*?)(?: GROUP| EMIT|;)/.exec(answer.sql.replace(/\s+/g, ' '))?.[1] ?? '') : answer.kind;
}

describe('numbers beside numbers', () => {
  test.each([
    ['kilns more than 20 degrees over the aim', 'heat_c - aim_c > 20'],
    ['where is the inner more than 2 bar below the outer', 'outer_bar - inner_bar > 2'],
    ['heat within 5 degrees of the aim', 'heat_c - aim_c BETWEEN -5 AND 5'],
    ['logs more than 15 degrees away from the aim', 'heat_c - aim_c > 15 OR aim_c - heat_c > 15'],
    ['loads heavier than the kiln allows', 'k.load_kg > k2.max_load_kg'],
    ['logs where load exceeds the max of the kiln', 'k.load_kg > k2.max_load_kg'],
    ["loads under the kiln's maximum", 'k.load_kg < k2.max_load_kg'],
    ['items that went below the low guess', 'price < guess_low'],
    ['items that were sold above the high guess', 'price > guess_high'],
  ])('%s', (prompt, where) => {
    expect(whereOf(prompt)).toBe(where);
  });

  test.each([
    ['logs with heat over 900', 'heat_c > 900'],
    ['logs hotter than the aim', 'heat_c > aim_c'],
    ['sales of more than 20 on the item Vase', "item = 'Vase' AND price > 20"],
  ])('what is plain stays: %s', (prompt, where) => {
    expect(whereOf(prompt)).toBe(where);
  });
});

describe('a number of the rows beside one of the thing that they name', () => {
  const schemas = schemasFrom(`
    rentals: rental STRING, van STRING, driven_km FLOAT, agreed_km FLOAT, fuel_used_l FLOAT, price_eur FLOAT, back_at TIMESTAMP
    services: van STRING, price_eur FLOAT, minutes_taken INTEGER, done_at TIMESTAMP
    table vans: van STRING, tank_l FLOAT, yearly_price_eur FLOAT, depot STRING
  `);
  const where = (prompt: string): string => {
    const answer = translate({ prompt, schemas });
    return answer.kind === 'sql' ? (/WHERE (.*?)(?: GROUP| EMIT|;)/.exec(answer.sql.replace(/\s+/g, ' '))?.[1] ?? '') : answer.kind;
  };
  test.each([
    ['rentals that used more fuel than the tank of the van', 'r.fuel_used_l > v.tank_l'],
    ['rentals above the yearly price of their van', 'r.price_eur > v.yearly_price_eur'],
    ["services over the van's yearly price", 's.price_eur > v.yearly_price_eur'],
    ['rentals with more driven than agreed', 'driven_km > agreed_km'],
    ['rentals, i.e. kilometers below agreed', 'driven_km < agreed_km'],
  ])('%s', (prompt, is) => expect(where(prompt)).toBe(is));
  test('totals over totals are divided', () =>
    expect(where('driven as a percentage of agreed, by van: total driven km over total agreed km')).toBe(''));
});
