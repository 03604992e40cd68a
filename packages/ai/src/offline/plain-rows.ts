import { stem } from './stem.ts';
import { keyNamed, measuredIn, numberNamed, type ToldColumn, type ToldFacts } from './told-facts.ts';

const COUNT = '(?<n>\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty)';
const ROWS = /^(?:row|record|reading|entr|valu|sampl|point|measurement|measur|observ)/;

const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const figureOf = (said: string): number =>
  /^\d/.test(said)
    ? Number(said)
    : NUMBERS.includes(said)
      ? NUMBERS.indexOf(said) + 2
      : ({ twelve: 12, twenty: 20, thirty: 30, fifty: 50 }[said] ?? 0);

/** The thing that rows are kept apart by: `per gauge`, `of each blower`, `runner by runner`, `the team's`, `of the same oven`. */
export function partOf(prompt: string, facts: ToldFacts, table?: string): ToldColumn | undefined {
  const said = [
    ...prompt.matchAll(
      /\b(?:per|by|(?:of|at|for|in|on|from)? ?(?:each|every|the same|that|this|an?|one|its|the))\s+([a-z]+)\b|\b([a-z]+) by \2\b|\bthe ([a-z]+)'s\b/gi,
    ),
  ].map((m) => (m[1] ?? m[2] ?? m[3]) as string);
  // "the coil before it on the line": the last one said is what rows have in common.
  return said
    .filter((word) => !facts.rows.has(stem(word)))
    .map((word) => keyNamed(facts, word, table))
    .findLast((key) => key !== undefined);
}

/** The one number that a sentence names: the longest run of its words that is a column. */
function numberIn(prompt: string, facts: ToldFacts): ToldColumn | undefined {
  const words = prompt.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? [];
  for (const size of [3, 2, 1])
    for (let at = 0; at + size <= words.length; at++) {
      const phrase = words.slice(at, at + size).join(' ');
      if (size === 1 && (phrase.length < 2 || facts.rows.has(stem(phrase)))) continue;
      const column = numberNamed(facts, phrase);
      if (column) return column;
    }
  return undefined;
}

/** `mean of 6 readings per gauge`, `energy of the last 6 runs of each blower added together`: over so many rows. */
export function overRows(prompt: string, facts: ToldFacts): string {
  const how = /\b(?:mean|averaged?|avg|smooth\w*)\b/i.test(prompt)
    ? 'average'
    : /\b(?:sum|summed|added|total(?:led)?)\b/i.test(prompt)
      ? 'sum'
      : undefined;
  if (how === undefined || /\b(?:at least|or more|or less|fewer|more than|top|gap|session)\b/i.test(prompt)) return prompt;
  const found = new RegExp(
    String.raw`\b(?<lead>last|latest|past|previous|(?:most )?recent|of|over|,|the)\s*(?:the )?(?:last |latest |(?:most )?recent )?${COUNT}\s+(?<new>latest |last |(?:most )?recent |previous )?(?<rows>[a-z]+)\b`,
    'i',
  ).exec(prompt);
  const g = found?.groups;
  const size = figureOf((g?.['n'] ?? '').toLowerCase());
  if (!found || !g || size < 2) return prompt;
  const noun = stem(g['rows'] ?? '');
  const isRows = facts.rows.has(noun) || ROWS.test(noun);
  const isThing =
    (/^(?:over|last|latest)$/i.test(g['lead'] ?? '') || g['new'] !== undefined) && keyNamed(facts, g['rows'] ?? '') !== undefined;
  if (!isRows && !isThing) return prompt;
  const without = `${prompt.slice(0, found.index)} , ${prompt.slice(found.index + found[0].length)}`;
  const column =
    numberIn(without, facts) ??
    (facts.rows.has(noun) && how === 'sum' ? measuredIn(facts, 'euro', facts.rows.get(noun)) : undefined) ??
    (facts.rows.has(noun) && /\b(?:length|duration|time)\b/i.test(prompt)
      ? facts.columns.find((c) => c.table === facts.rows.get(noun) && c.isNumber && /^(?:minutes|seconds|min|s|hours)$/.test(c.unit))
      : undefined);
  const key = column && partOf(without.replace(/\b([a-z]+) by \1\b/i, 'per $1'), facts, column.table);
  return column && key ? `moving ${how} of ${column.name} over ${size} rows per ${key.name}` : prompt;
}

const BEFORE =
  /\b(?:previous|preceding|(?:the )?last one|at the last [a-z]+(?! \w+s\b)|(?:the )?one before|before it|from one [\w ]+ to the next|(?<!\d )(?:[a-z]+ )before\b(?! \d))/i;
const AGAINST = /\b(?:minus|less|against|compared (?:with|to)|difference|more or less|up or down|change[ds]?|versus|than)\b/i;

/** `pace at a mat minus the runner's pace at the mat before`: against the row before, of the same thing. */
export function againstRow(prompt: string, facts: ToldFacts): string {
  if (!BEFORE.test(prompt) || !AGAINST.test(prompt)) return prompt;
  if (
    /\b(?:LAG|previous (?:row|value)|percent|percentage|%|times|within|more than \d|less than \d|over \d|average|total|where|gap|session|hour|day|week|minute)\b/i.test(
      prompt,
    )
  )
    return prompt;
  const column = numberIn(prompt, facts);
  const key = column && partOf(prompt, facts, column.table);
  return column && key && key !== column ? `change of ${column.name} from the previous row per ${key.name}` : prompt;
}
