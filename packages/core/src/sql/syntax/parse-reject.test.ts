import { describe, expect, test } from 'vitest';
import { parse } from './index.ts';
import { rejected } from './reject-cases.fixture.ts';

describe('statements that no mode takes', () => {
  test.each(rejected)('%s', (sql, code, start, under) => {
    const [first] = parse(sql).diagnostics.filter((d) => d.severity === 'error');
    expect(first && { code: first.code, start: first.start, under: sql.slice(first.start, first.end) }).toEqual({ code, start, under });
    expect(parse(sql, { mode: 'strict' }).diagnostics.some((d) => d.severity === 'error')).toBe(true);
  });

  test('every error says where it stands and what can be done in house style', () => {
    for (const [sql] of rejected) {
      for (const d of parse(sql).diagnostics) {
        expect(d.code).toMatch(/^VS1\d{3}$/);
        expect(d.message).not.toMatch(/\.$|undefined|something else/);
        expect(d.start).toBeLessThanOrEqual(d.end);
        expect(d.end).toBeLessThanOrEqual(sql.length);
        if (d.hint !== undefined) expect(d.hint).toMatch(/^[A-Z"].*[.?]$/);
      }
    }
  });
});
