import type { Assertion, DataSchema } from '../../src/protocol/studio/testing.ts';

/** A test that fails for a known cause. Also used by the assistant's tests. */
export interface FailingTest {
  readonly name: string;
  readonly sql: string;
  readonly assertions: readonly Assertion[];
  readonly inputs?: Readonly<Record<string, readonly object[]>>;
  readonly schemas?: Readonly<Record<string, DataSchema>>;
}

const at = (second: number): number => Date.UTC(2024, 0, 1) + second * 1000;

const ORDERS = Array.from({ length: 60 }, (_, i) => ({
  id: i + 1,
  customer_id: `C-${(i % 12) + 1}`,
  status: ['paid', 'open', 'void'][i % 3] as string,
  amount: 20 + ((i * 37) % 180),
  price: 5 + (i % 20),
  quantity: 1 + (i % 7),
  region: ['north', 'south', 'east'][i % 3] as string,
  note: i % 5 === 0 ? null : `note ${i % 4}`,
  ts: at(i * 10),
}));
const CUSTOMERS = Array.from({ length: 12 }, (_, i) => ({
  id: `C-${i + 1}`,
  name: `Customer ${i + 1}`,
  tier: ['gold', 'silver'][i % 2] as string,
  code: i + 1,
}));

const orders = { orders: ORDERS };
const both = { orders: ORDERS, customers: CUSTOMERS };
const withIds = (to: (id: string, i: number) => unknown) => ({
  orders: ORDERS,
  customers: CUSTOMERS.map((c, i) => ({ ...c, id: to(c.id, i) })),
});

const some: Assertion = { type: 'record_count', greater_than: 0 };
const coverage: Assertion = {
  type: 'join_coverage',
  left: 'orders',
  right: 'customers',
  join_key: 'customer_id',
  right_key: 'id',
  min_match_rate: 0.8,
};
const JOIN = 'SELECT o.id AS order_id, o.customer_id, c.name FROM orders o JOIN customers c ON o.customer_id = c.id';

const words: readonly FailingTest[] = [
  { name: 'status in capitals', sql: "SELECT id FROM orders WHERE status = 'PAID'", assertions: [some], inputs: orders },
  { name: 'status misspelled', sql: "SELECT id FROM orders WHERE status = 'payed'", assertions: [some], inputs: orders },
  { name: 'status with a space', sql: "SELECT id FROM orders WHERE status = 'paid '", assertions: [some], inputs: orders },
  { name: 'region of an IN list', sql: "SELECT id FROM orders WHERE region IN ('North')", assertions: [some], inputs: orders },
  { name: 'pattern without a percent sign', sql: "SELECT id FROM orders WHERE note LIKE 'note'", assertions: [some], inputs: orders },
  { name: 'pattern in capitals', sql: "SELECT id FROM orders WHERE note LIKE 'NOTE%'", assertions: [some], inputs: orders },
  {
    name: 'state that nobody has',
    sql: "SELECT id FROM orders WHERE status = 'opened' AND amount > 30",
    assertions: [some],
    inputs: orders,
  },
  {
    name: 'one of two conditions is impossible',
    sql: "SELECT id FROM orders WHERE status = 'paid' AND status = 'open'",
    assertions: [some],
    inputs: orders,
  },
];

const thresholds: readonly FailingTest[] = [
  { name: 'amount in cents', sql: 'SELECT id FROM orders WHERE amount > 10000', assertions: [some], inputs: orders },
  { name: 'limit above all values', sql: 'SELECT id FROM orders WHERE price > 500', assertions: [some], inputs: orders },
  { name: 'limit below all values', sql: 'SELECT id FROM orders WHERE quantity < 0', assertions: [some], inputs: orders },
  {
    name: 'having out of reach',
    sql: 'SELECT region, SUM(amount) AS total FROM orders GROUP BY region HAVING SUM(amount) > 1000000 EMIT FINAL',
    assertions: [some],
    inputs: orders,
  },
  {
    name: 'having count out of reach',
    sql: 'SELECT region, COUNT(*) AS n FROM orders GROUP BY region HAVING COUNT(*) > 1000 EMIT FINAL',
    assertions: [some],
    inputs: orders,
  },
  { name: 'the limit itself is left out', sql: 'SELECT id FROM orders WHERE quantity > 7', assertions: [some], inputs: orders },
  {
    name: 'sign turned round',
    sql: 'SELECT id, amount FROM orders WHERE amount < 100',
    assertions: [{ type: 'field_values', field: 'amount', operator: '>=', value: 100 }],
    inputs: orders,
  },
  {
    name: 'boundary off by one',
    sql: 'SELECT id, quantity FROM orders WHERE quantity >= 3',
    assertions: [{ type: 'field_values', field: 'quantity', operator: '>', value: 3 }],
    inputs: orders,
  },
  {
    name: 'NULL test turned round',
    sql: 'SELECT id, note FROM orders WHERE note IS NULL',
    assertions: [{ type: 'no_nulls', fields: ['note'] }],
    inputs: orders,
  },
  {
    name: 'AND for OR',
    sql: "SELECT id, region FROM orders WHERE region = 'north' AND region = 'south'",
    assertions: [some],
    inputs: orders,
  },
  { name: 'impossible range', sql: 'SELECT id FROM orders WHERE amount > 150 AND amount < 50', assertions: [some], inputs: orders },
];

const joins: readonly FailingTest[] = [
  { name: 'keys in lower case', sql: JOIN, assertions: [some], inputs: withIds((id) => id.toLowerCase()) },
  { name: 'keys with spaces', sql: JOIN, assertions: [some], inputs: withIds((id) => `${id} `) },
  { name: 'keys with another prefix', sql: JOIN, assertions: [some], inputs: withIds((_, i) => `CUST${i + 1}`) },
  { name: 'keys with leading zeros', sql: JOIN, assertions: [some], inputs: withIds((_, i) => `C-${String(i + 1).padStart(4, '0')}`) },
  { name: 'keys without a separator', sql: JOIN, assertions: [some], inputs: withIds((id) => id.replace('-', '')) },
  { name: 'joined by the wrong column', sql: JOIN.replace('c.id', 'c.name'), assertions: [some], inputs: both },
  {
    name: 'joined by the order instead of the customer',
    sql: JOIN.replace('o.customer_id = c.id', 'o.status = c.id'),
    assertions: [some],
    inputs: both,
  },
  {
    name: 'data without a relationship',
    sql: JOIN,
    assertions: [coverage],
    inputs: { orders: ORDERS.map((o, i) => ({ ...o, customer_id: `X${i}` })), customers: CUSTOMERS },
  },
  {
    name: 'inner join drops rows',
    sql: JOIN,
    assertions: [{ type: 'record_count', equals: 60 }],
    inputs: { orders: ORDERS, customers: CUSTOMERS.slice(0, 6) },
  },
  {
    name: 'left join leaks NULL',
    sql: JOIN.replace('JOIN', 'LEFT JOIN'),
    assertions: [{ type: 'no_nulls', fields: ['name'] }],
    inputs: { orders: ORDERS, customers: CUSTOMERS.slice(0, 6) },
  },
];

const columns: readonly FailingTest[] = [
  {
    name: 'column of another name',
    sql: 'SELECT id, amount AS ammount FROM orders',
    assertions: [{ type: 'schema_contains', fields: ['amount'] }],
    inputs: orders,
  },
  {
    name: 'aggregate without a name',
    sql: 'SELECT region, COUNT(*) FROM orders GROUP BY region EMIT FINAL',
    assertions: [{ type: 'schema_contains', fields: ['region', 'order_count'] }],
    inputs: orders,
  },
  {
    name: 'average without a name',
    sql: 'SELECT region, AVG(price) FROM orders GROUP BY region EMIT FINAL',
    assertions: [{ type: 'schema_contains', fields: ['avg_price'] }],
    inputs: orders,
  },
  {
    name: 'column not selected',
    sql: 'SELECT id, amount FROM orders',
    assertions: [{ type: 'schema_contains', fields: ['id', 'region'] }],
    inputs: orders,
  },
  {
    name: 'key not selected',
    sql: 'SELECT COUNT(*) AS n FROM orders GROUP BY region EMIT FINAL',
    assertions: [
      { type: 'unique', field: 'region' },
      { type: 'schema_contains', fields: ['region'] },
    ],
    inputs: orders,
  },
  {
    name: 'case of a column',
    sql: 'SELECT id, amount AS Amount FROM orders',
    assertions: [{ type: 'schema_contains', fields: ['amount'] }],
    inputs: orders,
  },
  {
    name: 'average of the wrong column',
    sql: 'SELECT region, AVG(quantity) AS avg_price FROM orders GROUP BY region EMIT FINAL',
    assertions: [{ type: 'field_values', field: 'avg_price', operator: '>', value: 8 }],
    inputs: orders,
  },
  {
    name: 'sum named average',
    sql: 'SELECT region, SUM(price) AS avg_price FROM orders GROUP BY region EMIT FINAL',
    assertions: [{ type: 'field_values', field: 'avg_price', operator: '<', value: 30 }],
    inputs: orders,
  },
  {
    name: 'max named min',
    sql: 'SELECT region, MAX(price) AS min_price FROM orders GROUP BY region EMIT FINAL',
    assertions: [{ type: 'field_values', field: 'min_price', operator: '<', value: 12 }],
    inputs: orders,
  },
  {
    name: 'difference turned round',
    sql: 'SELECT id, price - amount AS margin FROM orders WHERE amount > 30',
    assertions: [{ type: 'field_values', field: 'margin', operator: '>', value: 0 }],
    inputs: orders,
  },
  {
    name: 'sum for product',
    sql: 'SELECT id, price + quantity AS total FROM orders WHERE price > 10 AND quantity > 3',
    assertions: [{ type: 'field_values', field: 'total', operator: '>', value: 40 }],
    inputs: orders,
  },
  {
    name: 'column that is always NULL',
    sql: 'SELECT id, price_total AS price FROM orders',
    assertions: [{ type: 'no_nulls', fields: ['price'] }],
    inputs: { orders: ORDERS.map((o) => ({ ...o, price_total: null })) },
  },
  {
    name: 'CASE without ELSE',
    sql: "SELECT id, CASE WHEN amount > 100 THEN 'high' WHEN amount > 50 THEN 'mid' END AS band FROM orders",
    assertions: [{ type: 'no_nulls', fields: ['band'] }],
    inputs: orders,
  },
  { name: 'NULL from the input', sql: 'SELECT id, note FROM orders', assertions: [{ type: 'no_nulls', fields: ['note'] }], inputs: orders },
  {
    name: 'text instead of a number',
    sql: 'SELECT region, MAX(price) AS top FROM orders GROUP BY region EMIT FINAL',
    assertions: [{ type: 'field_values', field: 'top', operator: '>', value: 20 }],
    inputs: { orders: ORDERS.map((o) => ({ ...o, price: String(o.price) })) },
  },
];

const shapes: readonly FailingTest[] = [
  {
    name: 'a row for every input row',
    sql: 'SELECT region, COUNT(*) AS n FROM orders GROUP BY region EMIT CHANGES',
    assertions: [{ type: 'record_count', equals: 3 }],
    inputs: orders,
  },
  {
    name: 'repeated keys without EMIT',
    sql: 'SELECT region, COUNT(*) AS n FROM orders GROUP BY region',
    assertions: [{ type: 'no_duplicates', key_fields: ['region'] }],
    inputs: orders,
  },
  { name: 'repeated rows', sql: 'SELECT region FROM orders', assertions: [{ type: 'unique', field: 'region' }], inputs: orders },
  { name: 'limit too low', sql: 'SELECT id FROM orders LIMIT 5', assertions: [{ type: 'record_count', equals: 10 }], inputs: orders },
  {
    name: 'limit that nobody wanted',
    sql: "SELECT id FROM orders WHERE status = 'paid' LIMIT 3",
    assertions: [{ type: 'record_count', greater_than: 15 }],
    inputs: orders,
  },
  {
    name: 'order the other way round',
    sql: 'SELECT id, amount FROM orders ORDER BY amount DESC',
    assertions: [{ type: 'ordering', field: 'amount', direction: 'ascending' }],
    inputs: orders,
  },
  {
    name: 'no order',
    sql: 'SELECT id, amount FROM orders',
    assertions: [{ type: 'ordering', field: 'amount', direction: 'ascending' }],
    inputs: orders,
  },
  {
    name: 'union drops rows',
    sql: 'SELECT region FROM orders UNION SELECT region FROM orders',
    assertions: [{ type: 'record_count', equals: 120 }],
    inputs: orders,
  },
  {
    name: 'window of the wrong size',
    sql: "SELECT region, TUMBLE_START() AS window_start, TUMBLE_END() AS window_end, COUNT(*) AS n FROM orders GROUP BY region WINDOW TUMBLING(ts, INTERVAL '1' HOUR) EMIT FINAL",
    assertions: [{ type: 'window_boundary', window_start_field: 'window_start', window_end_field: 'window_end', window_size_ms: 60_000 }],
    inputs: orders,
  },
  {
    name: 'too few windows',
    sql: "SELECT TUMBLE_START() AS window_start, COUNT(*) AS n FROM orders GROUP BY region WINDOW TUMBLING(ts, INTERVAL '10' HOUR) EMIT FINAL",
    assertions: [{ type: 'window_count', greater_than: 5 }],
    inputs: orders,
  },
  {
    name: 'rows come too late',
    sql: "SELECT region, COUNT(*) AS n FROM orders GROUP BY region WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) EMIT FINAL",
    assertions: [{ type: 'aggregate_check', expression: 'SUM(n)', expected: 60 }],
    inputs: { orders: ORDERS.map((o, i) => (i % 10 === 9 ? { ...o, ts: o.ts - 300_000 } : o)) },
  },
  {
    name: 'late rows in order of arrival',
    sql: "SELECT COUNT(*) AS n FROM orders GROUP BY region WINDOW TUMBLING(ts, INTERVAL '30' SECOND) EMIT FINAL",
    assertions: [{ type: 'late_dropped', equals: 0 }],
    inputs: { orders: ORDERS.toReversed() },
  },
];

const errors: readonly FailingTest[] = [
  { name: 'column that does not exist', sql: 'SELECT id, amuont FROM orders', assertions: [some], inputs: orders },
  { name: 'relation that does not exist', sql: 'SELECT id FROM ordrs', assertions: [some], inputs: orders },
  { name: 'column of a join that does not exist', sql: JOIN.replace('c.name', 'c.nmae'), assertions: [some], inputs: both },
  {
    name: 'sum over text',
    sql: 'SELECT region, SUM(price) AS total FROM orders GROUP BY region EMIT FINAL',
    assertions: [some],
    inputs: { orders: ORDERS.map((o) => ({ ...o, price: String(o.price) })) },
  },
  {
    name: 'assertion type misspelled',
    sql: 'SELECT id FROM orders',
    assertions: [{ type: 'record_cout', greater_than: 0 }],
    inputs: orders,
  },
  { name: 'expected number is wrong', sql: 'SELECT id FROM orders', assertions: [{ type: 'record_count', equals: 61 }], inputs: orders },
];

/** Tests that fail, each for one cause. */
export const FAILING_TESTS: readonly FailingTest[] = [...words, ...thresholds, ...joins, ...columns, ...shapes, ...errors];
