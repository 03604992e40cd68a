import type { Worker } from 'node:worker_threads';
import type { FromThread, PartJob, PartResult, ToThread } from './part-protocol.ts';

/** Threads that nobody uses end after this time. */
const IDLE_MS = 10_000;
const IDLE_MAX = 8;

interface Waiting {
  resolve(result: PartResult): void;
  reject(error: unknown): void;
}

/** Threads of Node; a page has none that could read its files. Loads anywhere. */
export const hasThreads = (): boolean =>
  typeof process !== 'undefined' && process.versions?.node !== undefined && typeof process.getBuiltinModule === 'function';

/** Threads of queries that have ended, for the next one: what they have loaded and compiled is theirs. */
const idle: PartThread[] = [];

/** Threads that read parts for one query. Parts go round; what a thread has not begun waits there. */
export class PartThreads {
  private readonly threads: readonly PartThread[];
  private next = 0;

  constructor(job: PartJob, count: number) {
    this.threads = Array.from({ length: count }, () => idle.pop() ?? new PartThread());
    for (const thread of this.threads) thread.take(job);
  }

  read(part: unknown): Promise<PartResult> {
    const thread = this.threads[this.next++ % this.threads.length] as PartThread;
    return thread.read(part);
  }

  /** Threads that are at work are ended; the others wait for another query. */
  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.release()));
  }
}

class PartThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private ids = 0;
  private isGone = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    const { url, execArgv } = entry();
    // Not a static import: whoever bundles the engine for a page has no such module.
    const threads = process.getBuiltinModule('node:worker_threads');
    this.worker = new threads.Worker(url, { execArgv });
    this.worker.on('message', (message: FromThread) => this.settle(message));
    this.worker.on('error', (error: Error) => this.gone(error.message));
    this.worker.on('exit', (code) => this.gone(`it ended with code ${code}`));
  }

  take(job: PartJob): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.worker.ref();
    this.post({ kind: 'job', job });
  }

  read(part: unknown): Promise<PartResult> {
    return new Promise((resolve, reject) => {
      if (this.isGone) {
        reject(new Error('the thread has ended'));
        return;
      }
      const id = this.ids++;
      this.waiting.set(id, { resolve, reject });
      this.post({ kind: 'part', id, part });
    });
  }

  async release(): Promise<void> {
    const isBusy = this.waiting.size > 0;
    for (const { reject } of this.waiting.values()) reject(new Error('the query has ended'));
    this.waiting.clear();
    if (isBusy || this.isGone || idle.length >= IDLE_MAX) {
      this.isGone = true;
      await this.worker.terminate();
      return;
    }
    // An idle thread keeps no process alive.
    this.worker.unref();
    idle.push(this);
    this.timer = setTimeout(() => this.end(), IDLE_MS);
    this.timer.unref();
  }

  private end(): void {
    const at = idle.indexOf(this);
    if (at >= 0) idle.splice(at, 1);
    this.isGone = true;
    void this.worker.terminate();
  }

  private post(message: ToThread): void {
    if (!this.isGone) this.worker.postMessage(message);
  }

  private settle(message: FromThread): void {
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'part') waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.message));
  }

  private gone(why: string): void {
    if (this.isGone && this.waiting.size === 0) return;
    this.isGone = true;
    const at = idle.indexOf(this);
    if (at >= 0) idle.splice(at, 1);
    for (const { reject } of this.waiting.values()) reject(new Error(`a thread is gone: ${why}`));
    this.waiting.clear();
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
    if (built !== undefined) return { url: new URL('part-thread.mjs', built), execArgv: [] };
    return {
      url: new URL(import.meta.url.replace(/[^/]*$/, 'part-thread.node.ts')),
      execArgv: ['--conditions=@velostream/source', '--no-warnings'],
    };
  }
  return { url: new URL(import.meta.resolve('@velostream/core/engine/part-thread')), execArgv: [] };
}
