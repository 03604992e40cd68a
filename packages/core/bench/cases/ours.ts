import { createEngine, type EngineOptions, type Row } from '../../src/engine/index.ts';
import type { RecordBatch } from '../../src/values/record-batch.ts';
import type { Answer } from '../interleave.ts';
import { BATCH_SCHEMA, DISORDER_MS } from '../trades.ts';

export const TUMBLING = `
  SELECT symbol, _window_start AS w, SUM(price * quantity) AS total, AVG(price) AS mean, STDDEV(price) AS deviation, COUNT(*) AS n
  FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '5' MINUTE) EMIT FINAL`;

/** Adds up a result, so that two engines can be compared by one number and nothing is optimised away. */
export function answerOf(rows: Iterable<Row>, columns: readonly string[]): Answer {
  let count = 0;
  let sum = 0;
  for (const row of rows) {
    count++;
    for (const c of columns) sum += Number(row[c] ?? 0);
  }
  return { rows: count, sum };
}

export async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** One of our runs over ready column batches. */
export async function runBatches(
  sql: string,
  batches: readonly RecordBatch[],
  sum: readonly string[],
  options: EngineOptions = {},
): Promise<Answer> {
  const engine = createEngine({
    ...options,
    sources: { trades: { rows: each(batches), schema: BATCH_SCHEMA, watermarkDelayMs: DISORDER_MS } },
  });
  return answerOf(await engine.run(sql).rows(), sum);
}

/** The same without making row objects: counts rows and adds one numeric column, straight from the batches. */
export async function drainBatches(
  sql: string,
  batches: readonly RecordBatch[],
  column: number,
  options: EngineOptions = {},
): Promise<Answer> {
  const engine = createEngine({
    ...options,
    sources: { trades: { rows: each(batches), schema: BATCH_SCHEMA, watermarkDelayMs: DISORDER_MS } },
  });
  return drain(engine.run(sql).batches(), column);
}

export async function drain(batches: AsyncIterable<RecordBatch>, column: number): Promise<Answer> {
  let rows = 0;
  let sum = 0;
  for await (const batch of batches) {
    rows += batch.length;
    const c = batch.columns[column];
    if (c?.lane !== 'f64') throw new Error(`column ${column} is not numeric`);
    for (let i = 0; i < batch.length; i++) if (c.nulls?.[i] !== 1) sum += c.values[i] as number;
  }
  return { rows, sum };
}
