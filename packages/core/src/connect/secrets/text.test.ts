import { describe, expect, test } from 'vitest';
import { isSecretColumn, isSecretName } from './secret-name.ts';
import { hideInText } from './text.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';

describe('a text with a secret', () => {
  test.each([
    ["host=db user=ann password='p w\\'1' dbname=shop", "host=db user=ann password='[redacted]' dbname=shop"],
    ['password=pw host=db', 'password=[redacted] host=db'],
    ['connect with host = db port = 5432 password = pw', 'connect with host = db port = 5432 password = [redacted]'],
    ['Server=tcp:h,1433;User Id=u;Password={p;w};Encrypt=yes', 'Server=tcp:h,1433;User Id=u;Password={[redacted]};Encrypt=yes'],
    ['Driver=x;Uid=u;Pwd=pw;', 'Driver=x;Uid=u;Pwd=[redacted];'],
    ["curl -H 'Authorization: Bearer abc'", "curl -H 'Authorization: Bearer [redacted]'"],
    ['"Authorization": "Basic dXNlcjpwYXNz"', '"Authorization": "Basic [redacted]"'],
    ['send it with bearer 0a1b2c3d4e5f6071', 'send it with bearer [redacted]'],
    ['X-Api-Key: 9f8e7d6c5b4a', 'X-Api-Key: [redacted]'],
    ['{"client_secret": "9f8e7d6c5b4a"}', '{"client_secret": "[redacted]"}'],
    [`the answer was ${JWT}.`, 'the answer was [redacted].'],
    ['use ghp_0123456789abcdefABCDEF0123456789abcd', 'use [redacted]'],
    ['use AKIA0123456789ABCDEF here', 'use [redacted] here'],
    ['use sk-a1b2c3d4e5f6', 'use [redacted]'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----',
    ],
    ['see (postgres://u:pw@h/d), then', 'see (postgres://u:[redacted]@h/d), then'],
  ])('%s', (text, kept) => {
    expect(hideInText(text)).toBe(kept);
    expect(hideInText(kept)).toBe(kept);
  });
});

describe('an ordinary text', () => {
  test.each([
    'How many passengers per flight, and which tokens did they redeem?',
    'The password must have 8 characters: letters, digits and a sign.',
    'password: whatever you like; authorization: required by law',
    'bearer instruments and basic authentication2 are explained here',
    'token 2024-01-01T00:00:00.000Z was seen 12345678 times',
    'SELECT * FROM a JOIN b ON a.user=b.user AND a.password=b.password',
    'SELECT host, password FROM logins WHERE host = region AND pwd = other_pwd',
    'UPDATE t SET user=1, password=2',
    'see https://example.org/a?b=c, then mail ann@example.org',
    '-- @alert_channel: webhook:https://ops.example.org/alert1',
    'sig: 3 of 7 signatures, key: customer_id, secretary: Ms Jones',
    'CREATE TABLE t (id INTEGER PRIMARY KEY, session_key STRING, public_key STRING)',
    'the commit 4f2a9c81d0b7e6f35a1c2d3e4f5061728394a5b6 and the id 1f2e3d4c-0a1b-2c3d-4e5f-60718293a4b5',
    'price per symbol every 5m; p99 of latency_ms by service',
    'sk-SK and en-GB are locales, risk-adjusted-return-2024-yearly and sk-learn-based-classification-model-2024 too',
  ])('stays as it is: %s', (text) => {
    expect(hideInText(text)).toBe(text);
    expect(hideInText(text, 'listed')).toBe(text);
  });
});

describe('the name of a secret', () => {
  test.each(
    `password PGPASSWORD sasl.password ssl.key.password dbPass pwd secret_key clientSecret secretAccessKey sessionToken schema.registry.token
     sasl.jaas.config basic.auth.user.info X-Amz-Signature X-Amz-Credential sig SharedAccessKey AccountKey api-key apikey Authorization
     ssl.keystore.key connection_string redis_auth`.split(/\s+/),
  )('is %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each(
    `passengers compass tokens max_tokens token_count tokenizer secretary author key key.field primary_key partition_key routing_key design
     assignee sasl.mechanism sasl.username auth_type user public_key forbearer monkey`.split(/\s+/),
  )('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test.each('password user_password api_key accessToken client_secret'.split(' '))('of a column is %s', (name) => {
    expect(isSecretColumn(name)).toBe(true);
  });

  test.each('token signature password_status is_secret api_key_id has_password'.split(' '))('of a column is not %s', (name) => {
    expect(isSecretColumn(name)).toBe(false);
  });
});
