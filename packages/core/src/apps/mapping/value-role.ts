import type { Row } from '../../protocol/query.ts';

/** What the values of a column look like. */
export type ValueRole =
  | 'identifier'
  | 'category'
  | 'money'
  | 'amount'
  | 'count'
  | 'time'
  | 'flag'
  | 'latitude'
  | 'longitude'
  | 'text'
  | 'unknown';

const TIME_TEXT = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?/;
const EPOCH_MS = { from: 9.4e11, to: 4.1e12 };

/** Role of a column by its sampled values; `unknown` below five of them. */
export function roleOfValues(column: string, samples: readonly Row[]): ValueRole {
  const values = samples.map((row) => row[column]).filter((value) => value !== null && value !== undefined);
  if (values.length < 5) return 'unknown';
  const distinct = new Set(values.map(String)).size;
  if (values.every((value) => typeof value === 'boolean')) return 'flag';
  if (values.every((value) => typeof value === 'number' || typeof value === 'bigint'))
    return numberRole(column, values.map(Number), distinct);
  const texts = values.map(String);
  if (texts.every((text) => TIME_TEXT.test(text))) return 'time';
  if (texts.every((text) => /^-?\d+(\.\d+)?$/.test(text))) return numberRole(column, texts.map(Number), distinct);
  if (distinct > 0.8 * values.length && values.length >= 20 && texts.every((text) => text.length <= 64 && !text.includes(' ')))
    return 'identifier';
  if (texts.some((text) => text.includes(' ')) && distinct > values.length / 2) return 'text';
  return 'category';
}

function numberRole(column: string, values: readonly number[], distinct: number): ValueRole {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low >= EPOCH_MS.from && high <= EPOCH_MS.to) return 'time';
  const isWhole = values.every(Number.isInteger);
  if (!isWhole && low >= -90 && high <= 90 && /lat/i.test(column)) return 'latitude';
  if (!isWhole && low >= -180 && high <= 180 && /lo?n/i.test(column)) return 'longitude';
  if (isWhole) return distinct > 0.9 * values.length && high - low > 50 * values.length ? 'identifier' : 'count';
  return values.every((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6) ? 'money' : 'amount';
}

/** Role that a name and a type promise. */
export function roleOfName(words: readonly string[], type: string): ValueRole {
  const has = (...any: string[]): boolean => any.some((word) => words.includes(word));
  if (/BOOL/.test(type)) return 'flag';
  if (/TIMESTAMP|DATE/.test(type) || has('timestamp', 'ts')) return 'time';
  if (has('latitude', 'lat')) return 'latitude';
  if (has('longitude', 'lon', 'lng')) return 'longitude';
  if (has('id', 'uuid', 'key', 'fingerprint', 'token')) return 'identifier';
  if (has('price', 'amount', 'revenue', 'cost', 'total')) return 'money';
  if (/DECIMAL|FLOAT|DOUBLE/.test(type)) return 'amount';
  if (/INT/.test(type)) return 'count';
  if (has('message', 'text', 'body', 'description')) return 'text';
  return 'category';
}

const NUMERIC: ReadonlySet<ValueRole> = new Set(['money', 'amount', 'count', 'latitude', 'longitude']);

/** 0 to 1: how well two roles fit. */
export function roleFit(left: ValueRole, right: ValueRole): number {
  if (left === right) return 1;
  if (NUMERIC.has(left) && NUMERIC.has(right))
    return left === 'latitude' || left === 'longitude' || right === 'latitude' || right === 'longitude' ? 0.2 : 0.8;
  const pair = new Set([left, right]);
  if (pair.has('identifier') && (pair.has('category') || pair.has('count'))) return 0.6;
  if (pair.has('category') && (pair.has('text') || pair.has('flag') || pair.has('count'))) return 0.5;
  return 0.1;
}
