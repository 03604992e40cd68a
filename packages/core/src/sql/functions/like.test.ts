import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLike } from './like.ts';

/** What LIKE means, by trying every split. */
function oracle(pattern: readonly string[], text: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text.length === 0;
  if (head === '%') return oracle(rest, text) || (text.length > 0 && oracle(pattern, text.slice(1)));
  return text.length > 0 && (head === '_' || head === text[0]) && oracle(rest, text.slice(1));
}

describe('LIKE', () => {
  test('agrees with the definition', () => {
    const sign = fc.constantFrom('%', '_', 'a', 'b', '😀');
    const letter = fc.constantFrom('a', 'b', '\n', '😀');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 7 }), fc.array(letter, { maxLength: 8 }), (pattern, text) => {
        expect(compileLike(pattern.join(''), null, false)(text.join(''))).toBe(oracle(pattern, text));
      }),
      { numRuns: 20_000, seed: 61 },
    );
  });

  test.each([
    ['10%', '10 percent', null, true],
    ['10!%', '10%', '!', true],
    ['10!%', '10 percent', '!', false],
    ['a!_b', 'a_b', '!', true],
    ['a!_b', 'axb', '!', false],
    ['!!', '!', '!', true],
    ['x!', 'x!', '!', true],
    ['a.c', 'abc', null, false],
    ['', '', null, true],
    ['', 'a', null, false],
    ['%%', '', null, true],
  ])('%j against %j with escape %j is %s', (pattern, text, escapeWith, expected) => {
    expect(compileLike(pattern, escapeWith, false)(text)).toBe(expected);
  });

  test('ILIKE ignores case', () => {
    expect(compileLike('ÄB%', null, true)('äbc')).toBe(true);
    expect(compileLike('ÄB%', null, false)('äbc')).toBe(false);
  });

  test('a hostile pattern takes no longer than pattern times text', () => {
    const matches = compileLike(`${'%a'.repeat(200)}%b`, null, false);
    expect(matches('a'.repeat(20_000))).toBe(false);
  });
});
