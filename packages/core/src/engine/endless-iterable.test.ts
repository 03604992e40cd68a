import { expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';

test('an iterable without an end, of columns that nobody declared, is read as it goes', { timeout: 60_000 }, async () => {
  const told = { isReturned: false };
  function* numbers() {
    try {
      for (let n = 0; ; n++) {
        if (n > 400_000) throw new Error('read ahead of its reader');
        yield { n };
      }
    } finally {
      told.isReturned = true;
    }
  }
  const seen: number[] = [];
  for await (const { n } of createEngine({ sources: { numbers: numbers() } }).run('SELECT n FROM numbers WHERE n >= 99998')) {
    if (seen.push(Number(n)) === 5) break;
  }
  expect(seen).toEqual([99_998, 99_999, 100_000, 100_001, 100_002]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(told.isReturned).toBe(true);
});
