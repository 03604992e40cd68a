import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useSettled } from '../chart/use-settled.ts';
import { usePageLayoutEffect } from '../parts/use-page-layout-effect.ts';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { cellText } from '../query-results/cell-text.ts';
import type { TableProps } from '../renderers/renderers.ts';
import { csvText } from '../text/csv-text.ts';
import { fileNameOf, saveText } from '../text/save-text.ts';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { GridToolbar } from './GridToolbar.tsx';
import { RowDetail } from './RowDetail.tsx';
import { useColumnDecimals } from './use-column-decimals.ts';
import { type GridPlace, useGridKeys } from './use-grid-keys.ts';
import { useGridTable } from './use-grid-table.ts';

const HEIGHT = 360;
const ROW = { comfortable: 36, compact: 28 } as const;
const NO_MASK: readonly string[] = [];

/**
 * Rows in a grid that draws only what is seen: sorting, filters, column widths, copying, CSV, and the keyboard of an ARIA grid.
 * Holds a hundred thousand rows; live rows are drawn five times a second at most.
 */
export function DataGrid({ columns, rows, label, rowsDropped = 0, masked = NO_MASK, height = HEIGHT }: TableProps): ReactNode {
  const data = useSettled(rows);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<LiveRow | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const table = useGridTable(columns, data, search, setSearch);
  const shown = table.getRowModel().rows;
  const decimals = useColumnDecimals(columns, data);
  const rowHeight = useRowHeight(scroller);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: places of rows are kept until they are measured anew, which another height asks for
  useEffect(() => virtualizer.measure(), [rowHeight]);

  const textAt = ({ row, column }: GridPlace): string => {
    const of = columns[column];
    return of === undefined ? '' : row < 0 ? of.name : cellText(shown[row]?.original[of.name], of);
  };
  const keys = useGridKeys({
    rows: shown.length,
    columns: columns.length,
    pageRows: Math.max(1, Math.floor(height / rowHeight) - 2),
    isRtl: () => scroller.current !== null && getComputedStyle(scroller.current).direction === 'rtl',
    onMove: ({ row, column }) => {
      if (row >= 0) virtualizer.scrollToIndex(row);
      focusPlace(scroller.current, { row, column });
    },
    onCopy: (place) => void navigator.clipboard?.writeText(textAt(place)),
    onOpen: ({ row }) => setOpened(shown[row]?.original ?? null),
  });
  const exportCsv = useCallback(() => {
    const wanted = shown.map(({ original }) => original);
    return saveText(csvText(columns, wanted), fileNameOf(label, 'csv'), 'text/csv');
  }, [columns, shown, label]);
  const closeDetail = (): void => {
    setOpened(null);
    focusPlace(scroller.current, keys.active);
  };
  const width = table.getTotalSize();

  return (
    <div className="velo-grid">
      <GridToolbar label={label} search={search} onSearch={setSearch} shown={shown.length} all={data.length} onSave={exportCsv} />
      {/* biome-ignore lint/a11y/useSemanticElements: a <table> cannot draw a window of its rows; the ARIA grid pattern can */}
      <div
        ref={scroller}
        className="velo-grid-scroll"
        style={{ maxBlockSize: height }}
        role="grid"
        aria-label={label}
        aria-rowcount={shown.length + 1}
        aria-colcount={columns.length}
        tabIndex={-1}
        onKeyDown={keys.onKeyDown}
      >
        <GridHead
          table={table}
          columns={columns}
          rows={data}
          masked={masked}
          width={width}
          active={keys.active}
          onActive={keys.setActive}
        />
        <div style={{ blockSize: virtualizer.getTotalSize(), inlineSize: width }} className="velo-grid-body" role="presentation">
          {virtualizer.getVirtualItems().map((item) => {
            const row = shown[item.index];
            return (
              row && (
                <GridRow
                  key={rowsDropped + Number(row.id)}
                  row={row.original}
                  index={item.index}
                  top={item.start}
                  height={rowHeight}
                  columns={columns}
                  decimals={decimals}
                  widths={widthsOf(columns, table)}
                  active={keys.active.row === item.index || (keys.active.row >= shown.length && item.index === 0) ? keys.active.column : -1}
                  onActive={keys.setActive}
                  onOpen={setOpened}
                />
              )
            );
          })}
        </div>
      </div>
      {shown.length === 0 && <p className="velo-empty">{data.length === 0 ? 'There are no rows' : 'No row fits the filter'}</p>}
      {opened && <RowDetail row={opened} columns={columns} onClose={closeDetail} />}
    </div>
  );
}

/** The height of a row in the density around the grid, which is known once the grid stands in the page. */
function useRowHeight(scroller: { readonly current: HTMLElement | null }): number {
  const [height, setHeight] = useState<number>(ROW.comfortable);
  usePageLayoutEffect(() => {
    const isCompact = scroller.current?.closest('[data-velo]')?.getAttribute('data-density') === 'compact';
    setHeight(isCompact ? ROW.compact : ROW.comfortable);
  });
  return height;
}

/** Frames that a row far away may take until it is scrolled to and drawn. */
const FRAMES_MAX = 30;

/** The row may not be drawn yet: the focus goes to it with the first frame in which it is. */
function focusPlace(scroller: HTMLElement | null, { row, column }: GridPlace, framesLeft = FRAMES_MAX): void {
  requestAnimationFrame(() => {
    const cell = scroller?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`);
    if (cell) cell.focus();
    else if (framesLeft > 0) focusPlace(scroller, { row, column }, framesLeft - 1);
  });
}

const widthsOf = (columns: readonly LiveColumn[], table: { getColumn(id: string): { getSize(): number } | undefined }): string =>
  columns.map(({ name }) => `minmax(${table.getColumn(name)?.getSize() ?? 120}px, 1fr)`).join(' ');
