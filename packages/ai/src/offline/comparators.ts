import type { IrOperator } from '../ir/query-ir.ts';
import type { Scan } from './frame.ts';
import { firstWords, matchAt, wordIn, wordsIn } from './pattern.ts';
import { pickNumber } from './pick.ts';

export interface Comparator {
  readonly operator: IrOperator;
  /** Behind the words of the comparison. */
  readonly end: number;
}

const BE =
  'is|are|was|were|be|being|stays|stay|goes|go|going|gets|get|rises|rise|climbs|climb|jumps|drops|drop|dips|dip|falls|fall|sinks|reads|reading|runs|running|remains|ever|averages|went|hits|hit|having|has|reaches|that|which';

const TABLE: readonly (readonly [IrOperator, string])[] = [
  ['NOT BETWEEN', `${BE}? outside of? the? range? of? between|from?`],
  ['NOT BETWEEN', `${BE}? not in|within? the? range? of? between`],
  ['NOT BETWEEN', `${BE}? not within|inside the? range? of?`],
  ['BETWEEN', `${BE}? anywhere? between`],
  ['BETWEEN', `${BE}? anywhere? from`],
  ['BETWEEN', `${BE}? in|within the? range of|from|between?`],
  [
    '<=',
    `${BE}? no|not more|greater|higher|larger|longer|bigger|later|further|farther|heavier|older|warmer|hotter|taller|faster|deeper|better|wider|thicker|stronger|louder than`,
  ],
  [
    '>=',
    `${BE}? no|not less|fewer|lower|smaller|shorter|below|earlier|lighter|younger|colder|cheaper|closer|nearer|worse|narrower|thinner than?`,
  ],
  ['>=', `${BE}? greater|more|larger|higher than? or equal|equals to?`],
  ['<=', `${BE}? less|fewer|lower|smaller than? or equal|equals to?`],
  ['<=', `${BE}? not|never over|above|exceeding`],
  ['>=', `${BE}? not|never under|below`],
  ['>=', `${BE}? at or|least above|over`],
  ['<=', `${BE}? at or|most below|under`],
  ['<=', 'do|does|did not exceed|surpass|top'],
  ['>=', `${BE}? upwards|upward of`],
  ['>=', `${BE}? a|an? at the? least|minimum|min of?`],
  ['<=', `${BE}? a|an? at the? most|maximum|max of?`],
  ['<=', `${BE}? up to`],
  [
    '>',
    `${BE}? more|greater|higher|bigger|larger|longer|older|hotter|heavier|warmer|faster|slower|taller|stronger|better|further|later|dearer|pricier|costlier|quicker|louder|wetter than|then|as`,
  ],
  ['<', `${BE}? less|fewer|lower|smaller|shorter|younger|colder|cooler|lighter|weaker|closer|earlier|cheaper|quieter|drier than|then|as`],
  ['>', `${BE}? to? in? excess of`],
  ['>', `${BE}? over|above|exceeds|exceed|exceeding|exceeded|beyond|past|topping|tops|top|surpasses|surpassing|surpass|after of?`],
  ['>=', 'reach|reaches|reached|reaching'],
  ['>', `${BE}? north of`],
  ['<', `${BE}? south of`],
  ['>=', `${BE}? since`],
  ['<', `${BE}? before|until`],
  ['<', `${BE}? within|in|during the|its|their first`],
  ['<=', 'within'],
  ['<', `${BE}? under|below|beneath|underneath`],
  ['>=', '>='],
  ['<=', '<='],
  ['!=', '!=|<>'],
  ['>', '>'],
  ['<', '<'],
  ['=', '=|=='],
  ['LIKE', `${BE}? that|which? starts|start|starting|begins|begin|beginning with|in`],
  ['LIKE', `${BE}? that|which? ends|end|ending with|in`],
  ['NOT LIKE', 'does|do|that|which not|never contain|contains|containing|include|mention'],
  [
    'LIKE',
    `${BE}? that|which|to? contains|contain|containing|includes|include|mentioning|mentions|mention|matching|matches|like|saying|says|say|said|reads|about|regarding`,
  ],
  ['LIKE', `${BE}? that|which? talks|talk|talking|speaks|speak|speaking|complains|complain|complaining|referring|refers about|to`],
  ['!=', `${BE}? different from|than the?`],
  ['!=', `${BE}? not the? same as the?`],
  ['=', `${BE}? the? same|identical as|to the?`],
  ['!=', 'is|are|was|were|does|do not|never equal|equals? to?'],
  ['!=', 'other than|from'],
  ['!=', 'apart|aside from'],
  ['!=', 'except|excluding|exclude|besides|not for?'],
  ['=', 'is|are|was|were|being|be exactly|equal? to?'],
  ['=', 'equals|equal|equalling exactly|to?'],
  ['=', 'exactly'],
  ['=', 'of'],
];

/** Words behind an "or" that turn an amount into a bound, where it is not another comparison: `2 or worse`, `8 minutes or quicker`. */
export const UPWARD: ReadonlySet<string> = new Set(
  'more|greater|higher|above|over|longer|larger|bigger|later|up|upwards|better|older|heavier|warmer|hotter|deeper|taller|slower|louder|stronger|further|farther|beyond|wider|thicker|newer|brighter|fuller|busier|denser'.split(
    '|',
  ),
);
export const DOWNWARD: ReadonlySet<string> = new Set(
  'less|fewer|lower|below|under|shorter|smaller|earlier|worse|younger|lighter|colder|cooler|shallower|faster|quicker|quieter|weaker|closer|nearer|sooner|cheaper|narrower|thinner|down|darker|emptier'.split(
    '|',
  ),
);

/** Every word that comparisons are made of; none of them is a typing error. */
export const COMPARATOR_WORDS: ReadonlySet<string> = new Set([
  ...TABLE.flatMap(([, pattern]) => pattern.split(/[\s|?]+/)),
  ...UPWARD,
  ...DOWNWARD,
]);

let byFirst: Map<string, (typeof TABLE)[number][]> | undefined;

/** The comparisons that can begin with a word, in their order. */
function beginningWith(word: string): readonly (typeof TABLE)[number][] {
  if (!byFirst) {
    byFirst = new Map();
    for (const row of TABLE)
      for (const first of firstWords(row[1]) ?? []) {
        const rows = byFirst.get(first);
        if (rows) rows.push(row);
        else byFirst.set(first, [row]);
      }
  }
  return byFirst.get(word) ?? [];
}

/** A comparison at this place: `over`, `is at least`, `no more than`, `starting with`. */
export function comparatorAt(scan: Scan, at: number): Comparator | undefined {
  for (const [operator, pattern] of beginningWith(wordIn(scan.tokens, at))) {
    const found = matchAt(scan.tokens, at, pattern);
    if (found) return { operator, end: found.end };
  }
  return anyComparative(scan, at);
}

const BY_ADJECTIVE = `${BE}? #word away|apart? than|then|as`;
const BY_DEGREE = `${BE}? more|less #word than`;

/** `deeper than`, `more crowded than`: adjectives that no list has. */
function anyComparative(scan: Scan, at: number): Comparator | undefined {
  const found = matchAt(scan.tokens, at, BY_ADJECTIVE) ?? matchAt(scan.tokens, at, BY_DEGREE);
  const words = found ? wordsIn(scan.tokens, found) : [];
  const adjective = words.at(-2) ?? '';
  if (
    !found ||
    !(/^(more|less)$/.test(words.at(-3) ?? '') || /[a-z]{2}er$/.test(adjective)) ||
    /^(other|rather|number|user|order)$/.test(adjective) ||
    // "more passengers than 50"
    (/^(more|less)$/.test(words.at(-3) ?? '') && pickNumber(scan.links.get(found.end - 2)) !== undefined && /s$/.test(adjective))
  )
    return undefined;
  return { operator: words.at(-3) === 'less' || /^(shallower|thinner|narrower|poorer|drier)$/.test(adjective) ? '<' : '>', end: found.end };
}

/** Which end of a text a LIKE is about. */
export const likeForm = (scan: Scan, from: number, to: number): 'start' | 'end' | 'any' => {
  const words = wordsIn(scan.tokens, { start: from, end: to });
  if (words.some((w) => /^(start|begin)/.test(w))) return 'start';
  return words.some((w) => /^end/.test(w)) ? 'end' : 'any';
};

const isAmountAt = (scan: Scan, at: number): boolean => {
  const token = scan.tokens[at];
  return (token?.t === 'number' || token?.t === 'duration') && token.used === undefined;
};

/** A wait of an hour "or worse" is longer, a rating of two "or worse" is lower; "or faster" is less of a time and more of a speed. */
function isTurned({ frame, tokens }: Scan, word: string, at: number): boolean {
  const last = frame.bare.at(-1)?.operand;
  const words = last?.kind === 'column' ? last.ref.words : [];
  if (/^(faster|quicker|slower)$/.test(word)) return words.some((w) => /^(speed|velocity|kmh|mph|kn|pace)$/.test(w));
  if (!/^(worse|better)$/.test(word)) return false;
  // "60 min or worse": what takes long is worse.
  if (tokens[at - 1]?.t === 'duration') return !words.some((w) => /^(uptime|battery|remaining|left|life)$/.test(w));
  return words.some((w) =>
    /^(delay|late|latency|errors?|severity|pain|duration|wait|waiting|loss|risk|defects?|ping|lag|downtime|rank|position|place|overdue|queue|backlog|failures|retries)$/.test(
      w,
    ),
  );
}

/** `5 or more` turns the comparison before it. */
export function suffixAt(scan: Scan, at: number): { operator: '>=' | '<='; end: number } | undefined {
  // "visibility of 2 km at most"
  const most = matchAt(scan.tokens, at, 'at most|least|maximum|minimum');
  if (most && !isAmountAt(scan, most.end))
    return { operator: /^(most|maximum)$/.test(wordIn(scan.tokens, most.end - 1)) ? '<=' : '>=', end: most.end };
  const plus = matchAt(scan.tokens, at, '+');
  const found = plus ?? matchAt(scan.tokens, at, 'or|and #word');
  const word = found ? wordIn(scan.tokens, found.end - 1) : '';
  const isMore = plus !== undefined || (isTurned(scan, word, at) ? DOWNWARD : UPWARD).has(word);
  // "above 10 or below 5" is another comparison.
  if (
    !found ||
    !(isMore || (isTurned(scan, word, at) ? UPWARD : DOWNWARD).has(word)) ||
    isAmountAt(scan, found.end) ||
    /^(than|then)$/.test(wordIn(scan.tokens, found.end))
  )
    return undefined;
  return { operator: isMore ? '>=' : '<=', end: found.end };
}
