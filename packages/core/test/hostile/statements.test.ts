import { describe, expect, test } from 'vitest';
import { createEngine, VeloError } from '../../src/engine/index.ts';
import { format, parse, validate } from '../../src/sql/index.ts';
import { HOSTILE_STATEMENTS } from './statements.ts';

const label = (sql: string): string => `${JSON.stringify(sql.slice(0, 60))} (${sql.length})`;

describe('hostile statements', () => {
  test('there are at least 200 of them', () => expect(HOSTILE_STATEMENTS.length).toBeGreaterThanOrEqual(200));

  test.each(HOSTILE_STATEMENTS.map((sql) => [label(sql), sql] as const))(
    '%s is refused with a code and a place',
    async (_, sql) => {
      const errors = parse(sql)
        .diagnostics.concat(validate(sql))
        .filter((d) => d.severity === 'error');
      expect(errors.length).toBeGreaterThan(0);
      for (const d of errors) {
        expect(d.code).toMatch(/^VS[1-3]\d{3}$/);
        expect(d.line).toBeGreaterThanOrEqual(1);
        expect(d.column).toBeGreaterThanOrEqual(1);
        expect(d.start).toBeGreaterThanOrEqual(0);
        expect(d.end).toBeLessThanOrEqual(sql.length);
        expect(d.message.length).toBeLessThan(2000);
      }
      expect(() => format(sql)).not.toThrow();
      const engine = createEngine({ sources: { t: [{ a: 1 }] } });
      const outcome = await engine
        .run(sql)
        .rows()
        .then(
          () => null,
          (error: unknown) => error,
        );
      expect(VeloError.is(outcome), String(outcome)).toBe(true);
    },
    20_000,
  );
});
