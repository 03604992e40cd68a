import { findSession } from './find-session.ts';
import { splitName, stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { tokenise } from './token.ts';

const SPAN = String.raw`(?:\d+(?:\.\d+)?|half an?|quarter of an|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety)[\s-]*(?:milliseconds?|ms|seconds?|secs?|sec|s|minutes?|mins?|min|m|hours?|hrs?|h|days?)\b`;
const MORE = '(?:more than |over |at least |longer than |about )?';

/** How rows that belong together are told from those that do not: they come close, or nothing comes for a while. */
const GAPS: readonly RegExp[] = [
  new RegExp(
    String.raw`(${SPAN})\s*(?:of (?:each other|one another|the (?:previous|last|one before)\w*)|apart\b|between (?:them|one and the next|each other|two\b)|in between|from (?:each other|one another)|after (?:each other|one another|the (?:last|previous)))`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:nothing|nobody|no one|none|no [a-z]+|without)\b[^,;:.]{0,40}?\b(?:for|in|within|during) ${MORE}(${SPAN})`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:quiet|silent|silence|idle|still|inactive|dead|empty|calm|rests?|resting|pauses?)\b[^,;:.]{0,20}?\b(?:for|of) ${MORE}(${SPAN})`,
    'i',
  ),
  new RegExp(
    String.raw`(${SPAN})\s*(?:pass(?:es)?|go(?:es)? by|elapses?)?\s*(?:of (?:silence|quiet|nothing|idleness|inactivity|rest|calm|pause)|(?:without|with no)\b)`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:gaps?|pauses?|breaks?|silences?|lulls?)\b[^,;:.]{0,16}?\b(?:under|below|than|at most|up to|over|of|exceeding)\s*(${SPAN})`,
    'i',
  ),
];
const TOGETHER =
  /\b(?:belongs?|forms?|makes? up|counts? as|counted as|are one|follow(?:s|ing)? (?:one another|each other)|ends?|ended|over|finished|closed|starts?|begins?|new|each other|one another|unless|apart|between them|in between)\b/i;
const SMALL =
  /^(?:each|every|one|the|any|all|its|how|many|much|what|and|has|have|had|did|does|per|are|was|were|that|which|they|them|with|for|from|long|than|most|more|less|new|when|once|if|as|is|an?|of|in|to|at|on|by|it|number|count|total|sum|average|cost|belong|form|ends?|over|again)$/;

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[a-z][a-z']+/g) ?? [];

/** What rows that belong together are called: a noun that a sentence says more than once and no column is called. */
function nameOf(prompt: string, known: ReadonlySet<string>): string | undefined {
  const said = [...prompt.matchAll(/\b(?:each|every|per|one|new|an?|the)\s+([a-z]+)\b/gi)].map((m) => (m[1] as string).toLowerCase());
  const all = wordsIn(prompt).map(stem);
  return said.find((w) => !SMALL.test(w) && !known.has(stem(w)) && all.filter((s) => s === stem(w)).length > 1);
}

/** What rows have in common that belong together, where it is a column: `mat` of `at a mat`. */
function keyOf(prompt: string, known: ReadonlySet<string>, name: string): string | undefined {
  const phrases = [
    ...prompt.matchAll(
      /\b(?:per|by|of|at|for|on|in|from|when|same)\s+(?:one|an?|each|every|the same|any|the)?\s*([a-z]+(?:[ _][a-z]+)?)\b/gi,
    ),
  ].map((m) => m[1] as string);
  for (const phrase of phrases) {
    const words = phrase.split(/[ _]/);
    const fit = words.filter((w) => known.has(stem(w)) && stem(w) !== stem(name));
    if (fit.length === words.length) return phrase;
    if (words[0] !== undefined && known.has(stem(words[0])) && stem(words[0]) !== stem(name)) return words[0];
  }
  return undefined;
}

/**
 * `sales of a shop that are at most 45 seconds apart belong to one queue. sales and money per queue`: whatever the rows are called that belong
 * together, said as sessions.
 */
export function sessionWords(prompt: string, names: string): string | undefined {
  if (/\bsession/i.test(prompt)) return undefined;
  const gap = GAPS.map((pattern) => pattern.exec(prompt)).find((m) => m !== null);
  if (!gap || !TOGETHER.test(prompt)) return undefined;
  const known = new Set(
    names
      .split(/\s+/)
      .flatMap((n) => [n, ...splitName(n).flatMap((w) => [w, longForm(w) ?? w])])
      .map(stem),
  );
  const name = nameOf(prompt, known);
  // What is said so that it is understood as it stands stays as it is.
  if (name === undefined || findSession(tokenise(prompt), false)) return undefined;
  const key = keyOf(prompt, known, name);
  const clauses = prompt.split(/[:;.?]+\s*|,\s+(?=[a-z])/).map((c) => c.trim());
  const ofName = new RegExp(
    String.raw`\s*\b(?:(?:in|of|for|has|have|had|did|does|on|within|during)\s+)?(?:each|every|a|one|the|per(?: each)?)\s+${stem(name)}[a-z]*\b(?:\s+(?:has|had|have|contain\w*|touch\w*|hold\w*|bring\w*|make\w*|take\w*|last\w*))?`,
    'i',
  );
  const wanted = clauses.findLast(
    (c) => ofName.test(c) && !GAPS.some((g) => g.test(c)) && !new RegExp(String.raw`\bnew ${name}`, 'i').test(c),
  );
  const last = clauses.at(-1) ?? '';
  const isFigure = clauses.length > 1 && !GAPS.some((g) => g.test(last)) && !TOGETHER.test(last);
  const rest = (wanted ?? (isFigure ? last : undefined))
    ?.replace(ofName, ' ')
    .replace(new RegExp(String.raw`\b(?:per|by)\s+(?:each\s+)?${key ?? '$'}\b`, 'i'), ' ')
    .replace(/^(?:and\s+)?(?:please\s+)?(?:give|show|tell) me\s+/i, '')
    .replace(/\s*\bplease\b/i, '')
    .replace(/\s+in (?:it|each|them)\b/i, '')
    .replace(/ +/g, ' ')
    .replace(/[\s,]+$/, '')
    .trim();
  const figure = rest === undefined || rest === '' ? 'number of rows' : /^[a-z]+ and /i.test(rest) ? `number of ${rest}` : rest;
  return `${figure}${key === undefined ? '' : ` by ${key}`}, in session windows with a gap of ${gap[1] as string}`;
}
