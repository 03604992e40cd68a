import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlight } from './highlight.ts';

describe('highlight', () => {
  test('tells keywords, texts, numbers and comments apart', () => {
    const pieces = highlight("SELECT a -- b\nFROM t WHERE x = 'it''s' AND y > 1.5", []);
    expect(pieces.filter(({ kind }) => kind !== 'plain').map(({ text, kind }) => `${kind} ${text}`)).toEqual([
      'keyword SELECT',
      'comment -- b',
      'keyword FROM',
      'keyword WHERE',
      "string 'it''s'",
      'keyword AND',
      'number 1.5',
    ]);
  });

  test('marks what is wrong, across pieces, and the end of the text by its last character', () => {
    const wrong = (sql: string, start: number, end: number): string =>
      highlight(sql, [{ start, end }])
        .filter(({ isWrong }) => isWrong)
        .map(({ text }) => text)
        .join('');
    expect(wrong('SELECT FROM t', 0, 11)).toBe('SELECT FROM');
    expect(wrong('SELECT', 6, 6)).toBe('T');
  });

  test('the pieces are the text, whatever it is', () => {
    const text = fc
      .array(fc.constantFrom("'", '"', '-', '--', '/*', '*/', '\n', 'a', '1', 'select', ' ', '😀'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(30), fc.nat(30), (sql, start, length) => {
        const pieces = highlight(sql, [{ start: Math.min(start, sql.length), end: Math.min(start + length, sql.length) }]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(sql);
      }),
    );
  });
});
