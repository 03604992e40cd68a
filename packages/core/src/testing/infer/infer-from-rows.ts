import type { DataConstraints, DataField, DataSchema } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { parseTimestamp } from '../../values/time-text.ts';
import { DEFAULT_RECORDS } from '../schema/read-schema.ts';
import { readType } from '../schema/read-type.ts';

const SAMPLE_MAX = 10_000;
const ENUM_MAX = 20;
const NULL_WORDS = new Set(['', 'null', 'none', 'na', 'n/a']);
const BOOLEAN_WORDS = new Set(['true', 'false', 'yes', 'no', '1', '0', 't', 'f', 'y', 'n']);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const US_DATE = /^\d{1,2}\/\d{1,2}\/\d{4}$/;

/** How rows like these are made: types, ranges, frequent values, shares of NULL. Reads at most 10,000 rows. */
export function inferSchemaFromRows(rows: readonly object[], name = 'sample'): DataSchema {
  const sample = rows.slice(0, SAMPLE_MAX);
  const names = [...new Set(sample.flatMap((row) => Object.keys(row)))];
  return {
    name,
    recordCount: Math.max(rows.length, DEFAULT_RECORDS),
    fields: names.map((field) =>
      fieldFrom(
        field,
        sample.map((row) => (row as Record<string, unknown>)[field]),
      ),
    ),
  };
}

const isNull = (x: unknown): boolean => x === null || x === undefined || (typeof x === 'string' && NULL_WORDS.has(x.trim().toLowerCase()));
const isNumberText = (text: string): boolean => /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);

function fieldFrom(name: string, values: readonly unknown[]): DataField {
  const present = values.filter((v) => !isNull(v));
  const share = values.length === 0 ? 0 : 1 - present.length / values.length;
  const nulls = share > 0 ? { nullable: true, nullProbability: Math.round(share * 1000) / 1000 } : {};
  const made = typed(name, present);
  return {
    name,
    type: made.type,
    ...(made.scale === undefined ? {} : { scale: made.scale }),
    ...nulls,
    ...(made.constraints ? { constraints: made.constraints } : {}),
  };
}

interface Typed {
  readonly type: DataField['type'];
  readonly scale?: number;
  readonly constraints?: DataConstraints;
}

function typed(name: string, present: readonly unknown[]): Typed {
  if (present.length === 0) return { type: 'string' };
  if (present.every((v) => typeof v === 'boolean'))
    return { type: 'boolean', constraints: { probability: present.filter((v) => v === true).length / present.length } };
  const texts = present.map((v) => (v instanceof Date ? v.toISOString() : String(v)).trim());
  const distinct = new Map<string, number>();
  for (const t of texts) distinct.set(t, (distinct.get(t) ?? 0) + 1);
  const isEnum = distinct.size <= ENUM_MAX && distinct.size < texts.length / 2;
  const isBooleanText =
    distinct.size <= 2 &&
    [...distinct.keys()].every((t) => BOOLEAN_WORDS.has(t.toLowerCase())) &&
    ![...distinct.keys()].every((t) => t === '0' || t === '1');
  if (texts.every(isNumberText)) return numeric(name, texts, isEnum ? distinct : undefined);
  if (isBooleanText)
    return { type: 'boolean', constraints: { probability: texts.filter((t) => /^(true|yes|t|y|1)$/i.test(t)).length / texts.length } };
  if (texts.every((t) => US_DATE.test(t) || /^\d{4}-\d\d-\d\d$/.test(t))) return { type: 'date' };
  if (texts.every((t) => parseTimestamp(t) !== undefined && /\d{4}-\d\d-\d\d/.test(t)))
    return timeRange(texts.map((t) => parseTimestamp(t) as number));
  if (isEnum) return { type: 'string', constraints: { enum_values: enumOf(distinct, (t) => t) } };
  if (texts.every((t) => UUID.test(t))) return { type: 'uuid' };
  const lengths = texts.map((t) => t.length);
  return { type: 'string', constraints: { length: { min: Math.min(...lengths), max: Math.max(...lengths) } } };
}

const enumOf = <T extends string | number>(
  distinct: ReadonlyMap<string, number>,
  of: (text: string) => T,
): { values: T[]; weights: number[] } => ({
  values: [...distinct.keys()].map(of),
  weights: [...distinct.values()],
});

function timeRange(times: readonly number[]): Typed {
  const rising = times.every((t, i) => i === 0 || t >= (times[i - 1] as number));
  const [start, end] = extremes(times);
  return {
    type: 'timestamp',
    constraints: {
      timestamp_range: { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
      ...(rising ? { sequential: true } : {}),
    },
  };
}

function extremes(numbers: readonly number[]): [number, number] {
  let low = numbers[0] as number;
  let high = low;
  for (const n of numbers) {
    if (n < low) low = n;
    if (n > high) high = n;
  }
  return [low, high];
}

function numeric(name: string, texts: readonly string[], distinct: ReadonlyMap<string, number> | undefined): Typed {
  const numbers = texts.map(Number);
  const [min, max] = extremes(numbers);
  const places = texts.map((t) => (/e/i.test(t) ? 9 : (t.split('.')[1]?.length ?? 0)));
  const scale = Math.max(...places);
  if (scale === 0) {
    const isTimeName = /time|_at$|(^|_)ts$/i.test(name);
    if (isTimeName && texts.every((t) => t.length === 13)) return timeRange(numbers);
    if (isTimeName && texts.every((t) => t.length === 10)) return { type: 'integer', constraints: { range: { min, max } } };
  }
  // A number with few values stays a number.
  const values = distinct ? { enum_values: enumOf(distinct, Number) } : undefined;
  const range = { range: { min, max }, ...(texts.length > 100 ? { distribution: distributionOf(numbers, min, max) } : {}) };
  if (scale === 0) return { type: 'integer', constraints: values ?? range };
  if (scale <= 8) return { type: 'decimal', scale, constraints: values ?? range };
  return { type: 'float', constraints: values ?? range };
}

/** Normal where the standard deviation is within 30 % of a quarter of the range, else uniform. */
function distributionOf(numbers: readonly number[], min: number, max: number): NonNullable<DataConstraints['distribution']> {
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const deviation = Math.sqrt(numbers.reduce((a, b) => a + (b - mean) * (b - mean), 0) / numbers.length);
  const quarter = (max - min) / 4;
  const isNormal = quarter > 0 && Math.abs(deviation - quarter) <= quarter * 0.3 && deviation < (max - min) * 0.26;
  return isNormal ? { name: 'normal', mean: round(mean), std_dev: round(deviation) } : { name: 'uniform' };
}

const round = (x: number): number => Math.round(x * 1e4) / 1e4;

/** The schema of a live relation: its columns as a source describes them, refined by sample rows where there are some. */
export function inferSchemaFromSource(name: string, schema: TableSchema, samples: readonly object[] = []): DataSchema {
  const sampled = inferSchemaFromRows(samples, name);
  return {
    name,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(schema.key?.[0] === undefined ? {} : { keyField: schema.key[0] }),
    recordCount: sampled.recordCount ?? DEFAULT_RECORDS,
    fields: schema.columns.flatMap((column): DataField[] => {
      const read = readType(column.type);
      if (!read) return [];
      const found = samples.length > 0 ? sampled.fields.find((f) => f.name === column.name) : undefined;
      const constraints: DataConstraints | undefined =
        column.name === schema.eventTime
          ? { sequential: true }
          : column.values && column.values.length > 0
            ? { enum_values: { values: column.values } }
            : found && sameFamily(found.type, read.type)
              ? found.constraints
              : undefined;
      return [
        {
          name: column.name,
          type: read.type,
          ...(read.scale === undefined ? {} : { scale: read.scale }),
          ...(column.nullable && column.name !== schema.eventTime
            ? { nullable: true, nullProbability: found?.nullProbability ?? 0.1 }
            : {}),
          ...(column.description === undefined ? {} : { description: column.description }),
          ...(constraints ? { constraints } : {}),
        },
      ];
    }),
  };
}

const family = (t: DataField['type']): string => (t === 'integer' || t === 'float' || t === 'decimal' ? 'number' : t);
const sameFamily = (a: DataField['type'], b: DataField['type']): boolean => family(a) === family(b);
