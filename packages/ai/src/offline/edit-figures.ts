import { NUMBER_WORDS } from './token.ts';
import { aggregateOf } from './vocabulary.ts';

const UNIT = 'seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|h|min|s|d';
const COUNT = String.raw`\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half(?: an?)?|quarter of an|quarter`;
const SPAN = new RegExp(String.raw`\b(?:(${COUNT})[\s-]*)?(${UNIT})\b`, 'gi');
const ADVERB: Readonly<Record<string, string>> = { hourly: 'hour', daily: 'day', weekly: 'week', minutely: 'minute' };
const NOISE =
  /\b(?:windows?|buckets?|bins?|steps?|intervals?|basis|resolution|granularity|slots?|chunks?|levels?|periods?|spans?|per|by|every|each|in|into|to|at|on|of|an?|the|is|are|was|too|much|coarse|fine|long|short|big|small|wide|narrow|bigger|smaller|larger|wider|narrower|shorter|longer|finer|coarser|zoom|out|aggregated?|grouped?|rolled?|up|down|go|going|make|switch|change|set|size|sized|with|it|one|time|values?|rows?|figures?|numbers?|points?|lines?|results?|about|pieces?|portions?|parts?|tumbling|and|for|over|across|during|within)\b|[\s,:;-]+/gi;

/** `twice as long`, `half the window`: by how much the window is changed. */
export function windowFactor(text: string): number | undefined {
  if (!/\b(?:windows?|intervals?|buckets?|periods?|long|short|spans?|size|twice|doubled?|halved?)\b/i.test(text)) return undefined;
  if (/\b(?:twice|doubled?)\b/i.test(text)) return 2;
  if (/\b(?:half|halved?)\b(?![\s-]*(?:an?[\s-]+)?(?:hour|day|minute))/i.test(text)) return 0.5;
  return /\b(?:triple|three times)\b/i.test(text) ? 3 : undefined;
}

/** `6 hours` of `a day is too coarse, 6 hours`: a span, where nothing else is named. */
export function windowIn(text: string): string | undefined {
  if (/\bof the (?:day|week|month)\b|\b(?:last|past|next|first|previous)\b/i.test(text)) return undefined;
  const plain = text.replace(/\b(?:hour|dai|week|minute)ly\b/gi, (w) => ADVERB[w.toLowerCase()] ?? w);
  const spans = [...plain.matchAll(SPAN)].filter((m) => m[1] !== undefined || (m[2] ?? '').length > 2);
  const last = spans.at(-1);
  if (!last || plain.replace(SPAN, ' ').replace(NOISE, '') !== '') return undefined;
  const [, count, unit = ''] = last;
  const one = /^(?:an?|one)$/i.test(count ?? 'one');
  return `${one ? '1' : count} ${unit}`;
}

const LITTLE =
  /^(?:least|fewest|lowest|smallest|shortest|quietest|calmest|rarest|cheapest|lightest|coldest|coolest|weakest|youngest|driest|emptiest|slightest|poorest|bottom|thinnest|nearest|darkest|dimmest|narrowest|cleanest|fastest|quickest)$/;
const NO_RANK =
  /^(?:latest|newest|earliest|oldest|first|last|recent|current|interest|rest|test|request|est|closing|opening|initial|typical|combined|aggregate|overall|cumulative|average|mean|total|sum|median)$/;
const isSuperlative = (word: string): boolean =>
  !NO_RANK.test(word) &&
  (LITTLE.test(word) ||
    /^(?:most|top|best|worst|leading|biggest)$/.test(word) ||
    /^[a-z]{3,}est$/.test(word) ||
    /^(?:MAX|MIN)$/.test(aggregateOf(word) ?? ''));

/** `ascending`, `put the quietest at the top`: an order of the groups. */
export function orderIn(text: string, isKnown: (word: string) => boolean): 'ascending' | 'descending' | undefined {
  const said = text
    .toLowerCase()
    .replace(/\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?|it|them|in|order|by|size|value|the|result|results)\b/g, ' ')
    .trim();
  const word = /^(asc|desc|ascending|descending|increasing|decreasing|rising|falling)$/.exec(said)?.[1];
  if (word !== undefined) return /^(?:desc|descending|decreasing|falling)$/.test(word) ? 'descending' : 'ascending';
  const way = /\b([a-z]+)\s+to\s+([a-z]+)\b/.exec(said);
  if (way && /^(?:small|low|least|lowest|smallest|little)$/.test(way[1] ?? '')) return 'ascending';
  if (way && /^(?:big|large|high|most|highest|biggest|largest|much|great)$/.test(way[1] ?? '')) return 'descending';
  const words = said.match(/[a-z']+/g) ?? [];
  const front = words.find(isSuperlative);
  const isFront = /\b(?:first|top|front|leading|ahead)\b/.test(said) && front !== 'top' && front !== 'leading';
  const known = /^(?:first|top|front|leading|ahead|up|put|with|have|goes?|comes?|at|on|in|the|then|down|starting|start|from)$/;
  if (front === undefined || !isFront || !words.every((w) => w === front || known.test(w) || isKnown(w))) return undefined;
  return LITTLE.test(front) ? 'ascending' : 'descending';
}

/** `the 3 busiest`, `worst three`, `no more than five rows, the largest`. */
export function rankIn(text: string, isKnown: (word: string) => boolean, isAlone = false): { count: number; isLow: boolean } | undefined {
  const words =
    text
      .toLowerCase()
      .replace(/\bat (?:least|most)\b|\bno (?:more|less|fewer) than\b/g, (w) =>
        w.includes('least') || /less|fewer/.test(w) ? ' bounded ' : ' ',
      )
      .match(/[a-z']+|\d+/g) ?? [];
  const count = words.map((w) => (/^\d+$/.test(w) ? Number(w) : w === 'one' ? undefined : NUMBER_WORDS[w])).find((n) => n !== undefined);
  const rank = words.find(isSuperlative);
  const rest = words.filter((w) => w !== rank && !/^\d+$/.test(w) && NUMBER_WORDS[w] === undefined);
  const extra =
    /^(?:no|more|than|at|most|up|maximum|max|limit|limited|cut|stop|off|after|first|rows|rank|ranked|by|size|busy|active|frequent|popular|often|per|window|each)$/;
  if (rank === undefined || !rest.every((w) => isKnown(w) || extra.test(w))) return undefined;
  if (count === undefined && !/\bone\b/.test(text) && !(isAlone && rest.length < 3 && !rest.some((w) => /[^s]s$/.test(w))))
    return undefined;
  return { count: count ?? 1, isLow: LITTLE.test(rank) };
}

const BOUNDS: readonly (readonly [string, RegExp])[] = [
  [
    '>=',
    /\b(?:at least|no (?:less|fewer) than|not (?:less|fewer) than|not (?:under|below)|a minimum of|minimum|min|from|reach(?:es|ing)?|>=)\s*(?=N)/,
  ],
  ['<=', /\b(?:at most|no more than|not more than|not (?:over|above)|up to|a maximum of|maximum|max|<=)\s*(?=N)/],
  [
    '<',
    /(?:\b(?:(?:less|fewer|lower|smaller|shorter|cheaper|lighter|colder|cooler|younger|narrower|thinner|nearer|closer|weaker|emptier|faster|quicker|earlier) than|under|below|beneath|not even|short of)|<)\s*(?=N)/,
  ],
  ['>', /(?:\b(?:(?:more|[a-z]+er) than|over|above|beyond|exceed(?:s|ing)?|past|upwards of)|>)\s*(?=N)/],
];
const BEHIND: readonly (readonly [string, RegExp])[] = [
  ['>=', /N\s*(?:[a-z]+\s+)?(?:or|and|\+)\s*(?:more|above|over|higher|up|greater|longer|better|upwards?)\b/],
  ['<=', /N\s*(?:[a-z]+\s+)?(?:or|and)\s*(?:less|fewer|below|under|lower|down|shorter)\b/],
];

/** `fewer than 5`, `15 or more`: a bound, with the words around it. */
export function boundIn(text: string): { operator: string; value: number; rest: string; said: string; unit?: string } | undefined {
  const numbers = [...text.matchAll(/\d[\d,]*(?:\.\d+)?\s*(?:k\b)?/gi)];
  const spoken =
    numbers.length === 0
      ? /\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred)\b/i.exec(text)
      : null;
  const said = numbers.length === 1 ? (numbers[0]?.[0] as string) : spoken?.[0];
  if (said === undefined) return undefined;
  const value = spoken
    ? (NUMBER_WORDS[spoken[0].toLowerCase()] ?? Number.NaN)
    : Number(said.replace(/[,k\s]/gi, '')) * (/k/i.test(said) ? 1000 : 1);
  const marked = text.toLowerCase().replace(said.toLowerCase().trim(), 'N');
  for (const [operator, pattern] of [...BEHIND, ...BOUNDS]) {
    if (!pattern.test(marked)) continue;
    const rest = marked.replace(pattern, ' ').replace(/\bN\b/, ' ').replace(/ +/g, ' ').trim();
    const unit = new RegExp(String.raw`N\s*(%|${UNIT}|percent|km|kg|eur|euros?|usd|dollars?|m|cm|mm|l|°)(?![a-z])`).exec(marked)?.[1];
    const text = unit === undefined ? rest : rest.replace(new RegExp(String.raw`(?:^|\s)${unit.replace('°', '°')}(?=\s|$)`), ' ').trim();
    return {
      operator,
      value,
      rest: text,
      said: unit === undefined ? said.trim() : `${said.trim()} ${unit}`,
      ...(unit === undefined ? {} : { unit }),
    };
  }
  return undefined;
}
