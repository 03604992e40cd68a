import type { Row, TableSchema } from '@velostream/core/protocol';
import { partsOf } from '../offline/sql-parts.ts';
import { datasetFor, hintsOf } from './datasets.ts';
import { answerOf } from './exec-match.ts';

type Schemas = Readonly<Record<string, TableSchema>>;
type Data = Record<string, Row[]>;

interface Bound {
  readonly fn: 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';
  /** Absent: `COUNT(*)`. */
  readonly column?: string;
  readonly isDistinct: boolean;
  readonly value: number;
}

const ROWS_MAX = 2_000;
const DAY_MS = 86_400_000;

/** The first bound of HAVING that one group can be made to meet exactly: an aggregate of a plain column against a number. */
function boundOf(having: string): Bound | undefined {
  const found = /^(COUNT|SUM|AVG|MIN|MAX)\((DISTINCT )?(?:\*|(?:\w+\.)?(\w+))\)\s*(?:<|>|<=|>=)\s*(-?\d+(?:\.\d+)?)$/i.exec(having.trim());
  if (!found) return undefined;
  const [, fn = '', distinct, column, value] = found;
  return {
    fn: fn.toUpperCase() as Bound['fn'],
    isDistinct: distinct !== undefined,
    value: Number(value),
    ...(column === undefined ? {} : { column }),
  };
}

/** Rows whose aggregate is the bound itself, made from one row that the conditions let through. */
function rowsAtBound(template: Row, bound: Bound): Row[] {
  const { fn, column, value, isDistinct } = bound;
  if (fn !== 'COUNT') return column === undefined ? [] : [{ ...template, [column]: value }];
  if (!Number.isInteger(value) || value < 1 || value > ROWS_MAX) return [];
  return Array.from({ length: value }, (_, i) => {
    if (!isDistinct || column === undefined) return template;
    return { ...template, [column]: typeof template[column] === 'number' ? i : `edge-${i}` };
  });
}

/**
 * The data of a gold query, with a group more whose value is exactly the bound of its HAVING, so that `>` and `>=` give other rows. With a
 * window the group is one of its own long after the others; without one it gets a key that nothing else has, where the key is a free text.
 */
export async function benchData(schemas: Schemas, gold: string, seed: number): Promise<Data> {
  const data = datasetFor(schemas, gold, seed);
  const parts = partsOf(gold);
  const schema = parts && schemas[parts.base];
  const bound = parts?.having.map(boundOf).find((b) => b !== undefined);
  if (!parts || !schema || !bound) return data;
  const alias = /\s(\w+)$/.exec(parts.from)?.[1] ?? parts.base;
  const where = parts.where.length > 0 ? ` WHERE ${parts.where.join(' AND ')}` : '';
  const star = parts.joins.length > 0 ? `${alias}.*` : '*';
  const passing = await answerOf(`SELECT ${star} FROM ${[parts.from, ...parts.joins].join(' ')}${where}`, schemas, data).catch(() => []);
  const template = passing[0];
  const own = data[parts.base] ?? [];
  const last = own.at(-1);
  if (!template || !last) return data;
  const plain: Row = Object.fromEntries(schema.columns.map((c) => [c.name, template[c.name] ?? null]));
  const edge = rowsAtBound(plain, bound);
  const time = schema.eventTime;
  if (parts.window !== undefined && time !== undefined) {
    const later = Number(last[time]) + 3 * hintsOf(gold).windowMs + DAY_MS;
    const size = hintsOf(gold).windowMs;
    const at = Math.ceil(later / size) * size + Math.min(1_000, Math.floor(size / 4));
    data[parts.base] = [...own, ...edge.map((row) => ({ ...row, [time]: at }))];
    return data;
  }
  const key = freeKey(schema, parts.groupBy, gold);
  if (key !== undefined) data[parts.base] = [...own, ...edge.map((row) => ({ ...row, [key]: 'edge' }))];
  return data;
}

/** A grouping text column that may take any value: not of a closed set, in no condition and in no join. */
function freeKey(schema: TableSchema, groupBy: readonly string[], gold: string): string | undefined {
  const names = groupBy.map((g) => g.split('.').at(-1) ?? g);
  return schema.columns.find(
    (c) =>
      names.includes(c.name) &&
      /STRING|TEXT|VARCHAR/i.test(c.type) &&
      !c.values?.length &&
      !new RegExp(`\\b${c.name} (=|!=|IN|NOT|LIKE|IS)|= (?:\\w+\\.)?${c.name}\\b`).test(gold),
  )?.name;
}
