import { type BadRecord, connectorError, databaseError, type Field } from '@velostream/core/connect';
import { type Scalar, typeText } from '@velostream/core/connect/formats';
import { valueReader } from './column-types.ts';
import type { Table, TableColumn } from './table-catalog.ts';

export type RowResult = { readonly values: readonly Scalar[] } | { readonly bad: BadRecord };

/** Wanted fields as columns of the table; a column that it does not have is VS4108. */
export const columnsFor = (table: Table, fields: readonly Field[]): readonly TableColumn[] =>
  fields.map((field) => {
    const column = table.columns.find(({ name }) => name === field.name);
    if (column === undefined) throw connectorError('VS4108', { column: field.name, connector: 'postgres' });
    return column;
  });

/**
 * Reader of rows of text, one value per wanted field. A value that does not fit is a bad record that names column and value; `undefined`
 * (a large value that an update did not touch and the server did not send) is one, too: it is not NULL.
 */
export function rowReader(
  table: Table,
  fields: readonly Field[],
): (texts: readonly (string | null | undefined)[], position: () => string) => RowResult {
  const columns = columnsFor(table, fields);
  const readers = columns.map((column, i) => valueReader(column.type, fields[i]!.type));
  const name = `${table.schema}.${table.name}`;
  return (texts, position) => {
    const values: Scalar[] = [];
    for (let c = 0; c < readers.length; c++) {
      const text = texts[c];
      const value = text === null ? null : text === undefined ? undefined : readers[c]!(text);
      if (value === undefined) {
        const shown = text === undefined || text === null ? 'not sent' : text.slice(0, 80);
        const params = { system: 'PostgreSQL', table: name, column: fields[c]!.name, value: shown, type: typeText(fields[c]!.type) };
        return {
          bad: {
            error: databaseError('VS4611', params),
            position: `${name} ${position()}`,
            sample: texts
              .map((t) => t ?? 'NULL')
              .join(', ')
              .slice(0, 200),
          },
        };
      }
      values.push(value);
    }
    return { values };
  };
}
