import { option } from '@velostream/core/connect/options';

export type FailureStrategy = 'log-and-continue' | 'send-to-dlq' | 'fail-batch' | 'retry-with-backoff';

const STRATEGIES: readonly FailureStrategy[] = ['log-and-continue', 'send-to-dlq', 'fail-batch', 'retry-with-backoff'];

function readStrategy(input: unknown): FailureStrategy | undefined {
  const plain = String(input).toLowerCase().replace(/[_-]/g, '');
  return STRATEGIES.find((strategy) => strategy.replaceAll('-', '') === plain);
}

/** What sources have in common that can meet records which nobody can read. `roots` tells which folders a queue may be in. */
export const failureSpecs = (thing: string, roots: string) =>
  ({
    failure_strategy: option.custom<FailureStrategy>(readStrategy, {
      about: `What happens to a ${thing} that cannot be read.`,
      takes: 'LogAndContinue, SendToDLQ, FailBatch, RetryWithBackoff',
      aliases: ['source.failure_strategy'],
    }),
    'dead.letter.queue.file': option.text({
      about: `JSON lines file that takes what SendToDLQ sends; ${roots}.`,
      aliases: ['dlq.file'],
    }),
    'dead.letter.queue.table': option.text({
      about:
        'URI of a table (`postgres://host/db?table=letters`), or of another sink, with columns position, code, reason, message, sample, failed_at; its connector is one of `deadLetterSinks`.',
      aliases: ['dlq.table', 'dlq.uri'],
    }),
  }) as const;
