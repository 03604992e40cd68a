import { flinkSqlRejected } from '../../diagnostics/codes/deploy-flink.ts';
import type { Span } from '../../diagnostics/span.ts';
import type { PrintedPlace } from './client/server-error.ts';
import type { FlinkJobPlan } from './compose-jobs.ts';

/** A statement that was sent, with where it comes from. */
export interface SentStatement {
  readonly sql: string;
  readonly origin: Span;
}

/**
 * The error of a statement that Flink does not accept, with the place in the user's SQL: the same word within the statement it comes from, where
 * that word stands there once; the whole statement otherwise.
 */
export function rejectedStatement(
  plan: FlinkJobPlan,
  statements: readonly SentStatement[],
  detail: string,
  place: PrintedPlace | undefined,
): Error {
  const printed = statements.map((statement) => statement.sql).join(';\n');
  const { statement, word } = spotOf(statements, place);
  const found = statement === undefined ? undefined : plan.placeOf(statement.origin);
  if (found === undefined) return flinkSqlRejected(detail, { printed });
  const span = wordWithin(found.sql, found.span, word ?? quotedIn(detail)) ?? found.span;
  return flinkSqlRejected(detail, { span, queryId: found.queryId, printed: statement?.sql ?? printed });
}

/** Which of the statements of a set, and the word there. A set has a line in front of them; each begins on a line of its own. */
function spotOf(
  statements: readonly SentStatement[],
  place: PrintedPlace | undefined,
): { readonly statement?: SentStatement; readonly word?: string } {
  const [only] = statements;
  let line = (place?.line ?? 1) - (statements.length > 1 ? SET_LINES : 0);
  for (const statement of statements) {
    const lines = statement.sql.split('\n');
    if (line <= lines.length) {
      const text = lines[line - 1] ?? '';
      const word = place === undefined || place.line !== place.endLine ? undefined : text.slice(place.column - 1, place.endColumn);
      return { statement, ...(word === undefined ? {} : { word: word.replaceAll('`', '') }) };
    }
    line -= lines.length;
  }
  return only === undefined ? {} : { statement: only };
}

/** Lines before the first statement of a set, as `statementSet` writes it. */
export const SET_LINES = 2;

export const statementSet = (statements: readonly string[]): string =>
  `EXECUTE STATEMENT SET\nBEGIN\n${statements.map((sql) => `${sql};`).join('\n')}\nEND`;

const quotedIn = (detail: string): string | undefined => /'([^']+)'/.exec(detail)?.[1];

function wordWithin(sql: string, { start, end }: Span, word: string | undefined): Span | undefined {
  if (word === undefined || !/\w/.test(word)) return undefined;
  const text = sql.slice(start, end).toLowerCase();
  const first = text.indexOf(word.toLowerCase());
  if (first === -1 || text.indexOf(word.toLowerCase(), first + 1) !== -1) return undefined;
  return { start: start + first, end: start + first + word.length };
}
