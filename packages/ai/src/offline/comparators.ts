import type { IrOperator } from '../ir/query-ir.ts';
import type { Scan } from './frame.ts';
import { matchAt, wordsIn } from './pattern.ts';

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
  ['BETWEEN', `${BE}? anywhere? between`],
  ['BETWEEN', `${BE}? anywhere? from`],
  ['BETWEEN', `${BE}? in|within the? range of|from|between?`],
  ['<=', `${BE}? no|not more|greater|higher|larger|longer|bigger|later than`],
  ['>=', `${BE}? no|not less|fewer|lower|smaller|shorter|below|earlier than?`],
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
    `${BE}? more|greater|higher|bigger|larger|longer|older|hotter|heavier|warmer|faster|slower|taller|stronger|better|further|later|dearer|pricier|costlier|quicker|louder|wetter than`,
  ],
  ['<', `${BE}? less|fewer|lower|smaller|shorter|younger|colder|cooler|lighter|weaker|closer|earlier|cheaper|quieter|drier than`],
  ['>', `${BE}? to? in? excess of`],
  ['>', `${BE}? over|above|exceeds|exceed|exceeding|exceeded|beyond|past|topping|tops|top|surpasses|surpassing|surpass|after of?`],
  ['>', `${BE}? north of`],
  ['<', `${BE}? south of`],
  ['>=', `${BE}? since`],
  ['<', `${BE}? before|until`],
  ['<=', 'within'],
  ['<', `${BE}? under|below|beneath|underneath`],
  ['>=', '>= '],
  ['<=', '<= '],
  ['!=', '!=|<>'],
  ['>', '>'],
  ['<', '<'],
  ['=', '=|== '],
  ['LIKE', `${BE}? that|which? starts|start|starting|begins|begin|beginning with|in`],
  ['LIKE', `${BE}? that|which? ends|end|ending with|in`],
  ['NOT LIKE', 'does|do|that|which not|never contain|contains|containing|include|mention'],
  [
    'LIKE',
    `${BE}? that|which|to? contains|contain|containing|includes|include|mentioning|mentions|mention|matching|matches|like|saying|about|regarding`,
  ],
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

/** Every word that comparisons are made of; none of them is a typing error. */
export const COMPARATOR_WORDS: ReadonlySet<string> = new Set(TABLE.flatMap(([, pattern]) => pattern.split(/[\s|?]+/)));

/** A comparison at this place: `over`, `is at least`, `no more than`, `starting with`. */
export function comparatorAt(scan: Scan, at: number): Comparator | undefined {
  for (const [operator, pattern] of TABLE) {
    const found = matchAt(scan.tokens, at, pattern.trim());
    if (found) return { operator, end: found.end };
  }
  return anyComparative(scan, at);
}

/** `deeper than`, `more crowded than`: adjectives that no list has. */
function anyComparative(scan: Scan, at: number): Comparator | undefined {
  const found = matchAt(scan.tokens, at, `${BE}? #word than`) ?? matchAt(scan.tokens, at, `${BE}? more|less #word than`);
  const words = found ? wordsIn(scan.tokens, found) : [];
  const adjective = words.at(-2) ?? '';
  if (
    !found ||
    !(/^(more|less)$/.test(words.at(-3) ?? '') || /[a-z]{2}er$/.test(adjective)) ||
    /^(other|rather|number|user|order)$/.test(adjective)
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

const wordText = (scan: Scan, at: number): string => {
  const token = scan.tokens[at];
  return token && 'word' in token ? token.word : '';
};

const isAmountAt = (scan: Scan, at: number): boolean => {
  const token = scan.tokens[at];
  return (token?.t === 'number' || token?.t === 'duration') && token.used === undefined;
};

/** `5 or more` turns the comparison before it. */
export function suffixAt(scan: Scan, at: number): { operator: '>=' | '<='; end: number } | undefined {
  const more = matchAt(scan.tokens, at, 'or|and more|greater|higher|above|over|longer|larger|later|up|+ ') ?? matchAt(scan.tokens, at, '+');
  const isThan = /^than$/.test(wordText(scan, (more ?? { end: at }).end));
  if (more && !isAmountAt(scan, more.end) && !isThan) return { operator: '>=', end: more.end };
  const less = matchAt(scan.tokens, at, 'or|and less|fewer|lower|below|under|shorter|smaller|earlier');
  // "above 10 or below 5" is another comparison.
  if (less && isAmountAt(scan, less.end)) return undefined;
  return less && wordText(scan, less.end) !== 'than' ? { operator: '<=', end: less.end } : undefined;
}
