import { describe, expect, test } from 'vitest';
import { parse } from '../sql/syntax/index.ts';
import type { Connectors } from './connector-source.ts';
import { hideSecrets, publicUri } from './hide-secrets.ts';

describe('publicUri', () => {
  test.each([
    ['postgres://u:p%40ss@h:1/d?table=t', 'postgres://u@h:1/d?table=t'],
    ['postgres://u@h/d', 'postgres://u@h/d'],
    ['kafka://h:9092/t?sasl.password=x&format=json', 'kafka://h:9092/t?sasl.password=[redacted]&format=json'],
    ['s3://b/k?secret_key=x', 's3://b/k?secret_key=[redacted]'],
    ['file:///a:b@c.csv', 'file:///a:b@c.csv'],
    ['s3://bucket/key@1:2.csv', 's3://bucket/key@1:2.csv'],
  ])('%s', (uri, expected) => {
    expect(publicUri(uri)).toBe(expected);
  });
});

test('sources are named by public URIs and opened by the written ones', async () => {
  const sql = "SELECT a FROM 'x://u:pw1@h/t' JOIN 'x://u:pw2@i/t' b ON a = b.a WITHIN 1s INTO 'x://u:pw3@h/o'";
  const opened: string[] = [];
  const open = async (uri: string) => void opened.push(uri) as never;
  const connectors = { sourceFromUri: open, sinkFromUri: open, sourceFromType: open, sinkFromType: open } as unknown as Connectors;
  const parsed = { ...parse(sql), trailingComments: [] } as never;
  const hidden = hideSecrets(sql, parsed, connectors);
  expect(hidden.sql).toHaveLength(sql.length);
  expect(JSON.stringify([hidden.sql, hidden.parsed.statements])).not.toMatch(/pw\d/);
  expect(JSON.stringify(hidden.parsed.statements)).toContain('x://u@i/t');
  await hidden.connectors.sourceFromUri('x://u@h/t', {});
  await hidden.connectors.sinkFromUri('x://u@h/o', {});
  await hidden.connectors.sourceFromUri('x://other', {});
  expect(opened).toEqual(['x://u:pw1@h/t', 'x://u:pw3@h/o', 'x://other']);
});

test('a script without secrets stays as it is', () => {
  const sql = "SELECT a FROM 'x://h/t' WHERE a = '@'";
  const parsed = { ...parse(sql), trailingComments: [] } as never;
  const connectors = {} as Connectors;
  expect(hideSecrets(sql, parsed, connectors)).toEqual({ sql, parsed, connectors });
});
