import { describe, expect, test } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';
import { delayOf, retry } from './retry.ts';

const signal = new AbortController().signal;
const failing = (times: number) => {
  let calls = 0;
  return {
    get calls() {
      return calls;
    },
    async run(): Promise<string> {
      if (++calls <= times) throw new Error(`failure ${calls}`);
      return 'done';
    },
  };
};

describe('retry', () => {
  test('waits longer each time, up to the longest, and never the same for all', () => {
    const policy = { retriesMax: 10, firstDelayMs: 100, delayMaxMs: 1_000 };
    const delays = (random: number) => [0, 1, 2, 3, 4, 40].map((n) => delayOf(n, { ...policy, random: () => random }));
    expect(delays(0)).toEqual([50, 100, 200, 400, 500, 500]);
    expect(delays(0.999).map(Math.round)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  test('gives the result of the first success', async () => {
    const work = failing(2);
    const waits: number[] = [];
    const policy = { retriesMax: 5, firstDelayMs: 10, delayMaxMs: 100, random: () => 0, wait: async (ms: number) => void waits.push(ms) };
    expect(await retry(() => work.run(), policy, { signal, mayHelp: () => true })).toBe('done');
    expect(waits).toEqual([5, 10]);
  });

  test('gives up after its repeats, at once when it cannot help, and when it is aborted', async () => {
    const policy = { retriesMax: 3, firstDelayMs: 1, delayMaxMs: 1, wait: async () => {} };
    const many = failing(100);
    await expect(retry(() => many.run(), policy, { signal, mayHelp: () => true })).rejects.toThrow('failure 4');
    const hopeless = failing(100);
    await expect(retry(() => hopeless.run(), policy, { signal, mayHelp: () => false })).rejects.toThrow('failure 1');
    const stopped = failing(100);
    await expect(retry(() => stopped.run(), policy, { signal: AbortSignal.abort(), mayHelp: () => true })).rejects.toThrow('failure 1');
  });
});

describe('a circuit breaker', () => {
  const setUp = () => {
    const clock = { now: 0 };
    const breaker = new CircuitBreaker('registry', { failuresMax: 3, openMs: 1_000, successesNeeded: 2 }, () => clock.now);
    const fail = () => breaker.run(() => Promise.reject(new Error('down'))).catch((error: unknown) => error);
    const succeed = () => breaker.run(async () => 'up');
    return { clock, breaker, fail, succeed };
  };

  test('opens after failures in a row and refuses without asking', async () => {
    const { breaker, fail, succeed } = setUp();
    await fail();
    await fail();
    await succeed();
    for (let i = 0; i < 3; i++) await fail();
    expect(breaker.state).toBe('open');
    expect(await fail()).toMatchObject({ code: 'VS4819' });
  });

  test('lets one call through after its time and closes after successes', async () => {
    const { clock, breaker, fail, succeed } = setUp();
    for (let i = 0; i < 3; i++) await fail();
    clock.now = 1_000;
    expect(breaker.state).toBe('half-open');
    const first = breaker.run(() => new Promise<string>((resolve) => setTimeout(() => resolve('up'), 0)));
    await expect(succeed()).rejects.toMatchObject({ code: 'VS4819' });
    await first;
    await succeed();
    expect(breaker.state).toBe('closed');
  });

  test('opens again when the call that it let through fails', async () => {
    const { clock, breaker, fail } = setUp();
    for (let i = 0; i < 3; i++) await fail();
    clock.now = 1_500;
    await fail();
    expect(breaker.state).toBe('open');
    clock.now = 2_400;
    expect(breaker.state).toBe('open');
    clock.now = 2_500;
    expect(breaker.state).toBe('half-open');
  });
});
