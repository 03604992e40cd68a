import { syntaxProblem } from '../../diagnostics/codes/syntax.ts';
import { type Diagnostic, toDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { Expression } from '../ast/index.ts';
import { type Read, sqlParser } from './grammar/parser.ts';
import { mergeProblems, tooDeep } from './merge-problems.ts';
import { DEPTH_MAX, expressionExceeds, tooDeepToken } from './nesting.ts';
import { scan } from './scan.ts';

/** Reads one expression, e.g. the condition of an alert; leftover text is an error. Never throws on what a person typed. */
export function parseExpression(
  sql: string,
  options: { readonly mode?: 'lenient' | 'strict' } = {},
): { readonly expression: Expression; readonly diagnostics: readonly Diagnostic[] } {
  const { tokens, problems } = scan(sql);
  const end = sql.length;
  const whole = { start: 0, end };
  const deep = tooDeepToken(tokens);
  const input = { sql, strict: options.mode === 'strict', tokens, end };
  const read: Read<Expression> = deep ? { node: undefined, problems: [tooDeep(deep)] } : sqlParser().readExpression(input);
  const fits = read.node !== undefined && !expressionExceeds(read.node, DEPTH_MAX);
  const expression: Expression = fits && read.node ? read.node : { kind: 'error', span: whole };
  const found = read.node && !fits ? [syntaxProblem('VS1032', whole, { allowed: DEPTH_MAX })] : read.problems;
  return { expression, diagnostics: toDiagnostics(sql, mergeProblems(problems, found), 0) };
}
