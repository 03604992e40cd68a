import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { amountWords } from './amount-words.ts';
import { relationWords } from './relation-words.ts';
import { sessionWords } from './session-words.ts';
import { inPercent } from './share-words.ts';
import { toldFacts } from './told-facts.ts';
import { signWords, toldPlainly } from './told-plainly.ts';

const FIGURE = '(?:the )?(?:total|sum|average|avg|mean|number|count)';
const GROUP = /\b(?:per|by|for (?:each|every)|in (?:each|every)|of (?:each|every))\s+[\w-]+(?:\s+(?:and|per)\s+[\w-]+)?\s*$/i;
const HAS_GROUP = /\b(?:per|by (?!total)|for (?:each|every)|in (?:each|every)|of (?:each|every))/i;
const DEFINED = /^(?<name>[^:(]+?)\s*(?::\s*(?<told>.+)|\((?<inside>[^()]+)\)(?<after>.*))$/i;
const IS_FIGURE = new RegExp(
  `^(?:${FIGURE}\\b.+\\b(?:over|divided by|through|minus|less|by)\\s+${FIGURE}\\b|[\\w ]+ (?:divided by|minus|over) [a-z_][\\w ]*)`,
  'i',
);

const OF_SUMS =
  /^(?:the )?(?:totals?|sums?) (?:over|by|divided by|through|\/) (?:the )?(?:totals?|sums?)(,? (?:per|by|for|in|each|every) .+)?$/i;

/** The name that a sentence gives its figure before it says what it is: `electricity per kilo: total kwh over total load, by program`. */
function definition(text: string): string | undefined {
  const { name, told, inside, after = '' } = DEFINED.exec(text)?.groups ?? {};
  const said = told ?? inside;
  // "fee per seat (sum divided by sum)": how it is made, not of what.
  const sums = OF_SUMS.exec(said ?? '');
  if (name !== undefined && sums) return `${name}${sums[1] ?? ''} ${after}`.replace(/ +/g, ' ').trim();
  if (name === undefined || said === undefined || !IS_FIGURE.test(said)) return undefined;
  // "net quantity (buys minus sells)" says of what.
  if (/^net \w/i.test(name) && /^\w+ minus \w+$/i.test(said)) return undefined;
  // "fuel now minus fuel at the previous ping" is of rows.
  if (/\b(?:previous|preceding|prior|before|last|next)\b/i.test(said)) return undefined;
  const rest = `${said} ${after}`.trim();
  const group = HAS_GROUP.test(rest.replace(/\bdivided by\b/gi, '')) ? '' : (GROUP.exec(name)?.[0] ?? '');
  const time = /\b(?:hourly|daily|weekly|monthly)\b/i.exec(name)?.[0] ?? '';
  return [rest, group, rest.includes(time) ? '' : time, inPercent(name)].filter(Boolean).join(' ');
}

const PLAIN: readonly (readonly [RegExp, string])[] = [
  // "what's the warmest and the coldest each fridge got": of every one, and no rank.
  [
    /^(?:.*?,\s*)?what(?:'s|s| is| was| are| were) (?=(?:the )?[a-z]+est (?:and|&) (?:the )?[a-z]+est\b|the [a-z]+est (?:[a-z]+ )?(?:each|every) [a-z]+ [a-z]+\b)/gi,
    'show ',
  ],
  // "mean wait, all 2 hours"
  [/\ball (?=\d+ (?:seconds?|minutes?|hours?|days?|min|h|s)\b)/gi, 'every '],
  // "the five drugs most dispensed by quantity"
  [
    /\b(?:the )?(\d+|two|three|four|five|six|seven|eight|nine|ten) ([a-z]+s) (?:(?:that|which|who) )?(?:(?:are|were|is) )?(?:the )?most (?:often )?[a-z]+(?:ed|en|ld|nt|de) by (?!the\b|an?\b|one\b)/gi,
    'top $1 $2 by ',
  ],
  // "3 or more fires on one day"
  [
    /\b(?:on|in|within|during) (?:one and the same|one|the same|any (?:one|single|given)) (hour|day|week)\b(?! (?:of|before|earlier|later|ago|as)\b)/gi,
    'in a $1',
  ],
  // "revenue per distinct user for each shop"
  [
    /^((?:what is |what's |show |give me )?(?:the )?)(?:total )?([a-z_ ]+?) per (?:distinct|unique|different) ([a-z]+)\b/i,
    '$1total $2 divided by number of distinct $3s',
  ],
  [/\bon avg\b/gi, 'on average'],
  // "litres divided through kilos", "temperature minimum 20"
  [/\bdivided (?:through|with)\b/gi, 'divided by'],
  [/(?<=\b[a-z]{2,} )(?<!\b(?:the|with|and|of|as|at|an) )minimum (?=\d)/gi, 'at least '],
  [/(?<=\b[a-z]{2,} )(?<!\b(?:the|with|and|of|as|at|an) )maximum (?=\d)/gi, 'at most '],
  // "in an hour, updated every ten minutes"
  [
    /\b(?:with)?in an? (hour|day|week),? (?=(?:and |which is |that is )?(?:updated|refreshed|recomputed|renewed|new) every (?:\d|two|five|ten|fifteen|thirty))/gi,
    'over the last 1 $1 ',
  ],
  // "more than 3x in an hour"
  [/\b(\d+)x(?= (?!more|less|as|higher|lower|the)[a-z])/gi, '$1 times'],
  // "per subject, confirmed arousals only": a condition, and no further group.
  [/,\s*(?=[a-z])((?:[\w-]+ ){1,3})only\s*[.!?]?$/i, ', only $1'],
  // "the most milk in sum", "total fine in sum"
  [/^(?!.*\btotal\b)(.*?),?\s*\b(?:in sum|all in all|altogether)\b/i, '$1 in total'],
  [/,?\s*\b(?:in sum|all in all|altogether)\b/gi, ''],
  // "worst (lowest) airflow": what stands in brackets says which.
  [
    /\b(?:best|worst|top|poorest)\s*\(\s*(?:the )?(lowest|highest|smallest|largest|shortest|longest|biggest|greatest|most|least|fewest)\s*\)/gi,
    '$1',
  ],
  [
    /\b(?:spread|range|swing|difference)(\s+of\s+[\w ]+?)?\s*\(\s*(?:max|maximum|highest)\s*(?:minus|less|-|to)\s*(?:the )?(?:min|minimum|lowest)\s*\)/gi,
    'range$1',
  ],
  // "ends in a draw" is no spelling.
  [/(?<!\bnot )\bends? (?:in|with) (?:a|an) (?=[a-z]{3})(?!\w+ (?:of|over|under|above|below)\b)/gi, 'are a '],
  [/(?<!\bnot )\bends? (?:in|with) (?:an?|the) (?=\w+ (?:of|over|under|above|below) \d)/gi, 'has a '],
  // One way to say that values stand beside each other.
  [
    /(?:,\s*)?(?:\bside by side\b|\bnext to (?:each other|one another)\b|\b(?:beside|alongside) (?:each other|one another)\b|\b(?:as|in|into) (?:two|three|four|five|six|\d+|a|separate|their own|own|different|individual|single) columns?\b(?: of (?:its|their) own)?|\bin columns of their own\b|\b(?:one|a|a separate) column (?:each|for each|per value)\b|\bpivoted\b)/gi,
    ' as separate columns',
  ],
  // "if the cost of a team goes above 50": of every one of them.
  [
    /(?<=\b(?:if|when|whenever|once|soon as)\b.*)\bof (?:an?|one|any) (\w+)(?= (?:goes|gets|rises|climbs|exceeds|drops|falls|averages|reaches|tops|sinks|is)\b.*\b(?:hours?|minutes?|mins?|days?|weeks?)\b)/gi,
    'per $1',
  ],
  // "per month (30 days)": the span stands in brackets.
  [
    /\b(?:(?:per|each|every|a)\s+\w+|and (?:month|quarter|year|shift|night|period))\s*(?:\(|,\s*a (?:month|quarter|year|shift|night) being\s+)(?:use |i\.?e\.? |that is )?(\d+\s*(?:minutes?|min|hours?|h|days?|d))\b\)?/gi,
    'every $1',
  ],
];

/** The plain way to say a question; what is plain already stays as it is. */
export function rewordQuestion(asked: string, names = '', schemas: NlToSqlRequest['schemas'] = {}): string {
  const related = relationWords(signWords(asked, toldFacts(schemas)), schemas);
  if (related !== undefined) return related;
  const sessions = sessionWords(asked, names);
  if (sessions !== undefined) return amountWords(sessions, names);
  const prompt = toldPlainly(asked, schemas);
  const heard = PLAIN.reduce((said, [pattern, plain]) => said.replace(pattern, plain), prompt);
  // "high and low price": its extremes, unless columns are called so.
  const text = /high|low\b/i.test(names) ? heard : heard.replace(/\bhighs? (?:and|&) (?:the )?lows?\b/gi, 'highest and lowest');
  // "listings by number of rooms": a column of that name is the group, unless something is ranked by it.
  const counted = /^\w+ by (?:the )?number of (\w+)/i.exec(text)?.[1];
  const isColumn = counted !== undefined && names.split(' ').includes(counted) && !/\b(?:top|most|least|rank\w*|sort\w*)\b/i.test(text);
  const plain = isColumn ? text.replace(/ by (?:the )?number of /i, ' by ') : text;
  return amountWords(definition(plain) ?? plain, names);
}
