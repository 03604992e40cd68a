import type { PushedPredicate, SystemName } from '../../connect/connector.ts';
import type { Json } from '../../connect/offset.ts';
import type { RecordErrorInfo } from '../../runtime/operator.ts';
import type { Clock } from '../../runtime/ports.ts';
import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { project } from '../graph.ts';
import type { ReadableRelation } from '../relation-source.ts';
import { arrayFeed, iterableFeed, type ReadRows } from './array-feed.ts';
import type { Feed } from './feed.ts';
import { pushFeed } from './push-feed.ts';
import { asyncFeed, connectorFeed } from './stream-feed.ts';
import { fillMeta, withSystemColumns } from './system-columns.ts';

export interface OpenFeed {
  readonly relation: ReadableRelation;
  /** Columns to deliver, in order. */
  readonly fields: readonly Field[];
  readonly system: readonly SystemName[];
  /** What every wanted row fulfils. */
  readonly predicates: readonly PushedPredicate[];
  readonly from: Json | undefined;
  readonly batchRows: number;
  /** Nobody keeps a batch: its arrays may be used again. */
  readonly lent: boolean;
  /** Threads that may decode. */
  readonly threads: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly readRows: (rows: readonly object[], from: number, to: number) => RecordBatch;
  recordError(info: RecordErrorInfo): void;
  badRecord(): void;
  sequence(): number;
}

/** The feed that reads a relation from a position on. */
export function openFeed(o: OpenFeed): Feed {
  const { relation, data } = o.relation;
  const read: ReadRows =
    o.system.length === 0 ? (rows, from, to) => o.readRows(rows, from, to) : withSystemColumns(o.readRows, o.system, o.clock);
  const from = typeof o.from === 'number' ? o.from : 0;
  switch (data.kind) {
    case 'array':
      return arrayFeed(relation.name, data.rows, read, o.batchRows, from);
    case 'iterable':
      return iterableFeed(relation.name, data.rows, read, o.batchRows, from);
    case 'open':
      return pushFeed(relation.name, data.mailbox, read, o.batchRows, from);
    case 'async': {
      const columns = o.fields.map((f) => relation.fields.findIndex((r) => r.name === f.name));
      return asyncFeed(relation.name, data.rows, read, (batch, at) => fillMeta(project(batch, columns), o.system, o.clock, at), {
        from,
        sequence: o.sequence,
      });
    }
    case 'connector':
      return connectorFeed(
        relation.name,
        data.source,
        {
          fields: o.fields,
          system: o.system,
          predicates: o.predicates,
          batchRows: o.batchRows,
          from: o.from,
          bounded: data.bounded,
          lent: o.lent,
          threads: o.threads,
        },
        o,
      );
  }
}
