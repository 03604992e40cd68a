import { createEngine } from '@velostream/core/engine';
import type { Row, TableSchema } from '@velostream/core/protocol';
import { partsOf } from '../offline/sql-parts.ts';

/** Final rows of a query over given rows: per key and window for aggregates, every row otherwise. */
export async function answerOf(
  sql: string,
  schemas: Readonly<Record<string, TableSchema>>,
  data: Readonly<Record<string, readonly Row[]>>,
): Promise<Row[]> {
  const sources: Record<string, object> = {};
  const tables: Record<string, object> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const input = {
      rows: data[name] ?? [],
      schema,
      ...(schema.eventTime === undefined ? {} : { eventTime: schema.eventTime }),
      ...(schema.key ? { key: schema.key } : {}),
    };
    (schema.kind === 'table' ? tables : sources)[name] = input;
  }
  const engine = createEngine({ sources: sources as never, tables: tables as never, decimals: 'number', limits: { maxTimeMs: 20_000 } });
  try {
    const query = engine.run(sql);
    const parts = partsOf(sql);
    const isAggregate = parts?.items.some((i) => i.isAggregate) ?? false;
    return isAggregate || parts?.limit !== undefined ? await query.table() : await query.rows();
  } finally {
    await engine.close();
  }
}

const near = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (a === null || b === null || a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  const x = Number(a);
  const y = Number(b);
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  if (Number.isFinite(x) && Number.isFinite(y) && a !== '' && b !== '')
    return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(x), Math.abs(y));
  return String(a) === String(b);
};

const rounded = (v: unknown): string => {
  if (v === null || v === undefined) return '∅';
  const n = typeof v === 'boolean' ? Number.NaN : Number(v);
  return Number.isFinite(n) && v !== '' ? (n === 0 ? '0' : n.toPrecision(11)) : String(v);
};

/** Text that sorts numbers as numbers. */
const order = (v: unknown): string => {
  const n = v === null || v === undefined || v === '' || typeof v === 'boolean' ? Number.NaN : Number(v);
  return Number.isFinite(n) ? `#${(n + 1e9).toFixed(5).padStart(20, '0')}` : `@${String(v)}`;
};
const sameBag = (a: readonly string[], b: readonly string[]): boolean =>
  a.every(
    (v, i) =>
      v === b[i] ||
      (v.startsWith('#') && (b[i] ?? '').startsWith('#') && near(Number(v.slice(1)) - 1e9, Number((b[i] ?? '').slice(1)) - 1e9)),
  );

const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((r) => Object.keys(r)))];

/** Whether every column of the expected rows stands in the given ones, row by row, whatever names and extra columns they have. */
export function sameRows(expected: readonly Row[], given: readonly Row[], onlyNumbers = false): boolean {
  if (expected.length !== given.length) return false;
  if (expected.length === 0) return true;
  let wanted = columnsOf(expected);
  if (onlyNumbers) wanted = wanted.filter((c) => expected.some((r) => typeof r[c] === 'number' || typeof r[c] === 'bigint'));
  const have = columnsOf(given);
  const bag = (rows: readonly Row[], column: string): string[] => rows.map((r) => order(r[column])).sort();
  const bags = new Map(have.map((c) => [c, bag(given, c)]));
  const options = wanted.map((c) => {
    const own = bag(expected, c);
    return have.filter((h) => sameBag(own, bags.get(h) ?? [])).toSorted((a, b) => Number(b === c) - Number(a === c));
  });
  if (options.some((o) => o.length === 0)) return false;
  return assign(wanted, options, [], expected, given);
}

/** A top list without its end: what it was cut from. */
export const uncut = (gold: string): string => gold.replace(/ ORDER BY .*?(?= EMIT|$)/, '').replace(/ LIMIT \d+/, '');

/**
 * Whether a top list is right: the numbers are those expected, and each row, with its names, stands in the list that it was cut from. Of
 * rows that tie at the end of the list any may be shown.
 */
export function sameTop(expected: readonly Row[], given: readonly Row[], whole: readonly Row[]): boolean {
  if (expected.length !== given.length) return false;
  const wanted = columnsOf(expected);
  const numbers = wanted.filter((c) => expected.some((r) => typeof r[c] === 'number' || typeof r[c] === 'bigint'));
  if (!sameRows(expected, given, true)) return false;
  const names = wanted.filter((c) => !numbers.includes(c));
  const known = new Set(whole.map((r) => wanted.map((c) => rounded(r[c])).join('¦')));
  const have = columnsOf(given);
  const fits = (chosen: readonly string[]): boolean => {
    if (chosen.length === wanted.length) return given.every((r) => known.has(chosen.map((c) => rounded(r[c])).join('¦')));
    const next = wanted[chosen.length] ?? '';
    const isName = names.includes(next);
    const values = new Set(whole.map((r) => rounded(r[next])));
    return have.some(
      (h) => !chosen.includes(h) && (!isName || h === next || given.every((r) => values.has(rounded(r[h])))) && fits([...chosen, h]),
    );
  };
  return names.length === 0 || fits([]);
}

function assign(
  wanted: readonly string[],
  options: readonly (readonly string[])[],
  chosen: readonly string[],
  expected: readonly Row[],
  given: readonly Row[],
): boolean {
  if (chosen.length === wanted.length) {
    const left = expected.map((r) => wanted.map((c) => rounded(r[c])).join('¦')).sort();
    const right = given.map((r) => chosen.map((c) => rounded(r[c])).join('¦')).sort();
    return left.every((line, i) => line === right[i] || lineNear(line, right[i] ?? ''));
  }
  for (const option of (options[chosen.length] ?? []).slice(0, 4))
    if (!chosen.includes(option) && assign(wanted, options, [...chosen, option], expected, given)) return true;
  return false;
}

const lineNear = (a: string, b: string): boolean => {
  const x = a.split('¦');
  const y = b.split('¦');
  return x.length === y.length && x.every((v, i) => near(v, y[i]));
};
