import { expect, test } from 'vitest';
import { countDistinct } from './count-distinct.ts';
import { addValue, sizeOf, type ValueSet } from './value-set.ts';

test('a value counts once, in the list and beyond it', () => {
  let set: ValueSet = [];
  for (const round of [[], []]) for (let i = round.length; i < 40; i++) set = addValue(set, i);
  expect([sizeOf(set), [...set][39]]).toEqual([40, 39]);
});

test('one number is one value in any lane', () => {
  let set: ValueSet = [];
  for (const value of [0, -0, 0n, Number.NaN, Number.NaN, 5n, 5, 2n ** 60n, 2n ** 60n]) set = addValue(set, value);
  expect([...set]).toEqual([0, Number.NaN, 5, 2n ** 60n]);
});

test('saved and joined states hold the same values', () => {
  let [left, right] = [countDistinct.create(), countDistinct.create()];
  for (let i = 0; i < 20; i++) left = addValue(left, `t${i}`);
  for (let i = 20; i < 30; i++) right = addValue(right, `t${i % 25}`);
  const joined = countDistinct.merge(countDistinct.load(countDistinct.save(left)), right);
  expect(countDistinct.result(joined)).toBe(25);
  expect(countDistinct.save(joined)).toEqual(Array.from({ length: 25 }, (_, i) => `t${i}`));
});
