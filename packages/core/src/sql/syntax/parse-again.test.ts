import { describe, expect, test } from 'vitest';
import { parse } from './parse.ts';

describe('a text that is read again', () => {
  test('is the same reading', () => {
    const sql = 'SELECT a FROM t WHERE b > 1';
    expect(parse(sql)).toBe(parse(sql));
  });

  test('is read anew in another mode, by other limits, and behind another text', () => {
    const sql = 'SELECT a FROM t';
    const first = parse(sql);
    expect(parse(sql, { mode: 'strict' })).not.toBe(first);
    expect(parse(sql, { maxSqlBytes: 4 }).diagnostics[0]?.code).toBe('VS1033');
    expect(parse(sql).diagnostics).toEqual([]);
    expect(parse('SELECT a FROM').diagnostics).not.toEqual([]);
    expect(parse(sql).statements).toEqual(first.statements);
  });
});
