import { describe, expect, test } from 'vitest';
import { editDistance } from '../syntax/edit-distance.ts';
import { listFunctions, provideAllFunctions } from './all-functions.ts';
import { callScalar, evaluateNode, parseExample } from './example.fixture.ts';
import { findFunction, suggestFunctions } from './registry.ts';

provideAllFunctions();

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
    expect(findFunction('array_contains', { compat: 'velostream' })?.summary).toContain('NULL equals NULL');
    for (const name of ['split', 'array_contains']) {
      const fn = findFunction(name, { compat: 'velostream' });
      if (fn?.kind !== 'scalar') throw new Error(`${name} is no scalar function`);
      for (const { sql, gives } of fn.examples) {
        const node = parseExample(sql);
        if (node.kind !== 'call') throw new Error(`${sql} is no call`);
        const args = node.args.map((arg) => ({ ...evaluateNode(arg), constant: undefined }));
        expect(
          callScalar(
            fn,
            args,
            args.map((arg) => arg.value),
          ),
          sql,
        ).toEqual(gives);
      }
    }
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
