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

/** Places problems of one text on lines. The line starts are found once, so that many problems of a long text stay cheap. */
export function diagnosticPlacer(sql: string): (problem: Problem, statement: number) => Diagnostic {
  let starts: number[] | undefined;
  return (p, statement) => {
    starts ??= lineStarts(sql);
    const start = Math.min(p.span.start, sql.length);
    const line = lineOf(starts, start);
    return {
      code: p.code,
      severity: p.severity,
      message: p.message,
      start,
      end: Math.max(start, Math.min(p.span.end, sql.length)),
      line,
      column: start - (starts[line - 1] as number) + 1,
      statement,
      ...(p.hint === undefined ? {} : { hint: p.hint }),
      reason: p.reason,
    };
  };
}

function lineStarts(sql: string): number[] {
  const starts = [0];
  for (let at = sql.indexOf('\n'); at >= 0; at = sql.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** 1-based line of an offset, by bisection. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Places problems on lines. */
export function toDiagnostics(sql: string, problems: readonly Problem[], statement = -1): Diagnostic[] {
  const place = diagnosticPlacer(sql);
  return problems.map((p) => place(p, statement));
}
