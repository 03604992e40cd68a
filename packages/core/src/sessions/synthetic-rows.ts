import type { SourceInput } from '../engine/api.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { generateData } from '../testing/generate/generate-data.ts';
import { inferSchemaFromSource } from '../testing/infer/infer-from-rows.ts';
import { inferSchema } from '../testing/infer/infer-from-sql.ts';

const ROWS = 5_000;
const SEED = 42;

/** Seeded rows for a name that nothing is connected under: of its declared schema, else of the columns that the SQL reads. */
export function syntheticRows(sql: string, name: string, schema: TableSchema | undefined): SourceInput {
  const shape = schema ? inferSchemaFromSource(name, schema) : inferSchema(sql)[name];
  const rows = shape ? (generateData(shape, { records: ROWS, seed: SEED })[shape.name] ?? []) : [];
  return schema ? { rows, schema } : rows;
}
