import type { ColumnRef } from './column-facts.ts';
import type { Scan } from './frame.ts';
import { wordAt } from './frame.ts';
import { columnsInReach } from './meaning.ts';
import { linkAt, pickColumn } from './pick.ts';
import { type Token, VALUE_UNITS } from './token.ts';
import { isKnownWord } from './vocabulary.ts';

export interface Guess {
  readonly ref: ColumnRef;
  readonly value: string | number;
  readonly end: number;
  readonly score: number;
}

const CODE_COLUMNS =
  /^(symbol|ticker|currency|country|region|code|airport|exchange|sku|pair|asset|coin|state|market|venue|isin|carrier|airline|base|quote)$/;
const COUNTRIES =
  /^(germany|france|spain|italy|norway|sweden|finland|denmark|poland|austria|switzerland|netherlands|belgium|ireland|portugal|greece|usa|us|uk|canada|mexico|brazil|argentina|india|china|japan|korea|australia|singapore|turkey|egypt|nigeria|kenya|israel|de|fr|gb|es|it|united states|united kingdom)$/i;
const PLACES =
  /^(city|country|region|location|warehouse|site|zone|store|town|state|area|plant|hub|depot|origin|destination|port|station|district|building|facility|branch|market)$/;
const NAMES =
  /^(name|brand|vendor|merchant|company|customer|product|category|title|model|team|player|driver|carrier|service|app|host|platform|browser|game|channel|campaign|operator|exchange|department|provider|sector|service_name)$/;

/** The column that a proper name or code, unknown to every schema, is most likely a value of. */
export function guessColumn(scan: Scan, at: number): Guess | undefined {
  const token = scan.tokens[at];
  if (!token || token.used !== undefined) return undefined;
  const lead = wordAt(scan, at - 1) || rawWord(scan, at - 1);
  if (token.t === 'text') return best(scan, token.value, lead, at + 1, 0.8);
  if (token.t !== 'word') return undefined;
  const isUpper = /^[A-Z0-9][A-Z0-9_./-]+$/.test(token.raw) && /[A-Z]/.test(token.raw);
  const isCode = /\d/.test(token.raw) && /[A-Za-z]/.test(token.raw);
  const isName = /^[A-Z][a-z]+/.test(token.raw) && (at > 0 || false) && !isKnownWord(token.word);
  const noun = isUpper || isCode || isName ? undefined : beforeNoun(scan, at, token);
  if (noun) return noun;
  if ((!isUpper && !isCode && !isName) || Object.hasOwn(VALUE_UNITS, token.word)) return undefined;
  if (linkAt(scan, at) && !isUpper) return undefined;
  if (isUpper && isKnownWord(token.word) && !/^(for|of|on|in)$/.test(lead)) return undefined;
  let end = at + 1;
  while (scan.tokens[end]?.start === token.start) end++;
  while (isName && /^[A-Z][a-z]/.test(scan.tokens[end]?.raw ?? '') && scan.tokens[end]?.used === undefined) end++;
  const text = scan.input.slice(token.start, scan.tokens[end - 1]?.end ?? token.end);
  return best(scan, text, lead, end, isName ? 0.7 : 0.78);
}

/** `checkout service`: an unknown word right before the name of a text column is one of its values. */
function beforeNoun(scan: Scan, at: number, token: Token): Guess | undefined {
  if (token.t !== 'word' || isKnownWord(token.word) || linkAt(scan, at) || token.glued) return undefined;
  const column = pickColumn(linkAt(scan, at + 1), (c) => c.kind === 'text' && !c.schema.values?.length);
  return column && column.score > 0.8 ? { ref: column.ref, value: token.raw, end: at + 1, score: 0.7 } : undefined;
}

const rawWord = (scan: Scan, at: number): string => {
  const token = scan.tokens[at];
  return token && 'word' in token ? token.word : '';
};

function best(scan: Scan, text: string, lead: string, end: number, score: number): Guess | undefined {
  const ranked = columnsInReach(scan)
    .filter((c) => c.kind === 'text')
    .map((ref) => ({ ref, points: points(scan, ref, text, lead) }))
    .filter((c) => c.points > 0)
    .toSorted((a, b) => b.points - a.points);
  const [first, second] = ranked;
  if (!first) return undefined;
  const isSure = !second || first.points - second.points >= 1;
  return { ref: first.ref, value: text, end, score: isSure ? score : score - 0.12 };
}

function points(scan: Scan, ref: ColumnRef, text: string, lead: string): number {
  const values = ref.schema.values?.map(String);
  if (values && values.length > 0) return values.some((v) => v.toLowerCase() === text.toLowerCase()) ? 9 : 0;
  const last = ref.words.at(-1) ?? '';
  const isFar = ref.table === scan.base.name ? 0 : -2;
  const isPath = text.startsWith('/');
  if (isPath) return /path|url|endpoint|page|route|uri|file/.test(ref.name) ? 8 + isFar : 0;
  if (lead === 'from' && ref.words.some((w) => /^(origin|departure|source|src|from|pickup|sender)$/.test(w))) return 9 + isFar;
  if (lead === 'to' && ref.words.some((w) => /^(destination|arrival|target|dst|dest|to|dropoff|receiver)$/.test(w))) return 9 + isFar;
  if (ref.words.includes('country') && COUNTRIES.test(text)) return 8 + isFar;
  const has = (pattern: RegExp): boolean => ref.words.some((w) => pattern.test(w));
  if (/message|msg|text|body|description|url|path|email|comment|note|query|agent|ip|trace/.test(ref.name) && !/^(code)$/.test(last))
    return 0.1 + isFar;
  const prefix = /^([A-Za-z]+)[-_]?\d/.exec(text)?.[1]?.toLowerCase();
  if (prefix !== undefined) {
    const core = ref.words.filter((w) => w !== 'id').join('');
    if (core.startsWith(prefix) || prefix.startsWith(core)) return 5 + (ref.isId ? 1 : 0) + isFar;
    return ref.isId ? 1.5 + isFar + (ref.schema.name === scan.base.schema.key?.[0] ? 1 : 0) : 0.5 + isFar;
  }
  const isUpper = /^[A-Z0-9./-]+$/.test(text);
  if (isUpper && has(CODE_COLUMNS))
    return (
      (has(/symbol|ticker|pair|coin/)
        ? 5
        : text.length === 2 && has(/country|region|state/)
          ? 6
          : text.length === 3 && has(/currency|airport/)
            ? 5.5
            : 4) + isFar
    );
  if (/^(in|from|at|within|near|to|into|of|outside)$/.test(lead) && has(PLACES)) return 5 + (last === 'city' ? 0.5 : 0) + isFar;
  if (has(PLACES) && !isUpper) return 2.5 + isFar;
  if (has(NAMES)) return (/^(by|for|from|on|with)$/.test(lead) ? 3.5 : 3) + isFar;
  return ref.isId ? 0.4 + isFar : 1 + isFar;
}
