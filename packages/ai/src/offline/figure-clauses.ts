import { keyPattern } from './figure-words.ts';
import { stem } from './stem.ts';
import { doneWith, keyNamed, type ToldColumn, type ToldFacts } from './told-facts.ts';

type Step = (prompt: string, facts: ToldFacts) => string;

const SPAN = String.raw`(?:\d+|two|three|five|ten|fifteen|twenty|thirty)?[ -]?(?:second|minute|hour|day|week)s?`;
const one = (columns: readonly ToldColumn[]): ToldColumn | undefined =>
  new Set(columns.map((c) => c.name)).size === 1 ? columns[0] : undefined;

/** `each hour, the unit with the most events`, `weekly: the …`, `every day I need the …`: what is ranked comes first. */
const leadingTime: Step = (prompt) => {
  const found = new RegExp(
    String.raw`^((?:for |in )?(?:each|every|per) ${SPAN}|(?:minute|hour|dai|week)ly)(?:\s*[,:]\s*|(?= (?:i|we|give|show|list|tell|number|no)\b) )(?:(?:i|we) (?:need|want)(?: to (?:know|see))? |give me |show me |list |tell me )?(?=(?:the|number one|no\. ?1) )`,
    'i',
  ).exec(prompt);
  const rest = found && prompt.slice(found[0].length).replace(/[.?!\s]+$/, '');
  const ranks = /\b(?:most|fewest|least|best|worst|top|bottom|number one|no\. ?1|[a-z]{3,}est)\b(?! (?:two|ten|recent))/i;
  return found && rest && ranks.test(rest) ? `${rest} ${found[1]?.replace(/^(?:for|in) /i, '')}` : prompt;
};

/** `15 minutes at a time`: every so many. */
const atATime: Step = (prompt) =>
  prompt.replace(new RegExp(String.raw`\s*[,.?;]?\s*(?:look(?:ing)? at |taking |take )?(?<!-)\b(${SPAN}) at a time\b`, 'i'), ' every $1');

/** `in the different tests`, `and for which reason`: one line for each of them. */
const forEach: Step = (prompt, facts) =>
  prompt
    .replace(
      new RegExp(
        String.raw`\b(?:for|across|in|at|on|among|(?<!\b(?:many|number|count|share|percentage) )of) (?:all )?(?:the|our) (?:different|various|individual|single|separate|respective) (${keyPattern(facts)})\b`,
        'i',
      ),
      'per $1',
    )
    .replace(
      /(?=,?\s+and\b)(?<=\b(?:how (?:many|much|often)|number|count|total|average|sum)\b.*),?\s+and,? (?:for|by|in|at|from|on|with|through|via) (?:which|what) (?!days?|hours?|weeks?|minutes?|times?)([a-z]+)\s*[?.]*$/i,
      ' by $1',
    )
    .replace(/\bbroken (?:down|out|up) (?=(?:by|per|into) )/gi, '');

/** `by make and kind of job` of car_make and job_kind: part of a name behind what groups, and a name told from its end. */
const partOfName: Step = (prompt, facts) =>
  prompt
    .replace(/\b([a-z]+?)s? of (?:the |an? |each |every )?([a-z]+)\b/gi, (all: string, kind: string, noun: string) => {
      const column = one(facts.columns.filter((c) => c.isText && c.stems.join(' ') === `${stem(noun)} ${stem(kind)}`));
      return column?.words.join(' ') ?? all;
    })
    .replace(
      /\b(by|per|each|every|last|latest) (make|show|run|report|view|record|rank|time|use)\b/gi,
      (all: string, lead: string, word: string) => {
        const column = one(facts.columns.filter((c) => c.isText && c.words.includes(word.toLowerCase())));
        return column && !facts.rows.has(stem(word)) ? `${lead} ${column.name}` : all;
      },
    );

const EARN = '(?:makes?|made|earns?|earned|earning|brings? in|brought in|takes? in|took in|gross(?:es|ed)?)';

/** `restaurants that make the most money`, `the inverters that reach the highest temperature`, `with the lowest number of losses`. */
const rankedClause: Step = (prompt, facts) =>
  prompt
    .replace(
      new RegExp(
        String.raw`\b([a-z]+) (?:that |which |who )?${EARN}(?: us)? (?:the )?(most|least)(?: money)?(?= (?:per|each|every|in|an?|by|over|for|within)\b|\s*[,.?]|\s*$| (?:dai|hour|week)ly)`,
        'i',
      ),
      (_, key: string, how: string) => `${key} with the ${/most/i.test(how) ? 'highest' : 'lowest'} revenue`,
    )
    .replace(
      /\b([a-z]+) (?:that |which |who )?(?:reach(?:es|ed)?|hits?|record(?:s|ed)?|register(?:s|ed)?|peak(?:s|ed)? at|climb(?:s|ed)? to|drop(?:s|ped)? to|fall(?:s)? to|fell to) the (highest|lowest|largest|smallest) (?!average|mean|total|number|sum|median|count|max|min)(?=[a-z])/i,
      (_, key: string, how: string) => `${key} with the ${/highest|largest/i.test(how) ? 'highest maximum' : 'lowest minimum'} `,
    )
    .replace(
      /\b(with|having|has|have|had) the (highest|largest|greatest|biggest|lowest|smallest) (?:number|count|amount) of (?=[a-z])/i,
      (_, lead: string, how: string) => `${lead} the ${/lowest|smallest/i.test(how) ? 'fewest' : 'most'} `,
    )
    .replace(
      /^((?:.*\b)?(?:the|which|what) (?:[a-z]+ ){1,3})(?:where|to which|in which|at which|on which) (?:the )?(most|fewest) ([a-z]+s) (?!are|is|were|get|got|that|with)[a-z]+(?= (?:per|each|every|daily|hourly|weekly)\b|\s*[,.?]|\s*$)/i,
      '$1with the $2 $3',
    )
    .replace(/\bwhere (?:we|they|people|you) ([a-z]+)(?: out| in)? the (most|least)\b/i, 'that $1 the $2')
    .replace(
      /\b(?:in|at|on) (which|what) ([a-z]+) (?:are|is|were|was|do|did) (?:the )?[a-z]+ ([a-z]+) (?:the )?(most|least) on average\b/i,
      (all: string, which: string, key: string, verb: string, how: string) => {
        const table = keyNamed(facts, key)?.table;
        const column = table === undefined ? undefined : doneWith(facts, verb, table);
        return column ? `${which} ${key} has the ${/most/i.test(how) ? 'highest' : 'lowest'} average ${column.name}` : all;
      },
    );

const HIGH = /high|hot|warm|big|large|fast|loud|heavy/i;

/** `how low did the saturation get`: its lowest. */
const howLow: Step = (prompt) =>
  prompt.replace(
    /\bhow (low|high|big|large|small) (?:(?:do|does|did|has|have) )?(?:the |our |its )?([\w ]+?) (?:get|gets|got|go|goes|gone|went|drop|dropped|fall|fell|fallen|sink|sunk|climb|climbed|rise|risen|become)\b/i,
    (_, how: string, what: string) => `${HIGH.test(how) ? 'highest' : 'lowest'} ${what}`,
  );

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\bmegabytes\b/i, 'mb'],
  [/\bgigabytes\b/i, 'gb'],
  [/\bkilobytes\b/i, 'kb'],
  [/\bkilowatt[- ]hours\b/i, 'kwh'],
  [/\bmilli(?:amps|amperes)\b/i, 'ma'],
];

/** `megabytes` of mb_down: the one number that has the sign of the unit in its name. */
const unitSigns: Step = (prompt, facts) =>
  SIGNS.reduce(
    (said, [unit, sign]) =>
      unit.test(said) && one(facts.columns.filter((c) => c.isNumber && c.words.includes(sign))) ? said.replace(unit, sign) : said,
    prompt,
  );

/** `what do the garages collect in fees`: the total per garage. */
const collectedIn: Step = (prompt, facts) =>
  prompt
    .replace(
      new RegExp(
        String.raw`^(?:what|how much) (?:do|does|did) (?:the|each|every|all|all the|our) (${keyPattern(facts)}) (?:collect|take|make|earn|get|charge|pay|bring in|give|spend|lose) in ([a-z]+)\b(,? each\b)?`,
        'i',
      ),
      (all: string, key: string, noun: string) =>
        one(facts.columns.filter((c) => c.isNumber && c.stems.includes(stem(noun)))) ? `total ${noun} per ${key}` : all,
    )
    .replace(/(?=,? each)(?<=^total .*),? each\s*[?.]*$/i, '');

const MONEY = /^(?:eur|usd|gbp|chf|ct|cts|cents|dollars|euros)$/;

/** `what does a night cost on average`: of the one number that is money. */
const costOnAverage: Step = (prompt, facts) =>
  prompt.replace(
    /\b(?:what|how much) (?:do|does|did) (?:an?|one|each|every|the) ([a-z]+) cost(?: us| them)?,? on average\b/i,
    (all: string, noun: string) => {
      const table = facts.rows.get(stem(noun));
      const column = one(facts.columns.filter((c) => c.isNumber && MONEY.test(c.unit) && (table === undefined || c.table === table)));
      return column ? `average ${column.name}` : all;
    },
  );

const LATE = /\b(late|delayed|overdue)\b/i;

/** `late deliveries per depot`, `how many shipments were late`: rows that have a delay, where only a number tells of it. */
const lateRows: Step = (prompt, facts) => {
  if (!LATE.test(prompt) || ['late', 'delayed', 'overdue'].some((w) => facts.values.has(stem(w)))) return prompt;
  const told = facts.columns.filter((c) => c.words.some((w) => /^(?:late|delay|delayed|lateness|overdue)$/.test(w)));
  const said = (noun: string): string | undefined => {
    const table = facts.rows.get(stem(noun));
    const own = told.filter((c) => c.table === table);
    const column = table === undefined ? undefined : one(own.length > 0 ? own : told);
    return column?.isNumber ? column.name : undefined;
  };
  return prompt
    .replace(
      /\b(?<!\b(?:how|too|most|least|more|very|minutes|min|hours|days) )(?:late|delayed|overdue) ([a-z]+s)\b(?! (?:by|over|more)\b)/i,
      (all: string, noun: string) => (said(noun) === undefined ? all : `${noun} with ${said(noun)} over 0`),
    )
    .replace(
      /\b(how many (?:of the |of our )?([a-z]+s)) (?:were|was|are|is|came|come|arrived?|ran|run|got|get) (?:late|delayed|overdue)\b(?! by)/i,
      (all: string, lead: string, noun: string) => (said(noun) === undefined ? all : `${lead} with ${said(noun)} over 0`),
    );
};

/** `how many props were broken` of broken_prop, `how many times did each blower trip` of trip, `how often were tickets reopened`. */
const doneTo: Step = (prompt, facts) => {
  const props = /\bhow many ([a-z]+?)s (?:were|was|are|got|get|have been|had been|did we) ([a-z]+)\b/i.exec(prompt);
  const held =
    props && one(facts.columns.filter((c) => c.isText && c.stems.join(' ') === `${stem(props[2] ?? '')} ${stem(props[1] ?? '')}`));
  if (props && held) return prompt.replace(props[0], `number of ${held.words.join(' ')}s`);
  const times =
    /\bhow (?:many times|often) (?:do|does|did|was|were|is|are|have|has|had) (?:the |our |(?:each|every) )?([a-z]+)(?<each>(?<=\b(?:each|every) [a-z]+))? (?:get |got |be |been )?([a-z]+)\b/i.exec(
      prompt,
    );
  const [whole, noun = '', , verb = ''] = times ?? [];
  if (whole === undefined) return prompt;
  const key = keyNamed(facts, noun.replace(/(?<=[a-z]{3})s$/, '')) ?? keyNamed(facts, noun);
  const table = key?.table ?? facts.rows.get(stem(noun));
  if (table === undefined) return prompt;
  const own = facts.columns.filter((c) => c.table === table && c.stems[0] === stem(verb));
  const counted = one(own.filter((c) => c.isNumber && (c.stems.length === 1 || /^(?:count|times|cnt)$/.test(c.unit))));
  const text = one(own.filter((c) => c.isText && c.stems.length === 1 && !c.hasValues && c !== key));
  const figure = counted ? `total ${counted.name}` : text ? `number of rows where ${text.name} is not null` : undefined;
  const isEach =
    /\b(?:each|every) [a-z]+ (?:get |got |be |been )?[a-z]+$/i.test(whole) || (key !== undefined && !facts.rows.has(stem(noun)));
  return figure === undefined ? prompt : prompt.replace(whole, `${figure}${key && isEach ? ` per ${key.name}` : ''}`);
};

const STEPS: readonly Step[] = [
  leadingTime,
  atATime,
  forEach,
  partOfName,
  howLow,
  unitSigns,
  collectedIn,
  costOnAverage,
  lateRows,
  doneTo,
  rankedClause,
];

/** Figures told by clauses, as what is counted, added up or ranked by the names that there are. */
export const figureClauses: Step = (prompt, facts) => STEPS.reduce((said, step) => step(said, facts), prompt);
