import { expect, test } from 'vitest';
import { createDictionary } from '../../../values/dictionary.ts';
import { CallMemo } from './call-memo.ts';

test('results are kept by dictionary, and its new codes have none', () => {
  const memo = new CallMemo();
  const first = createDictionary(['a']);
  memo.of(first)![0] = 'A';
  first.add('b');
  expect(memo.of(first)).toEqual(['A', undefined]);
  expect(memo.of(createDictionary(['c']))).toEqual([undefined]);
  expect(memo.of(first)).toEqual([undefined, undefined]);
});

test('a dictionary beyond the limit is not remembered', () => {
  const texts = Array.from({ length: (1 << 18) + 1 }, (_, i) => `t${i}`);
  expect(new CallMemo().of(createDictionary(texts))).toBeNull();
});
