import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Answer } from '../interleave.ts';

let shared: Promise<DuckDBConnection> | undefined;

/** One connection with one thread, like ours. */
export function duckdb(): Promise<DuckDBConnection> {
  shared ??= DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'false' }).then((instance) => instance.connect());
  return shared;
}

/** Runs a query to its last row and adds up numeric columns by position. */
export async function runDuckdb(sql: string, columns: readonly number[]): Promise<Answer> {
  const connection = await duckdb();
  const sums = columns.map((c) => `coalesce(sum(c${c}), 0)`).join(' + ');
  const names = Array.from({ length: Math.max(...columns) + 1 }, (_, i) => `c${i}`);
  const result = await connection.runAndReadAll(`SELECT count(*), ${sums} FROM (${sql}) AS r(${names.join(', ')})`);
  const row = result.getRows()[0] as unknown[];
  return { rows: Number(row[0]), sum: Number(row[1]) };
}
