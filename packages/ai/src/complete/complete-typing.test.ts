import { parse } from '@velostream/core/sql';
import { describe, expect, test } from 'vitest';
import { completeOffline } from './complete-offline.ts';

const columns = (types: Readonly<Record<string, string>>) => Object.entries(types).map(([name, type]) => ({ name, type }));
const SCHEMAS = {
  trades: {
    eventTime: 'ts',
    columns: [
      ...columns({ symbol: 'STRING', price: 'DECIMAL', quantity: 'INTEGER', order_id: 'STRING' }),
      { name: 'side', type: 'STRING', values: ['buy', 'sell'] },
      { name: 'ts', type: 'TIMESTAMP' },
    ],
  },
  orders: {
    eventTime: 'placed_at',
    columns: columns({ order_id: 'STRING', customer_id: 'STRING', amount: 'DECIMAL', status: 'STRING', placed_at: 'TIMESTAMP' }),
  },
  customers: {
    kind: 'table' as const,
    key: ['customer_id'],
    columns: columns({ customer_id: 'STRING', tier: 'STRING', country: 'STRING' }),
  },
};

/** What is offered at `|`. */
const at = (sql: string): string | undefined => {
  const [prefix = '', suffix = ''] = sql.split('|');
  return completeOffline({ prefix, suffix, schemas: SCHEMAS })?.items[0]?.text;
};

describe('completion while a word is typed', () => {
  test.each([
    ['S|', /^ELECT /],
    ['SELECT sym|', /^bol FROM trades/],
    ['SELECT symbol FROM t|', /^rades /],
    ['SELECT symbol FROM trades W|', /^HERE price > 0/],
    ['SELECT symbol FROM trades w|', /^here /],
    ['SELECT o.| FROM orders o', /^order_id$/],
    ['SELECT o.st| FROM orders o', /^atus$/],
    ['SELECT symbol, COUNT(*) FROM trades GROUP BY symbol EMIT F|', /^INAL$/],
    ['SELECT symbol, AVG(price|', /^\) AS avg_price FROM trades GROUP BY symbol WINDOW/],
  ])('%s', (sql, text) => expect(at(sql)).toMatch(text));

  test.each(['SELECT nonsense|', 'SELECT symbol FROM nowhere|', 'SELECT x.| FROM orders o', '-- what is th|'])('%s: silence', (sql) =>
    expect(at(sql)).toBeUndefined(),
  );
});

describe('completion of what was begun', () => {
  test.each([
    ['SELECT symbol FROM trades WHERE price |', /^> 0 /],
    ['SELECT symbol FROM trades WHERE side = |', /^'buy' /],
    ['SELECT symbol FROM trades WHERE side |', /^= 'buy' /],
    ['SELECT symbol FROM trades WHERE ts > |', /^NOW\(\) - INTERVAL '1' HOUR /],
    ['SELECT symbol, COUNT(*) FROM trades GROUP BY symbol WINDOW TUMBLING(|', /^INTERVAL '5' MINUTE\) EMIT FINAL$/],
    ["SELECT symbol, COUNT(*) FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '5' |", /^MINUTE\) EMIT FINAL$/],
    ["SELECT symbol, COUNT(*) FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '5' MINUTE) HAVING COUNT(*) |", /^> 1 /],
    ['SELECT * FROM trades t JOIN |', /^orders ON t\.order_id = orders\.order_id/],
    ['SELECT * FROM trades t JOIN orders o ON t.order_id = |', /^o\.order_id WITHIN/],
    ['SELECT * FROM orders o JOIN customers c ON o.|', /^customer_id = c\.customer_id EMIT/],
    ['SELECT * FROM trades t JOIN orders o ON t.order_id = o.order_id WITHIN |', /^INTERVAL '5' MINUTE/],
    ['SELECT symbol, AVG(price) AS |', /^avg_price FROM trades GROUP BY symbol/],
  ])('%s', (sql, text) => {
    expect(at(sql)).toMatch(text);
    expect(parse(sql.replace('|', at(sql) ?? '')).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  });
});

describe('completion before text that is there already', () => {
  test.each([
    ['SELECT symbol, |\nFROM trades\nGROUP BY symbol', 'COUNT(*) AS row_count'],
    ['SELECT DISTINCT |FROM orders', '* '],
    ['SELECT status, SUM(amount) AS total\nFROM orders\n|\nGROUP BY status', undefined],
    ['SELECT symbol FROM trades WHERE price > | EMIT CHANGES', '0'],
  ])('%s', (sql, text) => {
    expect(at(sql)).toBe(text);
    if (text !== undefined) expect(parse(sql.replace('|', text)).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  });

  test('at every place of a query, what is offered fits between its halves', () => {
    const queries = [
      "SELECT symbol, AVG(price) AS avg_price FROM trades WHERE quantity > 10 GROUP BY symbol WINDOW TUMBLING(INTERVAL '5' MINUTE) HAVING AVG(price) > 5 EMIT CHANGES",
      "SELECT t.symbol, o.customer_id FROM trades t JOIN orders o ON t.order_id = o.order_id WITHIN INTERVAL '5' MINUTE WHERE o.status = 'paid' EMIT CHANGES",
    ];
    for (const sql of queries)
      for (const { index } of sql.matchAll(/(?<=\s)\S/g)) {
        for (const suffix of ['', sql.slice(index)]) {
          const text = completeOffline({ prefix: sql.slice(0, index), suffix, schemas: SCHEMAS })?.items[0]?.text;
          const whole = sql.slice(0, index) + (text ?? '') + suffix;
          if (text !== undefined)
            expect(
              parse(whole).diagnostics.filter((d) => d.severity === 'error'),
              whole,
            ).toEqual([]);
        }
      }
  });
});
