import { studioClosed, tooMany } from '../diagnostics/codes/studio.ts';
import type { Execution } from '../protocol/studio/session.ts';

const RUNNING_MAX = 32;
const KEPT_MAX = 64;

/** Executions of a session by id: those that run, and the latest that have ended. */
export class Executions {
  private readonly running = new Map<string, Execution>();
  private readonly ended = new Map<string, Execution>();
  private isClosed = false;

  /** Throws `limit-exceeded` or `studio-closed` before another one is made. */
  admit(): void {
    this.checkOpen();
    if (this.running.size >= RUNNING_MAX) throw tooMany('running queries in this session', RUNNING_MAX);
  }

  checkOpen(): void {
    if (this.isClosed) throw studioClosed('session');
  }

  add(execution: Execution): void {
    this.running.set(execution.id, execution);
  }

  end(id: string): void {
    const execution = this.running.get(id);
    if (!execution) return;
    this.running.delete(id);
    this.ended.set(id, execution);
    if (this.ended.size > KEPT_MAX) this.ended.delete(this.ended.keys().next().value as string);
  }

  get isRunning(): boolean {
    return this.running.size > 0;
  }

  find(id: string): Execution | undefined {
    return this.running.get(id) ?? this.ended.get(id);
  }

  /** Cancels what runs and admits nothing more: nobody would stop it. */
  async close(): Promise<void> {
    this.isClosed = true;
    const reason = 'the session was closed';
    await Promise.all([...this.running.values()].map((e) => e.cancel(reason)));
  }
}
