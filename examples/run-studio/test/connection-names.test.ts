import { expect, test } from 'vitest';
import { connectionNames } from '../page/top-bar/connection-names.ts';

const file = (uri: string, alias?: string) => ({ uri, type: 'file', ...(alias !== undefined && { alias }) });

test('files are called by their names, systems by theirs', () => {
  expect(
    connectionNames([
      file('file:///data/orders.csv?delimiter=;'),
      file('file:///data/my%20trades.jsonl'),
      file('file:///data/*.csv', 'all of them'),
      { uri: 'kafka://localhost:9092', type: 'kafka' },
      { uri: 'postgres://db:5432/shop', type: 'database' },
      { uri: 's3://bucket/2026/prices.parquet', type: 's3' },
    ]),
  ).toEqual(['orders.csv', 'my trades.jsonl', 'all of them', 'kafka', 'postgres', 'prices.parquet']);
});

test('two that are called alike are told apart by their place', () => {
  expect(connectionNames([file('file:///a/orders.csv'), file('file:///b/orders.csv')])).toEqual(['orders.csv (a)', 'orders.csv (b)']);
  expect(
    connectionNames([
      { uri: 'kafka://one:9092', type: 'kafka' },
      { uri: 'kafka://two:9092/topic', type: 'kafka' },
    ]),
  ).toEqual(['kafka (one:9092)', 'kafka (two:9092)']);
});
