import { describe, expect, test } from 'vitest';
import { INTEGER, type Scalar } from '../../../values/types.ts';
import { provideAllFunctions } from '../all-functions.ts';
import type { AnalyticFunction, PartitionView } from '../define.ts';
import { findFunction } from '../registry.ts';

provideAllFunctions();

function analytic(name: string): AnalyticFunction {
  const fn = findFunction(name, { over: true });
  if (fn?.kind !== 'analytic') throw new Error(`${name} is not analytic`);
  return fn;
}

/** A partition of single values in order, with an optional frame and further constant arguments. */
function viewOf(
  values: readonly Scalar[],
  position: number,
  more: Partial<PartitionView> & { readonly args?: readonly Scalar[] } = {},
): PartitionView {
  const { args = [], ...rest } = more;
  return {
    size: values.length,
    position,
    frameStart: 0,
    frameEnd: position + 1,
    ordered: true,
    argumentCount: 1 + args.length,
    value: (arg, row) => (arg === 0 ? values[row]! : args[arg - 1]!),
    peers: (a, b) => values[a] === values[b],
    ...rest,
  };
}

describe('frames', () => {
  test.each([
    ['first_value', 1, 3, 20],
    ['last_value', 1, 3, 30],
    ['first_value', 2, 2, null],
    ['last_value', 2, 2, null],
  ])('%s of rows %i to %i is %s', (name, frameStart, frameEnd, expected) => {
    expect(analytic(name).evaluate(viewOf([10, 20, 30, 40], 2, { frameStart, frameEnd }))).toBe(expected);
  });
  test('NTH_VALUE counts from the beginning of the frame', () => {
    const nth = (n: Scalar) => analytic('nth_value').evaluate(viewOf([10, 20, 30], 2, { frameStart: 1, frameEnd: 3, args: [n] }));
    expect([nth(1), nth(2), nth(3)]).toEqual([20, 30, null]);
    expect(() => nth(0)).toThrow('at least 1, not 0');
    expect(() => nth(null)).toThrow('at least 1, not null');
  });
});

describe('neighbours', () => {
  test('look beyond the frame but not beyond the buffer', () => {
    const lag = (args: readonly Scalar[]) => analytic('lag').evaluate(viewOf([10, 20, 30], 1, { frameStart: 1, args }));
    expect([lag([]), lag([0]), lag([2]), lag([2, -1])]).toEqual([10, 20, null, -1]);
    expect(() => lag([null])).toThrow('"LAG" needs a whole number of at least 0, not null');
    expect(() => lag([1.5])).toThrow('whole number');
  });
  test('say how far they reach', () => {
    const reach = analytic('lag').reach!;
    expect([reach([undefined]), reach([undefined, 7]), reach([undefined, undefined])]).toEqual([1, 7, undefined]);
  });
  test('have the type that value and default share', () => {
    const returns = analytic('lead').returns as (types: readonly unknown[], constants: readonly unknown[]) => unknown;
    expect(returns([INTEGER], [])).toBe(INTEGER);
    expect(returns([INTEGER, INTEGER, { kind: 'float' }], [undefined, 1, 0])).toEqual({ kind: 'float' });
  });
});

describe('ranks', () => {
  const all = (name: string, values: readonly Scalar[], more = {}) =>
    values.map((_, i) => analytic(name).evaluate(viewOf(values, i, more)));
  test('without ORDER BY all rows are equal', () => {
    const unordered = { ordered: false };
    expect(all('rank', [1, 2], unordered)).toEqual([1, 1]);
    expect(all('dense_rank', [1, 2], unordered)).toEqual([1, 1]);
    expect(all('percent_rank', [1, 2], unordered)).toEqual([0, 0]);
    expect(all('cume_dist', [1, 2], unordered)).toEqual([1, 1]);
  });
  test('tiles', () => {
    const tiles = (k: Scalar, n: number) =>
      Array.from({ length: n }, (_, i) => analytic('ntile').evaluate({ ...viewOf(Array(n).fill(k), i), argumentCount: 1 }));
    expect(tiles(2, 5)).toEqual([1, 1, 1, 2, 2]);
    expect(tiles(4, 2)).toEqual([1, 2]);
    expect(() => tiles(0, 1)).toThrow('at least 1');
  });
});
