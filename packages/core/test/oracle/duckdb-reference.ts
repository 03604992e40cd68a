import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { DataRow } from './dataset.ts';

const quoted = (x: string | null): string => (x === null ? 'NULL' : `'${x.replaceAll("'", "''")}'`);
const literal = (r: DataRow): string =>
  `(${quoted(r.k)}, ${r.g}, ${r.a}, ${r.b}, ${r.d === null ? 'NULL' : `${r.d}::DECIMAL(10,2)`}, ${quoted(r.s)}, ${r.f}, ${r.ts})`;

/** An independent engine that answers the same query over the same rows. */
export interface Reference {
  load(table: string, rows: readonly DataRow[]): Promise<void>;
  query(sql: string): Promise<unknown[][]>;
  close(): void;
}

export async function openReference(): Promise<Reference> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection: DuckDBConnection = await instance.connect();
  // x / 0 and x % 0 are NULL, as in our dialect.
  await connection.run('SET ieee_floating_point_ops = false');
  return {
    async load(table, rows) {
      await connection.run(
        `CREATE OR REPLACE TABLE ${table} (k VARCHAR, g BIGINT, a BIGINT, b DOUBLE, d DECIMAL(10,2), s VARCHAR, f BOOLEAN, ts BIGINT)`,
      );
      if (rows.length > 0) await connection.run(`INSERT INTO ${table} VALUES ${rows.map(literal).join(', ')}`);
    },
    async query(sql) {
      const result = await connection.runAndReadAll(sql);
      return result.getRowsJson() as unknown[][];
    },
    close: () => connection.closeSync(),
  };
}
