import { expect, test } from 'vitest';
import { redact, redactText } from './redact.ts';

test.each([
  ['use ghp_0123456789abcdefABCDEF0123456789abcd now', 'use [secret] now'],
  ['the key sk-ant-canary-journeys-0123456789', 'the key [secret]'],
  ['AKIA0123456789ABCDEF', '[secret]'],
  ['glpat-0123456789abcdefghij', '[secret]'],
  ['Bearer abcdefghijklmnop', 'Bearer [secret]'],
  ['postgres://ann:pw@db/shop', 'postgres://***@db/shop'],
  ['db_password=hunter2 host=db', 'db_password=[secret] host=db'],
  ['{"client_secret": "hunter2"}', '{"client_secret": [secret]}'],
  ['api_key: abc123', 'api_key: [secret]'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----[secret]-----END RSA PRIVATE KEY-----',
  ],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011\n\nMIIB\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----[secret]-----END RSA PRIVATE KEY-----',
  ],
  ['price per symbol every 5m, limit=100, topic: trades', 'price per symbol every 5m, limit=100, topic: trades'],
])('of %s a model sees no secret', (text, seen) => {
  expect(redactText(text)).toBe(seen);
});

test('values under names of secrets go whole', () => {
  expect(
    redact({ password: 'x', sslKeystoreKey: 'y', 'sasl.username': 'u', session_key: 's', tokens: 5, rows: [{ symbol: 'A' }] }),
  ).toEqual({
    password: '[secret]',
    sslKeystoreKey: '[secret]',
    'sasl.username': '[secret]',
    session_key: '[secret]',
    tokens: '[secret]',
    rows: [{ symbol: 'A' }],
  });
});
