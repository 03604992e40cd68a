import { assert } from '../../diagnostics/assert.ts';
import { connectorError } from '../../diagnostics/codes/connector.ts';
import { type ApiValue, apiWriter } from '../../values/api-value.ts';
import type { Column, Field } from '../../values/column.ts';
import { columnBuilder } from '../../values/column-builder.ts';
import { scalarAt } from '../../values/column-read.ts';
import { apiReader } from '../../values/from-api.ts';
import { inferFields } from '../../values/infer-type.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { parseTypeText } from '../../values/type-text.ts';

/** A row as it is kept and given out. */
export type MemoryRow = Record<string, ApiValue>;

/** Rows to start with; their types are inferred by a full scan unless `columns` declares them. */
export type MemoryTable =
  | readonly object[]
  | { readonly rows: readonly object[]; readonly columns?: readonly { readonly name: string; readonly type: string }[] };

/** One table: rows in arrival order, and what sinks have committed to it, which say how many rows they keep. */
export interface StoredTable {
  fields: readonly Field[];
  readonly rows: object[];
  /** Latest committed epoch; the same epoch again adds nothing. */
  lastEpoch: number;
}

export function storedTable(name: string, table: MemoryTable): StoredTable {
  const { rows, columns } = Array.isArray(table) ? { rows: table, columns: undefined } : (table as Exclude<MemoryTable, readonly object[]>);
  const fields = columns === undefined ? inferFields(rows, { scan: 'whole' }) : columns.map((c) => declaredField(name, c));
  return { fields, rows: [...rows], lastEpoch: 0 };
}

function declaredField(table: string, { name, type }: { readonly name: string; readonly type: string }): Field {
  const parsed = parseTypeText(type);
  if (parsed === undefined) throw connectorError('VS4101', { connector: 'memory', option: table, problem: `"${type}" is no type` });
  return { name, type: parsed, nullable: true };
}

/** Columns of rows `from` (inclusive) to `to`; a value that does not fit its type throws, as in the engine. */
export function columnsOfRows(rows: readonly object[], from: number, to: number, fields: readonly Field[]): Column[] {
  return fields.map((field) => {
    const read = apiReader(field.type, field.name);
    const builder = columnBuilder(field.type, { capacity: to - from });
    for (let i = from; i < to; i++) builder.append(read(ownValue(rows[i] as object, field.name)));
    return builder.finish();
  });
}

const ownValue = (row: object, name: string): unknown =>
  Object.hasOwn(row, name) ? (row as Readonly<Record<string, unknown>>)[name] : undefined;

/** Rows of a batch as plain objects without prototype. */
export function rowsOfBatch(batch: RecordBatch, fields: readonly Field[]): MemoryRow[] {
  const writers = fields.map((field) => apiWriter(field.type));
  return Array.from({ length: batch.length }, (_, i) => {
    const row: MemoryRow = Object.create(null);
    for (let c = 0; c < fields.length; c++) {
      const column = batch.columns[c];
      assert(column !== undefined, 'a batch has a column per field');
      row[fields[c]!.name] = writers[c]!(scalarAt(column, i));
    }
    return row;
  });
}
