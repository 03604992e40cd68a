import { connectorError, type SourceBatch } from '@velostream/core/connect';

/** Refuses a second reader while the first one is at it. */
export function oneReader<R>(
  connector: string,
  read: (request: R) => AsyncIterable<SourceBatch>,
): (request: R) => AsyncGenerator<SourceBatch> {
  let isReading = false;
  return async function* reading(request) {
    if (isReading) throw connectorError('VS4110', { connector });
    isReading = true;
    try {
      yield* read(request);
    } finally {
      isReading = false;
    }
  };
}
