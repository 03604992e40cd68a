import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scalar } from '../../values/types.ts';
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

test('many values are those of a set, in their order, whatever comes between', () => {
  const value = fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: -300, max: 3000 }) },
    { weight: 3, arbitrary: fc.constantFrom(0, -0, 2 ** 31 - 1, -(2 ** 31), 65_536, 131_072) },
  );
  const odd = fc.constantFrom<Scalar>(2 ** 31, 0.5, Number.NaN, 2n ** 60n);
  fc.assert(
    fc.property(fc.array(value, { minLength: 100, maxLength: 900 }), fc.option(odd), fc.nat(900), (values, other, at) => {
      const all: Scalar[] = [...values];
      if (other !== null) all.splice(at % all.length, 0, other);
      let set: ValueSet = countDistinct.create();
      for (const each of all) set = addValue(set, each);
      const expected = [...new Set(all.map((each) => (Object.is(each, -0) ? 0 : each)))];
      expect([...set]).toEqual(expected);
      expect([sizeOf(set), countDistinct.save(countDistinct.load(countDistinct.save(set)))]).toEqual([expected.length, expected]);
    }),
    { numRuns: 200 },
  );
});
