import { syntaxProblem } from '../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import { type Diagnostic, toDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { Comment, Expression, Statement, StatementBody } from '../ast/index.ts';
import type { ApplicationHeader, SqlAnnotations } from './annotations.ts';
import { type Read, sqlParser } from './grammar/parser.ts';
import { DEPTH_MAX, expressionExceeds, statementExceeds, tooDeepToken } from './nesting.ts';
import { scan } from './scan.ts';
import { type SqlToken, tokenSpan } from './token.ts';
import * as t from './token-types.ts';

export interface ParseOptions {
  /** `lenient` (default) takes every form of the dialect; `strict` only those of the reference parser. */
  readonly mode?: 'lenient' | 'strict';
  readonly compat?: 'standard' | 'velostream';
  /** Longest text in UTF-8 bytes; 1 MiB unless given. */
  readonly maxSqlBytes?: number;
}

export interface ParseResult {
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
  readonly application?: ApplicationHeader;
  readonly annotations: SqlAnnotations;
  /** Comments after the last statement. */
  readonly trailingComments: readonly Comment[];
}

const MAX_SQL_BYTES = 1 << 20;
/** More problems than a person reads; what follows from one mistake should not fill a screen. */
const PROBLEMS_PER_STATEMENT = 20;

/**
 * Reads SQL text of any number of statements. Never throws on what a person typed: what can not be understood becomes an `error`
 * statement and a diagnostic, and reading goes on after the next semicolon.
 *
 * @example parse('SELECT a FROM t; SELEC b').diagnostics[0]?.message // '"SELEC" does not start a statement'
 */
export function parse(sql: string, options: ParseOptions = {}): ParseResult {
  const allowed = options.maxSqlBytes ?? MAX_SQL_BYTES;
  const bytes = utf8Length(sql, allowed);
  if (bytes > allowed) return tooLarge(sql, bytes, allowed);
  const { tokens, comments, problems } = scan(sql);
  const strict = options.mode === 'strict';
  const pieces = splitStatements(tokens, sql.length);
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  let from = 0;
  for (const [index, piece] of pieces.entries()) {
    const own = comments.filter((comment) => comment.span.start >= from && comment.span.start < piece.end);
    const lexical = problems.filter((problem) => problem.span.start >= from && problem.span.start < piece.end);
    const read = readStatement(sql, piece, strict);
    statements.push({ ...read.node, comments: own });
    diagnostics.push(...toDiagnostics(sql, merge(lexical, read.problems), index));
    from = piece.end;
  }
  const rest = <T extends { readonly span: { readonly start: number } }>(list: readonly T[]): T[] =>
    list.filter((x) => x.span.start >= from);
  diagnostics.push(...toDiagnostics(sql, rest(problems)));
  return { statements, diagnostics, annotations: { metrics: [], alerts: [], vizHints: [] }, trailingComments: rest(comments) };
}

/** Reads one expression, e.g. the condition of an alert; leftover text is an error. */
export function parseExpression(
  sql: string,
  options: ParseOptions = {},
): { readonly expression: Expression; readonly diagnostics: readonly Diagnostic[] } {
  const { tokens, problems } = scan(sql);
  const end = sql.length;
  const input = { sql, strict: options.mode === 'strict', tokens, end };
  const whole = { start: 0, end };
  const deep = tooDeepToken(tokens);
  const read: Read<Expression> = deep ? { node: undefined, problems: [tooDeep(deep)] } : sqlParser().readExpression(input);
  const expression: Expression = read.node && !expressionExceeds(read.node, DEPTH_MAX) ? read.node : { kind: 'error', span: whole };
  const found =
    expression.kind === 'error' && read.problems.length === 0 ? [syntaxProblem('VS1032', whole, { allowed: DEPTH_MAX })] : read.problems;
  return { expression, diagnostics: toDiagnostics(sql, merge(problems, found), 0) };
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

const tooDeep = (token: SqlToken): Problem => syntaxProblem('VS1032', tokenSpan(token), { allowed: DEPTH_MAX });

/** What the grammar says after a place where the lexer left something out is a consequence of that. */
function merge(lexical: readonly Problem[], grammatical: readonly Problem[]): Problem[] {
  const first = lexical[0]?.span.start ?? Number.POSITIVE_INFINITY;
  return [...lexical, ...grammatical.filter((p) => p.span.start < first && (lexical.length === 0 || p.code !== 'VS1036'))]
    .sort((x, y) => x.span.start - y.span.start)
    .slice(0, PROBLEMS_PER_STATEMENT);
}

function tooLarge(sql: string, bytes: number, allowed: number): ParseResult {
  const problem = syntaxProblem('VS1033', { start: 0, end: 0 }, { bytes, allowed });
  return {
    statements: [],
    diagnostics: toDiagnostics(sql, [problem]),
    annotations: { metrics: [], alerts: [], vizHints: [] },
    trailingComments: [],
  };
}

/** Bytes of the text in UTF-8; exact only where it matters, near the limit. */
function utf8Length(sql: string, allowed: number): number {
  if (sql.length > allowed || sql.length * 3 <= allowed) return sql.length;
  return new TextEncoder().encode(sql).length;
}
