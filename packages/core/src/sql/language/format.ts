import type { Statement } from '../ast/index.ts';
import { formatFlink } from '../flink/format-flink.ts';
import type { FlinkOptions } from '../flink/script.ts';
import { type ParseResult, parse } from '../syntax/index.ts';
import { commentText } from '../syntax/print/layout.ts';
import { printWithComments } from '../syntax/print/print-statement.ts';
import type { PrintTarget } from '../syntax/print/print-target.ts';

export interface FormatOptions extends Pick<FlinkOptions, 'catalog' | 'connections' | 'variables' | 'mode'> {
  /**
   * `studio` (default): canonical text. `velostream`: forms that the reference parser takes, as far as there are any. `flink`: statements of
   * Flink SQL, which need to know the relations (`catalog`, `connections`); what Flink does otherwise stands in comments.
   */
  readonly target?: PrintTarget | 'flink';
}

/**
 * Text in one style: keywords in upper case, one clause a line, clauses in canonical order, comments kept. A statement with a syntax error
 * stays as it was written. Formatting twice changes nothing more.
 */
export function format(input: string | Statement, options: FormatOptions = {}): string {
  const target = options.target ?? 'studio';
  if (target === 'flink') return formatFlink(typeof input === 'string' ? input : printWithComments(input, 'studio').text, options);
  if (typeof input !== 'string') return printWithComments(input, target).text;
  const result = parse(input);
  if (result.statements.length === 0 && result.diagnostics.some((d) => d.severity === 'error')) return input;
  const broken = new Set(result.diagnostics.filter((d) => d.severity === 'error').map((d) => d.statement));
  const pieces = result.statements.map((statement, i) =>
    broken.has(i) ? asWritten(input, result, i) : finished(printWithComments(statement, target)),
  );
  const trailing = result.trailingComments.map(commentText);
  return [pieces.join('\n\n'), ...trailing].filter((text) => text !== '').join('\n') + (pieces.length + trailing.length > 0 ? '\n' : '');
}

const finished = ({ text, endsInComment }: { text: string; endsInComment: boolean }): string => text + (endsInComment ? '\n;' : ';');

/** The source of a statement with its comments and, unless it is the last, its semicolon. */
function asWritten(sql: string, { statements }: ParseResult, index: number): string {
  const statement = statements[index] as Statement;
  const first = statement.comments[0]?.span.start ?? statement.span.start;
  const start = Math.min(first, statement.span.start);
  const last = Math.max(statement.span.end, statement.comments.at(-1)?.span.end ?? 0);
  const semicolon = sql.indexOf(';', last);
  return sql.slice(start, semicolon < 0 ? last : semicolon + 1).trim();
}
