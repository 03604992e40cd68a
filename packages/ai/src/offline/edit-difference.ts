import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { quoteName } from '../ir/quote.ts';
import type { ColumnRef } from './column-facts.ts';
import { boundIn, orderIn, rankIn, windowFactor, windowIn } from './edit-figures.ts';
import { meantBy } from './edit-meant.ts';
import { type Heard, hear } from './edit-words.ts';
import { findAlert } from './find-alert.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { linkFrom } from './link.ts';
import { readSentence } from './read-sentence.ts';
import { partsOf, type SqlItem, type SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
import { TIME_UNITS, type Token, tokenise, VALUE_UNITS } from './token.ts';
import { aggregateOf, isStopWord } from './vocabulary.ts';

/** One step from the query before to the one that is wanted: a plain sentence that says it, or the query itself. */
export type Step = string | SqlParts;

interface Before {
  readonly parts: SqlParts;
  readonly lexicon: Lexicon;
  /** Words that nothing in the schemas is called do not count. */
  readonly lenient?: boolean;
}

const isSpan = (word: string): boolean => word.length > 2 && Object.hasOwn(TIME_UNITS, word);

/** A word of the language, which no schema has. */
const isSoft = (token: Token, lexicon: Lexicon): boolean =>
  token.t === 'word' && /^[a-z]+$/.test(token.raw) && !lexicon.words.has(token.stem);

const WORD = /[A-Za-z][\w'’]*/g;
const GENERIC =
  /^(?:ones?|those|them|they|these|that|it|this|everything|anything|all|any|rows?|results?|groups?|lines?|figures?|values?|things?|enough|there|has|have|had|are|is|was|were|be|case|number|amount|kinds?|types?|of|the|a|an|in|for|with|and|or|to|on|at|from|by|only|just|we|i|me|us|our|their|its|please|condition|filter|respectively|each|every|once|single|time|times|into|went|go|gets?|got|did)$/i;

/** Words that only point at what the query before has: its groups, its figures, its rows. */
function pointsAt({ parts, lexicon }: Before, word: string): boolean {
  if (GENERIC.test(word)) return true;
  const names = [...parts.groupBy, ...parts.items.flatMap((i) => (i.isAggregate ? [i.alias ?? i.sql] : [])), parts.base];
  const root = stem(word);
  const isIn = (name: string): boolean => splitName(name).some((w) => stem(w) === root);
  // What is the name of another column is that column, also where the relation is called after it.
  const other = lexicon.table(parts.base)?.columns.some((c) => c.words.length === 1 && isIn(c.name) && !names.includes(c.name));
  return names.slice(0, -1).some(isIn) || (isIn(parts.base) && !other);
}

interface Named {
  readonly columns: readonly ColumnRef[];
  readonly values: readonly { readonly ref: ColumnRef; readonly value: string | number }[];
  /** Words that name nothing and are no small words. */
  readonly left: readonly string[];
}

/** What of the relation a few words name. */
function named(text: string, { parts, lexicon, lenient }: Before): Named {
  const tokens = tokenise(text);
  const columns: ColumnRef[] = [];
  const values: { ref: ColumnRef; value: string | number }[] = [];
  const covered = new Set<number>();
  for (const link of linkFrom(tokens, lexicon, parts.base).links) {
    const target = link.candidates.find((c) => c.target.kind === 'column' || c.target.kind === 'value')?.target;
    if (target?.kind === 'column' && target.ref.table === parts.base) columns.push(target.ref);
    else if (target?.kind === 'value' && target.ref.table === parts.base) values.push({ ref: target.ref, value: target.value });
    else continue;
    for (let at = link.start; at < link.end; at++) covered.add(at);
  }
  const left = tokens.flatMap((t, at) =>
    covered.has(at) ||
    t.t === 'mark' ||
    (t.t === 'word' && (isStopWord(t.word) || GENERIC.test(t.word)) && !isSpan(t.word)) ||
    (lenient && isSoft(t, lexicon))
      ? []
      : [t.raw],
  );
  return { columns, values, left };
}

const isNumber = (ref: ColumnRef): boolean => ref.kind === 'number' && !ref.isId && !ref.isCode;
const speaksOf = (sql: string, { name }: ColumnRef): boolean => (sql.match(/[\w.]+/g) ?? []).some((w) => w.split('.').at(-1) === name);
const without = (parts: SqlParts, key: string): SqlParts => ({
  ...parts,
  groupBy: parts.groupBy.filter((g) => g !== key),
  items: parts.items.filter((i) => i.sql !== key),
});

/** A group or a condition of the query before that is wanted no more. */
function taken(text: string, before: Before, isAll: boolean): Step | undefined {
  const { parts } = before;
  const { columns, values, left } = named(text, before);
  if (left.length > 0 || !parts.items.some((i) => i.isAggregate)) return undefined;
  const key = parts.groupBy.find((g) => columns.some((c) => speaksOf(g, c)));
  if (key !== undefined && columns.length === 1 && values.length === 0) return without(parts, key);
  const kept = parts.where.filter((w) => ![...columns, ...values.map((v) => v.ref)].some((c) => speaksOf(w, c)));
  if (isAll && kept.length < parts.where.length) return { ...parts, where: kept };
  return undefined;
}

const FUNCTIONS: readonly (readonly [RegExp, string])[] = [
  [/^(?:averages?d?|mean|avg)$/, 'average'],
  [/^(?:sum|sums|summed up|total|totals|totalled|totaled|added up|add(?:ed)? together|sum up)$/, 'total'],
  [/^(?:max|maximum|peaks?|highest|worst(?: case)?|largest|biggest|longest|upper end|ceiling)$/, 'maximum'],
  [/^(?:min|minimum|lowest|smallest|shortest|best case|floor)$/, 'minimum'],
  [/^medians?$/, 'median'],
  [/^(?:std ?dev|standard deviation|volatility|spread)$/, 'standard deviation'],
  [/^p\d\d$/, ''],
  [/^(?:row )?counts?$|^how many$/, 'count of rows'],
];

/** `the lowest and the highest`: figures without what they are of. */
function functionsIn(text: string): string[] | undefined {
  const said = text
    .toLowerCase()
    .replace(/\b(\d\d)(?:st|nd|rd|th) percentile\b/g, 'p$1')
    .split(/\s*(?:,|\band\b|&|\bplus\b)\s*/)
    .map((t) =>
      t
        .replace(/\b(?:the|values?|figures?|it|them|that|of|as|an|a|only|just)\b/g, ' ')
        .replace(/ +/g, ' ')
        .trim(),
    )
    .filter(Boolean);
  const found = said.map((t) => FUNCTIONS.find(([pattern]) => pattern.test(t))?.[1].replace(/^$/, t));
  return said.length > 0 && found.every((f) => f !== undefined) ? (found as string[]) : undefined;
}

/** The figure of the query before that a word or two speak of; where only one is there, that one. */
function figureOf(text: string, before: Before): SqlItem | undefined {
  const figures = before.parts.items.filter((i) => i.isAggregate);
  const roots = new Set((text.match(WORD) ?? []).map(stem));
  const hits = (i: SqlItem): number => splitName(`${i.alias ?? ''} ${i.sql}`).filter((w) => roots.has(stem(w))).length;
  const best = figures.toSorted((a, b) => hits(b) - hits(a))[0];
  return best && (hits(best) > 0 || figures.length === 1) ? best : undefined;
}

/** Numbers of the rows that are measured in a unit. */
const numbersIn = (unit: string, { parts, lexicon }: Before): ColumnRef[] =>
  (lexicon.table(parts.base)?.columns ?? []).filter(
    (c) =>
      isNumber(c) &&
      (/^(?:eur|euros?|usd|dollars?)$/.test(unit) ? c.isMoney : c.unit !== undefined && c.unit === (VALUE_UNITS[unit] ?? unit)),
  );

const OPPOSITE: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>', '=': '!=' };

/** `hide everything under 5`: a bound of what the query computes, or of a number of its rows. */
function bounded(heard: Heard, before: Before): Step | undefined {
  const bound = boundIn(heard.text);
  if (!bound || /[,;:]/.test(heard.text)) return undefined;
  const operator = heard.mode === 'remove' ? (OPPOSITE[bound.operator] as string) : bound.operator;
  const words = bound.rest.match(WORD) ?? [];
  const { columns, values } = named(bound.rest, before);
  const rowNumber = columns.find((c) => isNumber(c) && !before.parts.items.some((i) => i.isAggregate && speaksOf(i.sql, c)));
  if (values.length > 0) return undefined;
  if (
    rowNumber &&
    columns.length === 1 &&
    words.every((w) => pointsAt(before, w) || isStopWord(w) || rowNumber.words.some((r) => stem(r) === stem(w)))
  )
    return `where ${rowNumber.name} ${operator} ${bound.said}`;
  const measuredSo = bound.unit === undefined ? [] : numbersIn(bound.unit, before);
  const [byUnit] = measuredSo;
  if (!rowNumber && measuredSo.length === 1 && byUnit && !before.parts.items.some((i) => i.isAggregate && speaksOf(i.sql, byUnit)))
    return `where ${byUnit.name} ${operator} ${bound.said}`;
  if (rowNumber || (bound.unit !== undefined && !before.parts.items.some((i) => i.isAggregate))) return undefined;
  const isSaid = (w: string): boolean => pointsAt(before, w) || isStopWord(w) || aggregateOf(w) !== undefined;
  if (words.some((w) => !isSaid(w) && !(before.lenient && !before.lexicon.words.has(stem(w))))) return undefined;
  const item = figureOf(bound.rest, before);
  if (!item) return undefined;
  const { having } = before.parts;
  const text = `${item.sql} ${operator} ${bound.value}`;
  return { ...before.parts, having: [...having.filter((h) => !h.startsWith(`${item.sql} ${operator.slice(0, 1)}`)), text] };
}

/** Other rows than before: more values of a column, fewer, others. */
function filtered(heard: Heard, before: Before): Step | undefined {
  const { columns, values, left } = named(heard.text, before);
  const flags = columns.filter((c) => c.kind === 'boolean');
  const isName = left.length > 0 && left.every((w) => /^[A-Z0-9]/.test(w)) && columns.length > 0 && values.length === 0;
  if (isName && (heard.mode === 'remove' || heard.mode === 'only')) return `${heard.mode === 'remove' ? 'without' : 'only'} ${heard.text}`;
  if (left.length > 0 || values.length + flags.length === 0 || columns.some((c) => isNumber(c))) return undefined;
  const denied = /(?:\b(?:that|which|who)\s+)?(?:\b(?:are|is|were|was)(?:n['’]t|\s+not)|\bnot)\s+/i;
  if (heard.mode === 'remove' && denied.test(heard.text)) return `only those that are ${heard.text.replace(denied, '')}`;
  if (heard.mode === 'remove') return `without ${heard.text}`;
  if (heard.mode !== 'add') return `only ${heard.text}`;
  const flag = flags[0] && quoteName(flags[0].name);
  const isLeftOut = flag !== undefined && before.parts.where.some((w) => w === `${flag} = FALSE` || w === `NOT ${flag}`);
  if (isLeftOut) return { ...before.parts, where: before.parts.where.filter((w) => !w.includes(flag)) };
  const [more] = values;
  const at = more ? before.parts.where.findIndex((w) => w.startsWith(`${quoteName(more.ref.name)} = `)) : -1;
  if (at < 0 || values.length > 1) return undefined;
  const literal = typeof more?.value === 'number' ? String(more.value) : `'${String(more?.value).replaceAll("'", "''")}'`;
  const where = before.parts.where.map((w, i) => (i === at ? `${w.replace(/ = (.*)$/s, ' IN ($1, ')}${literal})` : w));
  return { ...before.parts, where };
}

const COUNTED = /\b(?:counts?|number of|how many)\b/i;
const GROUPED = /^(?:(?:[a-z]+ ){0,4}?(?:per|by|for (?:each|every)|along)|each|every)\s+/i;

/** Whether the rows themselves are named. */
const rowsNamed = (text: string, { parts }: Before): boolean =>
  (text.match(WORD) ?? []).some((w) => splitName(parts.base).some((b) => stem(b) === stem(w)));

/** Another group or one more. */
function grouped(heard: Heard, before: Before): Step | undefined {
  const { columns, values, left } = named(heard.text.replace(GROUPED, '').replace(/^how many /i, ''), before);
  const known = left.length > 0 && values.length === 0 && left.every((w) => before.lexicon.words.has(stem(w)));
  // Of what is joined: whoever reads the plain sentence finds the way there.
  if (known && heard.mode === 'replace' && GROUPED.test(heard.text) && before.parts.items.some((i) => i.isAggregate))
    return `by ${heard.text.replace(GROUPED, '')} instead`;
  if (left.length > 0 || values.length > 0 || columns.length === 0 || columns.some((c) => isNumber(c) || c.kind === 'time'))
    return undefined;
  const { parts } = before;
  if (!parts.items.some((i) => i.isAggregate)) return undefined;
  const names = columns.map((c) => c.name).join(' and ');
  const isSaid = GROUPED.test(heard.text);
  const old = heard.old === undefined ? undefined : named(heard.old.replace(GROUPED, ''), before);
  const oldKey = parts.groupBy.find((g) => old?.columns.some((c) => speaksOf(g, c)));
  if (oldKey !== undefined && parts.groupBy.length > 1) return undefined;
  if (oldKey !== undefined || (isSaid && heard.mode === 'replace')) return `by ${names} instead`;
  // "customers, not orders": each once in place of all rows.
  const isRows = heard.old !== undefined && (heard.old.match(WORD) ?? []).every((w) => pointsAt(before, w));
  if (isRows && !isSaid && columns.length === 1) return `count distinct ${names} instead`;
  const many = /^how many (?:different |distinct |separate )?(?=[a-z])/i;
  if (many.test(heard.text) && columns.length === 1 && columns[0]?.kind === 'text' && !rowsNamed(heard.text, before))
    return `also count distinct ${names}`;
  if (COUNTED.test(heard.text)) return undefined;
  const isFlag = columns.some((c) => c.kind === 'boolean');
  return heard.mode === 'add' && (isSaid || !isFlag) ? `also by ${names}` : undefined;
}

/** A number beside another is taken the same way, as far as it can be: a sum beside a sum, where it adds up. */
function likeOwn(own: SqlItem | undefined, number: ColumnRef): string {
  const fn = /^(AVG|MAX|MIN|MEDIAN|SUM)\(/.exec(own?.sql ?? '')?.[1];
  if (fn === undefined || number.isAdditive) return '';
  if (fn === 'SUM') return /^(?:s|min|h|d|kg|g|t|l|km|m|\$)$/.test(number.unit ?? '') ? 'total ' : '';
  return `${{ AVG: 'average', MAX: 'maximum', MIN: 'minimum', MEDIAN: 'median' }[fn]} `;
}

/** Another number or one more. */
function measured(heard: Heard, before: Before): Step | undefined {
  if (!before.parts.items.some((i) => i.isAggregate)) return undefined;
  const words = heard.text.match(WORD) ?? [];
  const hasFunction = words.some((w) => aggregateOf(w.toLowerCase()) !== undefined);
  const isMean = /\bon average\b/i.test(heard.text);
  const plain = heard.text.replace(/^(?:for|by|with|at|of|how (?:many|much))\s+/i, '').replace(/\s*\bon average\b/i, '');
  const perRow = /\s+per\s+([a-z]+)$/i.exec(plain);
  const text = `${isMean ? 'average ' : ''}${perRow && rowsNamed(perRow[0], before) ? plain.slice(0, perRow.index) : plain}`;
  const { columns, values, left } = named(text, before);
  const unsaid = left.filter((w) => aggregateOf(w.toLowerCase()) === undefined && !pointsAt(before, w));
  const [number] = columns;
  if (values.length > 0 || unsaid.length > 0 || columns.length !== 1 || !number || !isNumber(number)) return undefined;
  const [own] = before.parts.items.filter((i) => i.isAggregate);
  if (heard.mode === 'add') return `also ${hasFunction ? '' : likeOwn(own, number)}${text}`;
  if (heard.mode !== 'replace') return undefined;
  const [figure] = before.parts.items.filter((i) => i.isAggregate);
  const fn = /^(AVG|MAX|MIN|MEDIAN)\(/.exec(figure?.sql ?? '')?.[1];
  const lead =
    hasFunction || fn === undefined || number.isAdditive
      ? ''
      : `${{ AVG: 'average', MAX: 'maximum', MIN: 'minimum', MEDIAN: 'median' }[fn]} `;
  return `${lead}${text} instead`;
}

const EARNED =
  /^(?:and |also )?(?:what|how much)(?: money)? (?:(?:did|does|do|have|has) )?(?:that|they|it|each|we|those|these|the \w+)(?: have| has)? (?:bring|brought|earn|earned|made|make|took|take|cost|worth|is worth|was worth)(?: in)?$/i;
const ONCE =
  /^(?:count(?:ing)? )?(?:each|every|the|all|distinct|unique|different|individual)?\s*([\w ]+?)\s+(?:counts? |counted |is counted |are counted )?(?:only |just )?once(?: each| only)?$|^(?:count(?:ing)? )?(?:distinct|unique|different|individual|separate)\s+([\w ]+)$/i;

/** `each customer just once`: what is counted without repeats. */
function onceIn(text: string, before: Before): string | undefined {
  const found = ONCE.exec(text);
  const noun = found?.[1] ?? found?.[2];
  const { columns, left } = noun === undefined ? { columns: [], left: [] } : named(noun.replace(/\b(?:each|every|same)\b/gi, ''), before);
  return columns.length === 1 && left.length === 0 && !isNumber(columns[0] as ColumnRef) ? columns[0]?.name : undefined;
}

const FOREVER =
  /^(?:over |for |of |from |since )?(?:the )?(?:very )?(?:(?:beginning|start|dawn)(?: of time)?|(?:all|whole|entire|full) (?:time|period|history|stream)|ever)$/i;

/** `ping me if any of them gets over 40`: of a figure that the query before computes. */
function alerted(said: string, before: Before): Step | undefined {
  const bound = boundIn(said);
  const condition = said.replace(/^.*?\b(?:when|whenever|if|once|soon as|as soon as|in case)\b/i, '');
  const { columns } = named(condition, { ...before, lenient: true });
  const item = figureOf(condition, before);
  if (!bound || !item || bound.unit !== undefined || columns.some((c) => isNumber(c) && !speaksOf(item.sql, c))) return undefined;
  return `alert when ${item.alias ?? item.sql} ${bound.operator} ${bound.value}`;
}

/** What one clause changes. */
function changeOf(said: Heard, before: Before): Step | undefined {
  const isMany = said.mode === undefined && /^how (?:many|much)\b/i.test(said.text);
  const heard: Heard = isMany ? { ...said, mode: 'add' } : said;
  const { mode, text } = heard;
  const { parts } = before;
  const isGrouped = parts.items.some((i) => i.isAggregate);
  if (text === '') return mode === 'all' && isGrouped ? allTogether(heard, before) : undefined;
  if (FOREVER.test(text)) return parts.window === undefined ? undefined : 'remove the window';
  const counted = /^(?:count|number|how many)(?: of)? (?:them|those|these|that|it)\b\s*(.*)$/i.exec(text)?.[1];
  if (counted !== undefined) return isGrouped ? undefined : `add count ${counted}`;
  const factor = isGrouped ? windowFactor(text) : undefined;
  const size = factor === undefined ? null : /(\d+)'?\s*(ms|s|m|h|d|second|minute|hour|day)/i.exec(parts.window ?? '');
  if (factor !== undefined && size && named(text, { ...before, lenient: true }).columns.length === 0) {
    const ms = Number(size[1]) * (TIME_UNITS[(size[2] ?? 'm').toLowerCase()] ?? 60_000) * factor;
    return `make it ${ms / 1000} seconds windows`;
  }
  const window = windowIn(text);
  const isNamed = mode === 'add' && named(text, before).columns.some((c) => isNumber(c));
  if (window !== undefined && isGrouped && !isNamed) return mode === 'remove' ? 'remove the window' : `make it ${window} windows`;
  const order = isGrouped ? orderIn(text, (word) => pointsAt(before, word)) : undefined;
  if (order) return `sort it in ${order} order`;
  const once = isGrouped ? onceIn(text, before) : undefined;
  if (once !== undefined) return `count distinct ${once} instead`;
  if (isGrouped && EARNED.test(text)) return 'also the revenue';
  const uncounted = text.replace(COUNTED, ' ').match(WORD) ?? [];
  if (mode === 'add' && isGrouped && COUNTED.test(text) && uncounted.every((w) => pointsAt(before, w) || rowsNamed(w, before)))
    return 'also the row count';
  const insteadOf = heard.old === undefined ? undefined : functionsIn(heard.old);
  const extreme = insteadOf && aggregateOf(text.toLowerCase().split(' ')[0] ?? '');
  if (insteadOf && isGrouped && (extreme === 'MAX' || extreme === 'MIN'))
    return `use the ${extreme === 'MAX' ? 'maximum' : 'minimum'} instead`;
  const rank = isGrouped
    ? rankIn(text, (word) => pointsAt(before, word) || (before.lenient === true && !before.lexicon.words.has(stem(word))), mode === 'only')
    : undefined;
  if (rank) return `${rank.isLow ? 'bottom' : 'top'} ${rank.count}`;
  const functions = isGrouped && mode !== 'remove' ? functionsIn(text) : undefined;
  if (functions && mode === 'add') return `also the ${functions.join(' and the ')}`;
  if (functions?.length === 1 && (mode === 'replace' || mode === undefined)) return `use the ${functions[0]} instead`;
  if (mode === 'all' && boundIn(text)) return bounded({ ...heard, mode: 'remove' }, before);
  if (mode === 'remove' || mode === 'all') {
    const step = taken(text.replace(GROUPED, ''), before, mode === 'all' || /\b(?:condition|filter)\b/i.test(text));
    if (step !== undefined) return step;
    if (mode === 'all') return undefined;
  }
  return bounded(heard, before) ?? grouped(heard, before) ?? measured(heard, before) ?? filtered(heard, before);
}

/** `in total`, `not just winter, all of them`: no groups, or no condition of what is named beside it. */
function allTogether(heard: Heard, before: Before): Step | undefined {
  if (heard.old !== undefined) return taken(heard.old, before, true);
  return before.parts.groupBy.reduce(without, before.parts);
}

/** Clauses of a change that asks for several things. */
const clauses = (text: string): string[] =>
  text
    .replace(/\b(per|by|for each|every) ([\w ]+?) and (?=(?:minute|hour|day|week)\b)/i, '$1 $2, per ')
    .split(/\s*[,;:]\s*(?:and\s+|but\s+|then\s+)?|\s+(?:and then|but)\s+/i)
    .map((t) => t.trim())
    .filter(Boolean);

/** What a few words change in the query before, step by step; `undefined` where not all of them are understood as a change. */
export function differenceOf(said: string, request: NlToSqlRequest, parts = partsOf(request.previousSql ?? '')): Step | undefined {
  if (!parts || said.length > 120) return undefined;
  const before = { parts, lexicon: lexiconOf(request.schemas, request.glossary) };
  const meant = meantBy(said, before);
  if (meant) return meant.step;
  if (findAlert(tokenise(said), false)) return alerted(said, before);
  const heard = hear(said);
  return changeOf(heard, before) ?? meantBy(said, before, true)?.step ?? changeOf(heard, { ...before, lenient: true });
}

/** Whether a clause is a change of its own: all of it is understood, and what is done is said. */
export function isPlainChange(said: string, request: NlToSqlRequest): boolean {
  const parts = partsOf(request.previousSql ?? '');
  if (!parts) return false;
  const before = { parts, lexicon: lexiconOf(request.schemas, request.glossary) };
  if (meantBy(said, before)) return true;
  const heard = hear(said);
  return (
    (heard.mode !== undefined || windowIn(said) !== undefined || orderIn(said, () => false) !== undefined) &&
    changeOf(heard, before) !== undefined
  );
}

/** Whether a sentence that starts like a question speaks of the query before: "show all of them again". */
export function speaksOfBefore(said: string, request: NlToSqlRequest, mustPoint = true): boolean {
  const parts = partsOf(request.previousSql ?? '');
  const lexicon = parts && lexiconOf(request.schemas, request.glossary);
  const meant = lexicon && meantBy(said, { parts, lexicon });
  return meant !== undefined && (meant.isBack || !mustPoint);
}

/** Whether a word names what the query before groups by. */
const isKeyOf = ({ groupBy }: SqlParts, word: string): boolean => groupBy.some((g) => splitName(g).some((w) => stem(w) === stem(word)));

/** Whether a sentence names nothing of the schemas: what it speaks of is the query before. */
export function namesNothing(said: string, request: NlToSqlRequest): boolean {
  const parts = partsOf(request.previousSql ?? '');
  if (!parts) return false;
  const before = { parts, lexicon: lexiconOf(request.schemas, request.glossary) };
  const isOwn = (word: string): boolean => !isStopWord(word) && before.lexicon.words.has(stem(word)) && !isKeyOf(parts, word);
  return !tokenise(said).some((t) => t.t === 'text' || (t.t === 'word' && isOwn(t.word)));
}

/** The clauses of a change, where each of them is one, or none of them says anything. */
export function clausesOf(said: string, request: NlToSqlRequest): readonly string[] | undefined {
  const list = clauses(said);
  if (list.length < 2 || list.length > 4) return undefined;
  const parts = partsOf(request.previousSql ?? '');
  if (!parts) return undefined;
  const before = { parts, lexicon: lexiconOf(request.schemas, request.glossary) };
  const steps = list.filter((clause) => differenceOf(clause, request, parts) !== undefined);
  const silent = list.filter((clause) => {
    if (steps.includes(clause)) return false;
    const { columns, values } = named(clause, before);
    return columns.length + values.length === 0 && !/\d/.test(clause);
  });
  return steps.length > 0 && steps.length + silent.length === list.length ? steps : undefined;
}

/** `when waves were above 2 m`, `once the hour is over`: a condition alone, of which nothing is left over, says no question of its own. */
export function isFragment(prompt: string, request: NlToSqlRequest): boolean {
  const base = partsOf(request.previousSql ?? '')?.base;
  if (base === undefined || prompt.split(/\s+/).length > 9) return false;
  const sentence = readSentence(prompt, request.schemas, { base });
  const frame = sentence?.scan.frame;
  if (!sentence || !frame || frame.mentionsRows || frame.measures.length + frame.dimensions.length > 0 || frame.clarify) return false;
  return sentence.ignored.length === 0 && frame.filters.length + frame.comparisons.length + (frame.emit || frame.window ? 1 : 0) > 0;
}
