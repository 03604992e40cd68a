import { parentPort, workerData } from 'node:worker_threads';
import { VeloError } from '@velostream/core/connect';
import { transfers } from './packed-batch.ts';
import { RangeDecoder } from './range-decoder.ts';
import type { RangePlan, RangeResult, RangeTask } from './range-task.ts';

/** What runs in a thread of `file_mmap`: decodes ranges as it is told, one after the other. */
const port = parentPort;
if (port !== null) {
  // Made by `RangeThreads`, which gives nothing else.
  const decoder = new RangeDecoder(workerData as RangePlan);
  port.on('message', (task: RangeTask) => {
    try {
      const result = decoder.decode(task);
      port.postMessage(result satisfies RangeResult, result.batches.flatMap(transfers));
    } catch (error) {
      const { message } = error instanceof Error ? error : new Error(String(error));
      const coded = VeloError.is(error)
        ? { code: error.code, reason: error.reason, ...(error.hint === undefined ? {} : { hint: error.hint }) }
        : {};
      port.postMessage({ id: task.id, error: { message, ...coded } } satisfies RangeResult);
    }
  });
}
