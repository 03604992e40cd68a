import { createCatalog } from '../../src/sql/catalog/create-catalog.ts';
import { type FlinkScript, toFlink } from '../../src/sql/flink/index.ts';
import type { FlinkRunner } from './flink-runner.ts';
import type { StreamOptions } from './generator/events.ts';
import { NEXMARK_SCHEMA } from './generator/schema.ts';
import { SIDE_INPUT_SCHEMA } from './generator/side-input.ts';
import { jsonlFile, sideInputFile } from './generator/write-files.ts';
import { ownAnswer, queryText } from './ours.ts';

/** What the two engines gave to one query over the same file. */
export interface CheckedAnswer {
  readonly query: string;
  readonly rows: number;
  /** `equal`; `unequal` with rows that only one of them has. */
  readonly result: 'equal' | 'unequal';
  readonly onlyOurs: readonly string[];
  readonly onlyTheirs: readonly string[];
}

const SHOWN_MAX = 5;
/** Nothing of ours can be printed for them: see `BATCH_ONLY`, and windows of the clock that a bounded input leaves open. */
export const NOT_PRINTED: ReadonlySet<string> = new Set(['q6', 'q12']);

/**
 * Which columns are no part of an answer. The clock runs on between two engines: q12 is held to the bids of each bidder, whatever window of
 * the clock they fall into.
 */
const byBidder = (rows: readonly (readonly unknown[])[]): unknown[][] => {
  const bids = new Map<unknown, number>();
  for (const [bidder, count] of rows) bids.set(bidder, (bids.get(bidder) ?? 0) + Number(count));
  return [...bids];
};

/** Means are doubles of two engines; times of Flink are text; all else is equal to the last digit. */
function cell(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return value.toPrecision(12);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value))
    return String(Date.parse(`${value.replace(' ', 'T')}Z`));
  if (typeof value === 'string' && /^-?\d+(\.\d+)?(E[+-]?\d+)?$/.test(value)) return cell(Number(value));
  return String(value);
}

const canonical = (query: string, rows: readonly (readonly unknown[])[]): string[] =>
  (query === 'q12' ? byBidder(rows) : rows).map((row) => row.map(cell).join(' | ')).sort();

/**
 * The rows that stand at the end, here and on Flink, over one JSONL file. `as`: the query as it is written for Flink by hand, or ours as it is
 * printed.
 */
export async function checkAnswer(
  query: string,
  flink: FlinkRunner,
  { events, options, as = 'written' }: { readonly events: number; readonly options: StreamOptions; readonly as?: 'written' | 'printed' },
): Promise<CheckedAnswer> {
  const answer = as === 'written' ? flink.answer(query) : flink.answerOf(await printed(query, events, options));
  const [ours, theirs] = [canonical(query, await ownAnswer(query, events, options)), canonical(query, await answer)];
  const onlyOurs = without(ours, theirs);
  const onlyTheirs = without(theirs, ours);
  return {
    query,
    rows: ours.length,
    result: onlyOurs.length + onlyTheirs.length === 0 ? 'equal' : 'unequal',
    onlyOurs: onlyOurs.slice(0, SHOWN_MAX),
    onlyTheirs: onlyTheirs.slice(0, SHOWN_MAX),
  };
}

async function printed(query: string, events: number, options: StreamOptions): Promise<FlinkScript> {
  const stream = { type: 'file_source', path: await jsonlFile(events, options), format: 'jsonl', 'event.time.format': 'epoch_millis' };
  const side = { type: 'file_source', path: sideInputFile(), format: 'csv', has_headers: 'false' };
  const catalog = createCatalog({ nexmark: NEXMARK_SCHEMA, side_input: SIDE_INPUT_SCHEMA });
  return toFlink(queryText(query), { catalog, connections: { nexmark: stream, side_input: side } });
}

/** Rows of one list beyond those of the other, each as often as it is there. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(row, (counts.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const left = counts.get(row) ?? 0;
    counts.set(row, left - 1);
    return left <= 0;
  });
}
