import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { figureWords } from './figure-words.ts';
import { groupBounds } from './group-bounds.ts';
import { leftOutWords } from './left-out-words.ts';
import { distinctWords, doneWords, incidentWords, lastWords, mostWords, summedWords, unitOfRows } from './plain-figures.ts';
import { quotientWords } from './plain-ratios.ts';
import { againstRow, overRows } from './plain-rows.ts';
import { rankingWords } from './ranking-words.ts';
import { statisticWords } from './statistic-words.ts';
import { stem } from './stem.ts';
import { type ToldFacts, toldFacts } from './told-facts.ts';

const WHEN = '(?:if|when|whenever|once|as soon as|the moment)';
const NEW = 'radio|beep|whatsapp|slack|telegram|sms|holler(?: at)?|nudge|poke|telephone|ring up';
const TELL =
  'radio|beep|whatsapp|slack|telegram|sms|text|e-?mail|mail|ring(?: up)?|phone|call|page|wake|shout|message|ping|buzz|nudge|poke|telephone|holler|tell';

/** `radio the medics if`, `I'd like to be told when`: somebody is told. */
function alertWords(prompt: string, facts: ToldFacts): string {
  const told = new RegExp(String.raw`^(?:please\s+)?(?<verb>${TELL})(?<who>(?:\s+[\w'-]+){0,4}?),?\s+${WHEN}\s+`, 'i').exec(prompt);
  const who = told?.groups?.['who']?.trim() ?? '';
  // What the reader of alerts hears itself stays as it is.
  const isHeard = /^(?:me|us|the|an?|my|our|your|him|her|them|some\w+|every\w+|ops|oncall|support|security|[A-Z].*)\b/.test(who);
  const isNew = new RegExp(`^(?:${NEW})$`, 'i').test(told?.groups?.['verb'] ?? '');
  const isNoun =
    who
      .split(' ')
      .some((w) => facts.known.has(stem(w)) || /^(?:volumes?|durations?|lengths?|counts?|times?|rates?|queues?|logs?|traffic)$/i.test(w)) ||
    facts.known.has(stem(told?.groups?.['verb'] ?? ''));
  if (told && (isNew || /^shout$/i.test(told[0].split(' ')[0] ?? '') || (who !== '' && !isHeard && !isNoun)))
    return `alert me if ${prompt.slice(told[0].length).replace(/^(an?|any|one) (\w+) (?:sees|suffers|records|logs|shows) (?=(?:more|over|fewer|less|at least)\b)/i, '$1 $2 has ')}`;
  const wished = new RegExp(String.raw`^I(?:'d| would) (?:like|love|want) to (?:be \w+|hear|know)(?: about it)?\s+${WHEN}\s+`, 'i').exec(
    prompt,
  );
  return wished ? `alert me if ${prompt.slice(wished[0].length)}` : prompt;
}

/** `for an entire day`, `by the hour`, `month by month (30 days)`. */
const SPANS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:for|over|in|within) (?:an? )?(?:entire|whole|full|single) (day|hour|week|minute)\b/i, 'per $1'],
  [/\bby the (hour|day|week|minute)\b/i, 'per $1'],
  [/\bon (?:an?|any|the) (?:given|single|particular|specific) (hour|day|week|minute)\b/i, 'per $1'],
  [/\bper-(hour|day|week|minute|second)\b/i, 'per $1'],
  [/\bhalf[- ]hour\b(?=.*\b(?:mean|average|avg|total|sum|median|count)\b)/i, '30 minute'],
  [/\b(two|three|five|ten|fifteen|twenty|thirty)-(second|minute|hour|day|week)\b/i, '$1 $2'],
  [/\b(?:with)?in the same (hour|day|week|minute)\b/i, 'per $1'],
  [
    /\b(?:with)?in(?:side)?(?: of)? (?:any|the same|a window of) (?=(?:\d+|half an?|an?|two|five|ten|fifteen|twenty|thirty)[ -](?:minute|hour|day|second|week)s?\b)/i,
    'within ',
  ],
  [/\binside(?: of)? (?=(?:\d+|half an?|an?|one|two|five|ten|fifteen|twenty|thirty)[ -](?:minute|hour|day|second|week)s?\b)/i, 'within '],
  [/\bhalf[- ]hourly\b/i, '30 minute'],
  [/\bquarter[- ]hourly\b/i, '15 minute'],
  [/\b(hour|minute|week)ly[- ](updated|refreshed|recomputed|recalculated)\b/i, '$2 every $1'],
  [/\b(updated|refreshed|recomputed|recalculated) (hour|minute|week)ly\b/i, '$1 every $2'],
  // "the 15 minute mean of CO2", "five minute share volume": the span belongs to the whole.
  [
    /(^|\b(?:the|its|their|whose|with|having) )((?:\d+|two|three|five|ten|fifteen|twenty|thirty)[- ](?:second|minute|hour|day)) (mean|average|avg|total|sum|median|max(?:imum)?|min(?:imum)?)\b(?=([^?.]*))\4/i,
    '$1$3$4 every $2',
  ],
  [
    /^((?:\d+|two|three|five|ten|fifteen|twenty|thirty)[- ](?:second|minute|hour|day)) (?!(?:window|bucket|bar|candle|interval|rolling|moving|running|sliding|tumbling|period|slot|bin)s?\b)([a-z].*)$/i,
    '$2 every $1',
  ],
  [/,?\s*\b(?:month by month|monthly)\s*\((\d+ days)\)/i, ' every $1'],
];

const CHEMISTRY: readonly (readonly [RegExp, string])[] = [
  [/\bammonium\b/i, 'nh4'],
  [/\bnitrates?\b/i, 'no3'],
  [/\bphosphates?\b/i, 'po4'],
  [/\bcarbon dioxide\b/i, 'co2'],
  [/\bnitrogen dioxide\b/i, 'no2'],
  [/\bmethane\b/i, 'ch4'],
  [/\bfine dust\b/i, 'pm25'],
];

/** Substances by their signs, where a column is called so and none by its name. */
export function signWords(prompt: string, facts: ToldFacts): string {
  return CHEMISTRY.reduce((said, [name, sign]) => {
    if (!name.test(said) || facts.columns.some((c) => name.test(c.name.replace(/_/g, ' ')))) return said;
    const column = facts.columns.filter((c) => c.isNumber && new RegExp(`^${sign}(?:_|$|[A-Z])`).test(c.name));
    return column.length === 1 && column[0] ? said.replace(name, column[0].name) : said;
  }, prompt);
}

/** Other clothes of figures, in the plainest words there are for them. */
export function toldPlainly(prompt: string, schemas: NlToSqlRequest['schemas']): string {
  const facts = toldFacts(schemas);
  if (facts.columns.length === 0) return prompt;
  const steps = [
    leftOutWords,
    statisticWords,
    figureWords,
    groupBounds,
    rankingWords,
    signWords,
    quotientWords,
    alertWords,
    unitOfRows,
    lastWords,
    againstRow,
    overRows,
    summedWords,
    distinctWords,
    incidentWords,
    doneWords,
    mostWords,
  ];
  const spans = SPANS.reduce((said, [pattern, plain]) => (said.match(pattern) ? said.replace(pattern, plain) : said), prompt);
  return steps.reduce((said, step) => step(said, facts), spans);
}
