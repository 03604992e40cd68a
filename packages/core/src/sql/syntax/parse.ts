import { syntaxProblem } from '../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import { type Diagnostic, toDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { Comment, Statement, StatementBody } from '../ast/index.ts';
import { annotate } from './annotation/annotate.ts';
import type { ApplicationHeader, SqlAnnotations, StatementInfo } from './annotations.ts';
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

export interface ParseResult {
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
  readonly application?: ApplicationHeader;
  readonly annotations: SqlAnnotations;
  /** One entry a statement: id, name, what it reads, settings from its comments. */
  readonly info: readonly StatementInfo[];
  /** Comments after the last statement. */
  readonly trailingComments: readonly Comment[];
}

const MAX_SQL_BYTES = 1 << 20;
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
    diagnostics.push(...toDiagnostics(sql, mergeProblems(lexical, read.problems), index));
    from = piece.end;
  }
  const rest = <T extends { readonly span: { readonly start: number } }>(list: readonly T[]): T[] =>
    list.filter((x) => x.span.start >= from);
  diagnostics.push(...toDiagnostics(sql, rest(problems)));
  const trailingComments = rest(comments);
  const notes = annotate(sql, statements, trailingComments, strict);
  for (const problem of notes.problems) diagnostics.push(...toDiagnostics(sql, [problem], problem.statement));
  diagnostics.sort((a, b) => a.start - b.start);
  const { application, annotations } = notes;
  let info: readonly StatementInfo[] | undefined;
  return {
    statements,
    diagnostics,
    ...(application && { application }),
    annotations,
    trailingComments,
    // walks every tree, and few callers ask
    get info() {
      info ??= notes.info();
      return info;
    },
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

function tooLarge(sql: string, bytes: number, allowed: number): ParseResult {
  const problem = syntaxProblem('VS1033', { start: 0, end: 0 }, { bytes, allowed });
  return {
    statements: [],
    diagnostics: toDiagnostics(sql, [problem]),
    annotations: { metrics: [], alerts: [], vizHints: [] },
    info: [],
    trailingComments: [],
  };
}

/** Bytes of the text in UTF-8; exact only where it matters, near the limit. */
function utf8Length(sql: string, allowed: number): number {
  if (sql.length > allowed || sql.length * 3 <= allowed) return sql.length;
  return new TextEncoder().encode(sql).length;
}
