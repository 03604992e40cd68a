import { memo, type ReactNode } from 'react';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { shownText } from '../query-results/cell-text.ts';
import { isNumericColumn } from './grid-columns.ts';
import type { GridPlace } from './use-grid-keys.ts';

export interface GridRowProps {
  readonly row: LiveRow;
  readonly index: number;
  /** px from the first row. */
  readonly top: number;
  readonly height: number;
  readonly columns: readonly LiveColumn[];
  /** Decimals of each column, so that points stand below each other. */
  readonly decimals: readonly (number | undefined)[];
  /** `grid-template-columns`. */
  readonly widths: string;
  /** Column that takes the focus, -1 where another row has it. */
  readonly active: number;
  readonly onActive: (place: GridPlace) => void;
  readonly onOpen: (row: LiveRow) => void;
}

/** One row; drawn again only when it, its place or the widths changed. */
export const GridRow = memo(function GridRow({
  row,
  index,
  top,
  height,
  columns,
  decimals,
  widths,
  active,
  onActive,
  onOpen,
}: GridRowProps): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of an ARIA grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div
      role="row"
      className="velo-grid-row"
      aria-rowindex={index + 2}
      style={{ gridTemplateColumns: widths, transform: `translateY(${top}px)`, blockSize: height }}
      onDoubleClick={() => onOpen(row)}
    >
      {columns.map((column, at) => {
        const value = row[column.name];
        const isNull = value === null || value === undefined;
        return (
          // biome-ignore lint/a11y/useSemanticElements: part of an ARIA grid
          <div
            key={column.name}
            role="gridcell"
            aria-colindex={at + 1}
            className="velo-grid-cell"
            data-place={`${index}:${at}`}
            data-numeric={isNumericColumn(column) ? '' : undefined}
            data-null={isNull ? '' : undefined}
            tabIndex={active === at ? 0 : -1}
            onFocus={() => onActive({ row: index, column: at })}
          >
            {shownText(value, column, decimals[at])}
          </div>
        );
      })}
    </div>
  );
});
