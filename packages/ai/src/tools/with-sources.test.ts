import type { Cell } from '@velostream/core/protocol/studio';
import { expect, test } from 'vitest';
import { withSources } from './with-sources.ts';

const cellsOf = (...texts: string[]): Cell[] => texts.map((sql, i) => ({ id: `c${i}`, type: 'sql', sql, createdAt: i, updatedAt: i }));
const CLEAN = 'CREATE STREAM clean AS SELECT * FROM trades WHERE price > 0';
const BY_MINUTE = 'CREATE STREAM `by_minute` AS SELECT symbol, COUNT(*) AS n FROM clean GROUP BY symbol WINDOW TUMBLING(1m)';
const OTHER = 'CREATE STREAM other AS SELECT * FROM orders';

test('a query comes behind the streams that it reads, and behind those that they read', () => {
  const query = { name: 'top', sql: 'SELECT * FROM by_minute ORDER BY n DESC LIMIT 3' };
  expect(withSources(query, cellsOf(CLEAN, BY_MINUTE, OTHER)).map(({ name }) => name)).toEqual(['clean', 'by_minute', 'top']);
});

test('a name in a text or a comment is not read', () => {
  const query = { name: 'notes', sql: "SELECT * FROM trades WHERE note = 'copied FROM other' -- not FROM clean" };
  expect(withSources(query, cellsOf(CLEAN, OTHER))).toEqual([query]);
});

test('a query that makes a stream is not put before itself', () => {
  expect(withSources({ name: 'by_minute', sql: BY_MINUTE }, cellsOf(CLEAN, BY_MINUTE)).map(({ name }) => name)).toEqual([
    'clean',
    'by_minute',
  ]);
});
