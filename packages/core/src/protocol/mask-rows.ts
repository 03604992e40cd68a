import type { Row } from './query.ts';
import type { ColumnSchema } from './table-schema.ts';

/** Tags of columns whose values nobody sees who looks at results. */
export const MASKED_TAGS: readonly string[] = ['pii', 'secret'];

/** What stands in place of a masked value, whatever its type and length, so that neither can be guessed. */
export const MASK = '••••';

/** Names of the columns that are masked, in the order of the schema. */
export const maskedColumns = (columns: readonly ColumnSchema[]): readonly string[] =>
  columns.filter(({ tags }) => tags?.some((tag) => MASKED_TAGS.includes(tag.trim().toLowerCase()))).map(({ name }) => name);

export interface MaskedRows {
  readonly rows: readonly Row[];
  readonly masked: readonly string[];
}

/**
 * Rows as somebody may see them: values of columns tagged `pii` or `secret` are replaced; NULL stays NULL. Everything that shows rows
 * (peeks, results, exports, artifacts) goes through here, so that no path shows what another hides. Rows are not changed in place.
 *
 * @example maskRows([{ id: 1, email: 'a@b.c' }], [{ name: 'id', type: 'INTEGER' }, { name: 'email', type: 'STRING', tags: ['pii'] }])
 */
export function maskRows(rows: readonly Row[], columns: readonly ColumnSchema[]): MaskedRows {
  const masked = maskedColumns(columns);
  if (masked.length === 0) return { rows, masked };
  return { masked, rows: rows.map((row) => maskedRow(row, masked)) };
}

function maskedRow(row: Row, masked: readonly string[]): Row {
  const copy: Row = Object.assign(Object.create(null) as Row, row);
  for (const name of masked) if (Object.hasOwn(row, name) && row[name] !== null) copy[name] = MASK;
  return copy;
}

/** A value of one column as text for a sample, masked where the column is. */
export const maskedSample = (column: ColumnSchema, text: string): string => (maskedColumns([column]).length > 0 ? MASK : text);

/**
 * Tags of result columns from those of the columns that they were made of: a column that was computed from a masked one is masked.
 * `origins` names, per result column, the source columns that it read.
 */
export function inheritTags(
  results: readonly ColumnSchema[],
  origins: ReadonlyMap<string, readonly string[]>,
  sources: readonly ColumnSchema[],
): readonly ColumnSchema[] {
  const tagged = new Map(sources.map((column) => [column.name, column.tags ?? []]));
  return results.map((column) => {
    const inherited = (origins.get(column.name) ?? [column.name]).flatMap((name) => tagged.get(name) ?? []);
    const tags = [...new Set([...(column.tags ?? []), ...inherited])];
    return tags.length === 0 ? column : { ...column, tags };
  });
}
