import { describe, expect, test } from 'vitest';
import { addressWithSecrets, withheldPlaces, withSecrets } from './bring-secrets.ts';
import { secretsOf } from './session-secrets.ts';
import { withoutSecrets } from './withheld.ts';

const VARIABLE = '$' + '{PW}';

describe('what a store may keep of a text', () => {
  test.each([
    ["SELECT * FROM 'postgres://u:pw@h:1/d?table=t'  -- x", "SELECT * FROM 'postgres://u:[redacted]@h:1/d?table=t'  -- x"],
    ["SELECT * FROM 'postgres://u:p w''1@h/d'", "SELECT * FROM 'postgres://u:[redacted]@h/d'"],
    ["SELECT * FROM 'postgres://u:p/w#1@h/d'", "SELECT * FROM 'postgres://u:[redacted]@h/d'"],
    ['SELECT * FROM kafka://u:pw@h:9092/t WHERE a = 1', 'SELECT * FROM kafka://u:[redacted]@h:9092/t WHERE a = 1'],
    ["FROM 'kafka://h/t?sasl.password=p&sasl.mechanism=plain'", "FROM 'kafka://h/t?sasl.password=[redacted]&sasl.mechanism=plain'"],
    ["FROM 'jdbc:postgresql://h/d?user=u&password=p'", "FROM 'jdbc:postgresql://h/d?user=u&password=[redacted]'"],
    ["WITH ('x.sasl.password' = 'it''s', 'x.topic' = 't')", "WITH ('x.sasl.password' = '[redacted]', 'x.topic' = 't')"],
    ['WITH (x.sasl.password = "pw", x.sasl.mechanism = plain)', 'WITH (x.sasl.password = "[redacted]", x.sasl.mechanism = plain)'],
    ["WITH (x.password = 12345, 'y.token' = 678)", "WITH (x.password = '[redacted]', 'y.token' = '[redacted]')"],
    ["-- 'x.password' = 'pw'\nSELECT 1", "-- 'x.password' = '[redacted]'\nSELECT 1"],
    ['/* postgres://u:pw@h/d */ SELECT 1', '/* postgres://u:[redacted]@h/d */ SELECT 1'],
    ["SELECT * FROM 'postgres://u:pw@h/d", "SELECT * FROM 'postgres://u:[redacted]@h/d"],
    ["It's postgres://u:pw@h/d, isn't it?", "It's postgres://u:[redacted]@h/d, isn't it?"],
    ["'kafka://h/t?dlq=postgres%3A%2F%2Fu%3Apw%40i%2Fd'", "'kafka://h/t?dlq=postgres%3A%2F%2Fu%3A[redacted]%40i%2Fd'"],
  ])('%s', (text, kept) => {
    expect(withoutSecrets(text)).toBe(kept);
    expect(withoutSecrets(kept)).toBe(kept);
  });

  test.each([
    "SELECT 'a''b' AS \"t\" , 1.50 FROM 'postgres://u@h:5432/d?table=t'",
    "SELECT * FROM logs WHERE token = 'abc' AND url LIKE 'http://a/%@b'",
    'SELECT * FROM s3://bucket/key@1:2.csv',
    'SELECT * FROM kafka://h1:9092,h2:9092/t@x',
    "SELECT * FROM 'http://[::1]:8080/a@b'",
    `SELECT * FROM 'postgres://u:${VARIABLE}@h/d'`,
    `WITH ('x.password' = '${VARIABLE}', 'x.key.field' = 'id')`,
    'ask ann@example.com at http://localhost:8080 or bob@example.com',
  ])('unchanged: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});

describe('a stored text and its secrets', () => {
  const login = { uri: "postgres://u:p%20w'@h:1/d" };
  const parameters = { uri: 'kafka://h:9092/t?sasl.password=k%26y', options: {} };
  const options = { uri: 'kafka://i:9092/t', options: { 'sasl.password': 'it’s' } };
  const from = secretsOf([login, parameters, options]);

  test.each([
    ["SELECT * FROM 'postgres://u:[redacted]@h:1/d?table=t'", "SELECT * FROM 'postgres://u:p%20w''@h:1/d?table=t'"],
    ['SELECT * FROM postgres://u:[redacted]@h:1/d', "SELECT * FROM 'postgres://u:p%20w''@h:1/d'"],
    ["FROM 'kafka://h:9092/t?sasl.password=[redacted]&a=b'", "FROM 'kafka://h:9092/t?sasl.password=k%26y&a=b'"],
    ["FROM 'kafka://i:9092/t?sasl.password=[redacted]'", "FROM 'kafka://i:9092/t?sasl.password=it%E2%80%99s'"],
    [
      "WITH ('x.type' = 'kafka_source', 'x.bootstrap.servers' = 'i:9092', 'x.sasl.password' = '[redacted]')",
      "WITH ('x.type' = 'kafka_source', 'x.bootstrap.servers' = 'i:9092', 'x.sasl.password' = 'it’s')",
    ],
    ["SELECT '[redacted]' AS a -- postgres://u:[redacted]@x/d", "SELECT '[redacted]' AS a -- postgres://u:[redacted]@x/d"],
  ])('%s', (stored, written) => {
    expect(withSecrets(stored, from)).toBe(written);
  });

  test.each([
    ["FROM 'postgres://u:[redacted]@other/d'", 'postgres://other/d'],
    ["FROM 'postgres://bob:[redacted]@h:1/d'", 'postgres://h:1/d'],
    ["WITH ('x.type' = 'kafka_sink', 'x.brokers' = 'o:1', 'x.sasl.password' = '[redacted]')", 'kafka://o:1'],
  ])('%s is refused', (stored, uri) => {
    expect(withheldPlaces(stored)).toMatchObject([{ uri }]);
    expect(() => withSecrets(stored, from)).toThrow(
      expect.objectContaining({ reason: 'secret-missing', message: expect.stringContaining(uri) }),
    );
  });

  test('an address alone is filled too', () => {
    expect(addressWithSecrets('postgres://u:[redacted]@h:1/d', from)).toBe("postgres://u:p%20w'@h:1/d");
    expect(addressWithSecrets('memory://out', from)).toBe('memory://out');
  });
});
