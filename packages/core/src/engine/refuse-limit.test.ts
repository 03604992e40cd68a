import { describe, expect, test } from 'vitest';
import type { Limits } from '../protocol/limits.ts';
import { createEngine } from './create-engine.ts';

const sources = { trades: [{ symbol: 'A', price: 1 }] };
const misspelt = (name: string) => ({ [name]: 5 }) as Partial<Limits>;

describe('a limit that nobody knows', () => {
  test.each([
    ['maxGroup', 'Did you mean "maxGroups"?'],
    ['maxrows', 'Did you mean "maxRows"?'],
    ['groups', 'Did you mean "maxGroups"?'],
    ['zzz', 'Limits of a query: maxGroups, '],
  ])('is refused with what was meant: %s', async (name, hint) => {
    const refused = { code: 'VS5315', reason: 'unknown-limit', hint: expect.stringContaining(hint) };
    await expect(
      createEngine({ sources, limits: misspelt(name) })
        .run('SELECT symbol FROM trades')
        .rows(),
    ).rejects.toMatchObject(refused);
    await expect(
      createEngine({ sources })
        .run('SELECT symbol FROM trades', { limits: misspelt(name) })
        .rows(),
    ).rejects.toMatchObject(refused);
  });

  test('leaves known ones as they are', async () => {
    const query = createEngine({ sources, limits: { maxRows: 5, maxGroups: 2 } }).run('SELECT symbol FROM trades');
    await expect(query.rows()).resolves.toHaveLength(1);
  });
});

test('the last errors of a query say what to do', async () => {
  const query = createEngine({ sources, divisionByZero: 'error' }).run('SELECT price / (price - 1) AS q FROM trades');
  await query.rows();
  expect(query.metrics().lastErrors).toMatchObject([{ code: expect.stringMatching(/^VS/), hint: expect.stringMatching(/\.$/) }]);
});
