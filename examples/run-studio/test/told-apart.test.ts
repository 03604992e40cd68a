import { expect, test } from 'vitest';
import { toldApart } from '../page/told-apart.ts';

test('only those of one short name get their long one', () => {
  const leaf = (path: string): string => path.split('/').at(-1) ?? path;
  expect(toldApart(['a/orders.csv', 'b/orders.csv', 'b/trades.csv'], leaf, (path) => path)).toEqual([
    'a/orders.csv',
    'b/orders.csv',
    'trades.csv',
  ]);
});
