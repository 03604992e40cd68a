import { syntaxProblem } from '../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import { type Diagnostic, diagnosticPlacer, toDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { Comment, Statement, StatementBody } from '../ast/index.ts';
import { sqlParser } from './grammar/parser.ts';
import { mergeProblems, tooDeep } from './merge-problems.ts';
import { DEPTH_MAX, statementExceeds, tooDeepToken } from './nesting.ts';
import { scan } from './scan.ts';
import type { SqlToken } from './token.ts';
import * as t from './token-types.ts';

export interface ParseOptions {
  /** `lenient` (default) takes every form of the dialect; `strict` only those of the reference parser. */
  readonly mode?: 'lenient' | 'strict';
  readonly compat?: 'standard' | 'velostream';
  /** Longest text in UTF-8 bytes; 1 MiB unless given. */
  readonly maxSqlBytes?: number;
}

/** The statements of a text; what its comments say besides is read by `withAnnotations`. */
export interface ParsedStatements {
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
  /** Comments after the last statement. */
  readonly trailingComments: readonly Comment[];
}

const MAX_SQL_BYTES = 1 << 20;
/** As `parse`, without the annotations: what a query needs that only runs. */
export function parseStatements(sql: string, options: ParseOptions = {}): ParsedStatements {
  const allowed = options.maxSqlBytes ?? MAX_SQL_BYTES;
  const bytes = utf8Length(sql, allowed);
  if (bytes > allowed) return tooLarge(sql, bytes, allowed);
  const { tokens, comments, problems } = scan(sql);
  const strict = options.mode === 'strict';
  const pieces = splitStatements(tokens, sql.length);
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  const place = diagnosticPlacer(sql);
  const commentsBefore = upTo(comments);
  const problemsBefore = upTo(problems);
  for (const [index, piece] of pieces.entries()) {
    const read = readStatement(sql, piece, strict);
    statements.push({ ...read.node, comments: commentsBefore(piece.end) });
    for (const problem of mergeProblems(problemsBefore(piece.end), read.problems)) diagnostics.push(place(problem, index));
  }
  for (const problem of mergeProblems(problemsBefore(Number.POSITIVE_INFINITY), [])) diagnostics.push(place(problem, -1));
  const trailingComments = commentsBefore(Number.POSITIVE_INFINITY);
  diagnostics.sort((a, b) => a.start - b.start);
  return { statements, diagnostics, trailingComments };
}

/** Hands out a list that is ordered by place, piece by piece. */
function upTo<T extends { readonly span: { readonly start: number } }>(list: readonly T[]): (end: number) => T[] {
  let next = 0;
  return (end) => {
    const from = next;
    while (next < list.length && (list[next] as T).span.start < end) next++;
    return list.slice(from, next);
  };
}

interface Piece {
  readonly tokens: readonly SqlToken[];
  /** Offset after its semicolon; of a last statement without one, the end of the text. */
  readonly end: number;
}

/** Cuts at semicolons; empty statements vanish. */
function splitStatements(tokens: readonly SqlToken[], length: number): Piece[] {
  const pieces: Piece[] = [];
  let first = 0;
  for (let i = 0; i <= tokens.length; i++) {
    const token = tokens[i];
    if (token && token.tokenType !== t.Semicolon) continue;
    const last = tokens[i - 1];
    if (i > first && last) pieces.push({ tokens: tokens.slice(first, i), end: token ? token.endOffset + 1 : length });
    first = i + 1;
  }
  return pieces;
}

function readStatement(sql: string, piece: Piece, strict: boolean): { node: StatementBody; problems: readonly Problem[] } {
  const { tokens } = piece;
  const last = tokens.at(-1) as SqlToken;
  const span = { start: (tokens[0] as SqlToken).startOffset, end: last.endOffset + 1 };
  const failed = (problems: readonly Problem[]): { node: StatementBody; problems: readonly Problem[] } => ({
    node: { kind: 'error', span },
    problems,
  });
  const deep = tooDeepToken(tokens);
  if (deep) return failed([tooDeep(deep)]);
  const read = sqlParser().readStatement({ sql, strict, tokens, end: span.end });
  const unsupported = read.problems.find((problem) => problem.code === 'VS1026');
  if (unsupported)
    return { node: { kind: 'unsupported', feature: /"(.*)"/.exec(unsupported.message)?.[1] ?? '', span }, problems: read.problems };
  if (!read.node) return failed(read.problems);
  if (tokens.length > DEPTH_MAX && statementExceeds(read.node)) return failed([syntaxProblem('VS1032', span, { allowed: DEPTH_MAX })]);
  return { node: { ...read.node, span }, problems: read.problems };
}

function tooLarge(sql: string, bytes: number, allowed: number): ParsedStatements {
  const problem = syntaxProblem('VS1033', { start: 0, end: 0 }, { bytes, allowed });
  return { statements: [], diagnostics: toDiagnostics(sql, [problem]), trailingComments: [] };
}

/** Bytes of the text in UTF-8; exact only where it matters, near the limit. */
function utf8Length(sql: string, allowed: number): number {
  if (sql.length > allowed || sql.length * 3 <= allowed) return sql.length;
  return new TextEncoder().encode(sql).length;
}
