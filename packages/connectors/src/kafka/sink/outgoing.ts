import type { SinkWrite } from '@velostream/core/connect';
import type { PartitionRecords } from '../driver/kafka-driver.ts';
import { partitionOfKey } from '../records/partition-of-key.ts';
import type { OutgoingRecord } from '../records/write-records.ts';

const utf8 = new TextEncoder();
const EVENT_TIME = '_EVENT_TIME';
const DELETED = 3;
const UPDATE_BEFORE = 1;

/** Chooses partitions as Java's producer does: by the key, and for messages without one a partition per batch in turn. */
export class Partitioner {
  private readonly count: number;
  private turn: number;

  constructor(count: number, first: number) {
    this.count = count;
    this.turn = first % count;
  }

  of(key: Uint8Array | null): number {
    return key === null ? this.turn : partitionOfKey(key, this.count);
  }

  /** The next batch of messages without a key goes to the next partition. */
  advance(): void {
    this.turn = (this.turn + 1) % this.count;
  }
}

/** Rows as messages: keys, headers, times. A deletion is a tombstone; the old state of an update is not written. */
export function outgoing(write: SinkWrite, values: readonly Uint8Array[], now: number): OutgoingRecord[] {
  const { batch, keys } = write;
  const { eventTime, timestamp, headers } = batch.meta;
  const records: OutgoingRecord[] = [];
  for (let i = 0; i < batch.length; i++) {
    const op = batch.ops?.[i] ?? 0;
    if (op === UPDATE_BEFORE) continue;
    const key = keys?.[i];
    const event = eventTime?.[i];
    const hasEvent = event !== undefined && Number.isFinite(event);
    const time = hasEvent ? event : (timestamp?.[i] ?? now);
    const own = headers?.[i];
    const list: [string, string][] = own ? [...own].filter(([name]) => name !== EVENT_TIME) : [];
    if (hasEvent) list.push([EVENT_TIME, String(event)]);
    records.push({
      key: key === undefined || key === null ? null : utf8.encode(key),
      value: op === DELETED ? null : (values[i] as Uint8Array),
      timestamp: Number.isFinite(time) && time >= 0 ? time : now,
      ...(list.length === 0 ? {} : { headers: list }),
    });
  }
  return records;
}

/** Groups records by partition in record batches of limited size. Order within a partition is kept. */
export function partitioned(
  topic: string,
  records: readonly OutgoingRecord[],
  partitioner: Partitioner,
  batchBytes: number,
): PartitionRecords[][] {
  const rounds: Map<number, OutgoingRecord[]>[] = [];
  const filled = new Map<number, { round: number; bytes: number }>();
  for (const record of records) {
    const partition = partitioner.of(record.key as Uint8Array | null);
    const size = sizeOf(record);
    const state = filled.get(partition) ?? { round: 0, bytes: 0 };
    if (state.bytes > 0 && state.bytes + size > batchBytes) {
      state.round++;
      state.bytes = 0;
    }
    state.bytes += size;
    filled.set(partition, state);
    let round = rounds[state.round];
    if (round === undefined) {
      round = new Map();
      rounds[state.round] = round;
    }
    const list = round.get(partition);
    if (list === undefined) round.set(partition, [record]);
    else list.push(record);
  }
  partitioner.advance();
  return rounds.map((round) => [...round].map(([partition, list]) => ({ topic, partition, records: list })));
}

const lengthOf = (part: Uint8Array | string | null): number => part?.length ?? 0;
const sizeOf = ({ key, value }: OutgoingRecord): number => lengthOf(key) + lengthOf(value) + 32;
