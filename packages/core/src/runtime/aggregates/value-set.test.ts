import { expect, test } from 'vitest';
import { countDistinct } from './count-distinct.ts';
import { ValueSet } from './value-set.ts';

test('a value counts once, in the list and beyond it', () => {
  const set = new ValueSet();
  for (const round of [1, 2]) for (let i = 0; i < 40; i++) set.add(round * 0 + i);
  expect([set.size, [...set.values()][39]]).toEqual([40, 39]);
});

test('one number is one value in any lane', () => {
  const set = new ValueSet();
  for (const value of [0, -0, 0n, Number.NaN, Number.NaN, 5n, 5, 2n ** 60n, 2n ** 60n]) set.add(value);
  expect([...set.values()]).toEqual([0, Number.NaN, 5, 2n ** 60n]);
});

test('saved and joined states hold the same values', () => {
  const [left, right] = [countDistinct.create(), countDistinct.create()];
  for (let i = 0; i < 30; i++) (i < 20 ? left : right).add(`t${i % 25}`);
  const joined = countDistinct.merge(countDistinct.load(countDistinct.save(left)), right);
  expect(countDistinct.result(joined)).toBe(25);
  expect(countDistinct.save(joined)).toEqual(Array.from({ length: 25 }, (_, i) => `t${i}`));
});
