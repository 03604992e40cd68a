import { syntaxProblem } from '../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import { DEPTH_MAX } from './nesting.ts';
import { type SqlToken, tokenSpan } from './token.ts';

export const tooDeep = (token: SqlToken): Problem => syntaxProblem('VS1032', tokenSpan(token), { allowed: DEPTH_MAX });

/** More problems than a person reads; what follows from one mistake should not fill a screen. */
const PROBLEMS_PER_STATEMENT = 20;

/** What the grammar says after a place where the lexer left something out is a consequence of that. */
export function mergeProblems(lexical: readonly Problem[], grammatical: readonly Problem[]): Problem[] {
  const first = lexical[0]?.span.start ?? Number.POSITIVE_INFINITY;
  return [...lexical, ...grammatical.filter((p) => p.span.start < first && (lexical.length === 0 || p.code !== 'VS1036'))]
    .sort((x, y) => x.span.start - y.span.start)
    .slice(0, PROBLEMS_PER_STATEMENT);
}
