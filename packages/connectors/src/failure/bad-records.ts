import { type BadRecord, kafkaError, type ReadRequest, type Source, type SourceBatch } from '@velostream/core/connect';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import type { FailureStrategy } from './failure-specs.ts';

/** A bad record, with its bytes where the source still has them. */
export interface FailedRecord extends BadRecord {
  readonly key?: Uint8Array | null;
  readonly value?: Uint8Array | null;
}

export interface FailurePolicy {
  /** Missing: they are counted and left out. */
  readonly strategy: FailureStrategy | undefined;
  /** Opens the queue; null when the options name none. */
  letters(): DeadLetters | null;
  now(): number;
}

/** Does with records that cannot be read what `failure_strategy` says. Resolves once none of them can be lost. */
export class BadRecords {
  private readonly policy: FailurePolicy;
  private letters: DeadLetters | null | undefined;

  constructor(policy: FailurePolicy) {
    this.policy = policy;
  }

  async handle(bad: readonly FailedRecord[], signal: AbortSignal): Promise<void> {
    const [first] = bad;
    if (first === undefined) return;
    const strategy = this.policy.strategy ?? 'log-and-continue';
    if (strategy === 'log-and-continue') return;
    if (strategy === 'send-to-dlq') {
      this.letters ??= this.policy.letters();
      if (this.letters === null)
        throw kafkaError('VS4817', { target: '(none)', problem: "'dead.letter.queue.topic', '.file' or '.table' is not set" });
      const failedAt = this.policy.now();
      await this.letters.write(
        bad.map((one) => letterOf(one, failedAt)),
        signal,
      );
      return;
    }
    // A record does not become readable by waiting: what may pass (a registry that is away) was repeated before.
    throw kafkaError('VS4818', { position: first.position, error: first.error.message }, { cause: first.error });
  }

  async close(): Promise<void> {
    await this.letters?.close();
    this.letters = undefined;
  }
}

const letterOf = ({ error, position, sample, key, value }: FailedRecord, failedAt: number): DeadLetter => ({
  position,
  code: error.code,
  reason: error.reason,
  message: error.message,
  sample,
  failedAt,
  ...(key === undefined ? {} : { key }),
  ...(value === undefined ? {} : { value }),
});

/** A source whose bad records are dealt with before the rows beside them are given on. */
export function withFailurePolicy(source: Source, policy: FailurePolicy): Source {
  if (policy.strategy === undefined || policy.strategy === 'log-and-continue') return source;
  // Parts that several threads read would write to one queue at once: such a source is read by one.
  const { split: _, ...single } = source as Source & { readonly split?: unknown };
  return { ...single, read: (request) => handled(source, new BadRecords(policy), request) };
}

async function* handled(source: Source, records: BadRecords, request: ReadRequest): AsyncGenerator<SourceBatch> {
  try {
    for await (const read of source.read(request)) {
      await records.handle(read.bad ?? [], request.signal);
      yield read;
    }
  } finally {
    await records.close();
  }
}
