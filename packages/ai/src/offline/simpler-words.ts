type Rule = readonly [RegExp, string | ((...groups: string[]) => string)];

const NUMBER = String.raw`\d[\d.,]*`;

/** Ways of saying that say nothing else than a plainer one. */
const RULES: readonly Rule[] = [
  // politeness in short
  [/[\s,]+(?:pls|plz|thx|thanks|ta|cheers|tia)[\s.!]*$/i, ''],
  // "10th and 90th percentile of"
  [/\b(\d+)(?:st|nd|rd|th)\s*(?:,|and|&|\/)\s*(?:the )?(\d+)(?:st|nd|rd|th) percentiles?/i, 'p$1 and p$2'],
  [/\b(\d+)(?:st|nd|rd|th) percentile/i, 'p$1'],
  // "how many units were in use, counting each only once"
  [/^(.*?\bhow many )(.*?),?\s*(?:counting|counted|count) (?:each|every)(?: one| of them)?(?: only| just)? once\b/i, '$1distinct $2'],
  // "between half full (50%) and 80%": what stands in brackets is the number of the words before.
  [new RegExp(String.raw`\b(between|above|over|below|under|than)\s+[a-z]+(?: [a-z]+)?\s*\(\s*(${NUMBER}\s*%?)\s*\)`, 'gi'), '$1 $2'],
  // "goes past 90"
  [new RegExp(String.raw`\b(?:go|goes|gets?|climbs?|rises?|moves?|creeps?) (?:past|beyond)(?= ${NUMBER})`, 'gi'), 'is over'],
  // "average pulse compared by studio"
  [/\b(?:compared|split up|laid out|listed|sliced) (?=by [a-z])/gi, ''],
  // "farther away than 50 km"
  [/\b(?:farther|further) (?:away |off |apart )?than\b/gi, 'with distance over'],
  // "the three cities where most superlikes are given"
  [
    /\b(?:where|in which|at which) (?:the )?(most|fewest) ([a-z]+(?: [a-z]+)?) (?:are|were|is|get|got) [a-z]+(?:ed|en|ne|de|ld)\b/gi,
    'with $1 $2',
  ],
  // "dome by dome", "agent by agent"
  [/,?\s+\b([a-z]{3,}) (?:by|for) \1\b/gi, (_, noun = '') => ` by ${noun}`],
  // "what percentage of the readings says fuller than 75", "in what share of the nights was it colder than 3"
  [
    /^(?:in |for )?what (percentage|percent|share|fraction|proportion) of (?:the |all )?([a-z]+) (?:says?|said|shows?|showed|are|is|was|were|did|do|does|has|have)(?: it| they)? ([a-z]+er than)/i,
    '$1 of $2 $3',
  ],
];

/** The question in plainer words, as far as there are some. */
export function simplerWords(prompt: string): string | undefined {
  const plain = RULES.reduce(
    (said, [pattern, to]) =>
      typeof to === 'string' ? said.replace(pattern, to) : said.replace(pattern, to as (substring: string) => string),
    prompt,
  );
  return plain === prompt ? undefined : plain.replace(/ {2,}/g, ' ').trim();
}
