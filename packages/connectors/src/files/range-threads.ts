import { Worker } from 'node:worker_threads';
import { threadError } from './packed-batch.ts';
import type { RangePlan, RangeResult, RangeTask } from './range-task.ts';

type Done = Extract<RangeResult, { readonly start: number }>;

interface Waiting {
  resolve(result: Done): void;
  reject(error: unknown): void;
}

/** Threads that decode ranges of one file. Tasks go round; what a thread has not started yet waits there. */
export class RangeThreads {
  private readonly workers: readonly Worker[];
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;

  constructor(plan: RangePlan, threads: number) {
    this.workers = Array.from({ length: threads }, () => this.start(plan));
  }

  decode(task: RangeTask): Promise<Done> {
    const worker = this.workers[this.next++ % this.workers.length] as Worker;
    return new Promise((resolve, reject) => {
      this.waiting.set(task.id, { resolve, reject });
      worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    this.waiting.clear();
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private start(plan: RangePlan): Worker {
    const { url, execArgv } = entry();
    const worker = new Worker(url, { workerData: plan, execArgv });
    worker.on('message', (result: RangeResult) => {
      const waiting = this.waiting.get(result.id);
      this.waiting.delete(result.id);
      if ('error' in result) waiting?.reject(threadError(result.error));
      else waiting?.resolve(result);
    });
    const fail = (error: Error): void => {
      for (const { reject } of this.waiting.values()) reject(threadError({ message: `a thread ended: ${error.message}` }));
      this.waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => {
      if (code !== 0 && this.waiting.size > 0) fail(new Error(`code ${code}`));
    });
    return worker;
  }
}

/**
 * The thread's own file: beside this one in the sources, an entry of the package once it is built. Not told as `new URL('./…', import.meta.url)`, which
 * bundlers take for a file of the package.
 */
function entry(): { readonly url: URL; readonly execArgv: string[] } {
  if (import.meta.url.endsWith('.ts')) {
    // Our own tests build it, because threads that take the types out of sources by themselves were seen to end their process.
    const built = process.env['VELO_BUILT_THREADS'];
    if (built !== undefined) return { url: new URL('range-worker.mjs', built), execArgv: [] };
    return {
      url: new URL(import.meta.url.replace(/[^/]*$/, 'range-worker.ts')),
      execArgv: ['--conditions=@velostream/source', '--no-warnings'],
    };
  }
  return { url: new URL(import.meta.resolve('@velostream/connectors/files/range-worker')), execArgv: [] };
}
