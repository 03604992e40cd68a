import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLOAT, INTEGER, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { field, rowsOf } from '../plan.fixture.ts';
import { makeRowReader } from '../row-reader.ts';
import { fusedReader } from './fused-reader.ts';

const FIELDS = [field('s', STRING), field('x', FLOAT), field('n', INTEGER), field('at', TIMESTAMP)];

describe('rows read in one pass', () => {
  test('are what column by column gives, errors and conversions included', () => {
    const value = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom<unknown>('a', 'bb', '', null, undefined) },
      { weight: 12, arbitrary: fc.constantFrom<unknown>(1, 2.5, -0, 2 ** 60, Number.NaN) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(true, 5n, new Date(7), {}) },
    );
    const row = fc.oneof(
      { weight: 30, arbitrary: fc.record({ s: fc.constantFrom('a', 'b', null), x: fc.double(), n: fc.maxSafeInteger(), at: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ s: value, x: value, n: value, at: value }, { requiredKeys: [] }) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 5, 'text') },
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), (rows, chunk, lent) => {
        const outcome = (codegen: boolean) => {
          const context = testContext({ codegen });
          const read = makeRowReader(FIELDS, context, lent);
          const all: unknown[] = [];
          // rows of other kinds than objects come from callers without types
          for (let i = 0; i < rows.length; i += chunk) all.push(...rowsOf(read(rows as object[], i, Math.min(rows.length, i + chunk))));
          return { all, errors: context.errors.map((e) => e.sample) };
        };
        expect(outcome(true)).toEqual(outcome(false));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('leaves other columns to the general reader', () => {
    expect(fusedReader([field('toString', STRING)], false)).toBeNull();
    expect(fusedReader([], false)).toBeNull();
    const read = fusedReader(FIELDS, true);
    expect(read?.([{ s: 1, x: 1, n: 1, at: 1 }], 0, 1)).toBeNull();
    expect(read?.([{ s: 'a', x: 1, n: 0.5, at: 1 }], 0, 1)).toBeNull();
  });

  test('arrays that are lent are used again', () => {
    const read = fusedReader([field('x', FLOAT)], true);
    const first = read?.([{ x: 1 }, { x: 2 }], 0, 2)?.[0];
    const second = read?.([{ x: null }], 0, 1)?.[0];
    expect([first?.lane === 'f64' && first.values[0], second?.nulls?.[0]]).toEqual([0, 1]);
    const own = fusedReader([field('x', FLOAT)], false);
    const kept = own?.([{ x: 1 }], 0, 1)?.[0];
    own?.([{ x: 2 }], 0, 1);
    expect(kept?.lane === 'f64' && kept.values[0]).toBe(1);
  });

  test('gives a text with many different values back to the general reader', () => {
    const read = makeRowReader([field('s', STRING)], testContext());
    const rows = Array.from({ length: 140_000 }, (_, i) => ({ s: `t${i}` }));
    const lanes = [0, 70_000].map((from) => read(rows, from, from + 70_000).columns[0]?.lane);
    expect(lanes).toEqual(['dict', 'dict']);
    expect(rowsOf(read(rows, 139_990, 139_992))).toEqual([
      ['+I', 't139990'],
      ['+I', 't139991'],
    ]);
  });
});
