import { type KeyboardEvent, useCallback, useState } from 'react';

export interface GridPlace {
  /** -1 is the header. */
  readonly row: number;
  readonly column: number;
}

export interface GridKeys {
  readonly active: GridPlace;
  setActive(place: GridPlace): void;
  onKeyDown(event: KeyboardEvent): void;
}

export interface GridKeyOptions {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
  readonly isRtl: () => boolean;
  /** Brings the place into view and the focus onto it. */
  readonly onMove: (place: GridPlace) => void;
  readonly onCopy: (place: GridPlace) => void;
  readonly onOpen: (place: GridPlace) => void;
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** Where a key leads from a place, by the ARIA grid pattern; `null` for other keys. */
export function placeAfter(
  { row, column }: GridPlace,
  key: string,
  { rows, columns, pageRows }: Pick<GridKeyOptions, 'rows' | 'columns' | 'pageRows'>,
  mods: { readonly ctrl: boolean; readonly rtl: boolean },
): GridPlace | null {
  const forward = mods.rtl ? -1 : 1;
  const at = (r: number, c: number): GridPlace => ({ row: clamp(r, -1, rows - 1), column: clamp(c, 0, columns - 1) });
  switch (key) {
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowRight':
      return at(row, column + forward);
    case 'ArrowLeft':
      return at(row, column - forward);
    case 'Home':
      return mods.ctrl ? at(0, 0) : at(row, 0);
    case 'End':
      return mods.ctrl ? at(rows - 1, columns - 1) : at(row, columns - 1);
    case 'PageDown':
      return at(row + pageRows, column);
    case 'PageUp':
      return at(Math.max(0, row - pageRows), column);
    default:
      return null;
  }
}

/** One cell of the grid takes the focus; arrows, Home, End and Page keys move it, Ctrl+C copies, Enter opens. */
export function useGridKeys(options: GridKeyOptions): GridKeys {
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const ctrl = event.ctrlKey || event.metaKey;
      if (ctrl && event.key.toLowerCase() === 'c') {
        // A selection of text is copied by the browser.
        if (String(globalThis.getSelection?.() ?? '') === '') options.onCopy(active);
        return;
      }
      if (event.key === 'Enter' && active.row >= 0) {
        event.preventDefault();
        options.onOpen(active);
        return;
      }
      const next = placeAfter(active, event.key, options, { ctrl, rtl: options.isRtl() });
      if (!next) return;
      event.preventDefault();
      setActive(next);
      options.onMove(next);
    },
    [active, options],
  );
  return { active, setActive, onKeyDown };
}
