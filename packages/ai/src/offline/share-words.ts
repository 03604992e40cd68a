const PARTS: Readonly<Record<string, string>> = {
  half: '50%',
  'a third': '33.3333%',
  'one third': '33.3333%',
  'a quarter': '25%',
  'one quarter': '25%',
  'a fifth': '20%',
  'two thirds': '66.6667%',
  'three quarters': '75%',
};

const BOUNDED = new RegExp(
  String.raw`\b((?:more|less|fewer|greater) than|over|under|at least|at most|above|below) (${Object.keys(PARTS).join('|')}) of (?=(?:the|all|its|their|our)\b)`,
  'gi',
);

const SHARE = '(percent|percentage|%|share|fraction|proportion|portion|part)';

/** Ways to ask for a share that say no more than the plainest one. */
const ASKED: readonly (readonly [RegExp, string])[] = [
  [/\bhow many (?:percent|per cent|%)(?= of\b)/gi, 'what percentage'],
  [new RegExp(String.raw`\bhow (?:big|large|high|great|small) (?:(?:is|was) (?:the|our)|an?) ${SHARE}(?= of\b)`, 'gi'), 'what $1'],
  [/\bwhat (?:part|portion)(?= of\b)/gi, 'what share'],
  // "of all priority bags, how many were rerouted, in percent"
  [
    /\b(?:of|among) all (?:the )?([\w -]+?), (?:what|which|how many) (percent|percentage|%|share|fraction|proportion)(?! of\b)/gi,
    'what $2 of $1',
  ],
  [/\bin percent,? how many (?:of (?=(?:the|our|all)\b))?/gi, 'what percentage of '],
  // "passed lots out of all lots"
  [
    /^((?:[\w-]+ )+([a-z]+)) out of (?:all|every)(?: (?:of )?(?:the|our))? \2(?=\s*(?:[,?.]|$|\b(?:per|by|in|for|each|every)\b))/gi,
    'share of $1',
  ],
  // "hit ratio (0 to 1)" says what a ratio is.
  [
    /(?<=\b(?:ratio|rate|share|fraction|proportion)\b.*?)\s*(?:\(|, )(?:(?:as )?a (?:number|value) )?(?:from |between )?0(?:\.0)? ?(?:to|and|-|–|\.\.) ?1(?:\.0)?(?:\)|$)/gi,
    '',
  ],
  [
    /\bhow (?:many|much) of (?=(?:the|our|all)\b)(.+?),? (?:in (percent)|as an? (percentage|fraction|share|proportion))(?=[\s?.,]|$)/gi,
    'what $2$3 of $1',
  ],
  // "what share of requests on every route fails"
  [
    /\b(what (?:percentage|%|share|fraction|proportion) of [\w -]+?) (?:on|at|in|of|for|from|within) (each|every) ([a-z]+(?: (?=domain|type|kind|code|group|zone|method))?(?:domain|type|kind|code|group|zone|method)?) (?!and\b|per\b|by\b)([a-z][^?;:]*)/gi,
    '$1 $4 for $2 $3',
  ],
  [/\b[Hh]ow (?:many|much) ([a-z]+(?: [a-z]+)?) in total\b/g, 'total $1'],
  // "for buys and for sells separately": a figure of each.
  [/\bfor ([a-z]+) and for ([a-z]+)(?: (?:separately|individually|each))?\b/gi, 'for $1 and $2'],
  // "what fraction of pickups does each truck miss"
  [
    /\b(what (?:percentage|%|share|fraction|proportion) of [\w -]+?) (?:do|does|did) (each|every) ([a-z]+) ([a-z]+)(?=\s*(?:[?,.]|$|\b(?:per|by|in|for|each|every)\b))/gi,
    '$1 is $4 for $2 $3',
  ],
];

/** `more than half of the orders`: parts that are bounded, as percentages; shares as they are plainly asked for. */
export const sharesAsPercent = (prompt: string): string =>
  ASKED.reduce(
    (said, [pattern, plain]) => said.replace(pattern, plain),
    prompt.replace(BOUNDED, (_, bound: string, part: string) => `${bound} ${PARTS[part.toLowerCase()]} of `),
  );

/** `bycatch as a percentage of the catch: …`: the figure that is told behind is one too. */
export const inPercent = (name: string): string => (/%|\b(?:percent(?:age)?|pct|per cent)\b/i.test(name) ? 'in percent' : '');
