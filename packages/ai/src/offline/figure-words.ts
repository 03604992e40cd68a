import { LOW } from './adjective-numbers.ts';
import { stem } from './stem.ts';
import { doneWith, keyNamed, measuredIn, numberNamed, type ToldColumn, type ToldFacts } from './told-facts.ts';
import { aggregateOf } from './vocabulary.ts';

/** Figures that a group has. */
export const FIGURE = '(?:total|sum|average|mean|median|maximum|minimum|highest|lowest|largest|smallest|biggest|peak|number|count)';
export const BOUND = '(?:more than|less than|fewer than|no more than|not more than|over|under|above|below|at least|at most|up to)';
export const NUMBER = String.raw`\d[\d.,]*`;
const OPENING = String.raw`(?:(?:please|pls|show(?: me)?|list|name|give me|find|tell me|which|what(?: are| is)?|only|all|the|those|every|any|is there any|are there any)\s+)*`;

const patterns = new WeakMap<ToldFacts, string>();

/** All that a group may be called by: text columns, singular and plural, without the word that says that they are names. */
export function keyPattern(facts: ToldFacts): string {
  const before = patterns.get(facts);
  if (before !== undefined) return before;
  const said = new Set<string>();
  for (const { isText, words } of facts.columns) {
    if (!isText) continue;
    const short = /^(?:id|name|no|code)$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words;
    for (const form of [words, short]) if (form.length > 0) said.add(form.map((w) => w.replace(/y$/, '(?:y|ie)')).join('[ _]?'));
  }
  const pattern = `(?:${[...said].toSorted((a, b) => b.length - a.length).join('|')})(?:e?s)?`;
  patterns.set(facts, pattern);
  return pattern;
}

type Step = (prompt: string, facts: ToldFacts) => string;

/** The number that a phrase names: by its words, by the one word of it that has a column, by the unit that it is measured in. */
export function figureOf(facts: ToldFacts, phrase: string, table?: string): ToldColumn | undefined {
  const [, unit = '', of = ''] = /^(?:the )?(?:(\w+) of )?(?:the )?(.+)$/i.exec(phrase.trim()) ?? [];
  return numberNamed(facts, of, table) ?? measuredIn(facts, unit === '' ? of : unit, table);
}

/** `as a dispatcher I would like`, `we would want to see`: who asks, and how kindly, says nothing. */
const roleWords: Step = (prompt) =>
  prompt
    .replace(/,?\s*\b(?:asap|a\.s\.a\.p\.|urgently|right away|straight away|real quick|if possible|if you can)\b/gi, '')
    .replace(/^(?:could|can|would|will) (?:somebody|someone|anybody|anyone) (?:please )?(?:show|give|tell|get|send|list)(?: me| us)? /i, '')
    .replace(
      /^as (?:an?|the|our) [a-z]+(?: [a-z]+){0,2}?,? (?:i|we)(?:'d| would| do)? (?:like|want|need|love|have)(?: to (?:see|know|have|get))? /i,
      '',
    );

/** `picker wise`: by picker. */
const wiseWords: Step = (prompt, facts) => prompt.replace(new RegExp(String.raw`\b(${keyPattern(facts)})[ -]?wise\b`, 'gi'), 'by $1');

/** `count each plate only once`, `plates per plaza, no duplicates`, `distinct plates count`: different ones. */
const onceWords: Step = (prompt, facts) => {
  if (!/\b(?:once|duplicate|double|repe[at]|separate|individual|distinct|different|unique|twice)/i.test(prompt)) return prompt;
  const key = keyPattern(facts);
  const each = new RegExp(String.raw`\bcount(?:ing)? (?:each|every) (${key}) (?:only |just |but )?once\b,?`, 'i').exec(prompt);
  if (each) return prompt.replace(each[0], `number of different ${each[1]}`);
  const said = prompt
    .replace(new RegExp(String.raw`\b(distinct|different|unique) (${key}) counts?\b`, 'i'), 'number of $1 $2')
    .replace(new RegExp(String.raw`\b(how many|number of) (?:separate|individual) (?=${key}\b)`, 'i'), '$1 different ');
  const none =
    /,?\s*\(?\b(?:(?:with )?no (?:duplicates|doubles|repeats|repetitions)|without (?:duplicates|doubles|repeats|counting (?:any|them|it) twice)|each (?:[a-z]+ ){0,2}?(?:only |just )?once|de-?duplicated)\b\)?,?(?:\s*counted\b)?/i.exec(
      said,
    );
  const lead = new RegExp(String.raw`^(?:how many |(?:the )?number of |count (?:the )?)?(${key})\b`, 'i').exec(said);
  if (!none || !lead || keyNamed(facts, lead[1] ?? '') === undefined) return said;
  return said
    .replace(none[0], ' ')
    .replace(lead[0], `number of different ${lead[1]}`)
    .replace(/ (?:do|does|did|has|have) (?:each|every) ([a-z]+) [a-z]+(?: (?:after|in|up|to|at|for))?(?= |$)/i, ' per $1');
};

/** `the wait that 90 percent of the calls stay under`: a percentile. */
const shareBelow: Step = (prompt) =>
  prompt
    .replace(
      /(?:\bthe )?\b([a-z]+(?: [a-z]+)?) (?:that|which) (?:(half)|(\d+) ?(?:%|percent|per cent)) of (?:the |all |our )?[a-z]+ (?:stay|are|lie|fall|remain|keep|come|do not|don't|finish)?\s*(under|below|within|exceed|above|over)\b/i,
      (_, noun: string, half: string | undefined, share: string | undefined, side: string) =>
        percentile(noun, half, share, /above|over/i.test(side)),
    )
    .replace(
      // "the delay exceeded by only 10 percent of the crossings"
      /(?:\bthe )?\b([a-z]+(?: [a-z]+)?)(?: that is| which is)? (?:exceeded|topped|surpassed|passed) (?:by|in) (?:only |just )?(?:(half)|(\d+) ?(?:%|percent|per cent)) of (?:the |all |our )?[a-z]+/i,
      (_, noun: string, half: string | undefined, share: string | undefined) => percentile(noun, half, share, true),
    )
    .replace(
      // "half of the flights have a delay below what"
      /\b(?:(half)|(\d+) ?(?:%|percent|per cent)) of (?:the |all |our )?[a-z]+ (?:have|had|has|show|take|took|need|get) (?:an? |the )?([a-z]+(?: [a-z]+)?) (below|under|above|over) what\b/i,
      (_, half: string | undefined, share: string | undefined, noun: string, side: string) =>
        percentile(noun, half, share, /above|over/i.test(side)),
    );

const percentile = (noun: string, half: string | undefined, share: string | undefined, isAbove: boolean): string => {
  const at = half === undefined ? Number(share) : 50;
  return at === 50 ? `median of ${noun}` : `p${isAbove ? 100 - at : at} of ${noun}`;
};

/** `30-minute count of`, `the 10 minute top five`: every so many minutes. */
const leadingSpan: Step = (prompt, facts) => {
  const found =
    /^((?:please |show me |give me |what (?:is|are) )*(?:the )?)(\d+)[ -](second|minute|hour|day|week)s?[ -](?=(?<next>[a-z]+))/i.exec(
      prompt,
    );
  const next = found?.groups?.['next'] ?? '';
  const isFigure = new RegExp(`^(?:${FIGURE}s?|top|bottom|best|worst|revenue|income|takings|sales|turnover|earnings)$`, 'i').test(next);
  const named = numberNamed(facts, next);
  // "5-minute delays" are delays of that length.
  const isAmount = named !== undefined && !/^(?:ms|s|secs?|seconds|mins?|minutes|h|hours|days)$/.test(named.unit);
  const isCount = /^(?:[a-z]+ ){1,2}counts?\b/i.test(prompt.slice(found?.[0].length ?? 0));
  return found && (isFigure || isAmount || isCount)
    ? `${found[1]}${prompt.slice(found[0].length).replace(/[?.!\s]+$/, '')} every ${found[2]} ${found[3]}s`
    : prompt;
};

/** `tonnage`, `mileage`: the number that is measured so. `distance`: in metres or kilometres. */
const UNIT_NOUNS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\btonnages?\b/i, ['tonne']],
  [/\b(?:mileage|distances?)\b/i, ['km', 'metre', 'mile']],
];
const consonants = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[aeiou]/g, '')
    .replace(/(.)\1/g, '$1');

const unitNouns: Step = (prompt, facts) => {
  const said = UNIT_NOUNS.reduce((text, [noun, units]) => {
    const found = noun.exec(text);
    if (!found || facts.known.has(stem(found[0]))) return text;
    const column = units.map((u) => measuredIn(facts, u)).find((c) => c !== undefined);
    return column ? text.replace(found[0], column.name) : text;
  }, prompt);
  // "running time" of ran_min: verbs that change their vowel keep the rest.
  return said.replace(/\b([a-z]{2,})ing times?\b/i, (all: string, verb: string) => {
    if (facts.known.has(stem(`${verb}ing`)) || doneWith(facts, verb)) return all;
    const fit = facts.columns.filter(
      (c) =>
        c.isNumber &&
        /^(?:ms|s|secs?|seconds|min|mins|minutes|h|hrs?|hours)$/.test(c.unit) &&
        c.words.some((w) => w.length > 2 && consonants(w) === consonants(verb)),
    );
    return fit.length === 1 ? (fit[0] as ToldColumn).name : all;
  });
};

/** `average number of brood frames`: the number itself. */
const numberOf: Step = (prompt, facts) =>
  prompt.replace(
    /\b(average|mean|median|highest|lowest|maximum|minimum|typical) (?:number|count|amount) of ([a-z]+(?: [a-z]+)?)/gi,
    (all: string, figure: string, noun: string) => {
      const column = [noun, noun.split(' ')[0] ?? ''].map((n) => numberNamed(facts, n)).find((c) => c !== undefined);
      return column ? `${figure} ${noun.split(' ').every((w) => column.stems.includes(stem(w))) ? column.name : noun}` : all;
    },
  );

/** `hardest grade of each climber`: an adjective that no list has is the end of the number behind it. */
const farthest: Step = (prompt, facts) =>
  prompt.replace(
    /\b(?!(?:latest|newest|earliest|oldest|fewest|least|best|busiest|quietest)\b)([a-z]{3,}est) ([a-z_]+)(?= (?:of|per|for|in|on|at|by) (?:each |every )?[a-z])/i,
    (all: string, how: string, noun: string) =>
      aggregateOf(how.toLowerCase()) === undefined && !facts.rows.has(stem(noun)) && numberNamed(facts, noun)
        ? `${LOW.test(how.toLowerCase()) ? 'lowest' : 'highest'} ${noun}`
        : all,
  );

/** `count, total weight`, `the lap count`: of rows. `together with the number of laps`: and that. */
const countAlone: Step = (prompt, facts) =>
  prompt
    .replace(
      new RegExp(String.raw`,?\s*\b(?:together with|along with|as well as|plus|next to|alongside) (?=(?:the )?${FIGURE}\b)`, 'gi'),
      ' and ',
    )
    .replace(/\b(?:amount|quantity) of ((?:[a-z]+ )?([a-z]+)s)\b/gi, (all: string, said: string, noun: string) =>
      !facts.known.has(stem(/amount/i.test(all) ? 'amount' : 'quantity')) &&
      facts.rows.has(stem(`${noun}s`)) &&
      !facts.columns.some((c) => c.isNumber && c.stems.includes(stem(`${noun}s`)))
        ? `number of ${said}`
        : all,
    )
    .replace(/\b((?:distinct|unique|different) )?([a-z]+?)s? counts?\b(?! of)/gi, (all: string, once: string | undefined, noun: string) =>
      facts.rows.has(stem(noun)) ? `number of ${once ?? ''}${noun}s` : all,
    )
    .replace(/\bcount(?=\s*[,:&]|\s+and (?:the )?(?:total|sum|average|mean|median|max|min)\b(?! of))/gi, 'number of rows');

/** `how many kilos of flour did each oven use`, `how many euros did every tunnel take in`: the sum per key. */
const howMuchEach: Step = (prompt, facts) => {
  // "what does the fuel of all crossings come to": its total.
  const comes = /^(?:so )?what (?:do|does|did) (?:the )?(.+?) (?:come to|amount to|add up to|sum up to)\b/i.exec(prompt);
  if (comes) return `total ${comes[1]}${prompt.slice(comes[0].length)}`;
  if (!/\bhow (?:many|much)\b/i.test(prompt)) return prompt;
  const all =
    /\bhow (?:many|much) ([a-z]+(?: of (?:the )?[a-z]+| [a-z]+)?) (?:is|are|was|were|has been|have been|gets?|got) (?:being )?[a-z]+(?:ed|en|wn|ght|lt|nt|ld|de|t)\b/i.exec(
      prompt,
    );
  const whole = all && / of /.test(all[1] ?? '') ? figureOf(facts, all[1] ?? '') : undefined;
  if (all && whole) return prompt.replace(all[0], `total ${whole.name}`);
  const found = new RegExp(
    String.raw`\bhow (?:many|much) ([a-z]+(?: of (?:the )?[a-z]+| [a-z]+)?) (?:do|does|did|have|has|had) (?:each|every|the|all|our|all the|each of the)\s+(?:single )?(${keyPattern(facts)})(?:\s+(?!(?:per|each|every|an?|in|daily|hourly|weekly|a)\b)[a-z]+(?: (?:in|up|out|off|through)(?= (?:per|each|every|an?|in|daily|hourly|weekly)\b|\s*[,?]|$))?)?`,
    'i',
  ).exec(prompt);
  const key = keyNamed(facts, found?.[2] ?? '');
  // "how many hauls did each truck make" counts rows, also beside a column hauled_t.
  const column = key && !facts.rows.has(stem(found?.[1] ?? '')) ? figureOf(facts, found?.[1] ?? '', key.table) : undefined;
  if (!found || !key || !column) return prompt;
  const rest = prompt
    .slice(found.index + found[0].length)
    .replace(/,?\s*\bone (?:row|line) (?:per|for each|for every) [a-z ]+?(?=,|$)/i, '');
  return `${prompt.slice(0, found.index)}total ${column.name} per ${found[2]}${rest}`;
};

/** `kilos of honey harvested by each hive`: so much of what is measured so. */
const unitOf: Step = (prompt, facts) => {
  const found =
    /(?<=^|, |^(?:show|give|tell) (?:me |us )?(?:the )?|\bthe |\bhow many )([a-z]+) of ([a-z]+)(?: (?:that (?:is|was|were) )?[a-z]+(?:ed|en|wn|lt|ght|nt|de|id))?(?= (?:by|per|for|in|at|each|every|daily|hourly|weekly|,))/i.exec(
      prompt,
    );
  const column = found && numberNamed(facts, found[2] ?? '');
  if (!found || !column || measuredIn({ ...facts, columns: [column] }, found[1] ?? '') === undefined) return prompt;
  return `${prompt.slice(0, found.index).replace(/\bhow many $/i, '')}total ${column.name}${prompt.slice(found.index + found[0].length)}`;
};

const STEPS: readonly Step[] = [
  roleWords,
  leadingSpan,
  wiseWords,
  onceWords,
  shareBelow,
  unitNouns,
  numberOf,
  farthest,
  countAlone,
  howMuchEach,
  unitOf,
];

/** Figures told by who does what, in which unit, or once each: in the words that name them. */
export const figureWords: Step = (prompt, facts) => STEPS.reduce((said, step) => step(said, facts), prompt);

export { OPENING };
