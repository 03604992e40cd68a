import { describe, expect, test } from 'vitest';
import { inheritTags, MASK, maskedSample, maskRows } from './mask-rows.ts';

const COLUMNS = [
  { name: 'id', type: 'INTEGER' },
  { name: 'email', type: 'STRING', tags: ['PII'] },
  { name: 'token', type: 'STRING', tags: ['internal', ' secret '] },
  { name: '__proto__', type: 'STRING', tags: ['pii'] },
];

describe('maskRows', () => {
  test('replaces tagged values, keeps NULL and leaves rows as they were', () => {
    const row = Object.assign(Object.create(null), { id: 7, email: 'a@b.c', token: null });
    const { rows, masked } = maskRows([row], COLUMNS);
    expect(masked).toEqual(['email', 'token', '__proto__']);
    expect({ ...rows[0] }).toEqual({ id: 7, email: MASK, token: null });
    expect(row.email).toBe('a@b.c');
  });

  test('masks a column of a hostile name as data', () => {
    const row = JSON.parse('{"__proto__":"x"}');
    const { rows } = maskRows([row], COLUMNS);
    expect(Object.entries(rows[0]!)).toEqual([['__proto__', MASK]]);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  test('gives back the same rows where nothing is tagged', () => {
    const rows = [{ id: 1 }];
    expect(maskRows(rows, [COLUMNS[0]!]).rows).toBe(rows);
  });

  test('shows nothing of length or type', () => {
    const { rows } = maskRows([{ email: 'x' }, { email: 12345678901 }, { email: ['a', 'b'] }], COLUMNS);
    expect(new Set(rows.map((r) => r['email']))).toEqual(new Set([MASK]));
    expect(maskedSample(COLUMNS[1]!, 'a@b.c')).toBe(MASK);
    expect(maskedSample(COLUMNS[0]!, '7')).toBe('7');
  });
});

test('inheritTags carries tags through computed columns', () => {
  const results = [
    { name: 'who', type: 'STRING' },
    { name: 'n', type: 'INTEGER' },
  ];
  const origins = new Map([
    ['who', ['id', 'email']],
    ['n', ['id']],
  ]);
  expect(inheritTags(results, origins, COLUMNS)).toEqual([{ name: 'who', type: 'STRING', tags: ['PII'] }, results[1]]);
});
