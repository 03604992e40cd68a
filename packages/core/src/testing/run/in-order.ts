/**
 * Runs items at the same time, at most `jobs` of them, each after all that it needs. Of those that could start, the first starts first; with one job
 * they run one after the other in their order. What an item needs stands before it.
 */
export async function runInOrder<T>(
  items: readonly T[],
  needs: (item: T) => readonly T[],
  jobs: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = new Set(items);
  const done = new Set<T>();
  const running = new Set<Promise<void>>();
  while (waiting.size > 0 || running.size > 0) {
    for (const item of waiting) {
      if (running.size >= jobs) break;
      if (!needs(item).every((n) => done.has(n))) continue;
      waiting.delete(item);
      const started: Promise<void> = run(item).then(() => {
        done.add(item);
        running.delete(started);
      });
      running.add(started);
    }
    await Promise.race(running);
  }
}
