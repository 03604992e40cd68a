import { describe, expect, test } from 'vitest';
import { asked, type Field } from './asked.fixture.ts';

const ROWS: Readonly<Record<Field, string>> = {
  bakery: "SELECT * FROM bakes WHERE oven = 'O1' EMIT CHANGES",
  network: 'SELECT * FROM flows WHERE dropped = TRUE EMIT CHANGES',
  clinic:
    'SELECT doctorName, AVG(waitMinutes) AS wait FROM visits WHERE noShow = TRUE GROUP BY doctorName WINDOW TUMBLING(1d) EMIT CHANGES',
};

describe('a query of rows is put in order or shortened', () => {
  test.each<[Field, string, string]>([
    ['bakery', 'only the last 5', 'ORDER BY baked_at DESC LIMIT 5'],
    ['bakery', 'the 10 latest', 'ORDER BY baked_at DESC LIMIT 10'],
    ['bakery', 'heaviest first', 'ORDER BY weight_kg DESC'],
    ['bakery', 'sort by cost, cheapest first', 'ORDER BY cost_eur'],
    ['network', 'sorted by packets ascending', 'ORDER BY packets'],
    ['network', 'newest first', 'ORDER BY seen_at DESC'],
  ])('%s: %s', (field, prompt, order) => expect(asked(field, prompt, ROWS[field])).toMatch(new RegExp(`${order}$`)));
});

describe('what is said to a query changes it', () => {
  test.each<[Field, string, string]>([
    ['network', 'also the non dropped ones', 'SELECT * FROM flows'],
    ['network', 'dropped or not', 'SELECT * FROM flows'],
    ['network', 'over 5 packets', 'dropped = TRUE AND packets > 5'],
    ['bakery', 'between 2 and 4 kg', "oven = 'O1' AND weight_kg BETWEEN 2 AND 4"],
    ['clinic', 'only those waiting over an hour', 'HAVING AVG(waitMinutes) > 60'],
  ])('%s: %s', (field, prompt, sql) => expect(asked(field, prompt, ROWS[field])).toContain(sql));

  test('the same for another name, or two', () => {
    expect(asked('clinic', 'same for Lund', ROWS.clinic)).toContain("doctorName = 'Lund'");
    expect(asked('clinic', 'only Lund or Berg', ROWS.clinic)).toContain("doctorName IN ('Lund', 'Berg')");
  });
});
