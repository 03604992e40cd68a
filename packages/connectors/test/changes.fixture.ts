import type { Field, Source, SourceBatch } from '@velostream/core/connect';
import { Op, type Scalar, scalarAt } from '@velostream/core/connect/formats';

export interface SeenChange {
  readonly op: '+I' | '-U' | '+U' | '-D';
  readonly values: readonly Scalar[];
}

const SIGNS = { [Op.insert]: '+I', [Op.updateBefore]: '-U', [Op.updateAfter]: '+U', [Op.delete]: '-D' } as const;

export const changesOf = ({ batch }: SourceBatch): SeenChange[] =>
  Array.from({ length: batch.length }, (_, row) => ({
    op: SIGNS[(batch.ops?.[row] ?? Op.insert) as keyof typeof SIGNS],
    values: batch.columns.map((column) => scalarAt(column, row)),
  }));

export interface Reading {
  readonly changes: readonly SeenChange[];
  readonly batches: readonly SourceBatch[];
}

export interface ReadUntil {
  readonly fields: readonly Field[];
  readonly from?: SourceBatch['next'] | undefined;
  readonly maxBatchRows?: number;
  /** Looked at after each batch; true ends the reading. */
  readonly until: (reading: Reading) => boolean;
  readonly onBatch?: (reading: Reading) => Promise<void> | void;
}

/** Reads a source that does not end until there is enough. */
export async function readUntil(source: Source, o: ReadUntil): Promise<Reading> {
  const stop = new AbortController();
  const changes: SeenChange[] = [];
  const batches: SourceBatch[] = [];
  const reading = { changes, batches };
  const request = { fields: o.fields, system: [], predicates: [], from: o.from, signal: stop.signal, maxBatchRows: o.maxBatchRows ?? 1000 };
  for await (const batch of source.read(request)) {
    changes.push(...changesOf(batch));
    batches.push(batch);
    await o.onBatch?.(reading);
    if (o.until(reading)) stop.abort();
  }
  return reading;
}

/** Folds changes into rows by key; throws on a deletion of what is not there and on an insert of what is. */
export function foldChanges(changes: readonly SeenChange[], key: (values: readonly Scalar[]) => string): Map<string, readonly Scalar[]> {
  const rows = new Map<string, readonly Scalar[]>();
  for (const { op, values } of changes) {
    const id = key(values);
    const isRemoval = op === '-D' || op === '-U';
    if (isRemoval !== rows.has(id)) throw new Error(`${op} of key ${id}, which is ${rows.has(id) ? '' : 'not '}there`);
    if (isRemoval) rows.delete(id);
    else rows.set(id, values);
  }
  return rows;
}
