import type { StudioStore } from '../protocol/studio/store.ts';
import type { Clock } from '../runtime/ports.ts';

export interface LeaseKeeperOptions {
  readonly store: Pick<StudioStore, 'lease' | 'release'> | undefined;
  readonly clock: Clock;
  readonly ttlMs: number;
  /** Another studio has it now: whatever was done under it has to end. */
  lost(id: string): Promise<void>;
  /** A moment to look at what others hold. */
  look(): Promise<void>;
}

/**
 * Which deployments of a store are run by this studio. What is held is renewed three times within its time; a studio that dies leaves the rest of
 * that time to the next one. Where the store cannot lend, everything is held.
 */
export class LeaseKeeper {
  private readonly o: LeaseKeeperOptions;
  private readonly holder = crypto.randomUUID();
  private readonly held = new Set<string>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private beating: Promise<void> = Promise.resolve();

  constructor(options: LeaseKeeperOptions) {
    this.o = options;
  }

  /** Whether others may run deployments of the same store. */
  get isShared(): boolean {
    return this.o.store?.lease !== undefined;
  }

  holds(id: string): boolean {
    return !this.isShared || this.held.has(id);
  }

  /** Takes it where nobody else has it. */
  async take(id: string): Promise<boolean> {
    const { store, clock, ttlMs } = this.o;
    if (store?.lease === undefined) return true;
    const taken = await store.lease({ name: `deployment/${id}`, holder: this.holder, now: clock.now(), ttlMs });
    if (taken) this.held.add(id);
    else this.held.delete(id);
    return taken;
  }

  async release(id: string): Promise<void> {
    if (!this.held.delete(id)) return;
    await this.o.store?.release?.(`deployment/${id}`, this.holder);
  }

  /** Begins to renew what is held, and to look at the rest. */
  start(): void {
    if (!this.isShared || this.timer !== undefined) return;
    this.timer = setInterval(() => {
      this.beating = this.beating.then(() => this.beat()).catch(() => {});
    }, this.o.ttlMs / 3);
    (this.timer as unknown as { unref?: () => void }).unref?.();
  }

  /** Lets go of everything; nothing of it may run any more. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    for (const id of [...this.held]) await this.release(id).catch(() => {});
  }

  private async beat(): Promise<void> {
    for (const id of [...this.held]) if (!(await this.take(id))) await this.o.lost(id);
    await this.o.look();
  }
}
