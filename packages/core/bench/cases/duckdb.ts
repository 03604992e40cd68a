import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Answer } from '../interleave.ts';

const shared = new Map<number, Promise<DuckDBConnection>>();

/** One connection with as many threads as ours has: one, unless said otherwise. */
export function duckdb(threads = 1): Promise<DuckDBConnection> {
  const known = shared.get(threads);
  if (known !== undefined) return known;
  const options = { threads: String(threads), preserve_insertion_order: 'false' };
  const made = DuckDBInstance.create(':memory:', options).then((instance) => instance.connect());
  shared.set(threads, made);
  return made;
}

/** Runs a query to its last row and adds up numeric columns by position. */
export async function runDuckdb(sql: string, columns: readonly number[], threads = 1): Promise<Answer> {
  const connection = await duckdb(threads);
  const sums = columns.map((c) => `coalesce(sum(c${c}), 0)`).join(' + ');
  const names = Array.from({ length: Math.max(...columns) + 1 }, (_, i) => `c${i}`);
  const result = await connection.runAndReadAll(`SELECT count(*), ${sums} FROM (${sql}) AS r(${names.join(', ')})`);
  const row = result.getRows()[0] as unknown[];
  return { rows: Number(row[0]), sum: Number(row[1]) };
}

/** Has the rows of a query handed over, chunk by chunk as vectors, and adds up one numeric column: what a reader in JavaScript gets to see. */
export async function drainDuckdb(sql: string, column: number): Promise<Answer> {
  const result = await (await duckdb()).stream(sql);
  let rows = 0;
  let sum = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return { rows, sum };
    const vector = chunk.getColumnVector(column);
    for (let i = 0; i < chunk.rowCount; i++) sum += Number(vector.getItem(i));
    rows += chunk.rowCount;
  }
}
