import type { AggregateName } from '../ir/query-ir.ts';
import type { ColumnRef } from './column-facts.ts';
import type { Shape } from './said-shape.ts';
import { amountOf, Rest, takeConditions, takeKeys, UNKNOWN_KEY } from './shape-parts.ts';
import { stem } from './stem.ts';
import { aggregateOf } from './vocabulary.ts';

const SAID: Readonly<Partial<Record<AggregateName, string>>> = {
  AVG: 'average',
  SUM: 'total',
  MAX: 'highest',
  MIN: 'lowest',
  MEDIAN: 'median',
};
const ROLLING: Readonly<Partial<Record<AggregateName, string>>> = {
  AVG: 'moving average of',
  SUM: 'moving sum of',
  MAX: 'rolling maximum of',
  MIN: 'rolling minimum of',
  MEDIAN: 'rolling median of',
};

const aggregateIn = (word: string | undefined, after: string | undefined): AggregateName | undefined => {
  if (word === undefined) return undefined;
  if (/^smooth/.test(word)) return 'AVG';
  if (/^(?:add|added|adding|adds|totall?ed|tally)$/.test(word) || (word === 'how' && /^(?:much|many)$/.test(after ?? ''))) return 'SUM';
  if (word === 'top' && /^M\d/.test(after ?? '')) return 'MAX';
  const fn = aggregateOf(word);
  return fn !== undefined && SAID[fn] !== undefined ? fn : undefined;
};

/** What is told of a number: the aggregate before it, or the only one that is said at all. */
function aggregateAt(words: readonly string[], at: number): AggregateName | undefined {
  const found = words.map((w, i) => aggregateIn(w, words[i + 1]));
  return found.slice(0, at).findLast((f) => f !== undefined) ?? found.slice(at).find((f) => f !== undefined);
}

const MORE = '(?:and|plus|,) (?:(?!per|of|in)[a-z]+ ){0,3}?';
/** Rows are counted, besides what is told of a number. */
const COUNTED = new RegExp(
  [
    String.raw`\b(?:how many|number of|counts? of|count(?: the)?|amount of) (?:(?:the|were|are|is|does|did|have|has) )*(?:R\d|in\b)`,
    String.raw`\bcount (?:them|each|it)\b|\bcounts? (?:and|plus|,) (?:the )?(?:total|sum|average|mean|M\d)`,
    String.raw`(?:\bR\d+|(?:^|; |\. |, |: |me )(?:the )?[a-z]{3,}s) ${MORE}(?:M\d|sum\b|total\b|worth\b|money\b|takings\b)`,
    String.raw`\bM\d+ ${MORE}R\d`,
  ].join('|'),
);

/** `kilos of each tour`: an amount that is told by its unit is added up. */
const isUnitSaid = (rest: Rest, column: ColumnRef): boolean =>
  [...rest.text.matchAll(/\bM\d+\b/g)].some(
    (m) => rest.part(m[0]).ref === column && !column.words.includes(rest.part(m[0]).said.toLowerCase()) && /s$/.test(rest.part(m[0]).said),
  );

/** The figures that a sentence asks for: numbers with what is told of each, rows counted, things counted once. */
function figuresOf(rest: Rest, shape: Shape, keys: readonly ColumnRef[]): string | undefined {
  const amount = amountOf(shape);
  const words = rest.text.split(' ');
  const out: string[] = [];
  for (const column of rest.columns('M')) {
    const at = words.findIndex((w) => /^M\d+$/.test(w) && rest.part(w).ref?.name === column.name);
    const fn = aggregateAt(words, at) ?? (isUnitSaid(rest, column) ? 'SUM' : undefined);
    out.push(fn === undefined ? rest.said(words[at] as string) : `${SAID[fn]} ${rest.nameOf(column)}`);
  }
  if (out.length === 0 && amount && rest.has(/\b(?:sum|sums|total|worth|takings|how much|money)\b/)) {
    const fn = aggregateAt(words, 0) ?? 'SUM';
    out.push(`${SAID[fn]} ${rest.nameOf(amount)}`);
  }
  if (out.length === 0 && rest.has(/\b(?:money|takings|worth)\b/)) return undefined;
  for (const column of rest.columns('K').filter((c) => !keys.includes(c))) {
    const isCounted = [
      ...rest.text.matchAll(/\b(?:how many|number of|count of|count)(?: (?:different|distinct|unique|separate))? (K\d+)/g),
    ].some((m) => rest.part(m[1] as string).ref?.name === column.name);
    if (!isCounted) return undefined;
    out.push(`number of different ${rest.nameOf(column)}`);
  }
  if (out.length === 0 || rest.has(COUNTED)) out.unshift('number of rows');
  return out.length > 3 ? undefined : out.join(' and ');
}

const NEAR = String.raw`(?:(?!D\d|;|\.)\S+ ){0,4}?`;
const QUIET =
  '(?:gaps?|pauses?|breaks?|lulls?|silences?|interruptions?|timeouts?|inactivity|inactive|idle|idles|idleness|quiet|silent|still|nothing|nobody|rests?|resting|calm|downtime|stillness)';
const NEXT = '(?:each other|one another|the (?:last|previous|one before|next|preceding)(?: one| R\\d+)?|the R\\d+ before)';
/** How rows that belong together are told from those that do not: they come close, or nothing comes for a while. */
const GAPS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<gap>D\d+) (?:or (?:less|more|longer) )?(?:- )?(?:apart|in between|between (?:any )?(?:them|one|two|each|R\d|the|N\d+)|from one to the next|(?:of|from|after) ${NEXT})`,
  ),
  new RegExp(
    String.raw`\b(?:no|without|not)(?: (?:an?|any|new|further|more|other|another|single))* (?:R\d+|activity|signal|sign|sound|movement|traffic) ${NEAR}(?:for|in|within|during|after) (?:at least |more than |over |the )?(?<gap>D\d+)`,
  ),
  new RegExp(String.raw`\b${QUIET} ${NEAR}(?<gap>D\d+)`),
  /\b(?:has|have|had|did|does|do|is|are|was|were) (?:not|no longer|never) (?:(?!than)(?:[a-z]+|R\d+) ){1,3}?(?:for|in|within|during) (?:at least |more than |over |the last )?(?<gap>D\d+)/,
  new RegExp(
    String.raw`(?<gap>D\d+) (?:- )?(?:(?:long|of|without|with|pass(?:es|ed)?|go(?:es)? by|elapses?|no|any|an?|user|complete|total|more) )*(?:${QUIET}|R\d+|between|without|in between|activity)(?: (?:any |the )?N\d+(?: R\d+)?)?`,
  ),
  new RegExp(
    String.raw`\b(?:follow\w*|come|comes|succeed\w*|after) ${NEXT} (?:within|in|by|after) (?:at most |less than |under |no more than )?(?<gap>D\d+)`,
  ),
  /\bsession\w*(?: windows?)?(?: (?:with|of|using|at|after|by|a|an|the|gap|timeout))* (?<gap>D\d+)/,
  /(?<gap>D\d+) (?:- )?session\w*/,
];
const IS_PART =
  /\b(?:ends?|ended|over|clos(?:es|ed|e)|finish\w*|starts?|begins?|new|forms?|belongs?|together|split|separat\w*|session\w*|break\w* off|bundl\w*|group(?:ed)?|one go|divid\w*|cut|chop\w*|merg\w*|lump\w*|cluster\w*|each other|one another|apart|being|means|(?:are|is|make|makes|as|form) (?:one|the same|a single)|(?:gaps?|pauses?|breaks?) (?:between|of|max\w*|at most|up to|under|below|is)|(?:call|name) (?:it|them|this|that)|between (?:N\d+|them|two|one|any)|from one to the next|until|same K\d|timeouts?|inactivity)\b/;
/** `per visit and pupil`: what belongs together is no name. */
const OF_PART = /\b(per|by|for each|for every|of each|of every|in each) (?:(?!and\b)[a-z]+ ){1,2}and (?=(?:each |every |per |by )?K\d)/;

const IS_NAMED =
  /(?<!\b(?:of|for|at|in|by|from|on|when|if|once) )\b(?:an?|one|each|every|new) (K\d+)(?: (?:of|for|at|in|by) (?:an?|one|each|every|the same) K\d+)? (?:ends?|starts?|begins?|stops?|closes|lasts until|is (?:over|done|finished|closed|complete))\b/;

/** `a flight of a drone ends when …` of flight_mode: what is said to end is the name of what belongs together, and no column. */
function partsUnnamed({ text, parts }: Shape): string {
  const tag = IS_NAMED.exec(text)?.[1];
  const name = tag && parts[Number(tag.slice(1))]?.said.toLowerCase();
  if (name === undefined) return text;
  return text.replace(/\bK(\d+)\b/g, (all: string, n: string) => (stem(parts[Number(n)]?.said ?? '') === stem(name) ? name : all));
}

/** Rows that belong together until nothing comes for a while, whatever the thing is called. */
function sessionOf(asked: Shape): string | undefined {
  // "nothing for an hour": one of them is a length too.
  const shape = { ...asked, text: partsUnnamed(asked).replace(/\b(for|than|least|over) an? U(?=\d)/g, '$1 D') };
  if (
    (shape.text.match(/\bD\d+/g) ?? []).length !== 1 ||
    /\bU\d|\b(?:how long|length of|duration of|top(?! M\d)|(?<!at )most)\b/.test(shape.text)
  )
    return undefined;
  if (!IS_PART.test(shape.text)) return undefined;
  const rest = new Rest({ ...shape, text: shape.text.replace(OF_PART, '$1 ') });
  const keys = takeKeys(rest, true);
  const gap = GAPS.map((pattern) => ({ pattern, found: pattern.exec(rest.text) })).find((g) => g.found);
  const tag = gap?.found?.groups?.['gap'];
  if (!gap || tag === undefined) return undefined;
  // What ends a phrase about the gap may be what is counted: "R in each visit".
  const conditions = takeConditions(rest);
  rest.take(new RegExp(gap.pattern.source.replace(/\|R\\d\+\|between/, '|between')), ' ; ') ?? rest.take(gap.pattern);
  // "gate work per dam: entries belong to one job": what it is called comes first.
  const title = /^[^:]*(?=: .*(?:[RM]\d|how many))/.exec(rest.text)?.[0];
  if (title !== undefined && !/\bM\d|\b(?:how|number|count)\b/.test(title)) rest.take(/^[^:]*: /, '');
  rest.take(/\b(?:separat\w+|between|divid\w+|parts?) (?:any )?N\d+/, ' ');
  if (rest.has(/\b[NQFVX]\d/)) return undefined;
  const figures = figuresOf(rest, shape, keys);
  return (
    figures &&
    `${figures}${perOf(keys)}, in session windows with a gap of ${rest.part(tag).said.replace(/^(?:an? )?(?=(?:second|minute|hour|day)s?$)/i, '1 ')}${tailOf(conditions)}`
  );
}

const perOf = (keys: readonly ColumnRef[]): string => (keys.length > 0 ? ` per ${keys.map((k) => k.name).join(' and ')}` : '');
const tailOf = (conditions: readonly string[]): string => conditions.map((c) => `, ${c}`).join('');

const TIME = String.raw`(?:an? |the |one )?(?<step>[DU]\d+)`;
const STEPS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:updat\w+|refresh\w*|recomput\w+|recalculat\w+|(?:new|fresh) (?:value|figure|number|result|one)|renew\w*|repeat\w*|reevaluat\w+|calculat\w+|evaluat\w+) (?:once )?(?:every|each|per|at|an?) ${TIME}`,
  ),
  new RegExp(
    String.raw`\b(?:(?:advanc|mov|slid|shift|hopp?|step|roll)\w* )?(?:on |forward |along |ahead )?(?:by|every|each|in steps of|in increments of|in hops of|steps? of|hops? of|stride of|once per|once an?|once every|once each|step|hop|stride|one per|one every) ${TIME}(?: (?:steps?|hops?|increments?|stride|intervals?))?`,
  ),
  /\b(?<step>[DU]\d+) (?:- )?(?:steps?|hops?|strides?|increments?|slides?)\b/,
];
const SIZED = (tag: string): RegExp =>
  new RegExp(
    String.raw`\b(?:last|past|previous|preceding|trailing|prior|recent|latest|over|in|within|during|across|of|back|windows? of|rolling|moving|sliding|hopping|overlapping|covering|spanning|through) (?:an? |the |any )?${tag}\b|\b${tag} (?:- )?(?:\w+ )?(?:before|earlier|long|wide|windows?|rolling|moving|sliding|hopping|average|mean|total|sum|max\w*|min\w*|count|trailing|back|up to)\b`,
  );
const AMOUNT_BEFORE = (tag: string): RegExp =>
  new RegExp(String.raw`\b(?:than|above|under|below|least|most|exceed\w*|longer|shorter) (?:an? )?${tag}\b`);

/** Two lengths of time, one of them a rhythm: a window that moves on in steps smaller than itself. */
function slidingOf(shape: Shape): string | undefined {
  const times = shape.text.match(/\b[DU]\d+/g) ?? [];
  if (times.length !== 2 || /\b(?:join\w*|match\w*|after|sessions?|apart|gaps?)\b/.test(shape.text)) return undefined;
  const rest = new Rest(shape);
  const keys = takeKeys(rest);
  for (const pattern of STEPS) {
    const step = pattern.exec(rest.text)?.groups?.['step'];
    const size = times.find((t) => t !== step);
    if (step === undefined || size === undefined || !/^D/.test(size)) continue;
    if ((rest.part(step).value ?? 0) >= (rest.part(size).value ?? 0)) continue;
    if (!SIZED(size).test(rest.text) || AMOUNT_BEFORE(size).test(rest.text)) continue;
    rest.take(pattern);
    rest.take(new RegExp(String.raw`\b${size}\b`), ' ');
    const conditions = takeConditions(rest);
    if (
      rest.has(/\b[NQFVX]\d/) ||
      rest.has(UNKNOWN_KEY) ||
      rest.has(/\b(?:top|most|rank\w*|share|ratio|percentage|rate|p\d\d|percentile)\b/)
    )
      return undefined;
    const figures = figuresOf(rest, shape, keys);
    return (
      figures &&
      `${figures}${perOf(keys)}, over the last ${rest.part(size).said}, updated every ${rest.part(step).said}${tailOf(conditions)}`
    );
  }
  return undefined;
}

const RECENT =
  '(?:last|latest|past|previous|preceding|prior|newest|most recent|recent|trailing|consecutive|successive|neighbou?ring|nearest)';
const LEAD =
  '(?:(?:of|over|across|from|in|within|among|for|using|with|on|taking|during|through) )?(?:(?:the|its|their|an?|every|each|any) )?';
const NOUN = String.raw`(?:- )?(?:R\d+|M\d+(?: R\d+)?|K\d+)`;
/** So many rows: the named group tells how many, `more` that the row itself comes besides. */
const ROWS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:(?:of|over|across) )?(?:(?:that|the|this|each|current|every|an?) )?(?:R\d+|one|it|itself)(?: itself)? (?:and|plus|with|together with) (?:the |its )?(?:${RECENT} (?<more>N\d+)(?: R\d+)?|(?<before>N\d+) (?:R\d+ )?(?:before|preceding|previous|prior|earlier|ahead of)(?: (?:it|that|this))?)`,
  ),
  new RegExp(String.raw`\b${LEAD}${RECENT}(?: ${RECENT})? (?<n>N\d+)(?: ${RECENT})?(?: ${NOUN})?`),
  new RegExp(String.raw`\b${LEAD}(?<n>N\d+) ${RECENT}(?: ${RECENT})?(?: ${NOUN}|(?= V\d))`),
  /\b(?<n>N\d+) (?:- )?R\d+(?= (?:moving |rolling |running |sliding )?(?:average|mean|avg|sum|total|maximum|minimum|median|max|min)\b)/,
];
/** So many rows, where it is said that something moves with them. */
const MOVING: readonly RegExp[] = [
  new RegExp(
    String.raw`\b${LEAD}(?:(?:window|span|run|stretch|block)s? of )?(?<n>N\d+)(?: ${NOUN}(?: (?:wide|long|deep|windows?|at a time))?|(?= V\d+ ${NOUN}))`,
  ),
  /\b(?<n>N\d+) (?:- )?(?:R\d+|point|period|row)\b/,
];
const MOVES = /\b(?:(?:averaged|summed|added up) (?:over|across)|moving|rolling|running|sliding|trailing|smooth\w*|wide|windows?)\b/;
const IS_BOUND = /\b(?:than|least|most|top|bottom|under|above|below|exactly|first|best|worst|between|and) (?:the )?$/;
const IS_RANK = /^ (?:or|most|highest|lowest|largest|smallest|times|percent)\b/;

/** A figure over so many rows of each, beside every row. */
function rowsOf(shape: Shape): string | undefined {
  if (!/\bN\d/.test(shape.text) || /\b[DU]\d/.test(shape.text) || /\b(?:top|share|ratio|percentage|sessions?|gaps?)\b/.test(shape.text))
    return undefined;
  const rest = new Rest(shape);
  const keys = takeKeys(rest);
  for (const pattern of rest.has(MOVES) ? [...ROWS, ...MOVING] : ROWS) {
    const found = pattern.exec(rest.text);
    const groups = found?.groups;
    const more = groups?.['more'] ?? groups?.['before'];
    const tag = groups?.['n'] ?? more;
    if (!found || tag === undefined) continue;
    if (IS_BOUND.test(rest.text.slice(0, found.index)) || IS_RANK.test(rest.text.slice(found.index + found[0].length))) continue;
    rest.take(pattern, ' ');
    const conditions = takeConditions(rest);
    const count = (rest.part(tag).value ?? 0) + (more === undefined ? 0 : 1);
    const numbers = rest.columns('M');
    // "the latest 6 M values": what is measured stands where rows would.
    const inside = /\bM\d+/.exec(found[0])?.[0];
    const column = numbers[0] ?? (inside === undefined ? amountOf(shape) : rest.part(inside).ref);
    if (!column || numbers.length > 1 || count < 2 || rest.has(/\b[NQFVX]\d/) || rest.has(UNKNOWN_KEY)) return undefined;
    const fn = aggregateAt(rest.text.split(' '), 0);
    const rolling = fn === undefined ? undefined : ROLLING[fn];
    return rolling && `${rolling} ${rest.nameOf(column)} over the last ${count} rows${perOf(keys)}${tailOf(conditions)}`;
  }
  return undefined;
}

/** A question about rows that belong together, about a window that moves on, or about so many rows, in the usual words. */
export function spanWords(shape: Shape): string | undefined {
  return sessionOf(shape) ?? slidingOf(shape) ?? rowsOf(shape);
}
