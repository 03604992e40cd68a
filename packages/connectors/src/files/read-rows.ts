import type { BadRecord, Field, ReadRequest, RecordBatch, SourceBatch } from '@velostream/core/connect';
import { type Scalar, scalarAt } from '@velostream/core/connect/formats';
import type { Coverage } from '@velostream/core/protocol/explore';
import type { LookLimits } from '../tables/look-limits.ts';
import type { PeekPosition } from './peek-position.ts';

export interface Limits {
  readonly limit: number;
  readonly looking: Pick<LookLimits, 'signal' | 'stoppedBy'>;
}

export interface ReadRows {
  readonly rows: readonly (readonly Scalar[])[];
  readonly bad: readonly BadRecord[];
  readonly stoppedBy: Coverage['stoppedBy'];
  /** Files that rows were read of. */
  readonly files: readonly string[];
  /** Position behind the first so many rows. */
  after(rows: number): PeekPosition;
}

const BATCH_ROWS = 256;

/** The first rows from a position on. `see` gets each batch with the part of it that counts. */
export async function readRows(
  source: { read(request: ReadRequest): AsyncIterable<SourceBatch> | Iterable<SourceBatch> },
  fields: readonly Field[],
  start: PeekPosition,
  { limit, looking }: Limits,
  see?: (batch: RecordBatch, from: number, to: number) => void,
): Promise<ReadRows> {
  const rows: Scalar[][] = [];
  const bad: BadRecord[] = [];
  const files = new Set<string>();
  /** For each batch: rows shown before it, and where it begins. */
  const steps: { readonly rows: number; readonly at: PeekPosition }[] = [];
  const { signal } = looking;
  let skip = start.skip;
  let at: PeekPosition = { from: start.from, skip: 0 };
  let stoppedBy: Coverage['stoppedBy'] = 'end';
  for await (const part of source.read({ fields, system: [], predicates: [], from: start.from, signal, maxBatchRows: BATCH_ROWS })) {
    const { length } = part.batch;
    const first = Math.min(skip, length);
    skip -= first;
    if (first < length || (part.bad?.length ?? 0) > 0) for (const file of filesIn(part)) files.add(file);
    bad.push(...(part.bad ?? []));
    const to = Math.min(length, first + limit - rows.length);
    steps.push({ rows: rows.length, at: { ...at, skip: first } });
    see?.(part.batch, first, to);
    for (let row = first; row < to; row++) rows.push(part.batch.columns.map((column) => scalarAt(column, row)));
    at = { from: part.next, skip: 0 };
    if (rows.length >= limit && to < length) stoppedBy = 'limit';
    if (stoppedBy === 'limit' || (rows.length >= limit && limit > 0)) {
      stoppedBy = 'limit';
      break;
    }
  }
  stoppedBy = looking.stoppedBy ?? stoppedBy;
  const after = (count: number): PeekPosition => {
    const step = steps.findLast((one) => one.rows <= count);
    return step === undefined ? start : { from: step.at.from, skip: step.at.skip + count - step.rows };
  };
  return { rows, bad, stoppedBy, files: [...files], after };
}

/** Positions of this connector name their files. */
function filesIn({ next }: SourceBatch): readonly string[] {
  const { files } = next as { readonly files?: readonly { readonly file: string }[] };
  return (files ?? []).map(({ file }) => file);
}
