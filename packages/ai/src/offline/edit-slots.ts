import type { AggregateName } from '../ir/query-ir.ts';
import { type ColumnRef, isUnitWord } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { linkFrom } from './link.ts';
import type { SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
import { TIME_UNITS, tokenise, VALUE_UNITS } from './token.ts';
import { aggregateOf } from './vocabulary.ts';

/** What a column is to the query before: one of its groups, what it measures, what its rows are chosen by, or nothing yet. */
export type Role = 'key' | 'figure' | 'chosen' | 'new';

export interface ColumnSlot {
  readonly ref: ColumnRef;
  readonly role: Role;
}

export interface ValueSlot {
  readonly ref: ColumnRef;
  readonly value: string | number;
  /** Whether the query before keeps these rows alone, or all but them. */
  readonly held?: 'kept' | 'out';
}

/** A change in words with what it names put aside: `put V0 back`, `by C0 instead of C1`. */
export interface Slots {
  readonly text: string;
  readonly columns: readonly ColumnSlot[];
  readonly values: readonly ValueSlot[];
  readonly functions: readonly AggregateName[];
  readonly numbers: readonly { readonly value: number; readonly unit?: string }[];
  readonly spans: readonly number[];
}

export interface Known {
  readonly parts: SqlParts;
  readonly lexicon: Lexicon;
}

const lastName = (sql: string): string => sql.split('.').at(-1)?.replaceAll('`', '') ?? sql;
const nameIn = (sql: string): string => lastName(/^[\w.`]+/.exec(sql)?.[0] ?? '');
export const speaksOf = (sql: string, name: string): boolean => (sql.match(/[\w.]+/g) ?? []).some((w) => lastName(w) === name);

function roleOf({ parts }: Known, { name }: ColumnRef): Role {
  if (parts.groupBy.some((g) => lastName(g) === name)) return 'key';
  if (parts.items.some((i) => i.isAggregate && speaksOf(i.sql, name))) return 'figure';
  return parts.where.some((w) => speaksOf(w, name)) ? 'chosen' : 'new';
}

const literal = (value: string | number): string => (typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`);

/** Whether a condition keeps a value, or leaves it out. */
export function heldBy(where: string, name: string, value: string | number): 'kept' | 'out' | undefined {
  if (nameIn(where) !== name || !where.includes(literal(value))) return undefined;
  if (/^[\w.`]+\s*(?:=|IN\b)/i.test(where)) return 'kept';
  return /^[\w.`]+\s*(?:!=|<>|NOT IN\b)/i.test(where) ? 'out' : undefined;
}

/** Values that the query before names, though no sample of the schema has them. */
function writtenValues({ parts, lexicon }: Known): ValueSlot[] {
  const columns = lexicon.table(parts.base)?.columns ?? [];
  return parts.where.flatMap((where) => {
    const ref = columns.find((c) => c.name === nameIn(where));
    return ref === undefined
      ? []
      : [...where.matchAll(/'((?:[^']|'')+)'/g)].map((m) => ({ ref, value: (m[1] ?? '').replaceAll("''", "'") }));
  });
}

const isUnit = (word: string): boolean =>
  word !== 'in' && (isUnitWord(word) || Object.hasOwn(VALUE_UNITS, word) || /^(?:kilos?|m\d|percent)$/.test(word));

const adverbs: Readonly<Record<string, number>> = { minutely: 60_000, hourly: 3_600_000, daily: 86_400_000, weekly: 604_800_000 };

const FIGURES = /^(?:AVG|SUM|MAX|MIN|MEDIAN|STDDEV|VARIANCE)$/;
/** Words that add up where something is named behind them, and speak of everything where nothing is. */
const TOTALS = /^(?:overall|combined|cumulative|aggregate|worst|best)$/;

/** A column that a word spells out: `priority` of prio. */
function shortened(word: string, columns: readonly ColumnRef[]): ColumnRef | undefined {
  const found = columns.filter((c) => c.words.some((w) => w.length > 2 && word.length > w.length + 1 && word.startsWith(w)));
  return found.length === 1 ? found[0] : undefined;
}

/** Words said in the place of names; what a sentence says besides is left as it is. */
export function slotsOf(said: string, known: Known): Slots {
  const { parts, lexicon } = known;
  const plain = said
    .replace(/\b(need|must|shall)n['’]?t\b/gi, '$1 not')
    .replace(/\bcannot\b/gi, 'can not')
    .replace(/\b(i|we|they|it|that|let)['’](?:d|s|ll|m|re)\b/gi, '$1');
  const tokens = tokenise(plain);
  const out: string[] = [];
  const columns: ColumnSlot[] = [];
  const values: ValueSlot[] = [];
  const functions: AggregateName[] = [];
  const numbers: { value: number; unit?: string }[] = [];
  const spans: number[] = [];
  const links = linkFrom(tokens, lexicon, parts.base).links;
  const written = writtenValues(known);
  const columnsOfBase = lexicon.table(parts.base)?.columns ?? [];
  const rowWord = stem(splitName(parts.base).at(-1) ?? '');
  const value = (ref: ColumnRef, what: string | number): void => {
    const held = parts.where.map((w) => heldBy(w, ref.name, what)).find((h) => h !== undefined);
    out.push(`V${values.length}`);
    values.push({ ref, value: what, ...(held === undefined ? {} : { held }) });
  };
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    const own =
      token.t === 'word' || token.t === 'text' ? written.find((v) => String(v.value).toLowerCase() === token.raw.toLowerCase()) : undefined;
    // "window" is the clause, also where a system is called Windows.
    const isClause =
      token.raw === 'window' || (token.raw === 'windows' && /^(?:closed|completed?|finished|open|time)$/.test(out.at(-1) ?? ''));
    const link = isClause ? undefined : links.find((l) => l.start === at);
    const target = link?.candidates.find(
      (c) => (c.target.kind === 'column' || c.target.kind === 'value') && c.target.ref.table === parts.base,
    )?.target;
    const isRows = token.t === 'word' && (token.stem === rowWord || /^(?:rows?|records?|entries|events?)$/.test(token.word));
    // "milkings" of milkings, which also has a milking_id.
    const isPart = link !== undefined && link.end === at + 1 && target?.kind === 'column' && target.ref.words.length > 1;
    const sample =
      'word' in token || token.t === 'text'
        ? columnsOfBase.find((c) => link === undefined && c.schema.values?.some((v) => String(v) === token.raw))
        : undefined;
    const spelt = token.t === 'word' && link === undefined && !isRows ? shortened(token.word, columnsOfBase) : undefined;
    if (own) {
      value(own.ref, own.value);
      at++;
    } else if (sample) {
      value(sample, token.raw);
      at++;
    } else if (isRows && (target === undefined || isPart)) {
      out.push('R');
      at++;
    } else if (token.t === 'word' && FIGURES.test(aggregateOf(token.word) ?? '') && !TOTALS.test(token.word) && link === undefined) {
      out.push(`A${functions.length}`);
      functions.push(aggregateOf(token.word) as AggregateName);
      at++;
    } else if (link && target?.kind === 'column') {
      out.push(`C${columns.length}`);
      columns.push({ ref: target.ref, role: roleOf(known, target.ref) });
      at = link.end;
    } else if (link && target?.kind === 'value') {
      value(target.ref, target.value);
      at = link.end;
    } else if (spelt) {
      out.push(`C${columns.length}`);
      columns.push({ ref: spelt, role: roleOf(known, spelt) });
      at++;
    } else if (token.t === 'number') {
      out.push(`N${numbers.length}`);
      numbers.push({ value: token.value, ...(token.unit === undefined ? {} : { unit: token.unit }) });
      at++;
    } else if (
      token.t === 'word' &&
      link === undefined &&
      token.word.length > 3 &&
      Object.hasOwn(TIME_UNITS, token.word) &&
      /^(?:an?|one)$/.test(out.at(-1) ?? '')
    ) {
      out.push(`T${spans.length}`);
      spans.push(TIME_UNITS[token.word] as number);
      at++;
    } else if (token.t === 'duration' || (token.t === 'word' && adverbs[token.word] !== undefined)) {
      out.push(`T${spans.length}`);
      spans.push(token.t === 'duration' ? token.ms : (adverbs[token.raw.toLowerCase()] as number));
      at++;
    } else {
      const isUnitHere = token.t === 'word' && /^N\d$/.test(out.at(-1) ?? '') && isUnit(token.word);
      if (!isUnitHere) out.push('word' in token ? token.word : token.raw.toLowerCase());
      at++;
    }
  }
  return { text: out.join(' '), columns, values, functions, numbers, spans };
}
