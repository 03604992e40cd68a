import type { ReactTable } from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { columnProfile } from './column-profile.ts';
import { type GridFeatures, isNumericColumn, isNumericType, typeGlyph } from './grid-columns.ts';
import type { GridPlace } from './use-grid-keys.ts';

export interface GridHeadProps {
  readonly table: ReactTable<GridFeatures, LiveRow>;
  readonly columns: readonly LiveColumn[];
  readonly rows: readonly LiveRow[];
  readonly masked: readonly string[];
  readonly width: number;
  readonly active: GridPlace;
  readonly onActive: (place: GridPlace) => void;
}

const SORTS = { asc: 'ascending', desc: 'descending' } as const;
const ARROWS = { asc: '↑', desc: '↓' } as const;
const RESIZE_STEP = 16;

/** Names, types, spread of the values; pressing sorts, dragging the edge (or Shift with an arrow key) changes the width. */
export function GridHead({ table, columns, rows, masked, width, active, onActive }: GridHeadProps): ReactNode {
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  // The spread is a hint: it need not follow every row.
  const sampleKey = Math.floor(rows.length / 500);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const profiles = useMemo(
    () => columns.map((column) => columnProfile(column, rows, isNumericType(column.type))),
    [columns, sampleKey, rows.length === 0],
  );
  const resizeWithKeys = (event: KeyboardEvent, id: string, size: number): void => {
    if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    event.stopPropagation();
    const next = size + (event.key === 'ArrowRight' ? RESIZE_STEP : -RESIZE_STEP);
    table.setColumnSizing((before) => ({ ...before, [id]: Math.min(800, Math.max(64, next)) }));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of an ARIA grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div
      role="row"
      aria-rowindex={1}
      className="velo-grid-head"
      style={{ gridTemplateColumns: headers.map((header) => `minmax(${header.getSize()}px, 1fr)`).join(' '), inlineSize: width }}
    >
      {headers.map((header, at) => {
        const column = columns[at] as LiveColumn;
        const sorted = header.column.getIsSorted();
        return (
          // biome-ignore lint/a11y/useSemanticElements: part of an ARIA grid
          // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
          <div
            key={header.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={sorted ? SORTS[sorted] : 'none'}
            className="velo-grid-header"
            data-numeric={isNumericColumn(column) ? '' : undefined}
            onKeyDown={(event) => resizeWithKeys(event, header.column.id, header.getSize())}
          >
            <button
              type="button"
              data-place={`-1:${at}`}
              tabIndex={active.row === -1 && active.column === at ? 0 : -1}
              title={`${column.type}: ${profiles[at]?.text ?? ''}`}
              onFocus={() => onActive({ row: -1, column: at })}
              onClick={header.column.getToggleSortingHandler()}
            >
              <span aria-hidden="true" className="velo-grid-glyph">
                {typeGlyph(column)}
              </span>
              <span className="velo-grid-name">{column.name}</span>
              {masked.includes(column.name) && <span data-badge="">masked</span>}
              {sorted && <span aria-hidden="true">{ARROWS[sorted]}</span>}
            </button>
            <Spread bars={profiles[at]?.bars ?? []} />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard changes the width on the header itself */}
            <span className="velo-grid-resizer" onPointerDown={header.getResizeHandler()} onDoubleClick={() => header.column.resetSize()} />
          </div>
        );
      })}
    </div>
  );
}

function Spread({ bars }: { readonly bars: readonly number[] }): ReactNode {
  return (
    <svg className="velo-grid-spread" viewBox="0 0 48 8" preserveAspectRatio="none" aria-hidden="true">
      {bars.map((height, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
        <rect key={i} x={i * 4} y={8 - Math.max(0.6, height * 8)} width={3} height={Math.max(0.6, height * 8)} />
      ))}
    </svg>
  );
}
