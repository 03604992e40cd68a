import type { DataConstraints, DataField } from '../../protocol/studio/testing.ts';
import type { ColumnEvidence } from './evidence.ts';

const WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/symbol|ticker/i, ['AAPL', 'MSFT', 'GOOG', 'AMZN', 'TSLA', 'NVDA']],
  [/currency/i, ['USD', 'EUR', 'GBP', 'JPY']],
  [/country/i, ['US', 'DE', 'FR', 'GB', 'JP', 'IN']],
  [/region|zone/i, ['north', 'south', 'east', 'west']],
  [/status|state/i, ['active', 'pending', 'closed', 'failed']],
  [/side/i, ['buy', 'sell']],
  [/level|severity/i, ['info', 'warning', 'error']],
  [/category|type|kind|segment/i, ['basic', 'standard', 'premium', 'other']],
  [/email/i, ['ann@example.com', 'bob@example.com', 'cy@example.com', 'di@example.com']],
];

const isTimeName = (name: string): boolean => /(^|_)(timestamp|datetime|ts)$|_time$|_at$|^event_?time$|^time$/i.test(name);
const isMoney = (name: string): boolean =>
  /price|amount|cost|revenue|total|balance|fee|salary|spend|fare|pnl|notional|discount|tax/i.test(name);
const isCount = (name: string): boolean => /quantity|qty|count|volume|units|size|clicks|views|attempts|items|retries/i.test(name);
const isId = (name: string): boolean => /(^|_)id$|_key$|_code$|^id$|[a-z]Id$|uuid/i.test(name);
const isFraction = (name: string): boolean =>
  /rate|ratio|score|percent|pct|temperature|humidity|latency|duration|weight|latitude|longitude|cpu|usage|speed/i.test(name);
const isFlag = (name: string): boolean => /^(is|has|was|can)_|_flag$|^(success|enabled|fraud|valid)$/i.test(name);

/** Values that a key takes by default. */
const KEYS = 20;

export interface FieldRole {
  /** Other columns are equal to it in a JOIN. */
  readonly joined: boolean;
  /** Its values identify rows of a table. */
  readonly isParentKey: boolean;
  readonly spanMs: number;
}

/** A field that makes the values that the SQL asks about: both sides of every threshold, every literal and something else. */
export function fieldFromEvidence(e: ColumnEvidence, role: FieldRole): DataField {
  const nullable = e.nullTested ? { nullable: true, nullProbability: 0.1 } : {};
  const field = (type: DataField['type'], constraints?: DataConstraints, more: Partial<DataField> = {}): DataField => ({
    name: e.name,
    type,
    ...nullable,
    ...more,
    ...(constraints ? { constraints } : {}),
  });
  const has = (...uses: Parameters<ColumnEvidence['uses']['has']>[0][]): boolean => uses.some((u) => e.uses.has(u));
  const isNumeric = has('sum', 'arithmetic') || e.numbers.length > 0 || e.totals.length > 0;
  if (has('time') || (isTimeName(e.name) && !has('sum') && e.texts.length === 0))
    return {
      ...field('timestamp', { sequential: true, timestamp_range: { start: spanText(role.spanMs), end: 'now' } }),
      nullable: false,
      nullProbability: 0,
    };
  if (e.texts.length > 0) return field('string', textConstraints(e));
  if (e.patterns.length > 0) return field('string', patternConstraints(e));
  if (has('boolean') && !isNumeric) return field('boolean', { probability: 0.5 });
  if (isNumeric) return numericField(e, field);
  if (isFlag(e.name)) return field('boolean', { probability: 0.5 });
  if (has('text')) return field('string', keyConstraints(e.name));
  if (role.isParentKey || role.joined || has('group', 'join')) return field('string', keyConstraints(e.name));
  if (isMoney(e.name) || isCount(e.name) || isFraction(e.name)) return numericField(e, field);
  if (isId(e.name)) return field('string', { pattern: `${prefixOf(e.name)}-[0-9]{6}` });
  return field('string', keyConstraints(e.name));
}

const spanText = (spanMs: number): string => `-${Math.max(3600, Math.ceil((spanMs * 10) / 1000))}s`;

const prefixOf = (name: string): string =>
  (name.replace(/_?(id|key|code)$/i, '') || name)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 8) || 'ID';

/** Values of a key column: known words of its name, else numbered ones. */
export function keyConstraints(name: string): DataConstraints {
  const words = WORDS.find(([pattern]) => pattern.test(name))?.[1];
  if (words && !isId(name)) return { enum_values: { values: words } };
  return { enum_values: { values: Array.from({ length: KEYS }, (_, i) => `${prefixOf(name)}-${String(i + 1).padStart(4, '0')}`) } };
}

function textConstraints(e: ColumnEvidence): DataConstraints {
  const asked = [...new Set(e.texts)];
  const words = WORDS.find(([pattern]) => pattern.test(e.name))?.[1] ?? ['other'];
  // Something that the SQL does not ask for, so that the other side of the comparison is met too.
  return { enum_values: { values: [...asked, ...words.filter((w) => !asked.includes(w)).slice(0, 3)] } };
}

function patternConstraints(e: ColumnEvidence): DataConstraints {
  const values = e.patterns.map((p) => p.replaceAll('%', 'x').replaceAll('_', 'y'));
  return { enum_values: { values: [...new Set([...values, 'other'])] } };
}

function numericField(
  e: ColumnEvidence,
  field: (type: DataField['type'], constraints?: DataConstraints, more?: Partial<DataField>) => DataField,
): DataField {
  const whole =
    !e.fraction &&
    !isMoney(e.name) &&
    !isFraction(e.name) &&
    (isCount(e.name) || isId(e.name) || (e.numbers.length > 0 && !e.uses.has('sum')));
  const range = rangeOf(e, whole);
  return whole ? field('integer', { range }) : field('decimal', { range }, { scale: isFraction(e.name) ? 4 : 2 });
}

/** A range that crosses every threshold. Sums are reached by a handful of rows. */
function rangeOf(e: ColumnEvidence, whole: boolean): { min: number; max: number } {
  const sums = e.totals.map(({ fn, value }) => (fn === 'sum' ? value / 5 : value));
  const marks = [...e.numbers, ...sums];
  if (marks.length === 0)
    return whole
      ? { min: 1, max: 100 }
      : isFraction(e.name) && /rate|ratio|percent|pct|score/i.test(e.name)
        ? { min: 0, max: 1 }
        : { min: 1, max: 500 };
  const high = Math.max(...marks);
  const low = Math.min(...marks);
  const width = Math.max(high - low, Math.abs(high), 1);
  const min = low > 0 ? Math.max(0, low - width) : low - width;
  const max = high + width;
  const floor = whole && min === 0 && isCount(e.name) ? 1 : min;
  return whole ? { min: Math.floor(floor), max: Math.ceil(max) } : { min: round(floor), max: round(max) };
}

const round = (x: number): number => Math.round(x * 100) / 100;
