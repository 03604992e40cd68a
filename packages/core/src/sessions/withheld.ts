import { isSecretName } from '../connect/redact-uri.ts';
import { scan } from '../sql/syntax/scan.ts';
import { matches, type SqlToken, tokenValue } from '../sql/syntax/token.ts';
import * as t from '../sql/syntax/token-types.ts';
import { decoded } from './public-uri.ts';

/** What stands in a stored text where a secret stood. */
export const WITHHELD = '[redacted]';

/** A string of SQL that a secret may stand in. */
export interface SqlText {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Its quote; empty for an address, a number or a word without one. */
  readonly quote: string;
  /** The key of the option whose value it is. */
  readonly key?: string;
}

/** Most texts hold neither a login nor the name of a secret, and need no closer look. */
const mayHold = (text: string): boolean => isSecretName(text) || (text.includes('://') && /[@%]/.test(text));
const STARTS_AS_ADDRESS = /^(?:jdbc:)?[A-Za-z][\w+.-]*:\/\//;
/** `scheme://user:` with all up to `@`: within the host part, or beyond it where the password was not encoded and no port stands there. */
const PASSWORD = /^((?:jdbc:)?[A-Za-z][\w+.-]*:\/\/(?!\[)[^/?#@:\s]*:)(?:([^/?#]*)@|(?!\d{1,5}(?!\w))([^@]*)@)/;
const PARAMETER = /([?&;][^=&;?\s]+=)([^&;]*)/g;
/** The login of an address that is the value of a parameter, written as it is or percent-encoded. */
const INNER_LOGIN = /((?::\/\/|%3A%2F%2F)(?:(?!%2F|%3F|%23|%3A)[^/?#&;:])*(?::|%3A))(?:(?!%2F|%3F|%23)[^/?#&;])*(@|%40)/gi;
const ADDRESS = /(?:jdbc:)?[A-Za-z][\w+.-]{0,30}:\/\/[^\s'"`<>]+/g;
const OPTION = /(['"])([\w.-]{1,100})\1(\s*=\s*)(['"])((?:(?!\4)[^\n])+)\4/g;
/** Brought by whoever runs the text: a name, no secret. */
const VARIABLE = /^\$\{\w+\}$/;

const isSecret = (value: string): boolean => value !== '' && !VARIABLE.test(value);

/** An address without its password and the values of parameters that are named like secrets; what was there can be seen. */
export function withheldAddress(uri: string): string {
  const login = uri.replace(PASSWORD, (whole, before: string, near: string | undefined, far: string | undefined) =>
    isSecret(near ?? far ?? '') ? `${before}${WITHHELD}@` : whole,
  );
  const at = login.search(/[?;]/);
  if (at < 0) return login;
  const parameters = login.slice(at).replace(PARAMETER, (whole, name: string, value: string) => {
    if (isSecretName(decoded(name))) return isSecret(value) ? name + WITHHELD : whole;
    return name + value.replace(INNER_LOGIN, `$1${WITHHELD}$2`);
  });
  return login.slice(0, at) + parameters;
}

/**
 * A text, SQL or about SQL, as a store may keep it: where passwords and keys stood in addresses and options, a mark stands. All else is as it
 * was. Strings are found by the scanner of the language, and what stands in comments or prose by its form.
 */
export function withoutSecrets(text: string): string {
  if (!mayHold(text)) return text;
  return replaceTexts(text, ({ key, value }) => {
    if (key !== undefined && isSecretName(key)) return isSecret(value) ? WITHHELD : undefined;
    return STARTS_AS_ADDRESS.test(value) ? withheldAddress(value) : undefined;
  })
    .replace(ADDRESS, withheldAddress)
    .replace(OPTION, (whole, quote: string, key: string, is: string, mark: string, value: string) =>
      isSecretName(key) && isSecret(value) ? `${quote}${key}${quote}${is}${mark}${WITHHELD}${mark}` : whole,
    );
}

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
    const place = { start: token.startOffset, end: token.endOffset + 1, value: tokenValue(token) };
    return [{ ...place, quote: isText ? (token.image[0] ?? '') : '', ...(key === undefined ? {} : { key }) }];
  });
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
