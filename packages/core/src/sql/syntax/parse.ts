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
  return withAnnotations(sql, parseStatements(sql, options), options.mode === 'strict');
}
