import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { DecodedBatch } from '@velostream/core/connect';
import { packingOf, type StreamFormat } from './choose-format.ts';
import { BatchUnpacker } from './packed-batch.ts';
import { type Boundary, firstKeyIn } from './range-boundary.ts';
import type { RangePlan, RangeResult, RangeTask } from './range-task.ts';
import { RangeThreads } from './range-threads.ts';
import type { FileReading } from './read-file.ts';

export const RANGE_BYTES = 8 * 1024 ** 2;
/** A window stays in the second-level cache on its way into the memory of the kernel. */
export const WINDOW_BYTES = 256 * 1024;
/** Smaller files are read faster than threads start. */
const WORTH_BYTES = 2 * RANGE_BYTES;
const THREADS_MAX = 4;
const HEAD_BYTES = 64 * 1024;
/** Ranges whose boundary turned out wrong before the rest is read by one thread alone. */
const MISSES_MAX = 16;
/** Formats whose records can be told apart from the middle of a file on. */
export const SPLIT: ReadonlySet<string> = new Set(['csv', 'jsonl', 'json']);

/** Whether a file is read in ranges by several threads: wished for, not packed, large, and of a format whose records can be told apart. */
export async function isMapped({ options, path, handle, format, from, isWhole, threads = 1 }: FileReading): Promise<boolean> {
  if (!(options.mmap || threads > 1) || !isWhole || !SPLIT.has(format.name) || packingOf(path, options.compression) !== 'none')
    return false;
  const { size } = await handle.stat();
  return size - from.byte >= (options['mmap.range_bytes'] === undefined ? WORTH_BYTES : 0);
}

type Done = Extract<RangeResult, { readonly start: number }>;

/**
 * Rows of a file that is split into ranges, which threads decode while earlier ones are consumed; they come in the order of the file.
 * Where a range begins is guessed from what stands there; the range before proves it, and a wrong guess is decoded again from the right
 * place. State: two ranges per thread, decoded.
 */
export async function* readMapped(
  reading: FileReading,
  format: StreamFormat,
  header: readonly string[] | undefined,
): AsyncGenerator<DecodedBatch> {
  const { handle, options, from, signal } = reading;
  const { size } = await handle.stat();
  const rangeBytes = options['mmap.range_bytes'] ?? RANGE_BYTES;
  const plan: RangePlan = {
    fd: handle.fd,
    name: basename(reading.path),
    size,
    format: format.name as RangePlan['format'],
    given: format.given,
    fields: reading.fields,
    maxBatchRows: reading.maxBatchRows,
    maxRecordBytes: options.max_record_bytes,
    header,
    boundary: await boundaryOf(reading, format),
    windowBytes: WINDOW_BYTES,
  };
  const wanted = options['mmap.threads'] ?? reading.threads ?? Math.min(THREADS_MAX, availableParallelism());
  const threads = new RangeThreads(plan, Math.max(1, Math.min(wanted, Math.ceil((size - from.byte) / rangeBytes))));
  try {
    const ranges = new Ranges(threads, { start: from.byte, size, rangeBytes, ahead: 2 * wanted });
    const unpacker = new BatchUnpacker();
    let record = from.record;
    const next = (): Promise<Done | undefined> => unlessAborted(ranges.next(), signal);
    for (let done = await next(); done !== undefined; done = await next()) {
      unpacker.nextRange();
      for (const batch of done.batches) {
        if (signal.aborted) return;
        yield unpacker.unpack(batch, record);
      }
      record += done.records;
    }
  } finally {
    await threads.close();
  }
}

/** Undefined as soon as nobody waits for it any more: a thread is deaf while it decodes. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) {
    work.catch(() => {});
    return Promise.resolve(undefined);
  }
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

export async function boundaryOf({ handle, from }: Pick<FileReading, 'handle' | 'from'>, format: StreamFormat): Promise<Boundary> {
  if (format.name !== 'json') return { kind: 'line' };
  const head = new Uint8Array(HEAD_BYTES);
  const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, from.byte);
  return { kind: 'element', firstKey: firstKeyIn(head.subarray(0, bytesRead)) };
}

interface RangesPlan {
  readonly start: number;
  readonly size: number;
  readonly rangeBytes: number;
  /** Ranges that are decoded before they are asked for. */
  readonly ahead: number;
}

/** Gives the results of ranges in order, each of which begins where the one before ended. */
class Ranges {
  private readonly threads: RangeThreads;
  private readonly plan: RangesPlan;
  private readonly running: { readonly task: RangeTask; readonly result: Promise<Done> }[] = [];
  private planned: number;
  private ids = 0;
  /** Where the next range must begin. */
  private at: number;
  private misses = 0;

  constructor(threads: RangeThreads, plan: RangesPlan) {
    this.threads = threads;
    this.plan = plan;
    this.planned = plan.start;
    this.at = plan.start;
  }

  async next(): Promise<Done | undefined> {
    this.fill();
    const first = this.running.shift();
    if (first === undefined) return undefined;
    let done = await first.result;
    if (done.start !== this.at) {
      this.misses++;
      done = await this.again(first.task);
    }
    this.at = Math.max(this.at, done.done);
    return done;
  }

  private fill(): void {
    const { start, size, rangeBytes, ahead } = this.plan;
    const most = this.misses > MISSES_MAX ? 1 : ahead;
    while (this.running.length < most && this.planned < size) {
      const from = this.planned;
      const to = Math.min(size, from + rangeBytes);
      this.planned = to;
      // Alone, a range begins where the one before ended, so that nothing is guessed.
      const isExact = from === start || most === 1;
      this.run({ id: this.ids++, from: isExact ? Math.max(this.at, start) : from, to, isExact });
    }
  }

  private run(task: RangeTask): void {
    const result = this.threads.decode(task);
    // It may fail before anyone waits for it.
    result.catch(() => {});
    this.running.push({ task, result });
  }

  /** The range from where it really begins. When the record that begins there fills it, it has nothing of its own. */
  private async again({ to }: RangeTask): Promise<Done> {
    return this.threads.decode({ id: this.ids++, from: this.at, to: Math.max(to, this.at), isExact: true });
  }
}
