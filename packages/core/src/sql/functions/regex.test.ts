import { beforeAll, describe, expect, test } from 'vitest';
import { loadNeeds } from './needs.ts';
import { compileRegex, loadRegex } from './regex.ts';
import { regexp } from './string/regexp.ts';

describe('before the library is there', () => {
  test('a pattern is an internal error, and plans without patterns load nothing', async () => {
    const circle: { kind: string; self?: unknown; map: Map<string, unknown> } = { kind: 'scan', map: new Map([['a', Float64Array.of(1)]]) };
    circle.self = circle;
    await loadNeeds([circle, null, 'text']);
    expect(() => compileRegex('a')).toThrow('internal');
  });
});

describe('patterns', () => {
  beforeAll(() => loadNeeds([{ kind: 'filter', predicate: { kind: 'call', fn: regexp } }]));

  test('loading twice is once', async () => {
    await Promise.all([loadRegex(), loadRegex()]);
    expect(compileRegex('^a').test('abc')).toBe(true);
  });
  test('search anywhere, case on demand', () => {
    expect(compileRegex('B').test('abc')).toBe(false);
    expect(compileRegex('B', true).test('abc')).toBe(true);
  });
  test('groups of the first match', () => {
    const regex = compileRegex('(x)?(b)');
    expect([0, 1, 2, 3, -1].map((group) => regex.extract('abc', group))).toEqual(['b', null, 'b', null, null]);
    expect(compileRegex('z').extract('abc', 0)).toBeNull();
    expect([0, 1, 2].map((group) => compileRegex('(a*)*(b)').extract('aab', group))).toEqual(['aab', 'aa', 'b']);
  });
  test('replacement knows groups, the match and the dollar sign', () => {
    expect(compileRegex('(a)(b)?').replace('ab-a', '[$2$1$0$$$9]', true)).toBe('[baab$]-[aa$]');
    expect(compileRegex('x*').replace('ab', '-', true)).toBe('-a-b-');
    expect(compileRegex('a').replace('aa', 'b', false)).toBe('ba');
  });
  test('what RE2 does not know is an error of the record', () => {
    expect(() => compileRegex('(a)\\1')).toThrow('not valid');
    expect(() => compileRegex('(')).toThrow('not valid');
    expect(() => compileRegex('a'.repeat(1025))).toThrow('longer than 1024');
  });
  test('a pattern that kills backtracking engines ends at once', () => {
    expect(compileRegex('^(a+)+$').test(`${'a'.repeat(50_000)}b`)).toBe(false);
  });
  test('the cache stays bounded', () => {
    for (let i = 0; i < 600; i++) expect(compileRegex(`p${i}`).test(`p${i}`)).toBe(true);
    expect(compileRegex('p0').test('p0')).toBe(true);
  });
});
