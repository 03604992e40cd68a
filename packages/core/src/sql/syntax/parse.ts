import type { ApplicationHeader, SqlAnnotations, StatementInfo } from './annotations.ts';
import { type ParsedStatements, type ParseOptions, parseStatements } from './parse-statements.ts';
import { withAnnotations } from './with-annotations.ts';

export type { ParseOptions } from './parse-statements.ts';

export interface ParseResult extends ParsedStatements {
  readonly application?: ApplicationHeader;
  readonly annotations: SqlAnnotations;
  /** One entry a statement: id, name, what it reads, settings from its comments. */
  readonly info: readonly StatementInfo[];
}

/**
 * Reads SQL text of any number of statements. Never throws on what a person typed: what can not be understood becomes an `error`
 * statement and a diagnostic, and reading goes on after the next semicolon.
 *
 * @example parse('SELECT a FROM t; SELEC b').diagnostics[0]?.message // '"SELEC" does not start a statement'
 */
export function parse(sql: string, options: ParseOptions = {}): ParseResult {
  const { mode = 'lenient', compat = 'standard', maxSqlBytes } = options;
  const key = `${mode} ${compat} ${maxSqlBytes}`;
  if (last?.sql === sql && last.key === key) return last.result;
  const result = withAnnotations(sql, parseStatements(sql, options), mode === 'strict');
  if (sql.length <= KEPT_MAX) last = { sql, key, result };
  return result;
}

/** Longest text whose reading is kept, in characters. */
const KEPT_MAX = 20_000;

/** The text read before: who formats, checks and explains a query asks for it each time. What is read never changes. */
let last: { readonly sql: string; readonly key: string; readonly result: ParseResult } | undefined;
