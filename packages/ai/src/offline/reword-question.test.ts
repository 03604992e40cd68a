import { describe, expect, test } from 'vitest';
import { rewordQuestion } from './reword-question.ts';

describe('a figure that is told stands for its name', () => {
  test.each([
    ['power per kilo of bread: total kwh over total load, by program', 'total kwh over total load, by program'],
    ['reject rate per line and day: rejects over bottles', 'rejects over bottles per line and day'],
    ['words per hour of every writer (sum of words through sum of hours)', 'sum of words through sum of hours of every writer'],
  ])('%s', (said, plain) => {
    expect(rewordQuestion(said)).toBe(plain);
  });
});

test.each([
  ['the worst (lowest) airflow per level', 'the lowest airflow per level'],
  ['range of ph (highest minus lowest) per tank', 'range of ph per tank'],
  ['exposures per scope each night (use 12 h)', 'exposures per scope every 12 h'],
  ['fees per type and month, a month being 30 days', 'fees per type every 30 days'],
  ['tcp and udp side by side', 'tcp and udp as separate columns'],
])('brackets and stock phrases: %s', (said, plain) => {
  expect(rewordQuestion(said).replace(/ +/g, ' ')).toBe(plain);
});

test.each([
  'orders per minute',
  'failure rate per slot (sales that are not ok)',
  'orders over 100 (EUR)',
  'show: all trades over 5',
  'temperature: average and p95',
])('what is plain stays: %s', (said) => {
  expect(rewordQuestion(said)).toBe(said);
});
