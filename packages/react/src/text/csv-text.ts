import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { cellText, isTimeColumn } from '../query-results/cell-text.ts';

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: unknown, column: LiveColumn): string {
  if (value === null || value === undefined) return '';
  // A file is read without the page: what the page shows as a time is one there too.
  const text = cellText(value, typeof value === 'number' && isTimeColumn(column) ? { ...column, type: 'TIMESTAMP' } : column);
  // Only text can carry a formula; a negative number starts with a minus by right.
  const safe = typeof value === 'string' && FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180) with a header. Times are ISO 8601 in UTC, NULL is empty; text that a spreadsheet would run as a formula gets an apostrophe. */
export function csvText(columns: readonly LiveColumn[], rows: readonly LiveRow[]): string {
  const head = columns.map(({ name }) => field(name, { name, type: 'STRING' })).join(',');
  const lines = rows.map((row) => columns.map((column) => field(row[column.name], column)).join(','));
  return `${[head, ...lines].join('\r\n')}\r\n`;
}
