import { describe, expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';
import { findFunction, listFunctions, suggestFunctions } from './registry.ts';

describe('finding', () => {
  test('by name and alias in any case', () => {
    expect(findFunction('Char_Length')?.name).toBe('length');
    expect(findFunction('stddev')?.name).toBe('stddev_samp');
    expect(findFunction('constructor')).toBeUndefined();
  });
  test('FIRST_VALUE with OVER means the frame, LAG needs no telling', () => {
    expect(findFunction('first_value')?.kind).toBe('aggregate');
    expect(findFunction('FIRST', { over: true })?.kind).toBe('analytic');
    expect(findFunction('sum', { over: true })?.kind).toBe('aggregate');
    expect(findFunction('lag')?.kind).toBe('analytic');
  });
  test('the reference splits off the first piece', () => {
    expect(findFunction('split', { compat: 'velostream' })?.summary).toContain('first piece');
    expect(findFunction('split')?.summary).toContain('array');
    expect(findFunction('upper', { compat: 'velostream' })?.name).toBe('upper');
  });
});

describe('suggestions', () => {
  test.each([
    ['uper', ['upper', 'lower', 'power']],
    ['COUTN', ['count']],
    ['sunstring', ['substring']],
    ['zzzzzz', []],
    ['substr1ng', ['substring']],
  ])('%s: %j', (name, expected) => {
    expect(suggestFunctions(name).slice(0, Math.max(1, expected.length))[0]).toBe(expected[0]);
    expect(suggestFunctions(name).length).toBeLessThanOrEqual(3);
  });
  test('distance counts a swap as one and stops at the limit', () => {
    expect([
      editDistance('ab', 'ba', 2),
      editDistance('abc', 'abcdef', 2),
      editDistance('kitten', 'sitting', 5),
      editDistance('abcd', 'wxyz', 2),
    ]).toEqual([1, 3, 3, 3]);
  });
});

test('signatures read like calls', () => {
  const signature = (name: string) => listFunctions().find((f) => f.name === name)?.signature;
  expect(signature('round')).toBe('ROUND(n [, digits])');
  expect(signature('count')).toBe('COUNT(* | [value])');
  expect(signature('concat_ws')).toBe('CONCAT_WS(separator [, value, …])');
  expect(signature('lag')).toBe('LAG(value [, rows [, default]]) OVER (…)');
  expect(signature('least')).toBe('LEAST(value, …)');
});
