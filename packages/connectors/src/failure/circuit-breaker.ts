import { kafkaError } from '@velostream/core/connect';

export interface BreakerPolicy {
  /** Failures in a row that open it. */
  readonly failuresMax: number;
  /** How long it stays open. */
  readonly openMs: number;
  /** Successes in a row, once half open, that close it. */
  readonly successesNeeded: number;
}

export const DEFAULT_BREAKER: BreakerPolicy = { failuresMax: 5, openMs: 30_000, successesNeeded: 2 };

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Stops asking a system that fails: after some failures in a row calls are refused with VS4819 for a while, then one at a time is let
 * through, and some successes close it again. Its state is three numbers.
 */
export class CircuitBreaker {
  private readonly target: string;
  private readonly policy: BreakerPolicy;
  private readonly now: () => number;
  private failures = 0;
  private successes = 0;
  private openedAt = Number.NaN;
  private isProbing = false;

  constructor(target: string, policy: BreakerPolicy, now: () => number) {
    this.target = target;
    this.policy = policy;
    this.now = now;
  }

  get state(): BreakerState {
    if (Number.isNaN(this.openedAt)) return 'closed';
    return this.now() - this.openedAt < this.policy.openMs ? 'open' : 'half-open';
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const { state } = this;
    if (state === 'open' || (state === 'half-open' && this.isProbing)) {
      throw kafkaError('VS4819', { target: this.target, openMs: Math.max(0, this.openedAt + this.policy.openMs - this.now()) });
    }
    this.isProbing = state === 'half-open';
    try {
      const result = await work();
      this.succeed(state);
      return result;
    } catch (error) {
      this.fail(state);
      throw error;
    } finally {
      this.isProbing = false;
    }
  }

  private succeed(state: BreakerState): void {
    this.failures = 0;
    if (state === 'closed' || ++this.successes < this.policy.successesNeeded) return;
    this.openedAt = Number.NaN;
    this.successes = 0;
  }

  private fail(state: BreakerState): void {
    this.successes = 0;
    if (state === 'closed' && ++this.failures < this.policy.failuresMax) return;
    this.openedAt = this.now();
  }
}
