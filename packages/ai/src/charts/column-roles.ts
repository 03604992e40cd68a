import type { ChartColumn, ChartSchema } from './chart.ts';

export type ChartRow = Readonly<Record<string, unknown>>;

/** What a chart can do with the columns. */
export interface ColumnRoles {
  /** The time axis: the window's start where there is one, otherwise the first column of a time type. */
  readonly time: string | undefined;
  /** Numbers that mean an amount. */
  readonly measures: readonly string[];
  readonly dimensions: readonly Dimension[];
}

export interface Dimension {
  readonly name: string;
  /** Distinct values in the rows; `undefined` without rows. Counted up to `CARDINALITY_MAX + 1`. */
  readonly cardinality: number | undefined;
}

export const CARDINALITY_MAX = 1_000;

const TIME_TYPES = new Set(['TIMESTAMP', 'DATE', 'TIME']);
const NUMBER_TYPES = new Set(['INTEGER', 'INT', 'BIGINT', 'SMALLINT', 'FLOAT', 'DOUBLE', 'REAL', 'DECIMAL', 'NUMERIC', 'SCALED_INTEGER']);
const TEXT_TYPES = new Set(['STRING', 'TEXT', 'VARCHAR', 'CHAR', 'BOOLEAN']);
const WINDOW_START = /^_?window_?start$/i;
const WINDOW_EDGE = /^_?window_?(start|end)$/i;
/** Numbers that name a thing instead of measuring one. */
const IDENTIFIER = /(^|_)(id|key|code|partition|offset|year|zip)$|[a-z](Id|Key|Code)$/;

const baseType = (type: string): string =>
  type
    .trim()
    .toUpperCase()
    .split(/[\s(<]/)[0] ?? '';

const isTime = (column: ChartColumn): boolean =>
  TIME_TYPES.has(baseType(column.type)) || column.format === 'epoch-ms' || WINDOW_EDGE.test(column.name);

function cardinalityOf(name: string, rows: readonly ChartRow[] | undefined): number | undefined {
  if (!rows || rows.length === 0) return undefined;
  const values = new Set<unknown>();
  for (const row of rows) {
    values.add(row[name]);
    if (values.size > CARDINALITY_MAX) break;
  }
  return values.size;
}

export function rolesOf(schema: ChartSchema, rows: readonly ChartRow[] | undefined): ColumnRoles {
  const times = schema.columns.filter(isTime);
  const others = schema.columns.filter((column) => !isTime(column));
  const isNumber = (column: ChartColumn): boolean => NUMBER_TYPES.has(baseType(column.type));
  const isMeasure = (column: ChartColumn): boolean => isNumber(column) && !IDENTIFIER.test(column.name);
  const isDimension = (column: ChartColumn): boolean => TEXT_TYPES.has(baseType(column.type)) || (isNumber(column) && !isMeasure(column));
  return {
    time: (times.find(({ name }) => WINDOW_START.test(name)) ?? times[0])?.name,
    measures: others.filter(isMeasure).map(({ name }) => name),
    dimensions: others.filter(isDimension).map(({ name }) => ({ name, cardinality: cardinalityOf(name, rows) })),
  };
}
