import { LOW, OF_ADJECTIVE } from './adjective-numbers.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { stem } from './stem.ts';
import { longForm, synonymsOf } from './synonyms.ts';

const AGG = '(median|minimum|maximum|average|mean|lowest|highest|smallest|largest)';
const SPAN_UNIT = '(?:milliseconds?|seconds?|secs?|minutes?|mins?|min|hours?|hrs?|h|days?|d|weeks?)';
const NUMBER = String.raw`\d[\d.,]*`;
const BOUND = '(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to)';

/** How units are said, and the unit that a name ends in. */
const UNITS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:seconds?|secs?) (?:per|a) (?:km|kilomet(?:er|re))$/, /(?:_s_|Spe?r?)km$/i],
  [/^(?:seconds?|secs?)$/, /(?:_s|_secs?|Secs?|seconds)$/],
  [/^(?:minutes?|mins?)$/, /(?:_mins?|Mins?|minutes)$/],
  [/^hours?$/, /(?:_h|_hrs?|hours|Hours)$/],
  [/^(?:tonnes?|tons?|t)$/, /_t$|tonnes$/],
  [/^(?:kilos?|kilograms?|kg)$/, /kg$/i],
  [/^(?:grams?|g)$/, /(?:_g|G|grams)$/],
  [/^(?:lit(?:er|re)s?|l)$/, /(?:_l|L|lit(?:er|re)s)$/],
  [/^(?:kilomet(?:er|re)s?|km)$/, /_km$|Km$|^km$/],
  [/^(?:met(?:er|re)s?|m)$/, /_m$|M$|met(?:er|re)s$/],
  [/^(?:euros?|eur)$/, /eur$/i],
  [/^(?:dollars?|usd)$/, /usd$/i],
  [/^(?:pounds?|gbp)$/, /gbp$/i],
  [/^degrees?$/, /(?:_c|_f|C)$/],
];
const UNIT_SAID = String.raw`(?:(?:seconds?|secs?) (?:per|a) (?:km|kilomet(?:er|re))|[a-z]+(?:\/[a-z0-9]+)?)`;

/** Forms of verbs that no rule makes from each other. */
const VERBS: readonly string[] = [
  'run ran running',
  'burn burnt burned burning',
  'pay paid payment',
  'break broke broken',
  'steal stole stolen',
  'freeze froze frozen',
  'spill spilt spilled spilling',
  'lose lost loss',
  'give gave given',
  'wear wore worn',
  'tear tore torn',
  'hide hid hidden',
  'speak spoke spoken',
  'drive drove driven',
  'throw threw thrown',
  'weigh weight',
];

const formsOf = (word: string): string[] => VERBS.find((forms) => forms.split(' ').includes(word))?.split(' ') ?? [word];
const isSame = (a: string, b: string): boolean =>
  stem(a) === stem(b) || formsOf(a).includes(b) || stem(longForm(b) ?? b) === stem(a) || synonymsOf(stem(a)).includes(stem(b));

interface Asked {
  readonly prompt: string;
  readonly columns: readonly ColumnRef[];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z][a-z0-9]+/g) ?? [];

/** The one column that fits; of several, the one whose relation the question names most of. */
function pick({ prompt, columns }: Asked, fits: (column: ColumnRef) => boolean): ColumnRef | undefined {
  const fit = columns.filter(fits);
  if (fit.length < 2) return fit[0];
  const said = new Set(wordsOf(prompt).map(stem));
  const scored = fit
    .map((column) => {
      const own = columns.filter((c) => c.table === column.table).flatMap((c) => c.words);
      const rows = column.table.split(/[_\d]|(?=[A-Z])/).filter((w) => said.has(stem(w)));
      return { column, score: new Set(own.filter((w) => w.length > 2 && said.has(stem(w)))).size + 2 * rows.length };
    })
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first && second && first.score > second.score ? first.column : undefined;
}

const measuredIn = (asked: Asked, unit: string): ColumnRef | undefined => {
  const ending = UNITS.find(([said]) => said.test(unit.toLowerCase()))?.[1];
  return ending && pick(asked, (c) => isMeasure(c) && ending.test(c.name));
};

const calledSo = (asked: Asked, word: string, fits: (c: ColumnRef) => boolean = isMeasure): ColumnRef | undefined =>
  pick(asked, (c) => fits(c) && [...c.words, signOf(c)].some((w) => isSame(word.toLowerCase(), w)));

/** `o2` of o2_mgl: a digit divides the words of a name, and no sign of a substance. */
const signOf = (column: ColumnRef): string => column.name.split('_')[0]?.toLowerCase() ?? '';

const OF_VERB: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:produc|generat|yield)/, /^(?:power|energy|output|yield|kwh?|mwh?)$/],
  [/^(?:consum|us(?:e|es|ing)$|burn)/, /^(?:consumption|usage|fuel|energy|power)$/],
  [/^(?:spend|spent|pay|paid|earn|sell|cost)/, /^(?:amount|price|revenue|total|cost|eur|usd|gbp)$/],
  [/^(?:wait|tak|last|need)/, /^(?:duration|wait|time|minutes|seconds|hours)$/],
  [/^weigh/, /^(?:weight|mass)$/],
];

const isHeat = (root: string): boolean => /^(?:cold|cool|warm|hot)/.test(root);
const HEAT_NAME = /c$|f$|temp/i;

function adjectiveNumber(asked: Asked, adjective: string, noun: string | undefined): ColumnRef | undefined {
  const root = adjective.toLowerCase().replace(/i?est$/, '');
  const words = OF_ADJECTIVE.find(([pattern]) => pattern.test(root))?.[1];
  return (
    (noun === undefined ? undefined : calledSo(asked, noun)) ??
    pick(asked, (c) => isMeasure(c) && c.words.some((w) => w.length > 2 && (w === root || w === `${root}e` || stem(w) === stem(root)))) ??
    (words && pick(asked, (c) => isMeasure(c) && c.words.some((w) => words.test(w)) && (!isHeat(root) || HEAT_NAME.test(c.name)))) ??
    (isHeat(root) ? pick(asked, (c) => isMeasure(c) && /^[cf]$/.test(c.unit ?? '')) : undefined)
  );
}

/** A name that the tokens hold together. */
const said = (column: ColumnRef): string => (/\d/.test(column.name) ? column.name.replaceAll('_', ' ') : column.name);

type Way = (asked: Asked) => string | undefined;

/** `per shift of 8 hours`, `by line and quarter of 90 days`: a span by a name of its own. */
const namedSpan: Way = ({ prompt }) =>
  prompt
    .replace(new RegExp(String.raw`,?\s*\band (?!last)[a-z]+ of (${NUMBER} ${SPAN_UNIT})\b`, 'gi'), ', every $1')
    .replace(
      new RegExp(String.raw`\b(?:per|by|each|every|in (?:each|every)|an?) (?!last)[a-z]+ of (${NUMBER} ${SPAN_UNIT})\b`, 'gi'),
      'every $1',
    );

/** `worst signal (minimum) of`, `typical (median) job length in hours`: the bracket says which figure. */
const figureInBrackets: Way = (asked) => {
  const told = asked.prompt
    .replace(new RegExp(String.raw`\b(?:[a-z]+est|best|worst|typical|top|usual|poorest) ([a-z_]+)\s*\((?:the )?${AGG}\)`, 'gi'), '$2 $1')
    .replace(new RegExp(String.raw`\b(?:[a-z]+est|best|worst|typical|top|usual)\s*\((?:the )?${AGG}\)`, 'gi'), '$1');
  const inUnit = new RegExp(String.raw`\b${AGG} [a-z]+(?: (?:of )?[a-z]+)? in (${UNIT_SAID})(?![\w/])`, 'i').exec(told);
  const column = inUnit && measuredIn(asked, inUnit[2] as string);
  return inUnit && column ? told.replace(inUnit[0], `${inUnit[1]} ${said(column)}`) : told;
};

/** `run by hand (mode manual)`: the bracket says it in names of the schema, and the words before say the same. */
const namedInBrackets: Way = ({ prompt, columns }) =>
  prompt.replace(
    /\b(?:(?:[a-z]+ed|run|driven|done|made|kept|paid|held) )?(?:by|on|in|with|under) (?:the )?[a-z]+ \((([a-z_]+) [a-z0-9]+)\)/gi,
    (all: string, inside: string, name: string) =>
      columns.some((c) => c.words.some((w) => isSame(name.toLowerCase(), w))) ? `with ${inside}` : all,
  );

/** `ten best bibs by average pace (lowest is best)`, `strictest, meaning the lowest average score`. */
const directionLast: Way = ({ prompt }) =>
  prompt
    .replace(
      /\b(?:best|worst|top) (.+?) by (?:the )?((?:average|total|mean|median) [\w ]+?)(?=,| (?:per|each|every|a|over|in|for|by)\b)(.*?)\s*\((?:the )?(lowest|highest|smallest|largest|fewest|most) (?:is|are|being|=|counts? as) (?:the )?(?:best|worst|top|first)\)/i,
      '$1 with the $4 $2$3',
    )
    .replace(
      /\b(is|are|has|have) (?:the )?(?:[a-z]+est|best|worst|most [a-z]+)\b(.*?),?\s*(?:meaning|that is|i\.e\.|in other words|by which I mean) (?:with )?(?:the )?((?:lowest|highest|smallest|largest|most|fewest) .+)$/i,
      'has the $3$2',
    );

/** `which river is coldest on average`, `2 windiest monitors on average`, `thickest sludge on average`. */
const mostOnAverage: Way = (asked) => {
  const { prompt } = asked;
  const is = /\b(is|are|was|were|has|have|had) (?:the )?([a-z]+est)(?: ([a-z]+))? on average\b(?:\s*\(([a-z0-9_]+)\))?/i.exec(prompt);
  if (is) {
    const column = (is[4] && calledSo(asked, is[4])) || adjectiveNumber(asked, is[2] as string, is[3]);
    return column && prompt.replace(is[0], `has the ${LOW.test(is[2] as string) ? 'lowest' : 'highest'} average ${said(column)}`);
  }
  const of = /\b([a-z]+est) ((?:\d+ )?[a-z]+) on average\b/i.exec(prompt);
  const column = of && adjectiveNumber(asked, of[1] as string, undefined);
  if (of && column)
    return prompt.replace(
      of[0],
      `${of[2]} with the ${LOW.test((of[1] as string).toLowerCase()) ? 'lowest' : 'highest'} average ${said(column)}`,
    );
  // "pilots who fly highest on average", "turbines producing the most on average"
  const does = /\b(?:who |that |which )?([a-z]+) (?:the )?([a-z]+est|most|least) on average\b/i.exec(prompt);
  const [, verb = '', how = ''] = does ?? [];
  const done = does && (/est$/i.test(how) && !/^least$/i.test(how) ? adjectiveNumber(asked, how, undefined) : doneNumber(asked, verb));
  return does && done
    ? prompt.replace(
        does[0],
        `with the ${/^least$/i.test(how) || LOW.test(how.toLowerCase()) ? 'lowest' : 'highest'} average ${said(done)}`,
      )
    : undefined;
};

/** `producing`: what verbs are of, by their own name or another. */
const doneNumber = (asked: Asked, verb: string): ColumnRef | undefined => {
  const words = OF_VERB.find(([pattern]) => pattern.test(verb.toLowerCase()))?.[1];
  return calledSo(asked, verb) ?? (words && pick(asked, (c) => isMeasure(c) && c.words.some((w) => words.test(w))));
};

/** `what does a visit cost on average`, `what do people pay per visit on average`: of the one number of money. */
const costOnAverage: Way = (asked) => {
  const found =
    /\b(?:what|how much) (?:do|does|did) (?:an?|each|every|one|the|our)?\s*[a-z]+ (?:cost|pay|spend|earn|bring(?: in)?)(?: us| them)?,? (?:on average|typically|usually)\b/i.exec(
      asked.prompt,
    );
  const column = found && pick(asked, (c) => c.isMoney && !/^(?:tip|discount|tax)/i.test(c.name));
  return found && column ? asked.prompt.replace(found[0], `average ${said(column)}`) : undefined;
};

/** `waves that average 330 seconds per km or faster`, `basins averaging 2 mg/l oxygen or less`. */
const averageBound: Way = (asked) => {
  const { prompt } = asked;
  const plain = new RegExp(
    String.raw`\b(?:that |which |who |with (?:an? )?)?averag(?:es?|ing) (${NUMBER}) ?(${UNIT_SAID})(?: (?:of )?([a-z0-9]+)(?: [a-z]+)?)? or (more|less|fewer|faster|slower|longer|shorter|higher|lower|better|worse|above|below)\b`,
    'i',
  ).exec(prompt);
  if (plain) {
    const column = (plain[3] && calledSo(asked, plain[3])) || measuredIn(asked, plain[2] as string) || calledSo(asked, plain[2] as string);
    const isLess = /less|fewer|faster|shorter|lower|below/.test(plain[4] as string);
    return column ? prompt.replace(plain[0], `with average ${said(column)} of at ${isLess ? 'most' : 'least'} ${plain[1]}`) : undefined;
  }
  return undefined;
};

/** `average oxygen and its minimum`. */
const itsFigure: Way = ({ prompt }) =>
  prompt
    .replace(new RegExp(String.raw`\b${AGG} ([a-z][a-z0-9_]*(?: [a-z_]+)?),? and (?:its|their) ${AGG}\b`, 'gi'), '$1 $2 and $3 $2')
    .replace(new RegExp(String.raw`\b([a-z_]+),? (?:its|their) ${AGG} and (?:its |their )?${AGG}\b`, 'gi'), '$2 $1 and $3 $1');

/** `tallest print by layers of each client`: the largest of what is named behind "by". */
const mostBy: Way = (asked) => {
  const found = /\b([a-z]+est) [a-z]+,? (?:by|in) ([a-z_]+) (?=(?:of|for|per|by|in) )/i.exec(asked.prompt);
  const column = found && (calledSo(asked, found[2] as string) ?? measuredIn(asked, found[2] as string));
  return found && column
    ? asked.prompt.replace(found[0], `${LOW.test((found[1] as string).toLowerCase()) ? 'minimum' : 'maximum'} ${said(column)} `)
    : undefined;
};

/** `moving average of stars, 20 bookings`, `smoothed flow: mean of 6 readings`. */
const smoothed: Way = ({ prompt }) =>
  prompt
    .replace(
      /\b((?:moving|rolling|running|sliding) (?:average|mean|sum|total|median|maximum|minimum)) (?:of )?([\w ]+?),? (?:of |over |across )?(\d+) ([a-z]+)\b(?! of)/i,
      '$1 of $2 over the last $3 $4',
    )
    .replace(
      /\b(?:smooth(?:ed)?|average[d]?) ([a-z_ ]+?)\s*[:,(]\s*(?:the )?(?:mean|average) (?:of|over) (?:the last )?(\d+) ([a-z]+)\)?/i,
      'moving average of $1 over the last $2 $3',
    );

/** `laziest 3 players by metres run`, `three ovens burning the fewest loaves`: so much of what the words or the unit name. */
const rankedBy: Way = (asked) => {
  const { prompt } = asked;
  const by =
    /\b([a-z]+est|best|worst|top|most [a-z]+) (\d+ )?([a-z]+) by ([a-z]+)(?: (?:run|done|made|[a-z]+ed))?(?=,| (?:per|each|every|a|in|over)\b|$)/i.exec(
      prompt,
    );
  const amount = by && measuredIn(asked, by[4] as string);
  if (by && amount) {
    const rank = LOW.test((by[1] as string).toLowerCase()) ? 'lowest' : 'highest';
    return prompt.replace(by[0], `${by[2] ?? ''}${by[3]} with the ${rank} total ${said(amount)}`);
  }
  const doing = /\b([a-z]+ing) (?:the )?(most|fewest|least) [a-z]+\b/i.exec(prompt);
  const done = doing && calledSo(asked, doing[1] as string);
  return doing && done
    ? prompt.replace(doing[0], `with the ${/most/i.test(doing[2] as string) ? 'highest' : 'lowest'} total ${said(done)}`)
    : undefined;
};

/** `served at least 40 times`, `4 off-spec heats or more`: so many rows. */
const soManyRows: Way = ({ prompt, columns }) => {
  const turned = prompt.replace(
    new RegExp(String.raw`\bwith (${NUMBER}) ([a-z]+(?:[- ][a-z]+){0,2}) or (more|fewer|less)\b`, 'i'),
    (_, n: string, what: string, how: string) => `with at ${how === 'more' ? 'least' : 'most'} ${n} ${joined(what, columns)}`,
  );
  return turned
    .replace(
      new RegExp(
        String.raw`\b(?:who|that|which) (?:have |has |had |were |was )?[a-z]+(?:ed|en|ew|an|ent|s)? (${BOUND}) (${NUMBER}) times\b`,
        'i',
      ),
      'with $1 $2 rows',
    )
    .replace(new RegExp(String.raw`(?<=rows )within (half an hour|an hour|a day|${NUMBER} ${SPAN_UNIT})\b`, 'i'), 'in every $1')
    .replace(/\bin every half an hour\b/i, 'in every 30 minutes')
    .replace(/\bin every an? (hour|day)\b/i, 'per $1');
};

/** `off-spec` of off_spec. */
const joined = (text: string, columns: readonly ColumnRef[]): string =>
  text.replace(
    /\b([a-z]+)-([a-z]+)\b/g,
    (all: string, a: string, b: string) => columns.find((c) => c.words.join(' ') === `${a} ${b}`)?.name ?? all,
  );

/** `coils of 20 to 25 tonnes`, `between 10 and 20 kg`: of what is measured so. */
const measuredRange: Way = (asked) => {
  const found = new RegExp(
    String.raw`\b(?:of|with|from|weighing|measuring|lasting|between) (${NUMBER}) (?:to|and|-) (${NUMBER}) ?([a-z]+)\b(?: (?:of )?([a-z]+)\b)?`,
    'i',
  ).exec(asked.prompt);
  if (!found) return undefined;
  const [whole, low, high, unit = '', noun] = found;
  const named = noun === undefined ? undefined : calledSo(asked, noun);
  const column = named ?? measuredIn(asked, unit);
  const rest = named || noun === undefined ? '' : ` ${noun}`;
  return column && asked.prompt.replace(whole, `with ${said(column)} between ${low} and ${high}${rest}`);
};

/** `share of stops where the station had run out`: a flag in other forms of its words. */
const flagInClause: Way = (asked) => {
  const found =
    /\b(?:where|in which|with which|at which|that|who|whose)\b(?: (?:the|a|an|they|it|he|she|someone|somebody|had|has|have|was|were|is|are|been|did|got|[a-z]+))*?(?: (?:had|has|have|was|were|is|are|got))? ([a-z]+)(?: ([a-z]+))?(?=,|$| (?:by|per|for|each|every|in)\b)/i.exec(
      asked.prompt,
    );
  if (!found) return undefined;
  const words = [found[1], found[2]].filter((w): w is string => w !== undefined).map((w) => w.toLowerCase());
  const flag = pick(
    asked,
    (c) => c.kind === 'boolean' && c.words.filter((w) => !/^(?:is|was|has)$/.test(w)).every((w) => words.some((s) => isSame(s, w))),
  );
  const told =
    flag ??
    pick(asked, (c) => c.kind === 'text' && !c.schema.values && c.words.length === 1 && words.some((s) => stem(s) === stem(c.name)));
  return told && asked.prompt.replace(found[0], `with ${told.name}`);
};

/** `for what percentage of the log entries is a gate on automatic`: a value that begins the word. */
const valueInPlace: Way = (asked) => {
  const found =
    /^(?:for|in|on|at) (?:what|which) (percentage|share|fraction|proportion) of (?:the |all )?([a-z ]+?) (?:is|are|was|were) (?:the |an? )?[a-z]+ (?:on |in |at )?([a-z]{3,})\b[?,]?/i.exec(
      asked.prompt,
    );
  if (!found) return undefined;
  const word = (found[3] as string).toLowerCase();
  const flag = calledSo(asked, word, (c) => c.kind === 'boolean');
  if (flag) return asked.prompt.replace(found[0], `${found[1]} of ${found[2]} with ${flag.name}`);
  const value = only(
    asked.columns.flatMap((c) =>
      (c.schema.values ?? [])
        .filter((v) => String(v).length > 2 && (word.startsWith(String(v).toLowerCase()) || stem(String(v)) === stem(word)))
        .map((v) => ({ c, v })),
    ),
  );
  return value && asked.prompt.replace(found[0], `${found[1]} of ${found[2]} with ${value.c.name} ${value.v}`);
};

/** `part of the samples over the limit of 40 for no2, as a percentage`. */
const shareLast: Way = ({ prompt }) => {
  const found = new RegExp(
    String.raw`^(?:the )?(?:part|number|proportion|amount) of (?:the |all )?([a-z]+) (?:that (?:is|are|was|were) )?(${BOUND})(?: (?:the|a) (?:limit|mark|line|threshold|bound) of)? (${NUMBER})(?: (?:for|of|in) ([a-z0-9_]+))?,? as (?:a |an )?(percentage|share|percent|fraction)\b`,
    'i',
  ).exec(prompt);
  return found?.[4] === undefined
    ? undefined
    : prompt.replace(found[0], `${found[5]} of ${found[1]} with ${found[4]} ${found[2]} ${found[3]}`);
};

/** `wake night duty if the average in a basin passes 12`, `the owner wants to hear about it when cancellations of a room exceed 6 a day`. */
const wakeIf: Way = ({ prompt }) =>
  /^(?:please )?(?:[a-z]+ ){1,9}?(?:if|when|whenever|once|as soon as) /i.test(prompt)
    ? prompt
        .replace(/^.*?\b(?:if|when|whenever|once|as soon as) /i, 'alert me when ')
        .replace(/\b(?:passes|tops|goes past|climbs past|crosses|exceeds?|beats)(?= \d)/i, 'is over')
        .replace(/\b(?:in|at|of|on|for) (?:an?|any|one) ([a-z]+)(?= (?:is|are|goes|falls|drops|gets|rises)\b)/i, 'per $1')
    : undefined;

/** `sale value by way of payment`: what only leads to the name. */
const leadingNoun: Way = (asked) => {
  const found = /\b(by|per) (?:the )?(?:way|means|method|mode|kind|type|sort|form) of ([a-z]+)\b/i.exec(asked.prompt);
  const column = found && calledSo(asked, found[2] as string, (c) => c.kind === 'text');
  return found && column ? asked.prompt.replace(found[0], `${found[1]} ${column.name}`) : undefined;
};

/** `tonnes rolled per line`, `litres per euro, all litres over all euros`: amounts by their units. */
const byUnit: Way = (asked) => {
  const { prompt } = asked;
  const over = /^(.*?)[:,]\s*(?:all|total)(?: the)? ([a-z]+) (?:over|by|divided by|through) (?:all|total)(?: the)? ([a-z]+)(.*)$/i.exec(
    prompt,
  );
  if (over) {
    const [top, bottom] = [over[2], over[3]].map((w) => calledSo(asked, w as string) ?? measuredIn(asked, w as string));
    const group =
      /\b(?:for (?:each|every)|per|by|of (?:each|every)) (?!euro|dollar|lit|kilo|portion)[a-z_]+(?: and [a-z_]+)?$/i.exec(
        over[1] ?? '',
      )?.[0] ?? '';
    return top && bottom && top.table === bottom.table
      ? `total ${said(top)} divided by total ${said(bottom)} ${group.replace(/^.*? (?=[a-z_]+$)/i, 'by ')}${over[4]}`
      : undefined;
  }
  const done = /^(?:how many |total )?([a-z]+) (?:[a-z]+ed|[a-z]+en|run|made|sold|lost)(?= (?:per|by|for|in|on|at|each|every)\b)/i.exec(
    prompt,
  );
  const column = done && measuredIn(asked, done[1] as string);
  return done && column ? prompt.replace(done[0], `total ${said(column)}`) : undefined;
};

/** `cancellations of a room`: rows of a flag, told by a noun of its verb. */
const flagAsNoun: Way = (asked) => {
  const found = /\b([a-z]{4,}(?:ations|ments|als|ions|ures)) (?:of|in|at|for|by|from) (?:an?|any|one|each|every) ([a-z]+)\b/i.exec(
    asked.prompt,
  );
  const flag = found && calledSo(asked, found[1] as string, (c) => c.kind === 'boolean');
  return found && flag ? asked.prompt.replace(found[0], `number of rows with ${flag.name} per ${found[2]}`) : undefined;
};

const WAYS: readonly Way[] = [
  ({ prompt }) => prompt.replace(/ so far\b/i, ''),
  flagAsNoun,
  namedSpan,
  directionLast,
  figureInBrackets,
  namedInBrackets,
  mostOnAverage,
  costOnAverage,
  averageBound,
  itsFigure,
  mostBy,
  smoothed,
  rankedBy,
  soManyRows,
  measuredRange,
  flagInClause,
  valueInPlace,
  shareLast,
  leadingNoun,
  byUnit,
];

/** A question that was not understood, with everything in it said more plainly that can be; an alert besides in the usual words. */
export function plainerQuestion(prompt: string, lexicon: Lexicon): readonly string[] {
  const columns = lexicon.tables.filter((t) => !t.isTable).flatMap((t) => t.columns);
  const tidy = (text: string): string =>
    text
      .replace(/\s+([?,.])/g, '$1')
      .replace(/ {2,}/g, ' ')
      .trim();
  const plain = tidy(WAYS.reduce((text, way) => way({ prompt: text, columns }) ?? text, prompt));
  const woken = wakeIf({ prompt: plain, columns });
  return [plain, ...(woken === undefined ? [] : [tidy(woken)])].filter((text) => text !== prompt);
}
