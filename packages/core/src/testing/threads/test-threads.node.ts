import type { Worker } from 'node:worker_threads';
import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { FileReader } from '../run/files.ts';
import type { BeforeQuery, QueryOutcome, QuerySettings } from '../run/query-runner.ts';
import type { QuerySpec, TestSpec } from '../spec/test-spec.ts';
import type { FileAnswer, FileCall, FromTestThread, TestJob, ToTestThread } from './test-protocol.ts';

interface Waiting {
  resolve(outcome: QueryOutcome): void;
  reject(error: unknown): void;
}

/** Threads for the queries of one spec, started when there is work for one more. */
export class TestThreads {
  private readonly job: TestJob;
  private readonly files: FileReader;
  private readonly signal: AbortSignal | undefined;
  private readonly idle: TestThread[] = [];
  private readonly all: TestThread[] = [];

  constructor(spec: TestSpec, sql: string, files: FileReader, settings: QuerySettings, signal: AbortSignal | undefined) {
    const { memory, ...sent } = settings;
    this.job = {
      spec,
      sql,
      settings: sent,
      tracksMemory: memory !== undefined,
      canList: files.list !== undefined,
      canWrite: files.write !== undefined,
    };
    this.files = files;
    this.signal = signal;
  }

  /** Rejects only when the thread itself ends, with `test-thread`. */
  async run(query: QuerySpec, before: BeforeQuery): Promise<QueryOutcome> {
    const thread = this.idle.pop() ?? this.start();
    const outcome = await thread.run(query, before);
    this.idle.push(thread);
    return outcome;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((thread) => thread.close()));
  }

  private start(): TestThread {
    const thread = new TestThread(this.job, this.files, this.signal);
    this.all.push(thread);
    return thread;
  }
}

class TestThread {
  private readonly worker: Worker;
  private readonly files: FileReader;
  private readonly signal: AbortSignal | undefined;
  private waiting: Waiting | null = null;
  private ids = 0;
  private ended: string | null = null;

  constructor(job: TestJob, files: FileReader, signal: AbortSignal | undefined) {
    const { url, execArgv } = entry();
    // Not a static import: whoever bundles the test kit for a page has no such module.
    const threads = process.getBuiltinModule('node:worker_threads');
    this.files = files;
    this.signal = signal;
    this.worker = new threads.Worker(url, { execArgv });
    this.worker.on('message', (message: FromTestThread) => void this.onMessage(message));
    this.worker.on('error', (error: Error) => this.end(error.message));
    this.worker.on('exit', (code) => this.end(`it ended with code ${code}`));
    this.post({ kind: 'job', job });
    if (signal?.aborted) this.abort();
    else signal?.addEventListener('abort', this.abort, { once: true });
  }

  run(query: QuerySpec, before: BeforeQuery): Promise<QueryOutcome> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.ended === null) this.post({ kind: 'query', id: this.ids++, query, before });
      else this.end(this.ended);
    });
  }

  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.abort);
    await this.worker.terminate();
  }

  private readonly abort = (): void => this.post({ kind: 'abort' });

  private post(message: ToTestThread): void {
    this.worker.postMessage(message);
  }

  private async onMessage(message: FromTestThread): Promise<void> {
    if (message.kind === 'file') {
      this.post({ kind: 'file', id: message.id, answer: await answerTo(message.call, this.files) });
      return;
    }
    const { waiting } = this;
    this.waiting = null;
    if (message.kind === 'outcome') waiting?.resolve(message.outcome);
    else waiting?.reject(testingError('VS5412', { problem: message.message }));
  }

  private end(problem: string): void {
    this.ended ??= problem;
    this.waiting?.reject(testingError('VS5412', { problem: this.ended }));
    this.waiting = null;
  }
}

async function answerTo(call: FileCall, files: FileReader): Promise<FileAnswer> {
  try {
    if (call.action === 'read') return { kind: 'read', text: await files.read(call.path) };
    if (call.action === 'list') return { kind: 'listed', names: (await files.list?.(call.path)) ?? [] };
    await files.write?.(call.path, call.text);
    return { kind: 'written' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!VeloError.is(error)) return { kind: 'failed', message };
    const { code, reason, hint } = error;
    return { kind: 'failed', message, code, reason, ...(hint === undefined ? {} : { hint }) };
  }
}

/** The thread's own file: beside this one in the sources, an entry of the package once it is built. See the threads of the engine. */
function entry(): { readonly url: URL; readonly execArgv: string[] } {
  if (import.meta.url.endsWith('.ts')) {
    // Our own tests build it, because threads that take the types out of sources by themselves were seen to end their process.
    const built = process.env['VELO_BUILT_THREADS'];
    if (built !== undefined) return { url: new URL('test-thread.mjs', built), execArgv: [] };
    return {
      url: new URL(import.meta.url.replace(/[^/]*$/, 'test-thread.node.ts')),
      execArgv: ['--conditions=@velostream/source', '--no-warnings'],
    };
  }
  return { url: new URL(import.meta.resolve('@velostream/core/testing/thread')), execArgv: [] };
}
