import type { Row, TableSchema } from '@velostream/core/protocol';
import { type ColumnRef, columnFacts } from '../offline/column-facts.ts';

/** Small generator that gives the same numbers for the same seed everywhere. */
export function random(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

const START = 1_700_006_400_000;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

interface Hints {
  readonly windowMs: number;
  /** Numbers that a column is compared with. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly patterns: ReadonlyMap<string, readonly string[]>;
  /** `COUNT(…) > n` */
  readonly groupRows: number;
  /** `SUM(column) > n` */
  readonly sums: ReadonlyMap<string, number>;
  /** Columns that are joined under another name share its values. */
  readonly joined: ReadonlyMap<string, string>;
}

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => void map.set(key, [...(map.get(key) ?? []), value]);

/** What a gold query compares with, so that data can be made that its conditions cut in two. */
export function hintsOf(sql: string): Hints {
  const numbers = new Map<string, number[]>();
  const texts = new Map<string, string[]>();
  const patterns = new Map<string, string[]>();
  const sums = new Map<string, number>();
  for (const m of sql.matchAll(/\b(?:\w+\.)?(\w+)\s*(?:=|!=|<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)/g)) push(numbers, m[1] ?? '', Number(m[2]));
  for (const m of sql.matchAll(/\b(?:\w+\.)?(\w+)\s+(?:NOT )?BETWEEN\s+(-?\d+(?:\.\d+)?)\s+AND\s+(-?\d+(?:\.\d+)?)/gi))
    for (const v of [m[2], m[3]]) push(numbers, m[1] ?? '', Number(v));
  for (const m of sql.matchAll(/\b(?:\w+\.)?(\w+)\s*(?:=|!=)\s*'([^']*)'/g)) push(texts, m[1] ?? '', m[2] ?? '');
  for (const m of sql.matchAll(/\b(?:\w+\.)?(\w+)\s+(?:NOT )?IN\s*\(([^)]*)\)/gi))
    for (const v of (m[2] ?? '').matchAll(/'([^']*)'|(-?\d+(?:\.\d+)?)/g))
      if (v[2] === undefined) push(texts, m[1] ?? '', v[1] ?? '');
      else push(numbers, m[1] ?? '', Number(v[2]));
  for (const m of sql.matchAll(/\b(?:\w+\.)?(\w+)\s+LIKE\s+'([^']*)'/gi)) push(patterns, m[1] ?? '', m[2] ?? '');
  const joined = new Map<string, string>();
  for (const m of sql.matchAll(/\b\w+\.(\w+) = \w+\.(\w+)/g)) joined.set(m[1] ?? '', m[2] ?? '');
  const having = /HAVING (.*)$/i.exec(sql)?.[1] ?? '';
  const counted = /COUNT\([^)]*\)\s*[<>]=?\s*(\d+)/i.exec(having)?.[1];
  for (const m of having.matchAll(/(?:SUM|AVG|MAX|MIN)\((?:\w+\.)?(\w+)\)\s*([<>]=?)\s*(\d+(?:\.\d+)?)/gi))
    sums.set(`${m[0].slice(0, 3).toUpperCase()}:${m[1]}`, Number(m[3]));
  const size = /(?:TUMBLING|SLIDING|SESSION)\((\d+)(ms|s|m|h|d)/i.exec(sql);
  return {
    windowMs: size ? Number(size[1]) * (UNIT_MS[size[2] ?? 'm'] ?? 60_000) : 600_000,
    numbers,
    texts,
    patterns,
    groupRows: counted === undefined ? 0 : Number(counted),
    sums,
    joined,
  };
}

/** Seeded rows for every relation of a set: three to four windows, skewed keys, NULLs, late rows, values on both sides of every condition. */
export function datasetFor(schemas: Readonly<Record<string, TableSchema>>, gold: string, seed: number): Record<string, Row[]> {
  const hints = hintsOf(gold);
  const rng = random(seed);
  const isSession = /SESSION\(/i.test(gold);
  // Hours and days of the week differ only over several days.
  const windows = /EXTRACT\(/.test(gold) ? Math.max(3.4, 259_200_000 / hints.windowMs) : 3.4;
  const limit = Number(/\bLIMIT (\d+)/.exec(gold)?.[1] ?? 0);
  const keys = limit > 0 ? limit + 6 : hints.groupRows > 20 || hints.sums.size > 0 ? 4 : 7;
  const perGroup = Math.max(1, hints.groupRows) * (hints.groupRows > 0 && / WHERE /.test(gold) ? 3 : 1);
  const count = Math.min(6_000, Math.max(300, Math.round(perGroup * keys * windows * 0.8)));
  const span = isSession ? hints.windowMs * 30 : hints.windowMs * windows;
  const out: Record<string, Row[]> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const columns = schema.columns.map((c) => columnFacts(name, c));
    const rows = schema.kind === 'table' ? keys : count;
    const rowsPerGroup = rows / keys / windows;
    out[name] = Array.from({ length: rows }, (_, i) =>
      rowOf({ schema, columns, i, rows, keys, span, rng, hints, gold, rowsPerGroup, isTable: schema.kind === 'table' }),
    );
  }
  return out;
}

interface Making {
  readonly schema: TableSchema;
  readonly columns: readonly ColumnRef[];
  readonly i: number;
  readonly rows: number;
  readonly keys: number;
  readonly span: number;
  readonly rng: () => number;
  readonly hints: Hints;
  readonly gold: string;
  readonly rowsPerGroup: number;
  readonly isTable: boolean;
}

function rowOf(m: Making): Row {
  const row: Record<string, unknown> = {};
  for (const ref of m.columns) row[ref.name] = columnValue(ref, m);
  return row as Row;
}

function columnValue(ref: ColumnRef, m: Making): unknown {
  const { rng, hints, i, rows, keys, span } = m;
  if (ref.kind === 'time') {
    const base = START + Math.round((i / rows) * span);
    return rng() < 0.03 ? base : base + Math.round(rng() * 500);
  }
  const isKey = ref.name === m.schema.key?.[0];
  if (m.isTable && isKey) return keyValue(ref, i, hints);
  const skewed = Math.floor(keys * rng() ** 1.6);
  if (ref.kind === 'boolean') return rng() < 0.35;
  if (ref.kind === 'text') {
    const values = ref.schema.values?.map(String);
    if (values && values.length > 0 && m.isTable) return values[i % values.length];
    if (values && values.length > 0) return values[Math.min(values.length - 1, Math.floor(values.length * rng() ** 1.3))];
    const wanted = hints.texts.get(ref.name);
    const likes = hints.patterns.get(ref.name);
    if (likes && rng() < 0.4) return (likes[0] ?? '').replace(/^%/, 'ab ').replace(/%$/, ' yz').replaceAll('%', 'x');
    if (isUniqueId(ref, m)) return `${ref.name}-${i}`;
    if (!ref.isId && ref.schema.nullable !== false && rng() < (isNullTested(ref, m.gold) ? 0.3 : nullShare(ref))) return null;
    if (wanted && wanted.length > 0 && rng() < 0.4) return wanted[Math.floor(rng() * wanted.length)];
    return keyValue(ref, skewed, hints);
  }
  if (ref.schema.nullable !== false && isNullTested(ref, m.gold) && rng() < 0.3) return null;
  return numberOf(ref, m);
}

const isNullTested = (ref: ColumnRef, gold: string): boolean => new RegExp(`\\b${ref.name} IS (NOT )?NULL`).test(gold);
const nullShare = (ref: ColumnRef): number => (/coupon|referrer|discount/.test(ref.name) ? 0.35 : 0);
const isUniqueId = (ref: ColumnRef, m: Making): boolean =>
  ref.isId &&
  m.columns.find((c) => c.isId) === ref &&
  !m.isTable &&
  m.columns.filter((c) => c.isId).length > 1 &&
  !new RegExp(`\\b${ref.name}\\b`).test(m.gold);
const keyValue = (ref: ColumnRef, k: number, hints: Hints): string =>
  (k === 0 && ref.isId && hints.texts.get(ref.name)?.[0]) || `${(hints.joined.get(ref.name) ?? ref.name).slice(0, 6)}-k${k}`;

function numberOf(ref: ColumnRef, m: Making): number {
  const { rng, hints } = m;
  const isInteger = /INT/i.test(ref.schema.type);
  const tidy = (v: number): number => (isInteger ? Math.round(v) : Math.round(v * 100) / 100);
  const compared = hints.numbers.get(ref.name);
  if (ref.isCode || /status_code/.test(ref.name)) {
    const codes = [200, 201, 301, 404, 500, 503, ...(compared ?? [])];
    return codes[Math.floor(codes.length * rng())] as number;
  }
  const sum = hints.sums.get(`SUM:${ref.name}`);
  if (sum !== undefined) return tidy((sum / Math.max(1, m.rowsPerGroup)) * (0.3 + 1.4 * rng()));
  const level = hints.sums.get(`AVG:${ref.name}`) ?? hints.sums.get(`MAX:${ref.name}`) ?? hints.sums.get(`MIN:${ref.name}`);
  if (level !== undefined) return tidy(level * (0.85 + 0.3 * rng()));
  if (compared && compared.length > 0) {
    const at = compared[Math.floor(rng() * compared.length)] as number;
    return rng() < 0.08 ? at : tidy(at + (rng() - 0.5) * Math.max(4, Math.abs(at)));
  }
  if (/rating/.test(ref.name)) return 1 + Math.floor(rng() * 5);
  return tidy(5 + 120 * rng());
}
