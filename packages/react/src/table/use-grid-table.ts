import { type ReactTable, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { cellText } from '../query-results/cell-text.ts';
import { type GridFeatures, gridColumns } from './grid-columns.ts';
import { gridFeatures } from './grid-features.ts';

/** The table behind a grid: sorted, filtered by the text that is seen, with columns of changeable width. */
export function useGridTable(
  columns: readonly LiveColumn[],
  data: readonly LiveRow[],
  search: string,
  setSearch: (text: string) => void,
): ReactTable<GridFeatures, LiveRow> {
  const definitions = useMemo(() => [...gridColumns(columns)], [columns]);
  return useTable({
    features: gridFeatures,
    columns: definitions,
    data: data as LiveRow[],
    columnResizeMode: 'onChange',
    state: { globalFilter: search },
    onGlobalFilterChange: setSearch,
    globalFilterFn: (row, id, wanted) =>
      cellText(row.original[id], columns.find(({ name }) => name === id) ?? { name: id, type: '' })
        .toLowerCase()
        .includes(String(wanted).toLowerCase()),
    getColumnCanGlobalFilter: () => true,
  });
}
