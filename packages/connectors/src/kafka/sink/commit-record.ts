import type { CommittedOffset, KafkaDriver, OffsetToCommit } from '../driver/kafka-driver.ts';
import { readPosition } from '../kafka-position.ts';

/** What a transaction of a sink committed last, kept in the text beside the committed offsets. */
export interface CommitRecord {
  readonly epoch: number;
  /** Checkpoint of the job that the transaction belongs to; empty where there is none. */
  readonly checkpoint: string;
}

const FORM = /^v1;epoch=(\d+);ckpt=([^;]*)$/;

const textOf = ({ epoch, checkpoint }: CommitRecord): string => `v1;epoch=${epoch};ckpt=${checkpoint}`;

function recordOf(metadata: string): CommitRecord | undefined {
  const match = FORM.exec(metadata);
  return match ? { epoch: Number(match[1]), checkpoint: match[2] as string } : undefined;
}

/** The newest record of a group; all partitions of one transaction carry the same. */
export async function lastCommit(driver: KafkaDriver, group: string): Promise<CommitRecord | null> {
  const committed: readonly CommittedOffset[] = await driver.committed(group);
  let last: CommitRecord | null = null;
  for (const { metadata } of committed) {
    const record = recordOf(metadata);
    if (record && (last === null || record.epoch > last.epoch)) last = record;
  }
  return last;
}

/**
 * Offsets that a transaction commits: those of the Kafka sources whose positions the job gives, so that their lag can be seen, and one
 * of the sink's own topic that counts the epochs.
 */
export function offsetsOf(topic: string, record: CommitRecord, positions: readonly unknown[]): OffsetToCommit[] {
  const metadata = textOf(record);
  const offsets: OffsetToCommit[] = [{ topic, partition: 0, offset: record.epoch, metadata }];
  for (const raw of positions) {
    const position = readPosition(raw as Parameters<typeof readPosition>[0]);
    if (position === undefined || position.topic === topic) continue;
    for (const [partition, offset] of position.next) offsets.push({ topic: position.topic, partition, offset, metadata });
  }
  return offsets;
}
