import type { ColumnRef } from './column-facts.ts';
import { isMeasure } from './column-facts.ts';
import { type Condition, columnOperand, type Filter, type Operand, type Scan } from './frame.ts';
import { singular, type TableFacts } from './lexicon.ts';
import { splitName, stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { ADJECTIVE_MEASURES } from './vocabulary.ts';

const filter = (...any: Condition[]): Filter => ({ any });
const test = (ref: ColumnRef, operator: Condition['operator'], ...values: Condition['values']): Condition => ({
  left: columnOperand(ref),
  operator,
  values,
});

const ERRORS = new Set(['error', 'fail', 'failur', 'failed', 'broken', 'crash', 'exception', 'unsucce', 'fault']);
const GOOD = new Set(['succe', 'ok', 'good', 'complet', 'approv', 'pass']);
const BAD_VALUE =
  /^(error|err|fail|failed|failure|fatal|critical|declined|rejected|exception|ko|timeout|denied|unsuccessful|faulted|fault)$/i;
const GOOD_VALUE = /^(ok|success|successful|succeeded|completed|complete|approved|passed|accepted|paid|settled|done|delivered)$/i;

const statusCode = (table: TableFacts): ColumnRef | undefined =>
  table.columns.find((c) => c.kind === 'number' && c.words.some((w) => w === 'status' || w === 'code' || w === 'http'));

const flag = (table: TableFacts, pattern: RegExp, isWhole = false): ColumnRef | undefined =>
  table.columns.find(
    (c) =>
      c.kind === 'boolean' &&
      (isWhole ? c.words.filter((w) => !/^(is|has|was|did)$/.test(w)).every((w) => pattern.test(w)) : c.words.some((w) => pattern.test(w))),
  );

const FAILED_FLAG = /^(error|errors|failed|failure|fail|errored|faulted|crashed)$/;

function byValues(table: TableFacts, pattern: RegExp): Filter | undefined {
  for (const ref of table.columns) {
    const hits = (ref.schema.values ?? []).filter((v) => pattern.test(String(v)));
    if (hits.length === 0 || (!/status|state|result|outcome|level|severity|response/.test(ref.name) && hits.length > 1)) continue;
    const isLevel = /level|severity/.test(ref.name);
    const chosen = isLevel ? hits.filter((v) => /^err/i.test(String(v))) : hits;
    const list = chosen.length > 0 ? chosen : hits;
    return filter(list.length === 1 ? test(ref, '=', list[0] as string) : test(ref, 'IN', ...list));
  }
  return undefined;
}

/** What "errors" or "failed" are in a relation: a status code, a value, a flag, a level. */
export function errorsIn(table: TableFacts): Filter | undefined {
  // "failed" of auth_failed is one kind of failure: what tells of the whole row comes first.
  const failed = flag(table, FAILED_FLAG, true);
  if (failed) return filter(test(failed, '=', true));
  const good = flag(table, /^(success|successful|succeeded|ok|passed|approved|completed|healthy)$/);
  if (good) return filter(test(good, '=', false));
  const values = byValues(table, BAD_VALUE);
  if (values) return values;
  const code = statusCode(table);
  if (code) return filter(test(code, '>=', 500));
  const partly = flag(table, FAILED_FLAG);
  if (partly) return filter(test(partly, '=', true));
  const text = table.columns.find((c) => c.kind === 'text' && c.words.some((w) => /^(error|exception|err)$/.test(w)));
  if (text) return filter(test(text, 'IS NOT NULL'));
  const level = table.columns.find((c) => c.kind === 'text' && c.words.some((w) => /^(level|severity|loglevel)$/.test(w)));
  if (level) return filter(test(level, '=', 'ERROR'));
  const status = table.columns.find((c) => c.kind === 'text' && c.words.some((w) => /^(status|state|result|outcome)$/.test(w)));
  return status && !status.schema.values ? filter(test(status, '=', 'failed')) : undefined;
}

export function successesIn(table: TableFacts): Filter | undefined {
  const good = flag(table, /^(success|successful|succeeded|ok|passed|approved|completed|healthy)$/);
  if (good) return filter(test(good, '=', true));
  const failed = flag(table, FAILED_FLAG, true);
  if (failed) return filter(test(failed, '=', false));
  const values = byValues(table, GOOD_VALUE);
  if (values) return values;
  const code = statusCode(table);
  return code ? filter(test(code, '<', 400)) : undefined;
}

const HTTP: readonly (readonly [RegExp, number, number])[] = [
  [/^5xx$/, 500, 599],
  [/^4xx$/, 400, 499],
  [/^3xx$/, 300, 399],
  [/^2xx$/, 200, 299],
];

/** Words that state a condition without naming a column: errors, 5xx, server errors. */
export function meaningAt(scan: Scan, at: number): { filter: Filter; end: number; stem: string } | undefined {
  const token = scan.tokens[at];
  if (token?.t !== 'word' || token.used !== undefined) return undefined;
  const code = statusCode(scan.base);
  const next = scan.tokens[at + 1];
  const nextWord = next?.t === 'word' && next.used === undefined ? next : undefined;
  for (const [pattern, low, high] of HTTP) {
    if (pattern.test(token.word) && code) {
      const end = nextWord && /^(error|respons|status|code|request)$/.test(nextWord.stem) ? at + 2 : at + 1;
      return {
        filter: filter(pattern.source.includes('5') ? test(code, '>=', low) : test(code, 'BETWEEN', low, high)),
        end,
        stem: token.word,
      };
    }
  }
  if ((token.word === 'server' || token.word === 'client') && nextWord?.stem === 'error' && code) {
    return {
      filter: filter(token.word === 'server' ? test(code, '>=', 500) : test(code, 'BETWEEN', 400, 499)),
      end: at + 2,
      stem: 'error',
    };
  }
  const isBad = ERRORS.has(token.stem) || ERRORS.has(token.word);
  if (!isBad && !GOOD.has(token.stem)) return undefined;
  const found = isBad ? errorsIn(scan.base) : successesIn(scan.base);
  return found ? { filter: found, end: at + 1, stem: token.stem } : undefined;
}

const OPPOSITES: Readonly<Partial<Record<Condition['operator'], Condition['operator']>>> = {
  '=': '!=',
  '!=': '=',
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  IN: 'NOT IN',
  'NOT IN': 'IN',
  LIKE: 'NOT LIKE',
  'NOT LIKE': 'LIKE',
  BETWEEN: 'NOT BETWEEN',
  'IS NULL': 'IS NOT NULL',
  'IS NOT NULL': 'IS NULL',
};

/** The comparison that holds where another does not. */
export const denied = (operator: Condition['operator']): Condition['operator'] => OPPOSITES[operator] ?? operator;

/** The opposite of a filter, where that is one condition. */
export function negate({ any }: Filter): Filter {
  const [only] = any;
  if (!only || any.length > 1) return { any };
  if (only.operator === '=' && typeof only.values[0] === 'boolean') return { any: [{ ...only, values: [!only.values[0]] }] };
  return { any: [{ ...only, operator: denied(only.operator) }] };
}

/** All columns in reach, those of the base first. */
export function columnsInReach(scan: Pick<Scan, 'base' | 'hops' | 'lexicon'>): ColumnRef[] {
  const others = [...scan.hops.keys()].filter((name) => name !== scan.base.name);
  return [...scan.base.columns, ...others.flatMap((name) => scan.lexicon.table(name)?.columns ?? [])];
}

const VALUE_NAMES = /^(value|reading|measurement|val|amount|level|score)$/;

/** The number that "the average" or "over 100" speaks of when none is named. */
export function defaultMeasure(table: TableFacts, prefer?: 'money' | 'quantity'): ColumnRef | undefined {
  const numbers = table.columns.filter(isMeasure);
  const byKind =
    prefer === 'money' ? numbers.filter((c) => c.isMoney) : prefer === 'quantity' ? numbers.filter((c) => c.isQuantity) : numbers;
  if (byKind.length === 1) return byKind[0];
  const value = byKind.find((c) => VALUE_NAMES.test(c.words.at(-1) ?? ''));
  if (value && byKind.filter((c) => VALUE_NAMES.test(c.words.at(-1) ?? '')).length === 1) return value;
  if (prefer === 'money') return byKind.find((c) => c.words.some((w) => /^(amount|total|revenue|value)$/.test(w))) ?? byKind[0];
  if (prefer === 'quantity') return byKind[0];
  return undefined;
}

/** Money that a row stands for: a total, or price × quantity. */
export function revenueOf(table: TableFacts): Operand | undefined {
  const named = table.columns.find((c) => isMeasure(c) && c.words.some((w) => /^(revenue|sales|turnover|notional)$/.test(w)));
  if (named) return columnOperand(named);
  const amount = table.columns.find(
    (c) =>
      isMeasure(c) &&
      c.words.some((w) => /^(amount|total|amt|subtotal|value|paid|spend|payment|fare|charge)$/.test(w)) &&
      !c.words.some((w) => /^(discount|tax|refund|fee|shipping|tip)$/.test(w)),
  );
  if (amount) return columnOperand(amount);
  const price = table.columns.find((c) => isMeasure(c) && c.words.some((w) => /^(price|px|rate|cost)$/.test(w)));
  const quantity = table.columns.find((c) => c.isQuantity);
  if (price && quantity) return { kind: 'binary', operator: '*', left: columnOperand(price), right: columnOperand(quantity) };
  return price ? columnOperand(price) : undefined;
}

/** The number that `slowest`, `heaviest`, `quickest` speak of: by its name, or the only span of time. */
export function adjectiveColumn(table: TableFacts, word: string): ColumnRef | undefined {
  const hint = ADJECTIVE_MEASURES[word];
  const isSpan = hint?.includes('duration') === true;
  const fitting = hint
    ? table.columns.filter(
        (c) => isMeasure(c) && c.words.some((w) => hint.includes(longForm(w) ?? w)) && !(isSpan && /^(b|kb|mb|%|\$)$/.test(c.unit ?? '')),
      )
    : [];
  const named = (isSpan ? fitting.find((c) => /^(ms|s|min|h)$/.test(c.unit ?? '')) : undefined) ?? fitting[0];
  if (named || !isSpan) return named;
  const spans = table.columns.filter(
    (c) =>
      isMeasure(c) && /^(ms|s|min|h)$/.test(c.unit ?? c.words.map((w) => (w === 'seconds' ? 's' : w === 'minutes' ? 'min' : '')).join('')),
  );
  return spans.length === 1 ? spans[0] : undefined;
}

/** A column of a closed set that is called by what happens: "4 movements" are rows, and no kinds of them. */
export const isDeed = (ref: ColumnRef): boolean =>
  (ref.schema.values?.length ?? 0) > 0 &&
  ref.words.length === 1 &&
  /(ment|action|ation|transition|entry|visit)$/.test(ref.words[0] ?? '') &&
  !/^(location|station|destination|department|segment)$/.test(ref.words[0] ?? '');

const METRIC_NAME = /^(metric|measure|measurement|parameter|param|kind|type|variable|quantity|signal|tag|channel)$/;

/** A value that names what the number beside it measures: `metric = 'temperature'`. */
export function tallMeasure(scan: Scan, ref: ColumnRef): ColumnRef | undefined {
  if (!ref.words.some((w) => METRIC_NAME.test(w)) && !/metric|measure/.test(ref.name)) return undefined;
  const numbers = scan.lexicon.table(ref.table)?.columns.filter((c) => c.kind === 'number' && !c.isId) ?? [];
  // A basket_value beside points is what a basket is worth, and no value of whatever the kind says.
  return numbers.find(
    (c) => /^(value|reading|measurement|val)$/.test(c.words.at(-1) ?? '') && (c.words.length === 1 || numbers.length === 1),
  );
}

/** Singular of what one row is. */
export const rowNoun = (table: TableFacts): string => {
  const words = splitName(table.name);
  return singular(words.at(-1) ?? table.name);
};

/** `different tickets` of tickets: by the column that tells them apart. */
export const rowName = (table: TableFacts): ColumnRef | undefined => {
  const noun = stem(rowNoun(table));
  const own = table.columns.filter((c) => c.kind !== 'time' && stem(c.words[0] ?? '') === noun && (c.words.length === 1 || c.isId));
  return own.length === 1 ? own[0] : undefined;
};
