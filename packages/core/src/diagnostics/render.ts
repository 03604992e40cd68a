import type { Diagnostic } from './diagnostic.ts';

export interface RenderOptions {
  /** Shown with line and column, e.g. `trades.sql:3:16`; `-` or absent: `line 3, column 16`. */
  readonly file?: string;
  /** Colours for a terminal. */
  readonly color?: boolean;
}

/** More of a line than this hides the place that matters. */
const LINE_CHARS_MAX = 160;
/** Kept to the left of the place when a long line is cut. */
const LEAD_CHARS = 60;

const SEVERITY_COLOR = { error: '\x1b[1;31m', warning: '\x1b[1;33m', info: '\x1b[1;36m' } as const;
const RESET = '\x1b[0m';

/**
 * One diagnostic for a terminal: what is wrong, where, the line with carets under the whole span, and what to do.
 *
 * @example
 * error VS2004: column "pirce" does not exist
 *  --> trades.sql:1:16
 * 1 | SELECT symbol, pirce
 *   |                ^^^^^
 * hint: Did you mean "price"?
 */
export function renderDiagnostic(sql: string, diagnostic: Diagnostic, { file, color = false }: RenderOptions = {}): string {
  const { severity, code, message, line, column, hint } = diagnostic;
  const title = `${severity} ${code}`;
  const where = file === undefined || file === '-' ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
  return [
    `${color ? `${SEVERITY_COLOR[severity]}${title}${RESET}` : title}: ${visible(message)}`,
    ` --> ${visible(where)}`,
    ...excerpt(sql, diagnostic),
    ...(hint === undefined ? [] : [`hint: ${visible(hint)}`]),
  ].join('\n');
}

/** The line of the span with carets below it; nothing when the text is empty. */
export function excerpt(sql: string, { start, end, line }: Pick<Diagnostic, 'start' | 'end' | 'line'>): string[] {
  if (sql === '') return [];
  const lineStart = sql.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = sql.indexOf('\n', start);
  const text = sql.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).replace(/\r$/, '');
  const at = start - lineStart;
  const cut = text.length > LINE_CHARS_MAX ? Math.max(0, at - LEAD_CHARS) : 0;
  const shown = text.slice(cut, cut + LINE_CHARS_MAX);
  const before = (cut > 0 ? '…' : '') + shown.slice(0, at - cut);
  const marked = shown.slice(at - cut, Math.max(at - cut, end - lineStart - cut));
  const rest = shown.slice(at - cut + marked.length) + (cut + shown.length < text.length ? '…' : '');
  const gutter = String(line);
  // Tabs stay tabs in the padding, so that the carets stand where the terminal draws the text.
  const padding = before.replace(/[^\t]/gu, ' ');
  const carets = '^'.repeat(Math.max(1, [...marked].length));
  return [`${gutter} | ${visible(before + marked + rest)}`, `${' '.repeat(gutter.length)} | ${padding}${carets}`];
}

/** Control characters would move the cursor or change colours: what a user typed is shown, never obeyed. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
