import { type BadRecord, kafkaError } from '@velostream/core/connect';
import type { DeadLetter, DeadLetters } from '../../failure/dead-letters.ts';
import type { KafkaContext } from '../kafka-context.ts';
import { keyAt, type RecordChunk, valueAt } from '../records/record-chunk.ts';
import type { BadValue } from '../values/value-format.ts';
import type { Picked } from './pick-records.ts';

/** A bad record with the bytes that a dead-letter queue keeps. */
export interface BadMessage extends BadRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

export function badMessages(bad: readonly BadValue[], picked: Picked, topic: string): BadMessage[] {
  return bad.map(({ record, error, sample }) => {
    const chunk = picked.chunks[picked.chunk[record] as number] as RecordChunk;
    const row = picked.row[record] as number;
    const position = `${topic}[${picked.partitions[record]}]@${chunk.offsets[row]}`;
    return { error, position, sample, key: keyAt(chunk, row), value: valueAt(chunk, row) };
  });
}

/** Does with messages that cannot be read what `failure_strategy` says. Resolves once none of them can be lost. */
export class FailureHandling {
  private readonly context: KafkaContext;
  private letters: DeadLetters | null | undefined;

  constructor(context: KafkaContext) {
    this.context = context;
  }

  async handle(bad: readonly BadMessage[], signal: AbortSignal): Promise<void> {
    const [first] = bad;
    if (first === undefined) return;
    const { options, host } = this.context;
    const strategy = options.failure_strategy ?? 'log-and-continue';
    if (strategy === 'log-and-continue') return;
    if (strategy === 'send-to-dlq') {
      this.letters ??= this.context.deadLetters();
      if (this.letters === null)
        throw kafkaError('VS4817', { target: '(none)', problem: "'dead.letter.queue.topic' or '.file' is not set" });
      await this.letters.write(
        bad.map((one) => letterOf(one, host.now())),
        signal,
      );
      return;
    }
    // A message does not become readable by waiting: what may pass (a registry that is away) was repeated before.
    throw kafkaError('VS4818', { position: first.position, error: first.error.message }, { cause: first.error });
  }

  async close(): Promise<void> {
    await this.letters?.close();
    this.letters = undefined;
  }
}

const letterOf = ({ error, position, sample, key, value }: BadMessage, failedAt: number): DeadLetter => ({
  position,
  code: error.code,
  reason: error.reason,
  message: error.message,
  sample,
  failedAt,
  key,
  value,
});
