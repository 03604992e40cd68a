import { connectorError, type Offset } from '@velostream/core/connect';

/** Where a source goes on: the next offset per partition. */
export interface KafkaPosition {
  readonly topic: string;
  /** Group under which a job commits it. */
  readonly group: string | null;
  readonly next: ReadonlyMap<number, number>;
}

const isOffset = (x: unknown): x is number => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0;

export function toOffset({ topic, group, next }: KafkaPosition): Offset {
  return { kafka: topic, group, next: Object.fromEntries([...next].map(([partition, offset]) => [String(partition), offset])) };
}

/** Undefined for what no Kafka source wrote. */
export function readPosition(offset: Offset): KafkaPosition | undefined {
  if (typeof offset !== 'object' || offset === null || !('kafka' in offset) || !('next' in offset)) return undefined;
  const { kafka, next, group } = offset as { kafka: unknown; next: unknown; group?: unknown };
  if (typeof kafka !== 'string' || typeof next !== 'object' || next === null || Array.isArray(next)) return undefined;
  const entries = Object.entries(next);
  if (!entries.every(([partition, at]) => /^\d+$/.test(partition) && isOffset(at))) return undefined;
  return {
    topic: kafka,
    group: typeof group === 'string' ? group : null,
    next: new Map(entries.map(([p, at]) => [Number(p), at as number])),
  };
}

export function fromOffset(offset: Offset, topic: string): KafkaPosition {
  const position = readPosition(offset);
  if (position === undefined || position.topic !== topic) throw connectorError('VS4107', { connector: 'kafka' });
  return position;
}
