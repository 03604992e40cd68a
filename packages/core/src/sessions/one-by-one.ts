import type { Row } from '../protocol/query.ts';

/** Rows of a query that has no batches, as batches of one. */
export async function* oneByOne(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  for await (const row of rows) yield [row];
}
