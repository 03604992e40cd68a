import { type ReactNode, useEffect, useRef } from 'react';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { cellText } from '../query-results/cell-text.ts';
import { jsonText } from '../text/json-text.ts';

export interface RowDetailProps {
  readonly row: LiveRow;
  readonly columns: readonly LiveColumn[];
  readonly onClose: () => void;
}

/** One row in full, nested values laid out. */
export function RowDetail({ row, columns, onClose }: RowDetailProps): ReactNode {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <aside
      className="velo-row-detail"
      aria-label="Row in full"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="velo-toolbar">
        <strong>Row</strong>
        <span className="velo-spacer" />
        <button
          type="button"
          className="velo-button"
          data-look="quiet"
          onClick={() => void navigator.clipboard?.writeText(jsonText(row, 2))}
        >
          Copy as JSON
        </button>
        <button ref={close} type="button" className="velo-button" data-look="quiet" onClick={onClose}>
          Close
        </button>
      </div>
      <dl>
        {columns.map((column) => {
          const value = row[column.name];
          return (
            <div key={column.name}>
              <dt>
                {column.name} <span className="velo-muted">{column.type}</span>
              </dt>
              <dd>{typeof value === 'object' && value !== null ? <pre>{jsonText(value, 2)}</pre> : cellText(value, column)}</dd>
            </div>
          );
        })}
      </dl>
    </aside>
  );
}
