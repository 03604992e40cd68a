import { figureClauses } from './figure-clauses.ts';
import { figureNouns } from './figure-nouns.ts';
import { FIGURE, keyPattern, OPENING } from './figure-words.ts';
import { saysPerson } from './read-who.ts';
import { SPEED } from './settle-ranking.ts';
import { stem } from './stem.ts';
import { keyNamed, moneyOf, numberNamed, type ToldFacts } from './told-facts.ts';

type Step = (prompt: string, facts: ToldFacts) => string;

const COUNT = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)';

/** `in terms of`, `according to`: by. */
const byWhat: Step = (prompt) =>
  prompt.replace(
    /\b(?:in terms of|with respect to|with regard to|according to|as measured by|measured by|on the basis of|going by|judging by|judged by)\b/gi,
    'by',
  );

/** `out of all shops give me the 3 with the highest …`: the three shops. */
const outOf: Step = (prompt, facts) =>
  !/^(?:out of|of|among|from)/i.test(prompt)
    ? prompt
    : prompt.replace(
        new RegExp(
          String.raw`^(?:out of|of|among|amongst|from|from among) (?:all |all of |the |our |all our |all the )*(${keyPattern(facts)}),? ${OPENING}(${COUNT}|one|ones)? ?(?=(?:with|that|which|who|by)\b)`,
          'i',
        ),
        (_, key: string, count: string | undefined) =>
          `the ${count === undefined || /^ones?$/i.test(count) ? '' : `${count} `}${/^one$/i.test(count ?? '') ? key.replace(/s$/, '') : key} `,
      );

/** `the three zones that come last in total distance`: the bottom three by it. */
const comeLast: Step = (prompt, facts) =>
  !/\b(?:last|lowest|worst|bottom|first|highest|best|top|ahead) (?:in|by|on|for|when|with)\b/i.test(prompt)
    ? prompt
    : prompt.replace(
        new RegExp(
          String.raw`^${OPENING}(${COUNT} )?(${keyPattern(facts)}) (?:that|which|who)? ?(?:come|comes|came|rank|ranks|ranked|finish|finished|are|is|were|stand|do|did|place|placed)(?: out)? (last|lowest|worst|at the bottom|first|highest|best|at the top|on top|ahead) (?:in|by|on|for|when it comes to|with) (?=(?:the )?${FIGURE}\b|[a-z]+ )`,
          'i',
        ),
        (_, count: string | undefined, key: string, side: string) =>
          `${/last|lowest|worst|bottom/i.test(side) ? 'bottom' : 'top'} ${count ?? (/s$/.test(key) ? '' : '1 ')}${key} by `,
      );

/** `least busy vet`, `most active pickers`: by how many rows they have. */
const leastBusy: Step = (prompt) =>
  prompt.replace(/\b(most|least) (?:busy|active|frequented)\b/gi, (_, how: string) => (/most/i.test(how) ? 'busiest' : 'quietest'));

/** `the highest single delay`: of one row. */
const single: Step = (prompt) =>
  prompt.replace(
    /(?<=\b(?:with|having|has|had|have|saw) (?:the )?)(highest|largest|biggest|longest|greatest|heaviest|lowest|smallest|shortest) (?:single|individual|one-off) /gi,
    (_, how: string) => (/lowest|smallest|shortest/i.test(how) ? 'lowest minimum ' : 'highest maximum '),
  );

/** `a ranking of shops by total loaves, cut off after five`: the top five. */
const cutOff: Step = (prompt, facts) => {
  const cut = new RegExp(
    String.raw`,?\s*\b(?:and )?(?:cut(?: it)?(?: off)?|stop(?:ping)?|end(?:ing)?|limit(?:ed)?(?: it)?|keep(?:ing)?|capped|trimmed|only) (?:after|at|to|with|by)?\s*(?:the )?(?:first|top|best|leading)? ?(${COUNT})(?: of them| places| rows| lines| entries)?[.\s]*$`,
    'i',
  ).exec(prompt);
  const lead =
    cut &&
    new RegExp(
      String.raw`^${OPENING}(?:an? |the )?(?:ranking|ranked list|list|table|leader ?board|league table|order) of (?:all )?(?:the )?(?=(?:${keyPattern(facts)})\b.* by )`,
      'i',
    ).exec(prompt);
  return cut && lead ? `top ${cut[1]} ${prompt.slice(lead[0].length, cut.index)}` : prompt;
};

/** `who tops the list of plazas by`, `number one plaza for`: the first. */
const firstOf: Step = (prompt, facts) =>
  prompt
    .replace(
      new RegExp(
        String.raw`^(?:who|which|what)(?: ${keyPattern(facts)})? (tops|leads|heads|is (?:on|at the) top (?:of|in)|is (?:first|ahead|in front) (?:of|in|among)) (?:the )?(?:list |ranking |table |field |standings )?(?:of |among )?(?:all )?(?:the )?(${keyPattern(facts)}) (?:by|in|for|when it comes to) `,
        'i',
      ),
      (_, __, key: string) => `top 1 ${key} by `,
    )
    .replace(
      new RegExp(
        String.raw`\b(?:the )?(?:number one|number 1|no\.? ?1|#1) (?:among |of )?(?:the )?(${keyPattern(facts)}) (?:for|by|in|when it comes to) `,
        'i',
      ),
      'top 1 $1 by ',
    );

/** `each week: 3 lines, most coils first`: with the most. */
const mostFirst: Step = (prompt, facts) =>
  prompt.replace(
    new RegExp(
      String.raw`^(?:(.+?)\s*[:,]\s*)?(${COUNT} )?(${keyPattern(facts)})(?:,| with)? (most|fewest|least|highest|lowest) ([\w ]+?) first\b(.*)$`,
      'i',
    ),
    (_, when: string | undefined, count: string | undefined, key: string, how: string, what: string, rest: string) =>
      `${count === undefined ? '' : 'the '}${count ?? ''}${key} with the ${how} ${what}${rest} ${when ?? ''}`.trim(),
  );

/** `five biggest buyers by value`, `biggest buyers by hammer, top 5`, `thirstiest 3 ferries, fuel in total`: the first ones by that number. */
const biggestBy: Step = (prompt, facts) => {
  const found = new RegExp(
    String.raw`^${OPENING}(${COUNT} )?([a-z]+est) (${COUNT} )?(${keyPattern(facts)})(?: by|, by|,| in) ([\w ]+?)( in total| overall)?(?:,? (?:the )?top (${COUNT}))?(?=,|\s*$|\s+(?:per|each|every|an?|over|in|for|daily|hourly|weekly)\b)`,
    'i',
  ).exec(prompt);
  if (!found) return prompt;
  const [whole, first, adjective = '', second, key = '', what = '', inTotal, last] = found;
  const column = numberNamed(facts, what.replace(/^the /i, ''), keyNamed(facts, key)?.table);
  const count = first ?? second ?? last;
  if (!column || !(count !== undefined || /^(?:big|larg|great|b|slow|fast|quick)/i.test(adjective))) return prompt;
  const n = count?.trim() ?? (/s$/.test(key) ? '' : '1');
  // The slowest take longest, and have the least speed.
  const isSlow = /^slow/i.test(adjective);
  const isPace = isSlow || /^(?:fast|quick)/i.test(adjective);
  const isLow = isPace ? isSlow === column.words.some((w) => SPEED.test(w)) : /^(?:small|low|least|quiet|weak|poor|light)/i.test(adjective);
  const side = isLow ? 'bottom' : 'top';
  return `${side} ${n} ${key} by ${inTotal === undefined ? '' : 'total '}${column.name}${prompt.slice(whole.length)}`.replace(
    / {2,}/g,
    ' ',
  );
};

/** Those who are paid, and do not pay. */
const SELLS = /^(?:seller|vendor|agent|driver|courier|rider|waiter|cashier|clerk|operator|trainer|teacher|dealer|worker|manager|host)$/;

/** `top 3 spenders in cash`, `biggest payer per day`: whoever pays, by what they pay in all. */
const spenders: Step = (prompt, facts) => {
  const found = new RegExp(
    String.raw`^${OPENING}(?:the )?(${COUNT} )?(?:top|biggest|largest|highest|heaviest|best) (${COUNT} )?(spend|pay|buy|don|earn)(?:er|or)(s?)\b(?! of\b)`,
    'i',
  ).exec(prompt);
  const [whole, first, second, verb = '', many] = found ?? [];
  if (whole === undefined || /[a-z]+$/i.exec(whole)?.some((noun) => facts.known.has(stem(noun)))) return prompt;
  const payers = facts.columns.filter(
    (c) => c.isText && saysPerson(c.words) && (verb === 'earn' || !c.words.some((w) => SELLS.test(w))) && moneyOf(facts, c.table),
  );
  // "payers" beside invoices and receipts: of the rows that hold what was paid.
  const who = payers.find((c) => moneyOf(facts, c.table)?.stems.some((w) => w === 'pay' || w === 'spend')) ?? payers[0];
  const money = who && moneyOf(facts, who.table);
  if (!who || !money || payers.some((c) => c.name !== who.name)) return prompt;
  const rest = prompt.slice(whole.length);
  const by = /\b(?:by|in total|on average)\b/i.test(rest) ? '' : ` by total ${money.name}`;
  const n = (first ?? second)?.trim() ?? (many === 's' ? '10' : '1');
  return `top ${n} ${who.name}${by}${rest}`;
};

const STEPS: readonly Step[] = [
  figureClauses,
  figureNouns,
  spenders,
  biggestBy,
  firstOf,
  mostFirst,
  cutOff,
  byWhat,
  outOf,
  comeLast,
  leastBusy,
  single,
];

/** Who comes first and by what, in the order in which it is read. */
export const rankingWords: Step = (prompt, facts) => STEPS.reduce((said, step) => step(said, facts), prompt);
