import { type AddressPlace, hideInAddress, isSecretValue, WITHHELD } from './address.ts';
import { longestRun } from './random-text.ts';
import { isSecretName } from './secret-name.ts';
import { PRIVATE_KEY, TOKEN } from './token-forms.ts';

const ADDRESS = /(?:jdbc:)?[A-Za-z][\w+.-]{0,30}:\/\/[^\s'"`<>]+/g;
/** What ends a sentence, or a bracket around an address, is no part of it. */
const END = /[.,;:!?)}]+$/;
/** What a header of this name says leaves no doubt. */
const AUTHORIZATION = /\b(authorization["']?\s{0,2}[:=]\s{0,2}["']?(?:Bearer|Basic|Digest|Token|ApiKey)\s{1,3})([^\s"',;]{1,4000})/gi;
/** `Bearer …` and its kin by themselves. */
const SCHEME = /\b([Bb]earer|Basic|Token|ApiKey)(\s{1,3})([A-Za-z\d+/._~=-]{16,4000})/g;
/** `X-Api-Key: …`, also as JSON and YAML have it. */
const HEADER = /([A-Za-z][\w.-]{1,60})(["']?\s{0,2}:\s{0,2})(["']?)([^\s"',;]{8,4000})/g;
/** A pair of a connection string, such as `password='…'` of libpq or `Pwd=…;` of ODBC. */
const SECRET_PAIR =
  /(?<![\w.?&])([A-Za-z][A-Za-z_]{1,30})(\s{0,2}=\s{0,2})('(?:[^'\\\n]|\\.){1,500}'|"[^"\n]{1,500}"|\{[^}\n]{1,500}\}|[^\s;'"]{1,500})/g;
const PAIR_NAMES =
  'host|hostaddr|server|data source|addr|address|user|user id|uid|username|dbname|database|initial catalog|port|sslmode|service|driver|role|options|application_name|connect_timeout';
/** Nothing but blanks and semicolons stands between the pairs of a connection string; SQL has a comma or a word there. */
const PAIR_BEFORE = new RegExp(`(?<![\\w.])(?:${PAIR_NAMES})\\s{0,2}=\\s{0,2}(?:'[^'\\n]*'|"[^"\\n]*"|[^\\s;'"]*[^\\s;'",])[\\s;]+$`, 'i');
const PAIR_AFTER = new RegExp(`^[\\s;]+(?:${PAIR_NAMES})\\s{0,2}=`, 'i');
const NEAR = 300;

/** A text, written by anybody about anything, with what is told in it only where that may be told. Ordinary words stay as they are. */
export function hideInText(text: string, place: AddressPlace = 'stored'): string {
  const addresses = text.includes('://') ? text.replace(ADDRESS, (found) => hideWithin(found, place)) : text;
  return hideTokens(hidePairs(addresses));
}

function hideWithin(found: string, place: AddressPlace): string {
  const end = END.exec(found)?.[0] ?? '';
  return hideInAddress(found.slice(0, found.length - end.length), place) + end;
}

/** Secrets of connection strings. */
function hidePairs(text: string): string {
  if (!text.includes('=')) return text;
  return text.replace(SECRET_PAIR, (whole: string, name: string, is: string, value: string, at: number) => {
    if (!isSecretName(name)) return whole;
    const isPair =
      PAIR_BEFORE.test(text.slice(Math.max(0, at - NEAR), at)) || PAIR_AFTER.test(text.slice(at + whole.length, at + whole.length + NEAR));
    const [open, close] = /^['"{]/.test(value) ? [value.charAt(0), value.slice(-1)] : ['', ''];
    const plain = value.slice(open.length, value.length - close.length);
    return isPair && isSecretValue(plain) ? name + is + open + WITHHELD + close : whole;
  });
}

const hideTokens = (text: string): string =>
  text
    .replace(PRIVATE_KEY, `$1${WITHHELD}$2`)
    .replace(TOKEN, (whole) => (looksDrawn(whole) ? WITHHELD : whole))
    .replace(AUTHORIZATION, `$1${WITHHELD}`)
    .replace(SCHEME, (whole, scheme: string, gap: string, value: string) => (looksDrawn(value) ? scheme + gap + WITHHELD : whole))
    .replace(HEADER, (whole, name: string, is: string, quote: string, value: string) =>
      isSecretName(name) && !value.includes('://') && looksDrawn(value) ? name + is + quote + WITHHELD : whole,
    );

/** Digits among letters, and not in short pieces as in a date: no word of a language. */
function looksDrawn(value: string): boolean {
  const run = longestRun(value);
  return run.length >= 8 && /\d/.test(run) && /[A-Za-z]/.test(run);
}
