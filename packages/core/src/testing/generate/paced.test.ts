import { describe, expect, it } from 'vitest';
import { type Pace, paced } from './paced.ts';

/** Time passes by waiting, and by what the taker says it needed. */
async function taken(count: number, pace: Omit<Pace, 'elapsed' | 'wait'>, takesMs: (batch: number) => number = () => 0) {
  let now = 500;
  const batches: [at: number, rows: number][] = [];
  const clock = {
    elapsed: () => now,
    wait: async (ms: number) => {
      now += ms;
    },
  };
  for await (const rows of paced(
    Array.from({ length: count }, (_, i) => i),
    { ...pace, ...clock },
  )) {
    batches.push([now - 500, rows.length]);
    now += takesMs(batches.length);
  }
  return batches;
}

describe('rows at a rate', () => {
  it('go out one by one, evenly', async () => {
    expect(await taken(4, { perSecond: 10 })).toEqual([
      [0, 1],
      [100, 1],
      [200, 1],
      [300, 1],
    ]);
  });

  it('go out in bursts, and faster than the clock', async () => {
    expect(await taken(5, { perSecond: 10, batch: 2, timeScale: 10 })).toEqual([
      [0, 2],
      [20, 2],
      [40, 1],
    ]);
  });

  it('make up for a batch that was slow to be taken', async () => {
    expect((await taken(5, { perSecond: 10 }, (n) => (n === 2 ? 250 : 0))).map(([at]) => at)).toEqual([0, 100, 350, 350, 400]);
  });
});
