import { tooMany } from '../diagnostics/codes/studio.ts';
import type { Execution } from '../protocol/studio/session.ts';

const RUNNING_MAX = 32;
const KEPT_MAX = 64;

/** Executions of a session by id: those that run, and the latest that have ended. */
export class Executions {
  private readonly running = new Map<string, Execution>();
  private readonly ended = new Map<string, Execution>();

  /** Throws `limit-exceeded` before another one is made. */
  admit(): void {
    if (this.running.size >= RUNNING_MAX) throw tooMany('running queries in this session', RUNNING_MAX);
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

  find(id: string): Execution | undefined {
    return this.running.get(id) ?? this.ended.get(id);
  }

  async cancelAll(reason: string): Promise<void> {
    await Promise.all([...this.running.values()].map((e) => e.cancel(reason)));
  }
}
