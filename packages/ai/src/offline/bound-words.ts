import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { NOT } from './row-words.ts';

const NUMBER = String.raw`\d[\d.,]*`;

type Way = (prompt: string, columns: readonly ColumnRef[]) => string;

const PLAIN: readonly (readonly [RegExp, string])[] = [
  // "40 t and up (40000 kg)", "3h+ (180 min)": the same amount again
  [new RegExp(String.raw`(\d ?[a-z%°]+(?:\+| (?:or|and) [a-z]+)?) \((?:i\.?e\.? |= ?|that is )?${NUMBER} ?[a-z%°]+\)`, 'gi'), '$1'],
  // "is either 404 or 410"
  [/\beither (?=(?:(?:an?|the|in|by|from|on|at|of|with) )?\S+(?: \S+){0,2} or )/gi, ''],
  // "in the 800 to 1200 ppm range"
  [
    new RegExp(
      String.raw`\b(?:with)?in (?:the|an?) (${NUMBER}) ?(?:to|and|-|–|through) ?(${NUMBER}) ?([a-z%°/]+ )?(?:range|band|bracket|corridor|interval)\b`,
      'gi',
    ),
    'between $1 and $2 $3',
  ],
  // "listings of 50 to 70 sqm"
  [new RegExp(String.raw`(?<=[a-z]s )of (?=${NUMBER} ?(?:to|-|–) ?${NUMBER} ?[a-z]+\b(?! (?:window|bucket|interval)))`, 'gi'), 'from '],
  // "at least 30 and at most 90 seconds"
  [
    new RegExp(String.raw`\bat least (${NUMBER})(?: [a-z%]+)? (?:and|but) (?:at most|no more than|not more than) (?=${NUMBER})`, 'gi'),
    'between $1 and ',
  ],
  // "callers aged 12 to 17"
  [
    new RegExp(String.raw`\baged (?:from |between )?(${NUMBER}) ?(?:to|and|through|-|–) ?(${NUMBER})\b`, 'gi'),
    'between $1 and $2 years old',
  ],
  // "rejected for some reason"
  [/\b(?:(?:that|which|who) )?(?:was |were |got |are |is )?[a-z]+ed for (?:some|a|any) reason\b/gi, 'with a reason'],
  // "from 1000 mbps up"
  [new RegExp(String.raw`\bfrom (${NUMBER} ?(?:[a-z%]+ )?)(?:up|upwards?|onwards?)\b(?! to)`, 'gi'), 'of at least $1'],
  // "not a single test failed"
  [/\bnot (?:a single|one|any)(?: of the)? (?=[a-z]+ [a-z]+ed\b)/gi, 'no '],
  // "buys that did not go through"
  [new RegExp(String.raw`\b${NOT} (?:go|gone|went|make it|made it) through\b`, 'gi'), 'failed'],
  // "paid for with a card"
  [/\bpaid for (with|by|via|using|in) (?:an? |the )?/gi, 'paid $1 '],
  [/,? or (?:ones|those|the ones) (?:that|which|who|where) /gi, ' or '],
  [/,? (?:al)?though there (?:is|are|was|were) /gi, ' with '],
  // "10 up to 20 portions"
  [new RegExp(String.raw`\b(${NUMBER}) up to (?=${NUMBER})`, 'gi'), '$1 to '],
  // "over a gigabyte"
  [
    /\b(over|above|under|below|than|exceed(?:s|ed|ing)?|least|most) an? ((?:giga|mega|kilo)(?:byte|gram|metre|meter)|tonne|ton|litre|liter|kilo|mile|dollar|euro)\b/gi,
    '$1 1 $2s',
  ],
  // "but not the ones that came through an agency"
  [
    /\b(not|without|except|excluding) (?:the ones|those)(?: (?:that|which|who) (?:came|come|were|are|was|is|went|go|got|made|done|ran|run))? (?=(?:through|by|via|from|in|on|at|with)\b)/gi,
    '$1 ',
  ],
  // "60 minutes late or more"
  [
    new RegExp(
      String.raw`\b(${NUMBER} ?[a-z%]* (?:late|early|behind|ahead|overdue|away|apart|old|long|tall|high|wide|deep|thick)) or (?:(more|longer|later|higher|over|above|older|further)|less|shorter|earlier|lower|under|below|younger|closer)\b(?! (?:than|an?|half|\d))`,
      'gi',
    ),
    'at $2 $1',
  ],
  // "without a cause being noted"
  [
    /\b(without (?:an? |any |the )?(?:[a-z]+ ){1,3})(?:being|having been|ever being) (?:[a-z]+(?:ed|en|wn|ft)|put|set)(?: down| in)?\b/gi,
    '$1',
  ],
];

const RATES: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(?<=\d) ?(?:heart ?)?beats (?:per|a|each) min(?:ute)?\b/i, /bpm|heart|pulse/i, ' bpm'],
  [/(?<=\d) ?(?:revolutions|rotations|turns|revs) (?:per|a|each) min(?:ute)?\b/i, /rpm/i, ' rpm'],
];

/** `120 beats per minute` of heart_bpm: the unit, and no window of time. */
const rates: Way = (prompt, columns) =>
  RATES.reduce((said, [unit, name, short]) => {
    const column = only([...new Set(columns.filter((c) => isMeasure(c) && name.test(c.name)).map((c) => c.name))]);
    if (column === undefined || !unit.test(said)) return said;
    const plain = said.replace(unit, short);
    return name.test(plain.replace(/\d ?(?:bpm|rpm)/g, ''))
      ? plain
      : plain.replace(/\b(more than|over|above|less than|under|below|at least|at most)(?= \d)/i, `${column} $1`);
  }, prompt);

const SPANS = '(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?|ms|milliseconds?)';
const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const digits = (word: string): string => (COUNTS.includes(word.toLowerCase()) ? String(COUNTS.indexOf(word.toLowerCase()) + 1) : word);

const SPAN = new RegExp(
  String.raw`(?<!\b(?:between|within|last|past|every|per|over|than|to|and|from) )\b(?:of |for |at |in )?(?<![\d.,])(${NUMBER}|${COUNTS.join('|')}) ?(?:up to|to|-|–) ?(${NUMBER}|${COUNTS.join('|')}) ?(?=(?:${SPANS}|%|percent|pct)(?![a-z])(?! (?:window|bucket|interval|average|mean|period)))`,
  'gi',
);

/** `parked for one to three hours`, `50 to 80 percent full`: an amount from here to there, told by its unit. */
const spanOf: Way = (prompt) => prompt.replace(SPAN, (_, low: string, high: string) => `between ${digits(low)} and ${digits(high)} `);

/** `more than 2 minutes late` where rows may be `late`: how much, and no state besides. */
const lateBy: Way = (prompt, columns) =>
  columns.some((c) => (c.schema.values ?? []).includes('late'))
    ? prompt.replace(/(\d ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|days?)) late\b/gi, '$1')
    : prompt;

/** Bounds told around their number, behind it or by both ends, in the plainest words there are for them. */
export function boundWords(prompt: string, lexicon: Lexicon): string {
  const columns = lexicon.tables.flatMap((t) => t.columns);
  const plain = PLAIN.reduce((said, [pattern, to]) => said.replace(pattern, to), prompt)
    .replace(/\bat {2}(?=\d)/g, 'at most ')
    .replace(/\bat (?:more|longer|later|higher|over|above|older|further) (?=\d)/gi, 'at least ');
  return rates(lateBy(spanOf(plain, columns), columns), columns);
}
