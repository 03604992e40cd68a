/** Wall clock. Simulated in tests. */
export interface Clock {
  /** ms since the epoch, UTC. */
  now(): number;
}

/** Source of randomness: uniform in [0, 1). Seeded in tests. */
export interface Rng {
  next(): number;
}

/** When work goes on. The default yields to the host's event loop; tests step it. */
export interface Scheduler {
  /** Resolves after the host had a turn. */
  yield(): Promise<void>;
  /** Calls back after `delayMs`; returns the cancellation. */
  after(delayMs: number, run: () => void): () => void;
  /** Monotonic ms, for time budgets only; never part of an answer. */
  elapsed(): number;
}

/** Files, as far as core needs them (checkpoints). Connectors have their own. */
export interface Fs {
  read(path: string): Promise<Uint8Array>;
  /** Durable when it resolves: written aside, synced, renamed. */
  writeAtomic(path: string, data: Uint8Array): Promise<void>;
  list(directory: string): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
}
