import { expect, test } from 'vitest';
import { intentOf } from './intents.ts';

const NONE = { hasSql: false, hasApp: false, inTutorial: false, offers: [] };

test.each([
  ['show the first 10 rows of trades-1.csv', 'trades_1'],
  ['show me 5 rows of trades.csv', 'trades'],
  ['preview 5 rows of readings.parquet', 'readings'],
  ['show me 5 records of 商品.csv', '商品'],
])('rows of a file are looked at by its whole name: %s', (text, source) => {
  expect(intentOf(text, { ...NONE, sources: [source] })).toMatchObject({
    kind: 'steps',
    steps: [{ tool: 'peek_source', input: { source } }],
  });
});

test('what else is said of the rows is a question', () => {
  expect(intentOf('show the last 10 rows of trades over 200', { ...NONE, sources: ['trades'] }).kind).toBe('question');
});
