import { describe, expect, test } from 'vitest';
import { connectionOf } from './connection-of.ts';

describe('a relation outside', () => {
  test.each([
    ['kafka://a,b:1/orders?format=avro', { type: 'kafka_source', 'bootstrap.servers': 'a:9092,b:1', topic: 'orders', format: 'avro' }],
    [
      'kafka+ssl://me:p%40ss@h/t',
      {
        type: 'kafka_source',
        'bootstrap.servers': 'h:9092',
        topic: 't',
        'sasl.username': 'me',
        'sasl.password': 'p@ss',
        'security.protocol': 'sasl_ssl',
      },
    ],
    ['file:///data/a%20b.csv', { type: 'file_source', path: '/data/a b.csv', format: 'csv' }],
    ['file:///data/x.ndjson', { type: 'file_source', path: '/data/x.ndjson', format: 'jsonl' }],
  ])('is said in properties: %s', (uri, properties) => {
    expect(connectionOf({ uri }, 'source')).toEqual(properties);
  });

  test('takes its options in, a secret among them', () => {
    const secret = { reveal: () => 'hidden', toString: () => '******' };
    const options = { 'sasl.password': secret, 'group.id': 'g', nothing: undefined, nested: { a: 1 } };
    expect(connectionOf({ uri: 'kafka://h/t', format: 'json', options }, 'sink')).toEqual({
      type: 'kafka_sink',
      'bootstrap.servers': 'h:9092',
      topic: 't',
      format: 'json',
      'sasl.password': 'hidden',
      'group.id': 'g',
    });
  });

  test.each([
    ['memory://x', /within this process/],
    ['stream://x', /within this process/],
    ['ftp://x/y', /no connector for "ftp"/],
    ['odd', /no connector for "odd"/],
  ])('says why Flink cannot reach it: %s', (uri, reason) => {
    expect(connectionOf({ uri }, 'source')).toMatch(reason);
  });
});
