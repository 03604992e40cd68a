import { datagen, type Field, type RecordBatch } from '@velostream/core/connect';
import type { TableSchema } from '@velostream/core/sql';

/** Rows that are there at once, so that the first chart is not empty: 20 minutes of the market. */
const HISTORY_ROWS = 4_000;
const ROWS_PER_SECOND = 200;
const TICK_MS = 50;
const ROWS_PER_TICK = (ROWS_PER_SECOND * TICK_MS) / 1000;
/** One second in front of the screen is one minute of the market. */
const MARKET_MS_PER_ROW = 60_000 / ROWS_PER_SECOND;
const MARKET_OPENS = Date.UTC(2026, 0, 5, 9, 30);

/** Neighbours change places: the watermark waits twice as long. */
const JITTER_MS = 2_000;

const SYMBOLS = ['AURA', 'BOLT', 'CINO', 'DELF', 'EKOS', 'FERN'];

const COLUMNS = [
  { name: 'symbol', kind: 'choice', values: SYMBOLS, weights: [24, 20, 18, 16, 12, 10] },
  { name: 'price', kind: 'walk', start: [104, 97, 101, 92, 108, 95], step: 0.35, min: 5, digits: 2, by: 'symbol' },
  { name: 'quantity', kind: 'integer', min: 1, max: 500 },
  { name: 'side', kind: 'choice', values: ['buy', 'sell'] },
  // One row in two hundred comes up to half a minute late: more than the watermark waits.
  {
    name: 'ts',
    kind: 'timestamp',
    start: MARKET_OPENS + JITTER_MS,
    stepMs: MARKET_MS_PER_ROW,
    jitterMs: JITTER_MS,
    late: 0.005,
    lateMs: 30_000,
  },
] as const;

export const TRADES_DELAY_MS = 2 * JITTER_MS;

export const TRADES_SCHEMA: TableSchema = {
  eventTime: 'ts',
  columns: [
    { name: 'symbol', type: 'STRING', nullable: false, values: SYMBOLS },
    { name: 'price', type: 'FLOAT', nullable: false },
    { name: 'quantity', type: 'INTEGER', nullable: false },
    { name: 'side', type: 'STRING', nullable: false, values: ['buy', 'sell'] },
    { name: 'ts', type: 'TIMESTAMP', nullable: false },
  ],
};

const TIME_COLUMN = TRADES_SCHEMA.columns.findIndex(({ name }) => name === TRADES_SCHEMA.eventTime);

/** Waits for the next tick of a steady pace: a late timer is made up for, a long break is not. */
function ticks(everyMs: number): () => Promise<void> {
  let due = performance.now();
  return () => {
    const now = performance.now();
    due = Math.max(due + everyMs, now - 5 * everyMs);
    return new Promise((go) => setTimeout(go, Math.max(0, due - now)));
  };
}

/** Newest event time of a batch, ms. */
function newestOf(batch: RecordBatch, column: number): number {
  const times = batch.columns[column];
  return times?.lane === 'f64' ? times.values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY;
}

/**
 * The live stream of the page: seeded, so that every visit sees the same market; some history first, then a steady pace.
 * Reads the `datagen` connector directly, because the connector alone either paces all rows or none.
 *
 * @param seen - Gets the newest event time of each batch: what the watermark lags behind.
 */
export async function* liveTrades(signal: AbortSignal, seen: (time: number) => void): AsyncGenerator<RecordBatch> {
  const connector = datagen();
  const options = connector.options.safeParse({ columns: COLUMNS, seed: 2026 });
  if (!options.success) throw new Error(options.error.issues.map(({ message }) => message).join('; '));
  const source = connector.source?.(options.data, { warn: () => {}, now: () => Date.now() });
  if (!source) throw new Error('the datagen connector has no source');
  const { fields } = await source.describe(signal);
  const wanted: readonly Field[] = TRADES_SCHEMA.columns.map(({ name }) => fields.find((field) => field.name === name) as Field);
  const request = { fields: wanted, system: [], predicates: [], from: undefined, signal, maxBatchRows: ROWS_PER_TICK };
  const tick = ticks(TICK_MS);
  let rows = 0;
  for await (const { batch } of source.read(request)) {
    if (rows >= HISTORY_ROWS) await tick();
    if (signal.aborted) return;
    rows += batch.length;
    seen(newestOf(batch, TIME_COLUMN));
    yield batch;
  }
}
