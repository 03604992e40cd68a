export interface Pace {
  readonly perSecond: number;
  /** Rows that go out together; 1 by default. */
  readonly batch?: number;
  /** Faster than the clock by this factor; 1 by default. */
  readonly timeScale?: number;
  /** ms since any moment. */
  elapsed(): number;
  wait(ms: number): Promise<void>;
}

/**
 * Rows in batches at a rate of the wall clock. Each batch is due at a moment of its own, counted from the start: a batch that was slow to be taken is
 * made up for, so that the rate holds on the whole.
 */
export async function* paced<T>(rows: readonly T[], pace: Pace): AsyncGenerator<readonly T[]> {
  const { perSecond, batch = 1, timeScale = 1 } = pace;
  const start = pace.elapsed();
  for (let at = 0; at < rows.length; at += batch) {
    const dueAt = start + (at * 1000) / (perSecond * timeScale);
    const early = dueAt - pace.elapsed();
    if (early > 0) await pace.wait(early);
    yield rows.slice(at, at + batch);
  }
}
