import { forwardRef, type ReactNode } from 'react';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import type { QuerySnapshot } from '../query/query-snapshot.ts';
import { cellText } from './cell-text.ts';
import { useResults } from './query-results-context.ts';

export type QueryResultsTableProps = PartProps<'table', QuerySnapshot> & {
  /** Draws one value; default: its exact text, times in UTC. */
  readonly formatCell?: ((value: unknown, column: LiveColumn, row: LiveRow) => ReactNode) | undefined;
};

/** The kept rows as a table. `children`, such as a caption, stand before the head. Cells carry `data-type` and `data-null`. */
export const QueryResultsTable = forwardRef<HTMLTableElement, QueryResultsTableProps>(function QueryResultsTable(
  { formatCell = cellText, children, ...props },
  ref,
) {
  const state = useResults('QueryResults.Table');
  const { columns, rows } = state;
  // A row keeps its key while older ones leave, so that the browser moves rows instead of rewriting them.
  const keyOf = (i: number): number => state.rowsDropped + i;
  const content = (
    <>
      {children}
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" data-type={column.type}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={keyOf(i)}>
            {columns.map((column) => {
              const value = row[column.name];
              return (
                <td key={column.name} data-type={column.type} data-null={value === null || value === undefined ? '' : undefined}>
                  {formatCell(value, column, row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </>
  );
  return renderPart('table', props, { 'data-status': state.status, children: content }, { state, ref });
});
