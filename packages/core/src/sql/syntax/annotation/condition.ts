import { syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { AnnotationCondition } from '../annotations.ts';
import { parseExpression } from '../parse-expression.ts';
import type { Entry } from './entries.ts';

/** Reads the SQL condition in an annotation; one that can not be read is reported where it goes wrong, inside the comment. */
export function readCondition(entry: Entry, report: (problem: Problem) => void): AnnotationCondition | undefined {
  const { value, valueSpan } = entry;
  const { expression, diagnostics } = parseExpression(value);
  const error = diagnostics.find((d) => d.severity === 'error');
  if (!error) return { text: value, span: valueSpan, expression };
  const span = { start: valueSpan.start + error.start, end: valueSpan.start + Math.max(error.end, error.start) };
  report(syntaxProblem('VS1054', span, { annotation: entry.name, problem: error.message }));
  return undefined;
}
