import { afterEach, describe, expect, test, vi } from 'vitest';
import { translate } from '../offline/translate.ts';
import { market } from '../testing/market.fixture.ts';
import { turn } from '../testing/thread.fixture.ts';

vi.mock('../offline/translate.ts', async (original) => {
  const real = await original<typeof import('../offline/translate.ts')>();
  return { ...real, translate: vi.fn(real.translate) };
});

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

describe('a question in a thread', () => {
  test.each(['top 3 customers by spend', 'also the average price', 'count orders by status'])('%s: is read once', async (question) => {
    const { studio, session, assistant } = await market();
    opened.push(studio);
    await turn(assistant, session, 'trades of AURA per minute');
    vi.mocked(translate).mockClear();
    await turn(assistant, session, question);
    const readings = vi
      .mocked(translate)
      .mock.calls.filter(([{ prompt, previousSql }]) => prompt === question && previousSql === undefined);
    expect(readings.length).toBeLessThanOrEqual(1);
    expect(vi.mocked(translate).mock.calls.length).toBeGreaterThan(0);
  });
});
