import { describe, expect, test } from 'vitest';
import { lenientForms, referenceForms } from './accept-cases.fixture.ts';
import { parse } from './index.ts';

const errorsOf = (sql: string, mode: 'lenient' | 'strict'): string[] =>
  parse(sql, { mode })
    .diagnostics.filter((d) => d.severity === 'error')
    .map((d) => `${d.code} ${d.message} at ${JSON.stringify(sql.slice(d.start, d.end))}`);

for (const [group, statements] of Object.entries(referenceForms)) {
  describe(`reference forms: ${group}`, () => {
    test.each(statements)('both modes read %s', (sql) => {
      expect(errorsOf(sql, 'lenient')).toEqual([]);
      expect(errorsOf(sql, 'strict')).toEqual([]);
      expect(parse(sql).statements.map((s) => s.kind)).not.toContain('error');
    });
  });
}

for (const [group, statements] of Object.entries(lenientForms)) {
  describe(`lenient forms: ${group}`, () => {
    test.each(statements)('only lenient mode reads %s', (sql) => {
      expect(errorsOf(sql, 'lenient')).toEqual([]);
      expect(errorsOf(sql, 'strict')).not.toEqual([]);
      expect(parse(sql).statements).toHaveLength(1);
    });
  });
}
