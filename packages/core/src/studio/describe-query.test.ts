import { expect, test } from 'vitest';
import { outlineScript } from '../sql/bind/outline-script.ts';
import { createCatalog } from '../sql/catalog/create-catalog.ts';
import { describeQuery } from './describe-query.ts';

const catalog = createCatalog({
  orders: {
    columns: [
      { name: 'region', type: 'STRING' },
      { name: 'amount', type: 'FLOAT' },
      { name: 'at', type: 'TIMESTAMP' },
    ],
    eventTime: 'at',
  },
});
const said = (sql: string): string => {
  const statement = outlineScript(sql, { catalog }).statements.at(-1);
  return statement ? describeQuery(statement) : '';
};

test('tells which rows are left out', () => {
  expect(said("SELECT region, SUM(amount) AS revenue FROM orders WHERE amount > 3\n  AND region = 'EU' GROUP BY region EMIT CHANGES")).toBe(
    "Computes revenue per region from orders where amount > 3 AND region = 'EU', with each change.",
  );
  expect(said('CREATE STREAM big AS SELECT region FROM orders WHERE amount > 100')).toBe(
    'Reads region from orders where amount > 100, into big.',
  );
});

test('begins a condition that is longer than a line', () => {
  const long = Array.from({ length: 20 }, (_, i) => `amount <> ${i}`).join(' AND ');
  expect(said(`SELECT region FROM orders WHERE ${long}`)).toMatch(/where amount <> 0 .{60,90} …\.$/);
});

test('names the first of many columns and says how many more there are', () => {
  const columns = Array.from({ length: 300 }, (_, i) => `amount + ${i} AS c${i}`).join(', ');
  expect(said(`SELECT ${columns} FROM orders`)).toBe('Reads c0, c1, c2, c3, c4, c5 and 294 more from orders.');
});
