import { describe, expect, test } from 'vitest';
import { exprOf } from './bind.fixture.ts';

type Case = readonly [expression: string, bound: string, from?: string];

const check = (cases: readonly Case[]): void => {
  test.each(cases.map(([expression, bound, from = 'trades']) => ({ expression, bound, from })))(
    '$expression',
    ({ expression, bound, from }) => {
      expect(exprOf(expression, from)).toBe(bound);
    },
  );
};

describe('literals', () => {
  check([
    ['1', '1 : INTEGER'],
    ['9223372036854775807', '9223372036854775807 : INTEGER'],
    ['12.50', '12.50 : DECIMAL(4, 2)'],
    ['0.05', '0.05 : DECIMAL(2, 2)'],
    ['1e3', '1000 : FLOAT'],
    ['0.1234567890123456789', '0.12345678901234568 : FLOAT'],
    ["'it''s'", "'it''s' : STRING"],
    ['TRUE', 'TRUE : BOOLEAN'],
    ['NULL', 'NULL : NULL'],
    ["INTERVAL '5' MINUTE", "INTERVAL '300000' MILLISECOND : INTERVAL"],
    ["INTERVAL '1' MONTH", "INTERVAL '2592000000' MILLISECOND : INTERVAL"],
    ["INTERVAL '500' MICROSECOND", "INTERVAL '0.5' MILLISECOND : INTERVAL"],
    ["DATE '2025-03-04'", "DATE '2025-03-04' : DATE"],
    ["TIMESTAMP '2025-03-04 05:06:07'", "TIMESTAMP '2025-03-04 05:06:07' : TIMESTAMP"],
  ]);
});

describe('arithmetic on numbers', () => {
  check([
    ['qty + 1', 'qty + 1 : INTEGER'],
    ['qty / 2', 'CAST(qty AS FLOAT) / 2 : FLOAT'],
    ['qty % 2', 'qty % 2 : INTEGER'],
    ['qty + fee', 'CAST(qty AS FLOAT) + fee : FLOAT'],
    ['price + fee', 'CAST(price AS FLOAT) + fee : FLOAT'],
    ['fee * 0.5', 'fee * 0.5 : FLOAT'],
    ['price + 1.005', 'price + 1.005 : DECIMAL(12, 3)'],
    ['price * 0.25', 'price * 0.25 : DECIMAL(12, 4)'],
    ['price / 3.0', 'price / 3.0 : DECIMAL(15, 6)'],
    ['price - NULL', 'price - NULL : DECIMAL(10, 2)'],
    ['NULL + NULL', 'NULL : NULL'],
    ['-price', '-price : DECIMAL(10, 2)'],
    ['+qty', 'qty : INTEGER'],
    ['-5', '-5 : INTEGER'],
    ['-5.0', '-5.0 : DECIMAL(2, 1)'],
    ['-(-qty)', '-(-qty) : INTEGER'],
    ['(qty + 1) * 2', '(qty + 1) * 2 : INTEGER'],
    ['qty - (1 - 2)', 'qty - (1 - 2) : INTEGER'],
    ['doc + 1', 'CAST(doc AS ANY) + 1 : ANY', 'nested'],
  ]);
});

describe('arithmetic on times', () => {
  check([
    ["ts + INTERVAL '1' SECOND", "ts + INTERVAL '1000' MILLISECOND : TIMESTAMP"],
    ["INTERVAL '1' SECOND + ts", "INTERVAL '1000' MILLISECOND + ts : TIMESTAMP"],
    ["qty - INTERVAL '1' SECOND", "qty - INTERVAL '1000' MILLISECOND : INTEGER"],
    ["fee - INTERVAL '1' SECOND", "fee - INTERVAL '1000' MILLISECOND : FLOAT"],
    ["side + INTERVAL '1' DAY", "CAST(side AS TIMESTAMP) + INTERVAL '86400000' MILLISECOND : TIMESTAMP"],
    ["day + INTERVAL '1' DAY", "CAST(day AS TIMESTAMP) + INTERVAL '86400000' MILLISECOND : TIMESTAMP", 'nested'],
    ["clock + INTERVAL '1' HOUR", "clock + INTERVAL '3600000' MILLISECOND : TIME", 'nested'],
    ["doc + INTERVAL '1' HOUR", "CAST(doc AS ANY) + INTERVAL '3600000' MILLISECOND : ANY", 'nested'],
    ['ts - ts', 'CAST(ts AS INTEGER) - CAST(ts AS INTEGER) : INTEGER'],
    ['_timestamp - ts', '_TIMESTAMP - CAST(ts AS INTEGER) : INTEGER'],
    ['ts - 60000', 'CAST(ts AS INTEGER) - 60000 : INTEGER'],
    ['ts - fee', 'CAST(CAST(ts AS INTEGER) AS FLOAT) - fee : FLOAT'],
    ["ts - '2025-01-01'", 'CAST(ts AS INTEGER) - 1735689600000 : INTEGER'],
    ["INTERVAL '1' HOUR - INTERVAL '1' MINUTE", "INTERVAL '3600000' MILLISECOND - INTERVAL '60000' MILLISECOND : INTEGER"],
    ["INTERVAL '1' HOUR * 3", "INTERVAL '3600000' MILLISECOND * 3 : INTERVAL"],
    ["qty * INTERVAL '1' HOUR", "qty * INTERVAL '3600000' MILLISECOND : INTERVAL"],
    ["INTERVAL '1' HOUR + qty", "INTERVAL '3600000' MILLISECOND + qty : INTEGER"],
    ["-INTERVAL '1' HOUR", "INTERVAL '-3600000' MILLISECOND : INTERVAL"],
    ['clock - clock', 'clock - clock : INTEGER', 'nested'],
  ]);
});

describe('comparison', () => {
  check([
    ['price > 10', 'price > 10 : BOOLEAN'],
    ['price > 10.505', 'price > 10.505 : BOOLEAN'],
    ['fee > 10.5', 'fee > 10.5 : BOOLEAN'],
    ['price < fee', 'CAST(price AS FLOAT) < fee : BOOLEAN'],
    ["ts >= '2025-01-01'", "ts >= TIMESTAMP '2025-01-01 00:00:00' : BOOLEAN"],
    ['ts >= 1000', "ts >= TIMESTAMP '1970-01-01 00:00:01' : BOOLEAN"],
    ['ts >= qty', 'CAST(ts AS INTEGER) >= qty : BOOLEAN'],
    ['ts >= fee', 'CAST(CAST(ts AS INTEGER) AS FLOAT) >= fee : BOOLEAN'],
    ["qty - 5 > INTERVAL '5' MINUTE", 'qty - 5 > 300000 : BOOLEAN'],
    ["qty > INTERVAL '1' MINUTE * 2", "qty > INTERVAL '60000' MILLISECOND * 2 + INTERVAL '0' MILLISECOND : BOOLEAN"],
    ["fee > INTERVAL '5' MINUTE", 'fee > 300000 : BOOLEAN'],
    ['day = ts', 'day = ts : BOOLEAN', 'nested n JOIN trades t ON TRUE'],
    ["clock > '10:00:00'", "clock > TIME '10:00:00' : BOOLEAN", 'nested'],
    ['doc = 5', 'CAST(doc AS ANY) = 5 : BOOLEAN', 'nested'],
    ['tags = tags', 'tags = tags : BOOLEAN', 'nested'],
    ['side = NULL', 'side = NULL : BOOLEAN'],
    ['symbol = 5', 'CASE WHEN symbol IS NULL OR 5 IS NULL THEN NULL ELSE FALSE END : BOOLEAN'],
    ['symbol != 5', 'CASE WHEN symbol IS NULL OR 5 IS NULL THEN NULL ELSE TRUE END : BOOLEAN'],
    ['qty BETWEEN 1 AND 2.5', 'qty BETWEEN 1 AND 2.5 : BOOLEAN'],
    ['qty NOT BETWEEN 1 AND fee', 'CAST(qty AS FLOAT) NOT BETWEEN 1 AND fee : BOOLEAN'],
    ['side BETWEEN 1 AND 5', 'CAST(side AS FLOAT) BETWEEN 1 AND 5 : BOOLEAN'],
    ["side BETWEEN 'a' AND 'c'", "side BETWEEN 'a' AND 'c' : BOOLEAN"],
    ['qty IN (1, 2.5, NULL)', 'qty IN (1, 2.5, NULL) : BOOLEAN'],
    ['qty NOT IN (1, fee)', 'CAST(qty AS FLOAT) NOT IN (1, fee) : BOOLEAN'],
    ["side IN ('a', 5)", "side IN ('a') : BOOLEAN"],
    ['side IN (5)', 'CASE WHEN side IS NULL THEN NULL ELSE FALSE END : BOOLEAN'],
    ["(qty, side) IN ((1, 'a'), (2, 'b'))", "qty = 1 AND side = 'a' OR qty = 2 AND side = 'b' : BOOLEAN"],
    ["(qty, side) NOT IN ((1, 'a'))", "NOT (qty = 1 AND side = 'a') : BOOLEAN"],
    ["side LIKE 'a%'", "side LIKE 'a%' : BOOLEAN"],
    ["side NOT ILIKE 'a!%%' ESCAPE '!'", "side NOT ILIKE 'a!%%' ESCAPE '!' : BOOLEAN"],
    ["doc LIKE 'a'", "CAST(doc AS ANY) LIKE 'a' : BOOLEAN", 'nested'],
    ['NULL LIKE side', 'NULL LIKE side : BOOLEAN'],
    ["side ~ '^a'", "regexp(side, '^a') : BOOLEAN"],
    ["side !~ '^a'", "NOT regexp(side, '^a') : BOOLEAN"],
  ]);
});

describe('logic', () => {
  check([
    ['live AND qty > 1 AND NOT live', 'live AND qty > 1 AND NOT live : BOOLEAN'],
    ['live OR (live OR live) AND live', 'live OR (live OR live) AND live : BOOLEAN'],
    ['NOT (live OR live)', 'NOT (live OR live) : BOOLEAN'],
    ['qty AND side', 'truth(qty) AND truth(side) : BOOLEAN'],
    ['NOT NULL', 'NOT NULL : BOOLEAN'],
    ['doc AND TRUE', 'truth(CAST(doc AS ANY)) AND TRUE : BOOLEAN', 'nested'],
    ['qty IS NULL', 'qty IS NULL : BOOLEAN'],
    ['live IS NOT TRUE', 'live IS NOT TRUE : BOOLEAN'],
    ['qty IS FALSE', 'truth(qty) IS FALSE : BOOLEAN'],
  ]);
});

describe('text', () => {
  check([
    ["'n=' || qty", "'n=' || CAST(qty AS STRING) : STRING"],
    ["side || '-' || symbol", "side || '-' || symbol : STRING"],
    ["(side || '-') || (symbol || side)", "side || '-' || symbol || side : STRING"],
    ['side || NULL', 'side || NULL : STRING'],
  ]);
});

describe('CASE and casts', () => {
  check([
    ['CASE WHEN qty > 1 THEN 1 ELSE 2.5 END', 'CASE WHEN qty > 1 THEN 1.0 ELSE 2.5 END : DECIMAL(20, 1)'],
    ['CASE WHEN qty THEN fee END', 'CASE WHEN truth(qty) THEN fee END : FLOAT'],
    ["CASE side WHEN 'a' THEN NULL ELSE qty END", "CASE WHEN side = 'a' THEN NULL ELSE qty END : INTEGER"],
    ['CASE WHEN live THEN NULL END', 'CASE WHEN live THEN NULL END : NULL'],
    ['CASE WHEN live THEN fee ELSE 1 END', 'CASE WHEN live THEN fee ELSE 1 END : FLOAT'],
    ['CAST(price AS INTEGER)', 'CAST(price AS INTEGER) : INTEGER'],
    ['price::STRING', 'CAST(price AS STRING) : STRING'],
    ['CAST(qty AS DECIMAL(12,2))', 'CAST(qty AS DECIMAL(12, 2)) : DECIMAL(12, 2)'],
    ['TRY_CAST(side AS BIGINT)', 'TRY_CAST(side AS INTEGER) : INTEGER'],
    ['CAST(qty AS TIMESTAMP)', 'CAST(qty AS TIMESTAMP) : TIMESTAMP'],
    ['CAST(NULL AS FLOAT)', 'NULL : FLOAT'],
    ['CAST(body AS ARRAY<STRING>)', 'CAST(body AS ARRAY<STRING>) : ARRAY<STRING>', 'nested'],
    ['CAST(tags AS STRING)', 'CAST(tags AS STRING) : STRING', 'nested'],
    ['CAST(doc AS STRUCT<a INTEGER>)', 'CAST(doc AS STRUCT<a INTEGER>) : STRUCT<a INTEGER>', 'nested'],
  ]);
});

describe('nested data', () => {
  check([
    ['tags[1]', 'tags[1] : STRING', 'nested'],
    ["attrs['a']", "attrs['a'] : FLOAT", 'nested'],
    ['who.name', "who['name'] : STRING", 'nested'],
    ['nested.who.age', "who['age'] : INTEGER", 'nested'],
    ['who.nothing', "who['nothing'] : ANY", 'nested'],
    ['doc.a.b', "doc['a']['b'] : ANY", 'nested'],
    ['body.a', "CAST(body AS JSON)['a'] : ANY", 'nested'],
    ["doc -> 'k'", "doc['k'] : ANY", 'nested'],
    ["doc ->> 'k'", "CAST(doc['k'] AS STRING) : STRING", 'nested'],
    ['attrs.a', "attrs['a'] : FLOAT", 'nested'],
    ['tags[doc]', 'tags[CAST(doc AS ANY)] : STRING', 'nested'],
    ['SPLIT(body, $)[1]'.replace('$', "','"), "split(body, ',')[1] : STRING", 'nested'],
  ]);
});

describe('system columns', () => {
  check([
    ['_timestamp', '_TIMESTAMP : INTEGER'],
    ['trades._Event_Time + 1', '_EVENT_TIME + 1 : INTEGER'],
    ['_offset', '_OFFSET : INTEGER'],
    ['_partition', '_PARTITION : INTEGER'],
    ['_key', '_key : ANY'],
    ['_topic', '_topic : STRING'],
    ["_headers['a']", "_headers['a'] : STRING"],
    ['_window_start', 'NULL : INTEGER'],
    ['WINDOW_START()', '_TIMESTAMP : INTEGER'],
    ['SESSION_DURATION()', '0 : INTEGER'],
  ]);
});

describe('scalar functions', () => {
  check([
    ['ABS(price)', 'abs(price) : DECIMAL(10, 2)'],
    ['UPPER(side)', 'upper(side) : STRING'],
    ['COALESCE(qty, 1.5)', 'coalesce(CAST(qty AS DECIMAL(20, 1)), 1.5) : DECIMAL(20, 1)'],
    ['IFNULL(side, $)'.replace('$', "'x'"), "coalesce(side, 'x') : STRING"],
    ['IF(live, qty, fee)', 'CASE WHEN live THEN CAST(qty AS FLOAT) ELSE fee END : FLOAT'],
    ['NULLIF(qty, 0)', 'CASE WHEN qty = 0 THEN NULL ELSE qty END : INTEGER'],
    ['CONCAT(side, qty)', 'concat(side, CAST(qty AS STRING)) : STRING'],
    ['SQRT(qty)', 'sqrt(CAST(qty AS FLOAT)) : FLOAT'],
    ['SUBSTRING(side, fee)', 'substring(side, CAST(fee AS INTEGER)) : STRING'],
    ['SUBSTRING(side, 2.0)', 'substring(side, 2) : STRING'],
    ['LEAST(qty, 1.5)', 'least(CAST(qty AS DECIMAL(20, 1)), 1.5) : DECIMAL(20, 1)'],
    ['EXTRACT(HOUR FROM ts)', "extract('HOUR', ts) : INTEGER"],
    ['EXTRACT(HOUR FROM qty)', "extract('HOUR', TIMESTAMP '1970-01-01 00:00:00' + INTERVAL '1' MILLISECOND * qty) : INTEGER"],
    ["EXTRACT(HOUR FROM '2025-01-01')", "extract('HOUR', TIMESTAMP '2025-01-01 00:00:00') : INTEGER"],
    ['HEADER($)'.replace('$', "'k'"), "header('k') : STRING"],
  ]);
});

describe('sub-queries', () => {
  check([
    ['(SELECT MAX(id) + 1 FROM users)', '(SELECT max(id) + 1 FROM users) : INTEGER'],
    ['EXISTS (SELECT * FROM users)', 'EXISTS (SELECT 1 FROM users) : BOOLEAN'],
    ['NOT EXISTS (SELECT 1 FROM users WHERE id = qty)', 'NOT EXISTS (SELECT 1 FROM users WHERE id = qty) : BOOLEAN'],
    ['fee IN (SELECT id FROM users)', 'fee IN (SELECT CAST(id AS FLOAT) FROM users) : BOOLEAN'],
    ['qty NOT IN (SELECT id FROM users)', 'qty NOT IN (SELECT id FROM users) : BOOLEAN'],
    ['qty >= ALL (SELECT id FROM users)', 'qty >= ALL (SELECT id FROM users) : BOOLEAN'],
    ['qty IN (SELECT id FROM users UNION SELECT 5 FROM users)', 'qty IN (SELECT id FROM users) OR qty IN (SELECT 5 FROM users) : BOOLEAN'],
    [
      'qty NOT IN (SELECT id FROM users UNION ALL SELECT 5 FROM users)',
      'NOT (qty IN (SELECT id FROM users) OR qty IN (SELECT 5 FROM users)) : BOOLEAN',
    ],
    [
      'qty > ALL (SELECT id FROM users UNION SELECT 5 FROM users)',
      'qty > ALL (SELECT id FROM users) AND qty > ALL (SELECT 5 FROM users) : BOOLEAN',
    ],
  ]);
});

describe('compat velostream', () => {
  const compat = { compat: 'velostream' } as const;

  test('a float beside a decimal is rounded to its scale', () => {
    expect(exprOf('price * fee', 'trades', compat)).toBe('price * CAST(fee AS DECIMAL(18, 2)) : DECIMAL(28, 4)');
    expect(exprOf('price / fee', 'trades', compat)).toBe('CAST(price AS FLOAT) / fee : FLOAT');
  });

  test('values that are never equal give a plain truth value', () => {
    expect(exprOf('symbol = 5', 'trades', compat)).toBe('FALSE : BOOLEAN');
  });

  test('SPLIT gives the first piece', () => {
    expect(exprOf("SPLIT(side, ',')", 'trades', compat)).toMatch(/: STRING$/);
  });
});
