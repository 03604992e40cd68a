import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { splitName, stem } from './stem.ts';

type Schemas = NlToSqlRequest['schemas'];

export interface ToldColumn {
  readonly table: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly stems: readonly string[];
  /** The last part of the name, which says the unit. */
  readonly unit: string;
  readonly isNumber: boolean;
  readonly isText: boolean;
  readonly hasValues: boolean;
}

/** What the schemas are called, in the form that sentences are compared with. */
export interface ToldFacts {
  readonly columns: readonly ToldColumn[];
  /** Stems of what rows are called, to their table. */
  readonly rows: ReadonlyMap<string, string>;
  /** Stems of all words of names and of all values. */
  readonly known: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

const cache = new WeakMap<object, ToldFacts>();

export function toldFacts(schemas: Schemas): ToldFacts {
  const before = cache.get(schemas);
  if (before) return before;
  const columns: ToldColumn[] = [];
  const rows = new Map<string, string>();
  const values = new Set<string>();
  for (const [table, schema] of Object.entries(schemas)) {
    const last = splitName(table).at(-1);
    if (last !== undefined && schema.kind !== 'table') rows.set(stem(last), table);
    for (const c of schema.columns) {
      const words = splitName(c.name);
      for (const v of c.values ?? []) values.add(stem(String(v).toLowerCase()));
      if (schema.kind === 'table') continue;
      columns.push({
        table,
        name: c.name,
        words,
        stems: words.map(stem),
        unit: (/(?:^|_|(?<=[a-z0-9])(?=[A-Z]))([A-Z]?[a-z0-9]*)$/.exec(c.name)?.[1] ?? '').toLowerCase(),
        isNumber:
          /^(?:INT|FLOAT|DOUBLE|DECIMAL|BIGINT|REAL|NUM)/i.test(c.type) && !/(?:^|_)(?:id|no|nr|uuid)$|[a-z](?:Id|No|Nr)$/.test(c.name),
        isText: /^(?:STRING|TEXT|VARCHAR)/i.test(c.type),
        hasValues: c.values !== undefined,
      });
    }
  }
  const facts = { columns, rows, values, known: new Set([...columns.flatMap((c) => c.stems), ...rows.keys(), ...values]) };
  cache.set(schemas, facts);
  return facts;
}

const one = (list: readonly ToldColumn[]): ToldColumn | undefined => (new Set(list.map((c) => c.name)).size === 1 ? list[0] : undefined);

const stemsIn = (phrase: string): string[] => (phrase.toLowerCase().match(/[a-z0-9_]+/g) ?? []).flatMap((w) => splitName(w)).map(stem);

/** The one text column that is called so, `child` for `childId` too. */
export function keyNamed(facts: ToldFacts, phrase: string, table?: string): ToldColumn | undefined {
  const said = stemsIn(phrase).join(' ');
  const fit = facts.columns.filter((c) => c.isText && (table === undefined || c.table === table));
  return (
    one(fit.filter((c) => c.stems.join(' ') === said)) ??
    one(fit.filter((c) => c.stems.join(' ').replace(/ (?:id|name|no|code)$/, '') === said))
  );
}

/** The one number column whose name begins with what is said, or holds all of it. */
export function numberNamed(facts: ToldFacts, phrase: string, table?: string): ToldColumn | undefined {
  const said = stemsIn(phrase);
  if (said.length === 0) return undefined;
  const fit = facts.columns.filter((c) => c.isNumber && (table === undefined || c.table === table));
  return (
    one(fit.filter((c) => c.stems.join(' ') === said.join(' '))) ??
    one(fit.filter((c) => said.every((w, i) => c.stems[i] === w))) ??
    one(fit.filter((c) => said.every((w) => c.stems.includes(w))))
  );
}

const UNIT_ENDINGS: Readonly<Record<string, RegExp>> = {
  tonne: /^t(?:on(?:ne)?s)?$/,
  ton: /^t(?:on(?:ne)?s)?$/,
  kilo: /^kg$/,
  kilogram: /^kg$/,
  kg: /^kg$/,
  gram: /^g(?:rams)?$/,
  g: /^g$/,
  litre: /^l$/,
  liter: /^l$/,
  l: /^l$/,
  metre: /^m(?:et(?:er|re)s?)?$/,
  meter: /^m(?:et(?:er|re)s?)?$/,
  mile: /^mi(?:les)?$/,
  millilitre: /^ml$/,
  milliliter: /^ml$/,
  milligram: /^mg$/,
  km: /^km$/,
  kilometre: /^km$/,
  kilometer: /^km$/,
  euro: /^eur$/,
  eur: /^eur$/,
  dollar: /^usd$/,
  pound: /^gbp$/,
  minute: /^min(?:ute)?s?$/,
  min: /^min$/,
  second: /^s(?:ec(?:ond)?s?)?$/,
  hour: /^h(?:ours?)?$/,
  kwh: /^kwh$/,
  mwh: /^mwh$/,
  m3s: /^m3s$/,
  m3: /^m3$/,
  sqm: /^(?:sqm|m2)$/,
  us: /^us$/,
  ms: /^m(?:illi)?s(?:ec)?$/,
  millisecond: /^ms$/,
  kb: /^kb$/,
  mb: /^mb$/,
  gb: /^gb$/,
};

/** The one number column that is measured so. */
export function measuredIn(facts: ToldFacts, unit: string, table?: string): ToldColumn | undefined {
  const key = unit.toLowerCase().replace(/(?<=[a-z]{3})s$/, '');
  const ending = Object.hasOwn(UNIT_ENDINGS, key) ? UNIT_ENDINGS[key] : undefined;
  if (!ending) return undefined;
  return one(facts.columns.filter((c) => c.isNumber && (table === undefined || c.table === table) && ending.test(c.unit)));
}

const isAkin = (a: string, b: string): boolean =>
  a.length > 3 && b.length > 3 && (a.startsWith(b) || b.startsWith(a) || (a.slice(0, 4) === b.slice(0, 4) && a.length < 6 && b.length < 6));

/** The one number column that a verb names: `releasing` for `release_m3s`, `burning` for `burnt`. */
export function doneWith(facts: ToldFacts, verb: string, table?: string): ToldColumn | undefined {
  const root = verb.toLowerCase().replace(/(?:ing|es|s|ed|e)$/, '');
  return one(
    facts.columns.filter(
      (c) =>
        c.isNumber &&
        (table === undefined || c.table === table) &&
        c.words[1] !== 'to' &&
        c.words.some((w) => isAkin(w.toLowerCase().replace(/e$/, ''), root)),
    ),
  );
}

/** The one number column of money that these rows have, what is given back or on top aside. */
export const moneyOf = (facts: ToldFacts, table: string): ToldColumn | undefined =>
  one(
    facts.columns.filter(
      (c) =>
        c.isNumber &&
        c.table === table &&
        (/^(?:eur|usd|gbp|chf)$/.test(c.unit) ||
          /^(?:amount|revenue|turnover|spend|spent|paid|price|total|cost)$/.test(c.words[0] ?? '')) &&
        !/discount|tip|tax|refund|deposit|estimate|limit|fee/i.test(c.name),
    ),
  );
