import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY, arrayOf, decimal, FLOAT, INTEGER, INTERVAL, type Scalar, type SqlType, STRING, TIMESTAMP } from '../../../values/types.ts';
import { provideAllFunctions } from '../all-functions.ts';
import type { Accumulator, AggregateFunction } from '../define.ts';
import { findFunction } from '../registry.ts';

provideAllFunctions();

function aggregate(name: string): AggregateFunction {
  const fn = findFunction(name);
  if (fn?.kind !== 'aggregate') throw new Error(`${name} is no aggregate`);
  return fn;
}

function accumulatorOf(name: string, types: SqlType[], constants: (Scalar | undefined)[] = [], descending = false): Accumulator<unknown> {
  return aggregate(name).accumulator(types, constants, descending);
}

const row = (sequence: number) => ({ eventTime: sequence, sequence });

/** Adds all rows, in panes of the given sizes that are saved, loaded and merged in order. */
function run(a: Accumulator<unknown>, rows: readonly (readonly Scalar[])[], panes: readonly number[] = [rows.length]): Scalar {
  let at = 0;
  let state = a.create();
  for (const size of panes) {
    let pane = a.create();
    for (const end = Math.min(rows.length, at + size); at < end; at++) pane = a.add(pane, rows[at]!, row(at));
    state = a.merge(state, a.load(a.save(pane)));
  }
  while (at < rows.length) {
    state = a.add(state, rows[at]!, row(at));
    at++;
  }
  return a.result(state);
}

const near = (actual: Scalar, expected: number | null) => {
  if (expected === null) return expect(actual).toBeNull();
  expect(typeof actual).toBe('number');
  return expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
};

const double = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });
const panes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 });

describe('spread agrees with its definition, in any panes', () => {
  test.each([
    ['stddev_samp', 1, true],
    ['stddev_pop', 0, true],
    ['var_samp', 1, false],
    ['var_pop', 0, false],
  ] as const)('%s', (name, less, root) => {
    fc.assert(
      fc.property(fc.array(double, { maxLength: 20 }), panes, (xs, sizes) => {
        const mean = xs.reduce((a, b) => a + b, 0) / xs.length;
        const m2 = xs.reduce((a, x) => a + (x - mean) ** 2, 0);
        const variance = xs.length <= less ? null : m2 / (xs.length - less);
        const scale = Math.max(1, ...xs.map((x) => x * x));
        const actual = run(
          accumulatorOf(name, [FLOAT]),
          xs.map((x) => [x]),
          sizes,
        );
        if (variance === null) expect(actual).toBeNull();
        else if (root) expect(Math.abs((actual as number) ** 2 - variance)).toBeLessThanOrEqual(1e-9 * scale);
        else expect(Math.abs((actual as number) - variance)).toBeLessThanOrEqual(1e-9 * scale);
      }),
      { numRuns: 300, seed: 71 },
    );
  });
  test('far from zero nothing cancels out', () => {
    near(run(accumulatorOf('var_samp', [FLOAT]), [[1e9 + 4], [1e9 + 7], [1e9 + 13], [1e9 + 16]]), 30);
  });
  test('decimals count in their units', () => near(run(accumulatorOf('var_pop', [decimal(9, 2)]), [[100], [300]]), 1));
});

describe('sums', () => {
  test('are exact and order-free beyond 2^53, and can be taken back', () => {
    const value = fc.bigInt(-(2n ** 58n), 2n ** 58n);
    const a = accumulatorOf('sum', [INTEGER]);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 10 }), panes, (values, sizes) => {
        const rows = values.map((v): Scalar[] => [Number.isSafeInteger(Number(v)) ? Number(v) : v]);
        const expected = values.reduce((x, y) => x + y, 0n);
        expect(BigInt(run(a, rows, sizes) as bigint)).toBe(expected);
        let state = a.create();
        for (const r of rows) state = a.add(state, r, row(0));
        for (const r of rows.slice(1)) state = a.retract!(state, r, row(0));
        expect(BigInt(a.result(state) as bigint)).toBe(values[0]!);
      }),
      { numRuns: 500, seed: 72 },
    );
  });
  test('an overflow is an error and leaves the sum as it was', () => {
    const a = accumulatorOf('sum', [INTEGER]);
    const state = a.add(a.create(), [2n ** 63n - 1n], row(0));
    expect(() => a.add(state, [1], row(1))).toThrow('64 bits');
    expect(a.result(state)).toBe(2n ** 63n - 1n);
    expect(() => aggregate('sum').moments!([INTEGER])!.finish({ count: 2, sum: 2n ** 63n, m2: 0, min: 0, max: 0 })).toThrow('64 bits');
  });
  test('decimals sum exactly and overflow at 38 digits', () => {
    const a = accumulatorOf('sum', [decimal(9, 2)]);
    expect(run(a, [[10], [20]])).toBe(30);
    const wide = accumulatorOf('sum', [decimal(38, 0)]);
    expect(() => run(wide, [[10n ** 38n - 1n], [1]])).toThrow('38 digits');
  });
  test('values known only at run time stay whole while they can', () => {
    const a = accumulatorOf('sum', [ANY]);
    expect(run(a, [[1], [2n ** 60n]])).toBe(2n ** 60n + 1n);
    expect(run(a, [[1], [0.5], [2]], [1, 1, 1])).toBe(3.5);
    expect(run(a, [[0.5], [2]], [2])).toBe(2.5);
    expect(run(a, [[2 ** 53], [1]])).toBe(2n ** 53n + 1n);
    expect(() => run(a, [['x']])).toThrow('argument "value" of "SUM" is "x", not a number');
    expect(a.result(a.create())).toBeNull();
  });
  test('floats and intervals', () => {
    expect(run(accumulatorOf('sum', [FLOAT]), [[0.5], [1]], [1, 1])).toBe(1.5);
    expect(run(accumulatorOf('sum', [INTERVAL]), [[500], [1000]])).toBe(1500);
    expect(aggregate('sum').moments!([ANY])).toBeUndefined();
    expect(aggregate('sum').moments!([FLOAT])!.finish({ count: 1, sum: 0.5, m2: 0, min: 0, max: 0 })).toBe(0.5);
  });
});

describe('averages', () => {
  test('of integers may pass 64 bits on the way', () => {
    expect(run(accumulatorOf('avg', [INTEGER]), [[2n ** 62n], [2n ** 62n], [2n ** 62n]], [1, 1, 1])).toBe(2 ** 62);
  });
  test('of decimals are floats', () => {
    expect(run(accumulatorOf('avg', [decimal(9, 2)]), [[100], [250]])).toBe(1.75);
    const a = accumulatorOf('avg', [decimal(9, 2)]);
    expect(a.result(a.retract!(a.add(a.add(a.create(), [100], row(0)), [300], row(1)), [100], row(0)))).toBe(3);
    expect(aggregate('avg').moments!([decimal(9, 2)])!.finish({ count: 2, sum: 350, m2: 0, min: 0, max: 0 })).toBe(1.75);
    expect(aggregate('avg').moments!([ANY])).toBeUndefined();
  });
  test('of anything else is an error of the record', () => {
    expect(() => run(accumulatorOf('avg', [ANY]), [[true]])).toThrow('"AVG" is true');
    expect(run(accumulatorOf('avg', [ANY]), [[1], [2n]])).toBe(1.5);
  });
});

describe('extremes', () => {
  test('of every type, in any panes', () => {
    expect(run(accumulatorOf('min', [STRING]), [['b'], ['a'], ['c']], [1, 1])).toBe('a');
    expect(run(accumulatorOf('max', [TIMESTAMP]), [[1], [3], [2]], [2])).toBe(3);
    expect(run(accumulatorOf('max', [arrayOf(INTEGER)]), [[[1]], [[1, 2]]])).toEqual([1, 2]);
    expect(() => run(accumulatorOf('max', [ANY]), [[1], ['a']])).toThrow('incompatible');
    expect(aggregate('min').moments!([STRING])).toBeUndefined();
  });
  test('DELTA is their difference', () => {
    expect(run(accumulatorOf('delta', [TIMESTAMP]), [[5], [2]], [1, 1])).toBe(3);
    expect(run(accumulatorOf('delta', [decimal(9, 2)]), [[500], [225]])).toBe(275);
    expect(run(accumulatorOf('delta', [ANY]), [[1.5], [1]])).toBe(0.5);
    expect(run(accumulatorOf('delta', [FLOAT]), [[1.5], [1]])).toBe(0.5);
    expect(() => run(accumulatorOf('delta', [ANY]), [['a']])).toThrow('not a number');
    expect(() => run(accumulatorOf('delta', [INTEGER]), [[2n ** 62n], [-(2n ** 62n)]])).toThrow('64 bits');
    expect(aggregate('delta').moments!([ANY])).toBeUndefined();
  });
});

describe('percentiles', () => {
  const sorted = (xs: readonly number[]) => [...xs].sort((a, b) => a - b);
  test('interpolated ones agree with the definition', () => {
    fc.assert(
      fc.property(fc.array(double, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 100 }), panes, (xs, percent, sizes) => {
        const p = percent / 100;
        const s = sorted(xs);
        const at = p * (s.length - 1);
        const low = s[Math.floor(at)]!;
        const high = s[Math.ceil(at)]!;
        near(
          run(
            accumulatorOf('percentile_cont', [FLOAT, FLOAT]),
            xs.map((x) => [x, p]),
            sizes,
          ),
          low + (high - low) * (at - Math.floor(at)),
        );
      }),
      { numRuns: 500, seed: 73 },
    );
  });
  test('discrete ones are the first at or above the fraction', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 100 }),
        panes,
        (xs, percent, sizes) => {
          const p = percent / 100;
          const s = sorted(xs);
          const expected = s.find((_, i) => (i + 1) / s.length >= p);
          expect(
            run(
              accumulatorOf('percentile_disc', [INTEGER, FLOAT]),
              xs.map((x) => [x, p]),
              sizes,
            ),
          ).toBe(expected);
        },
      ),
      { numRuns: 500, seed: 74 },
    );
  });
  test('descending order counts from the top', () => {
    const rows = [
      [1, 0.25],
      [2, 0.25],
      [3, 0.25],
      [4, 0.25],
      [5, 0.25],
    ];
    expect(run(accumulatorOf('percentile_cont', [INTEGER, FLOAT], [], true), rows)).toBe(4);
    expect(run(accumulatorOf('percentile_disc', [INTEGER, FLOAT], [], true), rows)).toBe(4);
    expect(run(accumulatorOf('approx_percentile', [INTEGER, FLOAT], [], true), rows)).toBe(4);
  });
  test('a fraction outside 0 to 1 is an error of the record', () => {
    for (const name of ['percentile_cont', 'percentile_disc', 'approx_percentile']) {
      expect(() => run(accumulatorOf(name, [FLOAT, FLOAT]), [[1, 1.5]])).toThrow('fraction from 0 to 1');
    }
  });
  test('the sketch is within half a percent, in any order and any panes', () => {
    const a = accumulatorOf('approx_percentile', [FLOAT, FLOAT]);
    const values = Array.from({ length: 20_000 }, (_, i) => ((i * 7919) % 20_011) ** 1.5 - 100_000);
    const s = sorted(values);
    for (const p of [0, 0.01, 0.1, 0.5, 0.9, 0.99, 1]) {
      const exact = s[Math.round(p * (s.length - 1))]!;
      const rows = values.map((v) => [v, p]);
      const whole = run(a, rows) as number;
      expect(Math.abs(whole - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0051 + 40);
      expect(run(a, rows, [500, 3000, 800, 9000])).toBe(whole);
    }
  });
  test('the sketch knows zeros and has no trouble with the end of the doubles', () => {
    const a = accumulatorOf('approx_percentile', [FLOAT, FLOAT]);
    const rows = Array.from({ length: 1500 }, (_, i) => [i < 500 ? -1 : i < 1000 ? 0 : Number.MAX_VALUE, 0.5]);
    expect(run(a, rows)).toBe(0);
    expect(
      run(
        a,
        rows.map(([v]) => [v!, 1]),
      ),
    ).toBeGreaterThan(1.7e308);
    expect(
      run(
        a,
        rows.map(() => [0, 1]),
      ),
    ).toBe(0);
  });
});

describe('distinct values', () => {
  test('are counted by value, whatever the scale', () => {
    const a = accumulatorOf('count_distinct', [decimal(9, 2)]);
    expect(run(a, [[100], [200], [100]], [2, 1])).toBe(2);
    let state = a.create();
    for (const v of [100, 100, 200]) state = a.add(state, [v], row(0));
    expect(a.result(a.retract!(state, [100], row(0)))).toBe(2);
    expect(a.result(a.retract!(a.retract!(state, [100], row(0)), [200], row(0)))).toBe(0);
  });
  test('approximately: exact to 1000, then within 2 percent, the same in any panes', { timeout: 60_000 }, () => {
    const a = accumulatorOf('approx_count_distinct', [INTEGER]);
    for (const n of [10, 999, 1000, 1001, 5000, 30_000, 100_000]) {
      const rows = Array.from({ length: n }, (_, i) => [i * 7 + 3]);
      const whole = run(a, rows) as number;
      if (n <= 1000) expect(whole).toBe(n);
      else expect(Math.abs(whole - n) / n).toBeLessThan(0.02);
      expect(run(a, rows, [400, 700, 1500])).toBe(whole);
      expect(run(a, [...rows, ...rows])).toBe(whole);
    }
  });
  test('the mean error over many columns of text is under one percent', { timeout: 60_000 }, () => {
    const a = accumulatorOf('approx_count_distinct', [STRING]);
    let square = 0;
    for (let column = 0; column < 20; column++) {
      const rows = Array.from({ length: 20_000 }, (_, i) => [`user-${column}-${i}`]);
      square += ((run(a, rows) as number) / 20_000 - 1) ** 2;
    }
    expect(Math.sqrt(square / 20)).toBeLessThan(0.0125);
  });
});

describe('pairs agree with their definitions, in any panes', () => {
  const small = fc.integer({ min: -100, max: 100 });
  test.each(['corr', 'covar_pop', 'covar_samp', 'regr_slope', 'regr_intercept', 'regr_r2'])('%s', (name) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small), { maxLength: 12 }), panes, (pairs, sizes) => {
        const n = pairs.length;
        const [my, mx] = [0, 1].map((i) => pairs.reduce((s, p) => s + p[i]!, 0) / n) as [number, number];
        const sum = (f: (y: number, x: number) => number) => pairs.reduce((s, [y, x]) => s + f(y - my, x - mx), 0);
        const [xx, yy, xy] = [sum((_, x) => x * x), sum((y) => y * y), sum((y, x) => x * y)];
        const zero = (v: number) => Math.abs(v) < 1e-9;
        const expected: Record<string, number | null> = {
          corr: n < 2 || zero(xx) || zero(yy) ? null : xy / Math.sqrt(xx * yy),
          covar_pop: n < 1 ? null : xy / n,
          covar_samp: n < 2 ? null : xy / (n - 1),
          regr_slope: n < 2 || zero(xx) ? null : xy / xx,
          regr_intercept: n < 2 || zero(xx) ? null : my - (xy / xx) * mx,
          regr_r2: n < 2 || zero(xx) ? null : zero(yy) ? 1 : (xy * xy) / (xx * yy),
        };
        // Sums of equal values in several panes may leave a trace of variance where there is none.
        fc.pre(!(zero(xx) || zero(yy)) || n < 2 || sizes.length === 0);
        near(run(accumulatorOf(name, [INTEGER, INTEGER]), pairs, sizes), expected[name]!);
      }),
      { numRuns: 400, seed: 75 },
    );
  });
});

describe('in order', () => {
  test('FIRST and LAST go by event time, then by arrival, NULLs included', () => {
    const first = accumulatorOf('first_value', [INTEGER]);
    const last = accumulatorOf('last', [INTEGER]);
    const rows = [
      [5, 10],
      [null, 5],
      [7, 20],
      [8, 5],
      [9, 20],
    ] as const;
    for (const [a, expected] of [
      [first, null],
      [last, 9],
    ] as const) {
      let state = a.create();
      rows.forEach(([value, eventTime], sequence) => {
        state = a.add(state, [value], { eventTime, sequence });
      });
      expect(a.result(state)).toBe(expected);
    }
    const unplaced = [1, 2, 3].reduce((s, v, sequence) => last.add(s, [v], { eventTime: Number.NaN, sequence }), last.create());
    expect(last.result(unplaced)).toBe(3);
  });
  test('a moving average may be cut into panes anywhere', () => {
    fc.assert(
      fc.property(fc.array(double, { maxLength: 15 }), panes, fc.constantFrom(0.1, 0.5, 1, 3, 10), (xs, sizes, given) => {
        const weight = given > 1 ? 2 / (given + 1) : given;
        const expected = xs.length === 0 ? null : xs.slice(1).reduce((e, x) => e + weight * (x - e), xs[0]!);
        near(
          run(
            accumulatorOf('ema', [FLOAT, FLOAT], [undefined, given]),
            xs.map((x) => [x, given]),
            sizes,
          ),
          expected,
        );
      }),
      { numRuns: 500, seed: 76 },
    );
  });
  test('texts are joined in order of arrival', () => {
    expect(run(accumulatorOf('listagg', [decimal(9, 2), STRING], [undefined, '; ']), [[150], [-5]], [1, 1])).toBe('1.50; -0.05');
    expect(run(accumulatorOf('array_agg', [STRING]), [['b'], ['a']], [1, 1])).toEqual(['b', 'a']);
  });
  test('a score is of the latest value', () => {
    near(run(accumulatorOf('z_score', [FLOAT]), [[3], [1], [2]], [1, 1]), 0);
    near(run(accumulatorOf('z_score', [FLOAT]), [[1], [2], [3]], [2, 0, 1]), 1);
    expect(run(accumulatorOf('z_score', [FLOAT]), [[3]])).toBeNull();
  });
});

test('saved states do not share what goes on growing', () => {
  for (const [name, types, value] of [
    ['array_agg', [INTEGER], [1]],
    ['string_agg', [INTEGER], [1]],
    ['count_distinct', [INTEGER], [1]],
    ['approx_count_distinct', [INTEGER], [1]],
    ['median', [INTEGER], [1]],
    ['percentile_disc', [INTEGER, FLOAT], [1, 0.5]],
    ['approx_percentile', [INTEGER, FLOAT], [1, 0.5]],
  ] as const) {
    const a = accumulatorOf(name, [...types]);
    const state = a.add(a.create(), value, row(0));
    const saved = a.save(state);
    const before = a.result(a.load(saved));
    a.add(a.add(state, [value[0] + 1, 0.5], row(1)), [value[0] + 2, 0.5], row(2));
    expect(a.result(a.load(saved)), name).toEqual(before);
  }
});
