import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lenientForms, referenceForms } from './accept-cases.fixture.ts';
import { expression, query, withoutSpans } from './ast.fixture.ts';
import { parse, parseExpression, printExpression, printQuery, printStatement } from './index.ts';

const errors = (list: readonly { severity: string; message: string }[]): string[] =>
  list.filter((d) => d.severity === 'error').map((d) => d.message);

describe('printing', () => {
  test('gives text that reads as the same expression', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = printExpression(tree);
        const read = parseExpression(text);
        expect(errors(read.diagnostics), text).toEqual([]);
        expect(withoutSpans(read.expression), text).toEqual(withoutSpans(tree));
      }),
      { numRuns: 600, seed: 7 },
    );
  }, 60_000);

  test('gives text that reads as the same query, and prints the same again', () => {
    fc.assert(
      fc.property(query, (tree) => {
        const text = printQuery(tree);
        const [statement] = parse(text).statements;
        expect(errors(parse(text).diagnostics), text).toEqual([]);
        if (statement?.kind !== 'query') throw new Error('no query');
        expect(withoutSpans(statement.query), text).toEqual(withoutSpans(tree));
        expect(printQuery(statement.query)).toBe(text);
      }),
      { numRuns: 250, seed: 11 },
    );
  }, 60_000);

  const forms = [...Object.values(referenceForms), ...Object.values(lenientForms)].flat();
  test.each(forms)('keeps the meaning of %s', (sql) => {
    const [statement] = parse(sql).statements;
    if (!statement) throw new Error('no statement');
    const text = printStatement(statement);
    const [again] = parse(text).statements;
    expect(errors(parse(text).diagnostics), text).toEqual([]);
    expect(withoutSpans(again), text).toEqual(withoutSpans(statement));
    expect(again && printStatement(again)).toBe(text);
  });
});
