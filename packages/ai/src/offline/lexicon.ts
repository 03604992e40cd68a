import type { TableSchema } from '@velostream/core/protocol';
import { type ColumnRef, columnFacts, isUnitWord } from './column-facts.ts';
import { splitName, stem } from './stem.ts';
import { longForm, synonymsOf } from './synonyms.ts';

export type Target =
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'column'; readonly ref: ColumnRef }
  | { readonly kind: 'value'; readonly ref: ColumnRef; readonly value: string | number }
  | { readonly kind: 'term'; readonly name: string; readonly expression: string };

export interface Entry {
  readonly target: Target;
  readonly stems: readonly string[];
  /** 0 to 1: how surely these words mean the target. */
  readonly score: number;
}

export interface TableFacts {
  readonly name: string;
  readonly isTable: boolean;
  readonly schema: TableSchema;
  readonly columns: readonly ColumnRef[];
  /** Stem of what one row is: `orders` → `order`. */
  readonly noun: readonly string[];
  readonly eventTime?: string;
}

export interface Lexicon {
  readonly tables: readonly TableFacts[];
  readonly table: (name: string) => TableFacts | undefined;
  /** Entries by their first stem. */
  readonly byFirst: ReadonlyMap<string, readonly Entry[]>;
  /** Every single word that names something, for typing errors. */
  readonly words: ReadonlySet<string>;
  /** The same as they are written. */
  readonly rawWords: ReadonlySet<string>;
  readonly rawStems: ReadonlySet<string>;
  /** Short words in names of relations and columns: `plr`, `evt`, `ver`. */
  readonly shortWords: ReadonlySet<string>;
  /** Columns and relations called by two to four letters, which may be initials. */
  readonly initials: ReadonlyMap<string, readonly Entry[]>;
}

/** Words too common to stand for a column or table alone. */
const GENERIC = new Set(
  'id code name number no key at on time date ts flag is has was type value total count per of in to by for the a data raw stream topic table events event index new old avg max min sum current last first rate percent pct ms sec timestamp'
    .split(' ')
    .map(stem),
);

/** What a column measures whose name is only its unit. */
const UNIT_NOUNS: Readonly<Record<string, readonly string[]>> = {
  kwh: ['energy', 'consumption', 'usage', 'electricity', 'power used'],
  wh: ['energy', 'consumption', 'usage'],
  kw: ['power', 'load', 'demand'],
  watts: ['power', 'load'],
  bpm: ['heart rate', 'pulse'],
  kmh: ['speed', 'velocity'],
  mph: ['speed', 'velocity'],
  rpm: ['rotation', 'speed'],
  kg: ['weight', 'mass'],
  t: ['weight', 'tonnage'],
  km: ['distance'],
  celsius: ['temperature', 'temp'],
  c: ['temperature', 'temp'],
  litres: ['volume'],
  l: ['volume'],
  ppm: ['concentration'],
  usd: ['amount', 'price', 'money'],
  eur: ['amount', 'price', 'money'],
  bytes: ['size', 'traffic', 'data'],
  db: ['noise', 'loudness'],
};

class Collector {
  readonly #entries = new Map<string, Entry>();
  add(words: readonly string[], score: number, target: Target): void {
    this.addStems(words.map(stem), score, target);
  }
  addStems(stems: readonly string[], score: number, target: Target): void {
    if (stems.length === 0 || stems.some((s) => s === '')) return;
    const key = `${stems.join(' ')}|${describeTarget(target)}`;
    const known = this.#entries.get(key);
    if (!known || known.score < score) this.#entries.set(key, { stems, score, target });
  }
  /** Also with a word replaced by what it is short for, or by a word of the same meaning. */
  addForms(words: readonly string[], score: number, target: Target, headOnly = false): void {
    this.add(words, score, target);
    // "sales by" is no paid_by.
    if (words.length > 1 && words.at(-1) === 'by') return;
    words.forEach((word, i) => {
      const long = longForm(word);
      if (long) this.add([...words.slice(0, i), ...long.split(' '), ...words.slice(i + 1)], score * 0.97, target);
      if ((headOnly && i < words.length - 1) || (target.kind === 'column' && /^(m|meters?|metres?)$/.test(word))) return;
      const base = long ?? word;
      const whole = words.length === 1 ? 1 : i === words.length - 1 ? 0.95 : 0.85;
      for (const other of word === 'year' ? [] : synonymsOf(base.split(' ').map(stem).join(' ')))
        this.addStems([...words.slice(0, i).map(stem), ...other.split(' '), ...words.slice(i + 1).map(stem)], score * 0.8 * whole, target);
    });
    const joined = words.map(stem).join(' ');
    if (words.length > 1) for (const other of synonymsOf(joined)) this.addStems(other.split(' '), score * 0.8, target);
  }
  all(): Map<string, Entry[]> {
    const byFirst = new Map<string, Entry[]>();
    for (const entry of this.#entries.values()) {
      const first = entry.stems[0] ?? '';
      const list = byFirst.get(first);
      if (list) list.push(entry);
      else byFirst.set(first, [entry]);
    }
    return byFirst;
  }
}

export const describeTarget = (target: Target): string => {
  if (target.kind === 'table') return `t:${target.table}`;
  if (target.kind === 'term') return `m:${target.name}`;
  return target.kind === 'column' ? `c:${target.ref.table}.${target.ref.name}` : `v:${target.ref.table}.${target.ref.name}=${target.value}`;
};

function tableEntries(out: Collector, facts: TableFacts, keys: ReadonlySet<string>): void {
  const target: Target = { kind: 'table', table: facts.name };
  const words = splitName(facts.name).filter((w) => !/^(v?\d+|v)$/.test(w));
  const core = words.filter(
    (w) => !/^(raw|stream|topic|table|tbl|events?|data|prod|staging|live|input|in|out|feed|log|logs|fact|dim|enriched)$/.test(w),
  );
  out.addForms(words, 1, target, true);
  // "lifts" of lift_events are the lifts, where another relation tells of each of them.
  const isThing =
    core.length === 1 && facts.columns.some((c) => c.isId && stem(c.words[0] ?? '') === stem(core[0] ?? '') && keys.has(c.name));
  if (core.length > 0 && core.length < words.length) out.add(core, isThing ? 0.8 : 0.93, target);
  const last = words.at(-1) ?? '';
  if (words.length > 1 && !GENERIC.has(stem(last))) out.addForms([last], 0.86, target, true);
  const first = words[0] ?? '';
  if (words.length > 1 && !GENERIC.has(stem(first)) && !facts.columns.some((c) => c.words.includes(first))) out.add([first], 0.72, target);
  if (words.length > 1 && (stem(last) === 'event' || stem(last) === 'log')) out.add([last], 0.75, target);
}

/** `visit_type`, `scan_result`: a row is a visit, a scan, where nothing else is called so. */
function kindNouns(facts: TableFacts, tables: readonly TableFacts[]): string[] {
  return facts.columns.flatMap(({ words: [noun = '', kind = '', ...more], kind: type }) => {
    const isTold = type === 'text' && more.length === 0 && /^(type|status|state|outcome|result)$/.test(kind) && !GENERIC.has(stem(noun));
    const isElse = tables.some((t) => t.noun.includes(noun) || t.columns.some((c) => c.words[0] === noun && c.words[1] !== kind));
    return isTold && !isElse ? [noun] : [];
  });
}

/** The column that only tells rows apart: `ticket_id` of tickets. Its word means rows. */
function rowIdOf(facts: TableFacts, tables: readonly TableFacts[]): ColumnRef | undefined {
  const [first] = facts.columns;
  if (!first?.isId || facts.isTable || first.words.length < 2 || tables.some((t) => t !== facts && t.schema.key?.includes(first.name)))
    return undefined;
  const core = stem(longForm(first.words[0] ?? '') ?? first.words[0] ?? '');
  const noun = stem(facts.noun.at(-1) ?? '');
  const isNamed = core === noun || stem(first.words[0] ?? '') === noun;
  return isNamed || facts.columns.filter((c) => c !== first && c.isId).length > 1 ? first : undefined;
}

function columnEntries(out: Collector, facts: TableFacts, ref: ColumnRef): void {
  namedEntries(out, facts, ref, ref.words);
  // `spo2_pct`, `pm25`: letters and digits that are said as one word.
  const joined = ref.name
    .replace(/([a-z0-9])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((w) => w !== '')
    .map((w) => w.toLowerCase());
  // The name as it stands, for those who type it.
  out.add(splitName(ref.name), 0.97, { kind: 'column', ref });
  if (joined.length !== splitName(ref.name).length) namedEntries(out, facts, ref, joined);
}

function namedEntries(out: Collector, facts: TableFacts, ref: ColumnRef, words: readonly string[]): void {
  const target: Target = { kind: 'column', ref };
  out.addForms(words, 0.97, target);
  out.addForms([...facts.noun, ...words], 0.99, target);
  // "quantity ordered" of ordered_qty
  if (words.length === 2 && ref.kind === 'number' && /[a-z]{2}(?:ed|ld|nt|wn|id)$/.test(words[0] ?? ''))
    out.addForms(words.toReversed(), 0.9, target);
  const cores = new Set<string>([words.join(' ')]);
  const core = (list: readonly string[], score: number): void => {
    if (list.length === 0 || cores.has(list.join(' '))) return;
    cores.add(list.join(' '));
    const alone = list.length === 1 ? stem(list[0] ?? '') : '';
    if (GENERIC.has(alone) && list[0] !== 'rating') {
      // "by type" where one column alone is a type.
      // "table 12" of table_no, "events" of event_id: things, where nothing else is called so.
      if ((ref.isId || /^(name|title|label)$/.test(words.at(-1) ?? '')) && /^(tabl|topic|stream|event|type|index)$/.test(alone))
        out.add(list, 0.86, target);
      if (/^(typ|nam|cod|kind)$/.test(alone) && facts.columns.filter((c) => stem(c.words.at(-1) ?? '') === alone).length === 1)
        out.add(list, 0.7, target);
      return;
    }
    out.addForms(list, score, target);
    if (list.length >= 1 && !startsWith(list.map(stem), facts.noun)) out.add([...facts.noun, ...list], score, target);
  };
  const last = words.at(-1) ?? '';
  const isFlag = ref.kind === 'boolean' && /^(is|has|was|did|are)$/.test(words[0] ?? '');
  if (isFlag) core(words.slice(1), 0.96);
  if (ref.kind === 'boolean' && words.length === 2 && !isFlag) out.add([words[1] ?? '', words[0] ?? ''], 0.9, target);
  // "time to expiry" of days_to_expiry
  if (ref.kind === 'number' && words.length > 2 && isUnitWord(words[0] ?? '') && /^(to|since|until|after|before)$/.test(words[1] ?? ''))
    out.add(['time', ...words.slice(1)], 0.9, target);
  if (ref.kind === 'boolean' && words.length > 1 && /^(on|flag|ind|yn|active|enabled)$/.test(last)) core(words.slice(0, -1), 0.92);
  if (words.length > 1 && (isUnitWord(last) || /^(id|uuid|key|no|number)$/.test(last))) core(words.slice(0, -1), ref.isId ? 0.9 : 0.95);
  if (
    words.length > 1 &&
    /^(name|code|type|level|status|at|time|date|ts|timestamp|value|flag|reading|count|amount|total|year|len)$/.test(last)
  )
    core(words.slice(0, -1), ref.kind === 'time' ? 0.7 : 0.84);
  if (words.length > 1 && startsWith(words.map(stem), facts.noun)) core(words.slice(facts.noun.length), 0.93);
  const lean = words.length > 2 && isUnitWord(last) ? words.slice(0, -1) : words;
  const head = lean.at(-1) ?? '';
  if (lean.length > 1 && !/^(id|uuid|key)$/.test(head)) core([head], 0.84);
  if (lean.length > 2) core(lean.slice(-2), 0.85);
  const first = lean[0] ?? '';
  if (lean.length > 1 && !isFlag && (!GENERIC.has(stem(first)) || /[a-z]{3}ed$/.test(first))) {
    if (ref.kind === 'number') core([first], 0.72);
    else out.add([first], ref.kind === 'boolean' && /ed$/.test(first) ? 0.8 : 0.66, target);
  }
  if (lean.length === 2 && ref.kind === 'number' && (/(ed|total|count)$/.test(head) || isUnitWord(first)))
    out.add([head, first], 0.95, target);
  for (const noun of (ref.kind === 'number' && UNIT_NOUNS[last]) || []) {
    out.add(noun.split(' '), words.length === 1 ? 0.86 : 0.7, target);
    // "collected weight" of collected_kg
    if (words.length > 1) out.add([...words.slice(0, -1), ...noun.split(' ')], 0.93, target);
  }
  // "watch time" of watch_seconds
  if (ref.kind === 'number' && words.length > 1 && /^(ms|s|min|h)$/.test(ref.unit ?? '') && isUnitWord(last) && !words.includes('time'))
    out.add([...words.slice(0, -1), 'time'], 0.93, target);
  const way = { from: ['origin', 'source'], to: ['destination', 'target'] }[words.length > 1 ? first : ''];
  for (const said of way ?? []) out.add([said, ...words.slice(1)], 0.93, target);
  const text = ref.schema.description;
  if (text !== undefined && text !== '') describedEntries(out, text, target);
}

function describedEntries(out: Collector, text: string, target: Target): void {
  const words = splitName(text).filter(
    (w) => w.length > 2 && !GENERIC.has(stem(w)) && !/^(the|and|with|from|when|was|which|that|this|its|are|has|each|one|may|not)$/.test(w),
  );
  if (words.length > 0 && words.length <= 3) out.add(words, 0.8, target);
  for (const word of words.slice(0, 6)) out.add([word], 0.6, target);
}

/** What goes `in` and `out`. */
const WAYS: Readonly<Record<string, readonly string[]>> = { in: ['inbound', 'incoming'], out: ['outbound', 'outgoing'] };

function valueEntries(out: Collector, ref: ColumnRef): void {
  const shared = new Map<string, number>();
  for (const v of ref.schema.values ?? []) for (const w of new Set(splitName(String(v)).map(stem))) shared.set(w, (shared.get(w) ?? 0) + 1);
  for (const value of ref.schema.values ?? []) {
    const text = String(value);
    if (typeof value === 'number' || /^\d/.test(text)) continue;
    const words = splitName(text);
    const target: Target = { kind: 'value', ref, value };
    if (/^[MFmf]$/.test(text) && ref.words.some((w) => /^(sex|gender)$/.test(w)))
      for (const w of /m/i.test(text) ? ['male', 'men'] : ['female', 'women']) out.add([w], 0.9, target);
    // "timed out" of timeout
    const [, verb, particle] = /^([a-z]{3,})(out|off|down)$/i.exec(text) ?? [];
    if (verb && particle) out.add([verb, particle], 0.9, target);
    for (const said of WAYS[text.toLowerCase()] ?? []) out.add([said], 0.9, target);
    // "an A": one capital letter is a value where it is written so.
    if (/^[A-Z]$/.test(text)) out.add(words, 0.9, target);
    if (words.length === 0 || text.length < 2) continue;
    if (words.length === 1 && words[0]?.length === 1) continue;
    out.add(words, 0.96, target);
    if (words.length === 1)
      for (const other of synonymsOf(stem(words[0] ?? '')))
        if (!/^(amount|valu|total|money|pay|worth|spend)$/.test(other) && !ref.words.some((w) => stem(w) === other))
          out.addStems(other.split(' '), 0.66, target);
    // `level_complete` beside `level_fail`: the word that no other value has stands for the whole.
    const own = words.filter((w) => w.length > 2 && !GENERIC.has(stem(w)) && shared.get(stem(w)) === 1);
    if (words.length > 1)
      for (const word of own) {
        const score = word === words.at(-1) ? 0.84 : 0.74;
        out.add([word], score, target);
        for (const other of synonymsOf(stem(word))) out.addStems(other.split(' '), score * 0.7, target);
      }
    if (words.length === 2) out.add([...words].reverse(), 0.9, target);
    if (words.length > 2)
      out.add(
        [...words].reverse().filter((w) => w.length > 2),
        0.7,
        target,
      );
  }
}

const startsWith = (stems: readonly string[], noun: readonly string[]): boolean =>
  noun.length < stems.length && noun.every((n, i) => stem(n) === stems[i]);

const nounOf = (name: string): string[] => {
  const words = splitName(name).filter((w) => !/^(raw|stream|topic|table|v?\d+|data|feed)$/.test(w));
  const list = words.length > 0 ? words : splitName(name);
  return list.map((w, i) => (i === list.length - 1 ? singular(w) : w));
};

export const singular = (word: string): string => {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|xes|sses)$/.test(word)) return word.slice(0, -2);
  return /s$/.test(word) && !/(ss|us|is|news|series)$/.test(word) ? word.slice(0, -1) : word;
};

/** `f_temp`, `f_state`, `f_line`: what every column begins with says nothing. */
function withoutPrefix(columns: readonly ColumnRef[]): readonly ColumnRef[] {
  const first = columns[0]?.words[0] ?? '';
  const isShared = columns.length > 2 && columns.every((c) => c.words.length > 1 && c.words[0] === first);
  return isShared
    ? columns.map((c) => ({
        ...columnFacts(c.table, { ...c.schema, name: c.name.slice(c.name.toLowerCase().indexOf(first) + first.length) }),
        name: c.name,
        schema: c.schema,
      }))
    : columns;
}

const PAID = /^(purchase|sale|order|booking|payment|checkout|ticket|rental|subscription|invoice|charge|receipt|donation|buy|deal)$/;

/** Where a row is one thing that was paid for and says no quantity, its price is the amount: prices add up. */
function paidPrices(table: string, columns: readonly ColumnRef[]): readonly ColumnRef[] {
  const noun = singular(splitName(table).at(-1) ?? '');
  const money = columns.filter((c) => c.isMoney);
  const only = money[0];
  if (!PAID.test(noun) || money.length !== 1 || !only || only.isAdditive || columns.some((c) => c.isQuantity)) return columns;
  return columns.map((c) => (c === only ? { ...c, isAdditive: true } : c));
}

const built = new WeakMap<object, Lexicon>();

/** What words mean with these schemas; built once per object. */
export function lexiconOf(schemas: Readonly<Record<string, TableSchema>>, glossary: Readonly<Record<string, string>> = {}): Lexicon {
  const isPlain = Object.keys(glossary).length === 0;
  const known = isPlain ? built.get(schemas) : undefined;
  if (known) return known;
  const out = new Collector();
  const tables: TableFacts[] = Object.entries(schemas).map(([name, schema]) => {
    const columns = paidPrices(name, withoutPrefix(schema.columns.map((column) => columnFacts(name, column))));
    const eventTime = schema.eventTime ?? columns.find((c) => c.kind === 'time')?.name;
    return {
      name,
      schema,
      columns,
      noun: nounOf(name),
      isTable: schema.kind === 'table',
      ...(eventTime === undefined ? {} : { eventTime }),
    };
  });
  for (const facts of tables) {
    tableEntries(out, facts, new Set(tables.flatMap((t) => (t === facts ? [] : (t.schema.key ?? [])))));
    for (const noun of facts.isTable ? [] : kindNouns(facts, tables)) out.add([noun], 0.82, { kind: 'table', table: facts.name });
    const rowId = rowIdOf(facts, tables);
    if (rowId) out.addForms(rowId.words.slice(0, -1), 0.96, { kind: 'table', table: facts.name });
    for (const ref of facts.columns) {
      columnEntries(out, facts, ref);
      valueEntries(out, ref);
    }
  }
  for (const [name, expression] of Object.entries(glossary)) out.add(splitName(name), 1.1, { kind: 'term', name, expression });
  const byFirst = out.all();
  const words = new Set([...byFirst.values()].flatMap((entries) => entries.flatMap((e) => e.stems)));
  const rawWords = new Set(
    tables
      .flatMap((t) => [
        ...splitName(t.name),
        ...t.columns.flatMap((c) => [...c.words, ...(c.schema.values ?? []).flatMap((v) => splitName(String(v)))]),
      ])
      .filter((w) => w.length > 3),
  );
  const names = tables.flatMap((t) => [splitName(t.name), ...t.columns.map((c) => c.words)]);
  const shortWords = new Set(names.flat().filter((w) => w.length > 2 && w.length < 5));
  const initials = new Map<string, Entry[]>();
  for (const list of byFirst.values())
    for (const entry of list) {
      const [only = '', unit] = entry.target.kind === 'column' ? entry.target.ref.words : [];
      if (
        entry.stems.length === 1 &&
        !(entry.target.kind === 'column' && entry.target.ref.kind === 'time') &&
        entry.stems[0] === stem(only) &&
        (unit === undefined || isUnitWord(unit)) &&
        /^[a-z]{2,4}$/.test(only)
      )
        initials.set(only, [...(initials.get(only) ?? []), entry]);
    }
  const lexicon: Lexicon = {
    tables,
    byFirst,
    words,
    rawWords,
    rawStems: new Set([...rawWords].map(stem)),
    shortWords,
    initials,
    table: (name) => tables.find((t) => t.name === name),
  };
  if (isPlain) built.set(schemas, lexicon);
  return lexicon;
}
