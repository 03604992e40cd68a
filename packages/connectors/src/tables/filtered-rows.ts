import { type ConnectorHost, databaseError, type Field, type RecordBatch, type Source } from '@velostream/core/connect';
import { columnFromScalars, type Scalar, STRING, scalarAt } from '@velostream/core/connect/formats';
import { type ColumnSchema, MASK, maskedColumns } from '@velostream/core/protocol';
import type { Found, Peek, PeekRequest } from '@velostream/core/protocol/explore';
import { LookLimits } from './look-limits.ts';
import { continueToken, peekRows, readToken } from './peek-rows.ts';

/** Rows that one filtered look goes through; the answer says where to go on. */
const SCAN_MAX = 100_000;
const TIMEOUT_MS = 30_000;

export interface FilteredLook {
  readonly host: ConnectorHost;
  readonly source: Source;
  readonly name: string;
  /** `filter` is a boolean SQL expression over the columns; without one every row counts. */
  readonly request: PeekRequest;
  readonly columns: readonly ColumnSchema[];
  readonly fields: readonly Field[];
  readonly limit: number;
  /** Rows there are, where that is known. */
  readonly available: number | undefined;
  /** Where reading has limits of its own; else the time of the request. */
  readonly looking?: Pick<LookLimits, 'signal' | 'stoppedBy'>;
}

/**
 * The first rows that fulfil a condition, or the last ones, in the order of the source, found by going through it. The condition sees tagged columns as they are shown, masked: otherwise
 * asking often enough would tell their values.
 */
export async function filteredPeek(look: FilteredLook): Promise<Found<Peek>> {
  const { fields, columns, request, name, available } = look;
  const skip = readToken(request.continueFrom, name);
  const looking = look.looking ?? new LookLimits({ timeoutMs: request.timeoutMs ?? TIMEOUT_MS, signal: request.signal, longestRecord: 0 });
  const found = await findRows(look, skip, looking.signal);
  const { rows, masked, taken, isCut } = peekRows(
    found.values.map(({ values }) => values),
    { fields, columns, maxBytes: request.maxBytes },
  );
  const end = isCut ? (found.values[taken - 1]?.place ?? skip) : found.place;
  const isMore = isCut || !found.isEnd;
  const stoppedBy = looking.stoppedBy ?? (isCut ? 'bytes' : isMore ? 'limit' : 'end');
  return {
    name,
    columns,
    rows,
    masked,
    coverage: {
      scanned: end - skip,
      ...(isMore ? (available === undefined ? {} : { available }) : { available: end }),
      partitions: [],
      stoppedBy,
      ...(isMore ? { continueFrom: continueToken(end) } : {}),
    },
    ...(request.from === 'latest' && !found.isEnd && { warnings: [notTheEnd(name, end - skip)] }),
  };
}

const notTheEnd = (name: string, scanned: number): string =>
  `"${name}" had not ended after ${scanned} records: shown are the newest of those`;

interface FoundRows {
  /** Rows with the number of rows that were looked at up to them. */
  readonly values: readonly { readonly values: readonly Scalar[]; readonly place: number }[];
  readonly place: number;
  readonly isEnd: boolean;
}

async function findRows(
  { host, source, request, fields, columns, limit }: FilteredLook,
  skip: number,
  signal: AbortSignal,
): Promise<FoundRows> {
  const hidden = new Set(maskedColumns(columns));
  const visible = fields.map((field) => (hidden.has(field.name) ? { ...field, type: STRING } : field));
  const test = await conditionOf(host, request.filter, visible);
  const isTail = request.from === 'latest';
  const values: FoundRows['values'][number][] = [];
  let place = 0;
  for await (const { batch } of source.read({ fields, system: [], predicates: [], from: undefined, signal, maxBatchRows: 1024 })) {
    const seen = masked(batch, fields, hidden);
    for (let row = 0; row < batch.length; row++) {
      if (place++ < skip) continue;
      if (test(seen, row)) values.push({ values: batch.columns.map((column) => scalarAt(column, row)), place });
      // The last ones are kept in a window of at most twice their number.
      if (isTail && values.length >= limit * 2) values.splice(0, values.length - limit);
      if ((!isTail && values.length >= limit) || place - skip >= SCAN_MAX) return { values: kept(values, limit), place, isEnd: false };
    }
  }
  return { values: kept(values, limit), place, isEnd: !signal.aborted };
}

const kept = <T>(values: readonly T[], limit: number): readonly T[] => values.slice(Math.max(0, values.length - limit));

async function conditionOf(
  host: ConnectorHost,
  filter: string | undefined,
  fields: readonly Field[],
): Promise<(batch: RecordBatch, row: number) => boolean> {
  if (filter === undefined) return () => true;
  if (host.compileFilter === undefined) throw databaseError('VS4508', { filter: filter.slice(0, 200) });
  return host.compileFilter(filter, fields);
}

function masked(batch: RecordBatch, fields: readonly Field[], hidden: ReadonlySet<string>): RecordBatch {
  if (hidden.size === 0) return batch;
  const columns = batch.columns.map((column, c) => {
    if (!hidden.has(fields[c]?.name ?? '')) return column;
    return columnFromScalars(
      STRING,
      Array.from({ length: batch.length }, (_, row) => (scalarAt(column, row) === null ? null : MASK)),
    );
  });
  return { ...batch, columns };
}
