import type { Coverage } from '@velostream/core/protocol/explore';

export interface ReadLimits {
  readonly maxBytes: number;
  readonly maxRecords: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Counts what is read and says when it is enough, and why. */
export class Reading {
  scanned = 0;
  bytes = 0;
  readonly signal: AbortSignal;
  private readonly limits: ReadLimits;
  private readonly deadline: number;

  constructor(limits: ReadLimits) {
    this.limits = limits;
    this.deadline = performance.now() + limits.timeoutMs;
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    this.signal = limits.signal ? AbortSignal.any([limits.signal, timeout]) : timeout;
  }

  get stoppedBy(): Coverage['stoppedBy'] | undefined {
    if (this.limits.signal?.aborted) return 'cancelled';
    if (performance.now() >= this.deadline) return 'time';
    if (this.bytes >= this.limits.maxBytes) return 'bytes';
    return this.scanned >= this.limits.maxRecords ? 'limit' : undefined;
  }
}
