import type { Row } from '@velostream/core/protocol';
import type { DataSchema } from '@velostream/core/protocol/explore';
import { type DataSchemas, inferSchema as fromSql, inferSchemaFromRows, inferSpec, writeTestSpec } from '@velostream/core/testing';

/** How rows of every source of a query are made: from samples where there are any, else from how the query uses the columns. */
export function inferSchema(sql: string, samples: Readonly<Record<string, readonly Row[]>> = {}): DataSchemas {
  const schemas: Record<string, DataSchema> = { ...fromSql(sql) };
  for (const [name, rows] of Object.entries(samples)) if (rows.length > 0) schemas[name] = { ...inferSchemaFromRows([...rows]), name };
  return schemas;
}

/**
 * A test specification for a script as YAML: for each of its queries the inputs, how many rows of them, and checks that its shape calls for:
 * columns, sums and counts that the input predicts, joins, files. Queries that read each other and sources that are files are carried over.
 */
export function generateTestSpec(sql: string, application = 'query'): string {
  return writeTestSpec(inferSpec(sql, { application }));
}
