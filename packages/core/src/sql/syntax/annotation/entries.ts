import type { Span } from '../../../diagnostics/span.ts';
import type { Comment } from '../../ast/index.ts';

/** One line `@name: value` or `Header: value` of a comment. */
export interface Entry {
  /** Lower case, without the `@`; of a header line the words before the colon. */
  readonly name: string;
  readonly marked: boolean;
  readonly value: string;
  /** From the `@` to the end of the value. */
  readonly span: Span;
  readonly valueSpan: Span;
  /** 0-based index of the statement whose comments it stands in; -1 after the last statement. */
  readonly statement: number;
}

const ANNOTATION = /^(@[\p{L}_][\p{L}\p{Nd}_.-]*)(\s*:\s*|\s+|$)(.*)$/u;
const HEADER = /^(SQL Application|Version|Description|Author|Dependencies|Tag|Name|Property)(\s*:\s*)(.*)$/i;
/** Annotations whose value is text or SQL: what looks like a trailing remark may be part of it. */
const FREE_TEXT =
  /^(description|metric_help|metric_condition|alert|alert_condition|alert_summary|alert_description|alert_message|viz_title)$/;

/** Reads the entries of comments, in order. Positions are those of the source text. */
export function readEntries(sql: string, comments: readonly Comment[], statement: number): Entry[] {
  return comments.flatMap((comment) => {
    const { start, end } = comment.span;
    const raw = sql.slice(start, end);
    const lead = /^(?:--|\/\*)?[\s*]*/.exec(raw)?.[0].length ?? 0;
    const text = raw.slice(lead).replace(/\*\/$/, '').trimEnd();
    const match = ANNOTATION.exec(text) ?? HEADER.exec(text);
    if (!match) return [];
    const [, name, separator, rest] = match as unknown as [string, string, string, string];
    const marked = name.startsWith('@');
    const key = (marked ? name.slice(1) : name).toLowerCase();
    const at = start + lead;
    const from = at + name.length + separator.length;
    const value = FREE_TEXT.test(key) ? rest : withoutRemark(rest, marked);
    const span = { start: at, end: Math.max(at + name.length, from + value.length) };
    return [{ name: key, marked, value: unquoted(value), span, valueSpan: valueSpan(value, from), statement }];
  });
}

/** Drops ` -- remark` and, of annotations, ` # remark`; what stands in quotes is left alone. */
function withoutRemark(value: string, marked: boolean): string {
  if (/^(["']).*\1$/.test(value)) return value;
  return value.replace(marked ? /\s+(--|#)(\s.*)?$/ : /\s+--(\s.*)?$/, '').trimEnd();
}

const isQuoted = (value: string): boolean => value.length >= 2 && /^(["'])[^"']*\1$/.test(value);
const unquoted = (value: string): string => (isQuoted(value) ? value.slice(1, -1) : value);
const valueSpan = (value: string, from: number): Span =>
  isQuoted(value) ? { start: from + 1, end: from + value.length - 1 } : { start: from, end: from + value.length };
