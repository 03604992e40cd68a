import type { ReactNode } from 'react';
import { countText } from '../text/quantity-text.ts';

interface GridToolbarProps {
  readonly label: string;
  readonly search: string;
  /** Rows the filter leaves. */
  readonly shown: number;
  readonly all: number;
  onSearch(search: string): void;
  onSave(): void;
}

/** The filter over all columns, how many rows it leaves, and the door out as CSV. */
export function GridToolbar({ label, search, shown, all, onSearch, onSave }: GridToolbarProps): ReactNode {
  return (
    <div className="velo-toolbar" data-filtered={shown === all ? undefined : ''}>
      <input
        className="velo-input"
        type="search"
        aria-label={`Filter rows of ${label}`}
        placeholder="Filter rows"
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <span className="velo-muted velo-number">
        {shown === all ? `${countText(all)} rows` : `${countText(shown)} of ${countText(all)} rows`}
      </span>
      <span className="velo-spacer" />
      <button type="button" className="velo-button" data-look="quiet" disabled={shown === 0} onClick={onSave}>
        Save as CSV
      </button>
    </div>
  );
}
