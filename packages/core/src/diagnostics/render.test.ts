import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, toDiagnostics } from './diagnostic.ts';
import { renderDiagnostic } from './render.ts';

function problem(sql: string, start: number, end: number): Diagnostic {
  const span = { start, end };
  const placed = toDiagnostics(sql, [
    {
      code: 'VS2004',
      reason: 'unknown-column',
      severity: 'error',
      message: 'column "pirce" does not exist',
      hint: 'Did you mean "price"?',
      span,
    },
  ]);
  return placed[0] as Diagnostic;
}

const SQL = 'SELECT symbol, pirce\nFROM trades';
const at = SQL.indexOf('pirce');

describe('renderDiagnostic', () => {
  test('shows the line, carets under the whole span and the hint', () => {
    expect(renderDiagnostic(SQL, problem(SQL, at, at + 5), { file: 'trades.sql' })).toBe(
      [
        'error VS2004: column "pirce" does not exist',
        ' --> trades.sql:1:16',
        '1 | SELECT symbol, pirce',
        '  |                ^^^^^',
        'hint: Did you mean "price"?',
      ].join('\n'),
    );
  });

  test('says line and column where there is no file', () => {
    expect(renderDiagnostic(SQL, problem(SQL, SQL.length, SQL.length))).toContain(
      ' --> line 2, column 12\n2 | FROM trades\n  |            ^\n',
    );
  });

  test('a span over several lines is marked to the end of its first', () => {
    expect(renderDiagnostic(SQL, problem(SQL, at, SQL.length))).toContain('1 | SELECT symbol, pirce\n  |                ^^^^^\n');
  });

  test('tabs before the span keep the carets below it', () => {
    const sql = '\tSELECT pirce';
    expect(renderDiagnostic(sql, problem(sql, 8, 13))).toContain('1 | \tSELECT pirce\n  | \t       ^^^^^');
  });

  test('a long line is cut around the span', () => {
    const sql = `SELECT ${'a, '.repeat(200)}pirce, ${'b, '.repeat(200)}c`;
    const lines = renderDiagnostic(sql, problem(sql, sql.indexOf('pirce'), sql.indexOf('pirce') + 5)).split('\n');
    const text = lines[2] ?? '';
    const carets = lines[3] ?? '';
    expect(text.length).toBeLessThan(180);
    expect(text.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('pirce');
  });

  test('control characters of the text do not reach the terminal', () => {
    const sql = "SELECT '\x1b[2J'";
    expect(renderDiagnostic(sql, problem(sql, 7, 13))).not.toContain('\x1b');
  });

  test('any span of any text can be shown', () => {
    const text = fc.array(fc.constantFrom('a', ' ', '\n', '\t', '\r\n', '😀', 'é', '')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(40), fc.nat(40), (sql, start, length) => {
        const lines = renderDiagnostic(sql, problem(sql, start, start + length)).split('\n');
        expect(lines[0]).toBe('error VS2004: column "pirce" does not exist');
        expect(lines.at(-1)).toBe('hint: Did you mean "price"?');
      }),
    );
  });
});
