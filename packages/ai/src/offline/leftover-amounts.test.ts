import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const SAWMILL = schemasFrom(`
  cuts: saw STRING, stack STRING, timber STRING oak|ash|elm, gradeMark STRING a|b|c|d, sawyer STRING, cut_no INTEGER, resin_mgl FLOAT, planks_kg FLOAT, kilos FLOAT, knots INTEGER, http_status INTEGER, cutAt TIMESTAMP
  table saws: saw STRING, maker STRING, bladeMin INTEGER
`);

function sql(prompt: string): string {
  const answer = translate({ prompt, schemas: SAWMILL });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
}

describe('numbers and letters beside their column', () => {
  test.each([
    ["any timber that isn't oak in stack 114", "stack = '114'"],
    ['saws with > 50 cuts of status 500 or higher in 2 min', 'http_status >= 500'],
    ['saws with > 50 cuts of status 500 or higher in 2 min', 'HAVING COUNT(*) > 50'],
    ['cuts before cut no 10', 'cut_no < 10'],
    ['cuts of the b grade mark', "gradeMark = 'b'"],
    ['everything except a and d grade mark', "gradeMark != 'a' AND gradeMark != 'd'"],
  ])('%s', (prompt, part) => expect(sql(prompt)).toContain(part));
});

describe('names in brackets, and by whom', () => {
  test.each([
    ['average sap (resin_mgl) per saw', 'AVG(resin_mgl)'],
    ['sap (resin_mgl) at or above 0.5', 'resin_mgl >= 0.5'],
    ['cuts made by hart', "sawyer = 'hart'"],
    ['cuts with knots per saw', 'knots > 0'],
    ['cuts of saws running longer than 90 minutes', 'bladeMin > 90'],
  ])('%s', (prompt, part) => expect(sql(prompt)).toContain(part));

  test.each([
    ['give me 20 cuts', 'ORDER BY cutAt DESC LIMIT 20'],
    ['cuts of Stihl 26', "= 'Stihl 26'"],
  ])('%s', (prompt, part) => expect(sql(prompt)).toContain(part));

  test('a group that nothing is called stays a question', () => {
    expect(sql('cuts grouped by mood')).toBe('clarify');
  });
});
