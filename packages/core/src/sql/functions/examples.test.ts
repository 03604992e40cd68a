import { beforeAll, describe, expect, test } from 'vitest';
import { toApi } from '../../values/api-value.ts';
import { compareExact, type Exact } from '../../values/exact.ts';
import { fromApi } from '../../values/from-api.ts';
import { inferFields } from '../../values/infer-type.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { scaleOf } from '../../values/unify-types.ts';
import { aggregateFunctions } from './aggregate/index.ts';
import { listFunctions } from './all-functions.ts';
import { analyticFunctions } from './analytic/index.ts';
import type { Accumulator, AggregateFunction, AnalyticFunction, FunctionExample, Moments } from './define.ts';
import { analyse, argumentsOf, evaluateSql, parseExample, plain, resultOf, seenBy } from './example.fixture.ts';
import { loadRegex } from './regex.ts';
import { findFunction } from './registry.ts';
import { windowFunctions } from './window/index.ts';

beforeAll(loadRegex);

const row = (sequence: number) => ({ eventTime: 1000 + sequence, sequence });

function close(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number' && typeof actual === 'number') expect(actual).toBeCloseTo(expected, 12);
  else if (Array.isArray(expected)) for (const [i, item] of expected.entries()) close((actual as unknown[])[i], item);
  else expect(actual).toEqual(expected);
}

describe('every scalar function gives what its examples say', () => {
  for (const info of listFunctions().filter((f) => f.kind === 'scalar')) {
    for (const { sql, gives } of info.examples) {
      test(sql, () => expect(evaluateSql(sql)).toEqual(gives));
    }
  }
});

function callOf(example: FunctionExample) {
  const node = parseExample(example.sql);
  if (node.kind !== 'call') throw new Error(`${example.sql} is no call`);
  return node;
}

/** State after the rows `from` to `to`, through save and load at every step. */
function stateOf(accumulator: Accumulator<unknown>, rows: readonly (readonly Scalar[])[], from: number, to: number): unknown {
  let state = accumulator.create();
  for (let i = from; i < to; i++) state = accumulator.load(accumulator.save(accumulator.add(state, rows[i]!, row(i))));
  return state;
}

/** The sums that the runtime would keep, computed from the whole. */
function momentsOf(type: SqlType | undefined, values: readonly Exact[]): Moments {
  const scale = type === undefined ? 1 : 10 ** scaleOf(type);
  const floats = values.map((v) => Number(v) / scale);
  const mean = floats.reduce((a, b) => a + b, 0) / floats.length;
  const sorted = [...values].sort(compareExact);
  return {
    count: values.length,
    sum: type?.kind === 'float' ? floats.reduce((a, b) => a + b, 0) : values.reduce((a: Exact, b) => Number(a) + Number(b), 0),
    m2: floats.reduce((a, b) => a + (b - mean) ** 2, 0),
    min: sorted[0] ?? 0,
    max: sorted.at(-1) ?? 0,
  };
}

describe('every aggregate gives what its examples say', () => {
  const all = aggregateFunctions.flatMap((fn) => fn.examples.map((example) => [fn, example] as const));
  test.each(all.map(([fn, example]) => [`${example.sql} over ${JSON.stringify(example.rows)}`, fn, example] as const))(
    '%s',
    (_, fn: AggregateFunction, example) => {
      const node = callOf(example);
      const { typed, values } = argumentsOf(node, example.rows!);
      const type = resultOf(fn.returns, typed);
      const types = typed.map((t) => t.type);
      const rows = seenBy(fn, values);
      const accumulator = fn.accumulator(
        types,
        typed.map((t) => t.constant),
      );
      const api = (state: unknown) => plain(toApi(type, accumulator.result(state)));
      close(api(stateOf(accumulator, rows, 0, rows.length)), example.gives);
      for (let cut = 0; cut <= rows.length; cut++) {
        close(api(accumulator.merge(stateOf(accumulator, rows, 0, cut), stateOf(accumulator, rows, cut, rows.length))), example.gives);
      }
      const extra = rows[0];
      if (accumulator.retract !== undefined && extra !== undefined) {
        const more = accumulator.add(stateOf(accumulator, rows, 0, rows.length), extra, row(99));
        close(api(accumulator.retract(more, extra, row(99))), example.gives);
      }
      const moments = fn.moments?.(types);
      if (moments !== undefined) {
        const m = momentsOf(
          types[0],
          rows.map((args) => (typeof args[0] === 'number' ? args[0] : 0)),
        );
        close(plain(toApi(type, moments.finish(m))), example.gives);
      }
    },
  );
});

describe('every analytic function gives what its examples say', () => {
  const all = analyticFunctions.flatMap((fn) => fn.examples.map((example) => [fn, example] as const));
  test.each(all.map(([fn, example]) => [`${example.sql} over ${JSON.stringify(example.rows)}`, fn, example] as const))(
    '%s',
    (_, fn: AnalyticFunction, example) => {
      const node = callOf(example);
      const { typed, values } = argumentsOf(node, example.rows!);
      const [first] = inferFields(example.rows!, { scan: 'whole' });
      const order = example.rows!.map((r) => fromApi(first!.type, r[first!.name]));
      close(analyse(fn, typed, values, order), example.gives);
    },
  );
});

test('window functions give bounds of the window from one minute to two', () => {
  const bounds = { start: 60_000, end: 120_000, duration: 60_000 };
  for (const fn of windowFunctions) for (const example of fn.examples) expect(bounds[fn.gives]).toBe(example.gives);
});

describe('the reference', () => {
  test('every function has a sentence, a signature and two examples, one of them with NULL or nothing', () => {
    for (const f of listFunctions()) {
      expect(f.summary, f.name).toMatch(/\.$/);
      expect(f.signature, f.name).toContain(f.name.toUpperCase());
      expect(f.examples.length, f.name).toBeGreaterThanOrEqual(2);
    }
  });
  test('names and aliases are unique', () => {
    const names = listFunctions()
      .filter((f) => f.kind !== 'analytic')
      .flatMap((f) => [f.name, ...f.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });
  test('every name is found in any case', () => {
    for (const f of listFunctions()) for (const name of [f.name, ...f.aliases]) expect(findFunction(name.toUpperCase())?.name).toBe(f.name);
  });
});
