import type { Row } from '@velostream/core/protocol';
import type { DataSchema } from '@velostream/core/protocol/explore';
import { type DataSchemas, inferSchema as fromSql, inferSchemaFromRows, type TestSpec, writeTestSpec } from '@velostream/core/testing';
import { partsOf } from '../offline/sql-parts.ts';

/** How rows of every source of a query are made: from samples where there are any, else from how the query uses the columns. */
export function inferSchema(sql: string, samples: Readonly<Record<string, readonly Row[]>> = {}): DataSchemas {
  const schemas: Record<string, DataSchema> = { ...fromSql(sql) };
  for (const [name, rows] of Object.entries(samples)) if (rows.length > 0) schemas[name] = { ...inferSchemaFromRows([...rows]), name };
  return schemas;
}

/** A test specification for a query as YAML: rows for each source, and checks that its shape calls for. */
export function generateTestSpec(sql: string, application = 'query'): string {
  const parts = partsOf(sql);
  const name = /CREATE \w+ `?([\w.-]+)`? AS/i.exec(parts?.create ?? '')?.[1] ?? 'select_query';
  const columns = (parts?.items ?? []).flatMap((i) => (i.isStar ? [] : [i.alias ?? i.sql.split('.').at(-1) ?? i.sql]));
  const keys = (parts?.groupBy ?? []).map((g) => g.split('.').at(-1) ?? g).filter((k) => columns.includes(k));
  const assertions = [
    { type: 'record_count', operator: 'greater_than', expected: 0 },
    ...(columns.length > 0 ? [{ type: 'schema_contains', fields: columns }] : []),
    ...(keys.length > 0 ? [{ type: 'no_nulls', fields: keys }] : []),
    ...((parts?.joins.length ?? 0) > 0 ? [{ type: 'join_coverage', min_match_rate: 0.5 }] : []),
  ];
  const spec = {
    application,
    queries: [{ name, inputs: Object.keys(fromSql(sql)).map((source) => ({ source, records: 1000 })), assertions }],
  };
  return writeTestSpec(spec as unknown as TestSpec);
}
