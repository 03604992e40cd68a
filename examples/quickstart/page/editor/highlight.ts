export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'plain';

export interface Piece {
  readonly text: string;
  readonly kind: TokenKind;
  readonly isWrong: boolean;
}

/** Words that are drawn as keywords. Colours only: what a word means is the parser's to say. */
const KEYWORDS = new Set(
  `select distinct from where group by having order asc desc window limit offset stream table create into as with emit changes final join inner
   left right full outer cross on within interval case when then else end is in not between like exists union all any rows range and or preceding
   following current row unbounded over partition null true false tumbling sliding session hopping filter second seconds minute minutes hour hours
   day days insert values if replace primary key for system_time of grace`.split(/\s+/),
);

const TOKEN = /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?|"(?:[^"]|"")*"?)|(\b\d+(?:\.\d+)?\b)|([\p{L}_][\p{L}\p{N}_]*)/gu;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The text in pieces of one look each; `wrong` ranges cut through them. */
export function highlight(sql: string, wrong: readonly Range[]): Piece[] {
  const kinds = kindsOf(sql);
  // An empty range, such as the end of the text, marks the character before it.
  const ranges = wrong.map(({ start, end }) => (end > start ? { start, end } : { start: Math.max(0, start - 1), end: start }));
  const cuts = new Set([0, sql.length]);
  for (const { start, end } of [...kinds, ...ranges]) cuts.add(start).add(Math.min(end, sql.length));
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let next = 0;
  for (const [i, start] of places.entries()) {
    const end = places[i + 1];
    if (end === undefined) break;
    while ((kinds[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const token = kinds[next];
    const kind = token && token.start <= start ? token.kind : 'plain';
    pieces.push({ text: sql.slice(start, end), kind, isWrong: ranges.some((range) => range.start <= start && end <= range.end) });
  }
  return pieces;
}

function kindsOf(sql: string): (Range & { readonly kind: TokenKind })[] {
  const found: (Range & { readonly kind: TokenKind })[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const [text, comment, string, number, word] = match;
    const kind = comment
      ? 'comment'
      : string
        ? 'string'
        : number
          ? 'number'
          : word && KEYWORDS.has(word.toLowerCase())
            ? 'keyword'
            : 'plain';
    found.push({ start: match.index, end: match.index + text.length, kind });
  }
  return found;
}
