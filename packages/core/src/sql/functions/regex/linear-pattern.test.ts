import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { linearPattern } from './linear-pattern.ts';
import { nativeRegex } from './native-regex.ts';

const refuse = (): never => {
  throw new Error('the library is not asked');
};

describe('patterns for the matcher of JavaScript', () => {
  test.each([
    'abc',
    '(&|^)channel_id=([^&]*)',
    '[0-9]+',
    '^https?://([^/]+)(/[^?]*)?',
    '^(\\w+)\\s(\\d+)$',
    '\\[(\\d+)\\] ',
    'id=(\\d{1,6})',
    'a|b|cd',
    '^.*$',
    'é+',
  ])('takes %s', (pattern) => {
    expect(linearPattern(pattern)).toBeDefined();
  });

  test.each([
    // More than linear for one attempt, or for all of them.
    '(a+)+$',
    '^a*a*b',
    'a*b',
    '\\d+\\.\\d+',
    '.*x',
    '^.*x$',
    '(a|b*)c',
    '(a?){9}',
    `${'a?'.repeat(30)}b`,
    // Not the same in both, or not valid.
    '(a)*',
    '(a|)?',
    '(?i)a',
    '(?P<n>a)',
    '\\pL',
    '[[:alpha:]]',
    '[]a]',
    'a**',
    '\\1',
    'a{2',
    '(',
    ')',
    '[z-a]',
    '\\',
    '[a',
    'a{3,2}',
    '\\z',
    '^*',
  ])('leaves %s to the library', (pattern) => {
    expect(linearPattern(pattern)).toBeUndefined();
  });

  test('an attempt that fails late is not repeated for every start', () => {
    const text = `${'&channel_id'.repeat(20_000)}${'x'.repeat(200_000)}`;
    expect(nativeRegex('(&|^)channel_id=([^&]*)', refuse)?.test(text)).toBe(false);
    expect(nativeRegex('^\\w*=', refuse)?.test('x'.repeat(500_000))).toBe(false);
  });
});

const atom = fc.constantFrom(
  'a',
  'b',
  '-',
  '\\.',
  '.',
  '[ab]',
  '[^a]',
  '[^-b]',
  '\\d',
  '\\w',
  '\\W',
  '\\s',
  'é',
  '😀',
  '^',
  '$',
  '\\b',
  '\\B',
);
const quantifier = fc.constantFrom('', '', '', '?', '*', '+', '??', '*?', '+?', '{2}', '{1,2}', '{0,}');
const { pattern } = fc.letrec<{ pattern: string; item: string; branch: string }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(atom, quantifier).map(([a, q]) => ('^$\\b\\B'.includes(a) ? a : a + q)),
    fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern'), fc.constantFrom('', '?', '??')).map(([open, inner, q]) => `${open}${inner})${q}`),
  ),
  branch: fc.array(tie('item'), { maxLength: 4 }).map((items) => items.join('')),
  pattern: fc.array(tie('branch'), { minLength: 1, maxLength: 2 }).map((branches) => branches.join('|')),
}));
const text = fc
  .array(fc.constantFrom('a', 'b', '-', '.', '1', ' ', '\n', '\r', 'é', '😀', '\u2028', 'K'), { maxLength: 8 })
  .map((parts) => parts.join(''));

test('what is taken finds what RE2 finds', () => {
  let taken = 0;
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      const native = nativeRegex(source, () => ({ test: refuse, extract: refuse, replace: refuse }));
      if (native === null) return;
      taken++;
      const known = RE2JS.compile(source);
      const matcher = known.matcher(subject);
      const found = matcher.find();
      expect(native.test(subject)).toBe(found);
      for (let group = 0; group <= known.groupCount(); group++)
        expect(native.extract(subject, group)).toBe(found ? matcher.group(group) : null);
    }),
    { seed: 7, numRuns: 12_000 },
  );
  expect(taken).toBeGreaterThan(1500);
});

test('replacement is the one of the library', () => {
  const native = nativeRegex('(a)(b)?', refuse);
  expect(native?.replace('ab-a', '[$2$1$0$$$9]', true)).toBe('[baab$]-[aa$]');
  expect(native?.replace('aa', '$1-', false)).toBe('a-a');
  expect(() => nativeRegex('x*', refuse)?.replace('ab', '-', true)).toThrow('is not asked');
});
