import { type ColumnDef, createColumnHelper, type FilterFn, type SortFn } from '@tanstack/react-table';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { cellText, isTimeColumn } from '../query-results/cell-text.ts';
import { compareValues } from './compare-values.ts';
import type { gridFeatures } from './grid-features.ts';

export type GridFeatures = typeof gridFeatures;
export type GridColumn = ColumnDef<GridFeatures, LiveRow, unknown>;

/** A column whose values stand below each other by their last digit. Points in time are numbers to the engine alone. */
export const isNumericColumn = (column: LiveColumn): boolean => isNumericType(column.type) && !isTimeColumn(column);

export const isNumericType = (type: string): boolean => /^(INTEGER|FLOAT|DECIMAL|SCALED_INTEGER)\b/i.test(type);

/** A mark of the type for the head of a column. */
export function typeGlyph(column: LiveColumn): string {
  const { type } = column;
  if (isTimeColumn(column)) return '◷';
  if (isNumericType(type)) return '#';
  if (/^BOOLEAN/i.test(type)) return '◐';
  return /^(ARRAY|MAP|STRUCT)/i.test(type) ? '{}' : 'T';
}

const widthFor = (column: LiveColumn): number => {
  const least = column.name.length * 8 + 48;
  const content = isTimeColumn(column) ? 176 : isNumericType(column.type) ? 96 : 112;
  return Math.min(360, Math.max(least, content));
};

const helper = createColumnHelper<GridFeatures, LiveRow>();

/** Column definitions; a filter compares with the text that is seen. */
export function gridColumns(columns: readonly LiveColumn[]): readonly GridColumn[] {
  return columns.map((column) => {
    const isNumeric = isNumericType(column.type);
    const sortFn: SortFn<GridFeatures, LiveRow> = (a, b) => compareValues(a.original[column.name], b.original[column.name], isNumeric);
    const filterFn: FilterFn<GridFeatures, LiveRow> = (row, _id, wanted) =>
      cellText(row.original[column.name], column).toLowerCase().includes(String(wanted).toLowerCase());
    return helper.accessor((row) => row[column.name], {
      id: column.name,
      header: column.name,
      size: widthFor(column),
      minSize: 64,
      maxSize: 800,
      sortFn,
      filterFn,
    }) as GridColumn;
  });
}
