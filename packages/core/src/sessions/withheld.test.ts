import { describe, expect, test } from 'vitest';
import { addressWithSecrets, withheldPlaces, withSecrets } from './bring-secrets.ts';
import { secretsOf } from './session-secrets.ts';
import { withoutSecrets } from './withheld.ts';

const HOOK = 'https://hooks.slack.com/services/T0/B0';
const OPENS = 'Xq7RmT2bKd9WvL4nZs8Yp1Hc';
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
    ["WITH ('x.dsn' = 'host=db user=u password=''p w''')", "WITH ('x.dsn' = 'host=db user=u password=''[redacted]''')"],
    ["WITH ('x.headers' = 'Authorization: Bearer abc')", "WITH ('x.headers' = 'Authorization: Bearer [redacted]')"],
    ["SELECT * FROM u WHERE password = 'pw1' AND name = 'ann'", "SELECT * FROM u WHERE password = '[redacted]' AND name = 'ann'"],
    ["SELECT * FROM u WHERE 'pw1' <> u.api_key", "SELECT * FROM u WHERE '[redacted]' <> u.api_key"],
    ["SELECT * FROM u WHERE u.pwd NOT IN ('pw1', 'pw2')", "SELECT * FROM u WHERE u.pwd NOT IN ('[redacted]', '[redacted]')"],
    ["SELECT * FROM u WHERE access_token LIKE 'ab%'", "SELECT * FROM u WHERE access_token LIKE '[redacted]'"],
    [`-- @alert_channel: webhook:${HOOK}/${OPENS}`, `-- @alert_channel: webhook:${HOOK}/[redacted]`],
    [`INSERT INTO '${HOOK}/${OPENS}'`, `INSERT INTO '${HOOK}/[redacted]'`],
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
    "SELECT * FROM u WHERE password = '' OR password = 'none' OR password_status = 'expired' OR secretary = 'Ms Jones'",
    'SELECT a.user FROM a JOIN b ON a.user=b.user AND a.password=b.password',
    "SELECT CASE WHEN token IN ('BTC', 'ETH') THEN 'known' ELSE 'other' END AS kind FROM trades",
    "SELECT * FROM passengers WHERE bypass = 'yes' AND key = 'k1' AND signature = 'abc'",
    'ask ann@example.com at http://localhost:8080 or bob@example.com',
  ])('unchanged: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});

describe('a stored text and its secrets', () => {
  const login = { uri: "postgres://u:p%20w'@h:1/d" };
  const parameters = { uri: 'kafka://h:9092/t?sasl.password=k%26y', options: {} };
  const options = { uri: 'kafka://i:9092/t', options: { 'sasl.password': 'it’s' } };
  const dsn = { uri: 'postgres://db', options: { user: 'u', password: "it's" } };
  const hook = { uri: `${HOOK}/${OPENS}` };
  const from = secretsOf([login, parameters, options, dsn, hook]);

  test.each([
    ["SELECT * FROM 'postgres://u:[redacted]@h:1/d?table=t'", "SELECT * FROM 'postgres://u:p%20w''@h:1/d?table=t'"],
    ['SELECT * FROM postgres://u:[redacted]@h:1/d', "SELECT * FROM 'postgres://u:p%20w''@h:1/d'"],
    ["FROM 'kafka://h:9092/t?sasl.password=[redacted]&a=b'", "FROM 'kafka://h:9092/t?sasl.password=k%26y&a=b'"],
    ["FROM 'kafka://i:9092/t?sasl.password=[redacted]'", "FROM 'kafka://i:9092/t?sasl.password=it%E2%80%99s'"],
    [
      "WITH ('x.type' = 'kafka_source', 'x.bootstrap.servers' = 'i:9092', 'x.sasl.password' = '[redacted]')",
      "WITH ('x.type' = 'kafka_source', 'x.bootstrap.servers' = 'i:9092', 'x.sasl.password' = 'it’s')",
    ],
    ["WITH ('x.dsn' = 'host=db user=u password=[redacted]')", "WITH ('x.dsn' = 'host=db user=u password=''it\\''s''')"],
    [`INTO '${HOOK}/[redacted]?a=1'`, `INTO '${HOOK}/${OPENS}?a=1'`],
    ["SELECT '[redacted]' AS a -- postgres://u:[redacted]@x/d", "SELECT '[redacted]' AS a -- postgres://u:[redacted]@x/d"],
  ])('%s', (stored, written) => {
    expect(withSecrets(stored, from)).toBe(written);
  });

  test.each([
    ["FROM 'postgres://u:[redacted]@other/d'", 'postgres://other/d'],
    ["FROM 'postgres://bob:[redacted]@h:1/d'", 'postgres://h:1/d'],
    ["WITH ('x.dsn' = 'host=other password=[redacted]')", 'any://other'],
    [`INTO '${HOOK}/X/[redacted]'`, `${HOOK}/X/[redacted]`],
    ["WITH ('x.type' = 'kafka_sink', 'x.brokers' = 'o:1', 'x.sasl.password' = '[redacted]')", 'kafka://o:1'],
  ])('%s is refused', (stored, uri) => {
    expect(withheldPlaces(stored)).toMatchObject([{ uri }]);
    expect(() => withSecrets(stored, from)).toThrow(
      expect.objectContaining({ reason: 'secret-missing', message: expect.stringContaining(uri) }),
    );
  });

  test('what a column was compared with is asked for by the name of the column', () => {
    const stored = "SELECT * FROM u WHERE u.password = '[redacted]'";
    expect(withheldPlaces(stored)).toEqual([{ uri: 'column:password' }]);
    expect(() => withSecrets(stored, from)).toThrow(expect.objectContaining({ reason: 'secret-value-missing' }));
    const known = ({ uri }: { readonly uri: string }) => (uri === 'column:password' ? [{ options: { password: 'pw' } }] : []);
    expect(withSecrets(stored, known)).toBe("SELECT * FROM u WHERE u.password = 'pw'");
  });

  test('an address alone is filled too', () => {
    expect(addressWithSecrets('postgres://u:[redacted]@h:1/d', from)).toBe("postgres://u:p%20w'@h:1/d");
    expect(addressWithSecrets('memory://out', from)).toBe('memory://out');
  });
});
