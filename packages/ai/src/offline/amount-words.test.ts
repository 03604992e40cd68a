import { describe, expect, test } from 'vitest';
import { amountWords } from './amount-words.ts';
import { asked } from './asked.fixture.ts';

const NAMES = 'truck pit payload_t trip_km fuel_l inflow_m3 invoice_eur tip_eur loaded_at';

describe('amounts told by their unit alone are of the column that is measured so', () => {
  test.each([
    ['tonnes hauled by each truck per day', 'total payload_t by each truck per day'],
    ['how many kilometres did every truck drive', 'total trip_km did every truck drive'],
    ['cubic metres by pit, hourly', 'total inflow_m3 by pit, hourly'],
  ])('%s', (prompt, plain) => {
    expect(amountWords(prompt, NAMES)).toBe(plain);
  });
  test.each(['loads over 5 tonnes', 'cost per litre', 'average tonnes per truck', 'litres of diesel per truck'])('%s stays', (prompt) => {
    expect(amountWords(prompt, NAMES)).toBe(prompt);
  });
});

describe('what rows bring in is the one column that holds money', () => {
  test.each([
    ['takings per pit, daily', 'total invoice_eur per pit, daily'],
    ['pits that take in less than 800 euros a day', 'pits with total invoice_eur less than 800 a day'],
    ['the 3 pits that make the most money per day', 'the 3 pits with the highest total invoice_eur per day'],
  ])('%s', (prompt, plain) => {
    expect(amountWords(prompt, NAMES)).toBe(plain);
  });
  test('two columns of money leave it open', () => {
    expect(amountWords('takings per pit', 'pit gross_eur net_eur')).toBe('takings per pit');
  });
});

test('takings are the fees', () => {
  expect(asked('clinic', 'takings per doctor every day')).toContain('SUM(feeUsd)');
});
