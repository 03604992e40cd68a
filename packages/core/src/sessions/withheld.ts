import {
  hideInAddress,
  hideInText,
  isSecretColumn,
  isSecretName,
  isSecretValue,
  STARTS_AS_ADDRESS,
  WITHHELD,
} from '../connect/secrets/index.ts';
import { scan } from '../sql/syntax/scan.ts';
import { matches, type SqlToken, tokenValue } from '../sql/syntax/token.ts';
import * as t from '../sql/syntax/token-types.ts';

/** A string of SQL that a secret may stand in. */
export interface SqlText {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Its quote; empty for an address, a number or a word without one. */
  readonly quote: string;
  /** The key of the option whose value it is. */
  readonly key?: string;
  /** The column that it is compared with. */
  readonly column?: string;
}

/** Most texts hold none of what secrets are told by, and need no closer look. */
const mayHold = (text: string): boolean =>
  /:\/\/|bearer|basic|\bauth\b|eyJ|gh[pousr]_|xox|sk-|glpat-|PRIVATE KEY/i.test(text) || isSecretName(text);
/** What says that there is one or none is none itself. */
const isCompared = (value: string): boolean =>
  value.length >= 3 && isSecretValue(value) && !/^(?:none|null|true|false|yes|unset)$/i.test(value);
const OPTION = /(['"])([\w.-]{1,100})\1(\s*=\s*)(['"])((?:(?!\4)[^\n])+)\4/g;

/**
 * A text, SQL or about SQL, as a store may keep it: where passwords and keys stood in addresses and options, a mark stands. All else is as it
 * was. Strings are found by the scanner of the language, and what stands in comments or prose by its form.
 */
export function withoutSecrets(text: string): string {
  if (!mayHold(text)) return text;
  const inSql = replaceTexts(text, ({ key, column, value }) => {
    if (key !== undefined && isSecretName(key)) return isSecretValue(value) ? WITHHELD : undefined;
    if (column !== undefined && isSecretColumn(column)) return isCompared(value) ? WITHHELD : undefined;
    return STARTS_AS_ADDRESS.test(value) ? hideInAddress(value, 'stored') : hideInText(value);
  });
  return hideInText(inSql).replace(OPTION, (whole, quote: string, key: string, is: string, mark: string, value: string) =>
    isSecretName(key) && isSecretValue(value) ? `${quote}${key}${quote}${is}${mark}${WITHHELD}${mark}` : whole,
  );
}

/** A text of a document as a store may keep it; as the value of a field that is named like a password it is one. */
export const withoutSecretValue = (text: string, field: string | undefined): string =>
  field !== undefined && isSecretColumn(field) && isCompared(text) ? WITHHELD : withoutSecrets(text);

/** Puts other values in place of strings; `undefined` leaves one as it is. */
export function replaceTexts(sql: string, change: (text: SqlText) => string | undefined): string {
  let at = 0;
  let out = '';
  for (const text of textsOf(sql)) {
    const value = change(text);
    if (value === undefined || value === text.value) continue;
    const quote = text.quote === '' ? "'" : text.quote;
    const isPlain = text.quote === '' && STARTS_AS_ADDRESS.test(value) && !/[\s),;']/.test(value);
    // A string that is still being written ends with its line.
    const close = text.quote !== '' && sql[text.end - 1] !== quote ? '' : quote;
    out += sql.slice(at, text.start) + (isPlain ? value : quote + value.replaceAll(quote, quote + quote) + close);
    at = text.end;
  }
  return out + sql.slice(at);
}

/** Strings, unquoted addresses and values of options, in their order. */
export function textsOf(sql: string): readonly SqlText[] {
  const { tokens } = scan(sql);
  let depth = 0;
  let within = 0;
  return tokens.flatMap((token, i): readonly SqlText[] => {
    if (token.tokenType === t.LParen) {
      depth++;
      if (within === 0 && tokens[i - 1]?.image.toUpperCase() === 'WITH') within = depth;
    } else if (token.tokenType === t.RParen) {
      if (depth === within) within = 0;
      depth--;
    }
    const isText = matches(token, t.Text);
    const key = keyBefore(tokens, i, within > 0);
    const isValue = key !== undefined && (matches(token, t.Num) || matches(token, t.Name));
    if (!isText && !isValue && token.tokenType !== t.Uri) return [];
    const column = isText && key === undefined && within === 0 ? comparedColumn(tokens, i) : undefined;
    const place = { start: token.startOffset, end: token.endOffset + 1, value: tokenValue(token) };
    const about = { ...(key === undefined ? {} : { key }), ...(column === undefined ? {} : { column }) };
    return [{ ...place, quote: isText ? (token.image[0] ?? '') : '', ...about }];
  });
}

const COMPARES = new Set(['=', '==', '<>', '!=', 'LIKE', 'ILIKE']);
const comparesAt = (tokens: readonly SqlToken[], at: number): boolean => COMPARES.has(tokens[at]?.image.toUpperCase() ?? '');
const isNameAt = (tokens: readonly SqlToken[], at: number): boolean => {
  const token = tokens[at];
  return token !== undefined && matches(token, t.Name);
};

/** The column of `column = text`, `text = column` and `column IN (…, text, …)`. */
function comparedColumn(tokens: readonly SqlToken[], at: number): string | undefined {
  if (comparesAt(tokens, at + 1) && isNameAt(tokens, at + 2)) return nameAt(tokens, at + 2);
  let before = at - 1;
  if (!comparesAt(tokens, before)) {
    while (tokens[before]?.tokenType === t.Comma || isTextAt(tokens, before)) before--;
    if (tokens[before]?.tokenType !== t.LParen || tokens[--before]?.image.toUpperCase() !== 'IN') return undefined;
  }
  if (tokens[before - 1]?.image.toUpperCase() === 'NOT') before--;
  return isNameAt(tokens, before - 1) ? tokenValue(tokens[before - 1] as SqlToken) : undefined;
}

const isTextAt = (tokens: readonly SqlToken[], at: number): boolean => {
  const token = tokens[at];
  return token !== undefined && matches(token, t.Text);
};

/** The last part of a name with dots. */
function nameAt(tokens: readonly SqlToken[], from: number): string {
  let last = from;
  while (tokens[last + 1]?.tokenType === t.Dot && isNameAt(tokens, last + 2)) last += 2;
  return tokenValue(tokens[last] as SqlToken);
}

/** The key of `key = value`: a string, or among options words with dots. */
function keyBefore(tokens: readonly SqlToken[], at: number, amongOptions: boolean): string | undefined {
  if (tokens[at - 1]?.tokenType !== t.Equals) return undefined;
  const last = tokens[at - 2];
  if (last === undefined) return undefined;
  if (matches(last, t.Text)) return tokenValue(last);
  if (!amongOptions) return undefined;
  let from = at - 2;
  while (from > 1 && (tokens[from - 1]?.tokenType === t.Dot || tokens[from - 1]?.tokenType === t.Minus)) from -= 2;
  return tokens
    .slice(from, at - 1)
    .map(tokenValue)
    .join('');
}
