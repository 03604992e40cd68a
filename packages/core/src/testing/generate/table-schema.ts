import type { Row } from '../../protocol/query.ts';
import type { DataField, DataSchema } from '../../protocol/studio/testing.ts';
import type { ColumnSchema, TableSchema } from '../../protocol/table-schema.ts';
import { anomalyLabels } from './anomalies.ts';
import { nullShare } from './field-maker.ts';

const SQL_TYPES: Readonly<Record<DataField['type'], string>> = {
  string: 'STRING',
  uuid: 'STRING',
  integer: 'INTEGER',
  float: 'FLOAT',
  decimal: 'DECIMAL',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
};

/** SQL type of a generated field. */
export function sqlTypeOf({ type, scale, constraints }: DataField): string {
  if (type !== 'decimal') return SQL_TYPES[type];
  const places = scale ?? 4;
  const largest = Math.max(Math.abs(Number(constraints?.range?.min ?? 0)), Math.abs(Number(constraints?.range?.max ?? 0)));
  return largest < 10 ** (17 - places) ? `DECIMAL(18,${places})` : `DECIMAL(38,${places})`;
}

/** What a generated relation looks like to SQL. Its event time is the first timestamp that is never NULL. */
export function tableSchemaOf(schema: DataSchema): TableSchema {
  const labels: ColumnSchema[] = anomalyLabels(schema)
    .filter((name) => !schema.fields.some((f) => f.name === name))
    .map((name) => ({ name, type: 'STRING', nullable: true }));
  const eventTime = schema.fields.find((f) => f.type === 'timestamp' && nullShare(f) === 0)?.name;
  return {
    columns: [
      ...schema.fields.map((f) => ({
        name: f.name,
        type: sqlTypeOf(f),
        nullable: nullShare(f) > 0 || f.constraints?.derived !== undefined || (schema.anomalies ?? []).some((a) => a.field === f.name),
        ...(f.description === undefined ? {} : { description: f.description }),
      })),
      ...labels,
    ],
    ...(eventTime === undefined ? {} : { eventTime }),
    ...(schema.keyField === undefined ? {} : { key: [schema.keyField] }),
  };
}

/** Gives rows their schema: a property that does not show up when they are printed or copied. */
export function attachSchema(rows: Row[], schema: TableSchema): Row[] {
  Object.defineProperty(rows, 'schema', { value: schema, enumerable: false, configurable: true });
  return rows;
}

/** The schema that generated rows carry. */
export const schemaOfRows = (rows: readonly object[]): TableSchema | undefined => (rows as { readonly schema?: TableSchema }).schema;
