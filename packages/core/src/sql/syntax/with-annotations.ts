import { type Diagnostic, diagnosticPlacer } from '../../diagnostics/diagnostic.ts';
import { annotate } from './annotation/annotate.ts';
import type { ParseResult } from './parse.ts';
import type { ParsedStatements } from './parse-statements.ts';

/** Adds what the comments of a text say: header, annotations, settings of its statements. */
export function withAnnotations(sql: string, parsed: ParsedStatements, strict: boolean): ParseResult {
  const { statements, trailingComments } = parsed;
  const { application, annotations, problems, info: read } = annotate(sql, statements, trailingComments, strict);
  const place = diagnosticPlacer(sql);
  const diagnostics: Diagnostic[] = [...parsed.diagnostics, ...problems.map((problem) => place(problem, problem.statement))];
  diagnostics.sort((a, b) => a.start - b.start);
  let info: ParseResult['info'] | undefined;
  return {
    statements,
    diagnostics,
    ...(application && { application }),
    annotations,
    trailingComments,
    // walks every tree, and few callers ask
    get info() {
      info ??= read();
      return info;
    },
  };
}
