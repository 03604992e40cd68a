import type { Problem, Severity } from './define-codes.ts';

/** What a user sees of a problem in SQL text. Offsets are UTF-16, lines and columns 1-based. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  /** 0-based index of the statement it stands in; -1 for the file. */
  readonly statement: number;
  readonly hint?: string;
  readonly reason: string;
}

/** Places problems on lines. */
export function toDiagnostics(sql: string, problems: readonly Problem[], statement = -1): Diagnostic[] {
  return problems.map((p) => {
    const start = Math.min(p.span.start, sql.length);
    const lineStart = sql.lastIndexOf('\n', start - 1) + 1;
    let line = 1;
    for (let at = sql.indexOf('\n'); at >= 0 && at < start; at = sql.indexOf('\n', at + 1)) line++;
    return {
      code: p.code,
      severity: p.severity,
      message: p.message,
      start,
      end: Math.max(start, Math.min(p.span.end, sql.length)),
      line,
      column: start - lineStart + 1,
      statement,
      ...(p.hint === undefined ? {} : { hint: p.hint }),
      reason: p.reason,
    };
  });
}
