import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY, BOOLEAN, DATE, decimal, FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP } from '../values/types.ts';
import { testContext } from './compile/env.fixture.ts';
import { batchOf, field, rowsOf } from './plan.fixture.ts';
import { makeRowReader } from './row-reader.ts';
import { makeRowWriter } from './row-writer.ts';

function read(types: Record<string, SqlType> | readonly [string, SqlType][], rows: readonly unknown[]) {
  const context = testContext();
  const fields = (Array.isArray(types) ? types : Object.entries(types)).map(([name, type]) => field(name, type));
  // A caller without types may pass anything.
  const batch = makeRowReader(fields, context)(rows as object[], 0, rows.length);
  return { rows: rowsOf(batch).map((row) => row.slice(1)), batch, errors: context.errors, fields };
}

describe('rows into columns', () => {
  test('numbers and strings go straight into their lanes', () => {
    const { batch, rows } = read({ a: FLOAT, b: STRING, c: INTEGER }, [
      { a: 1.5, b: 'x', c: 2 },
      { a: 2, b: 'x', c: 3 },
    ]);
    expect(batch.columns.map((c) => [c.lane, c.nulls])).toEqual([
      ['f64', null],
      ['dict', null],
      ['f64', null],
    ]);
    expect(rows).toEqual([
      [1.5, 'x', 2],
      [2, 'x', 3],
    ]);
  });

  test('what is missing is NULL', () => {
    expect(read({ a: FLOAT, b: STRING, c: BOOLEAN }, [{}, { a: null, b: undefined, c: null }]).rows).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });

  test('values that need conversion get it', () => {
    const day = new Date('2024-05-01T00:00:00Z');
    const { rows } = read({ n: INTEGER, t: TIMESTAMP, d: DATE, m: decimal(10, 2) }, [
      { n: 9007199254740993n, t: day, d: '2024-05-01', m: '1.25' },
    ]);
    expect(rows).toEqual([[9007199254740993n, day.getTime(), day.getTime(), 125]]);
  });

  test('a value that does not fit is an error of its row, which is left out', () => {
    const { rows, errors } = read({ a: INTEGER, b: STRING }, [
      { a: 1, b: 'x' },
      { a: 'no', b: 'y' },
      { a: 3, b: 4 },
      { a: 5, b: 'z' },
    ]);
    expect(rows).toEqual([
      [1, 'x'],
      [5, 'z'],
    ]);
    expect(errors.map((e) => [e.error.reason, e.sample])).toEqual([
      ['value-mismatch', { a: 'no', b: 'y' }],
      ['value-mismatch', { a: 3, b: 4 }],
    ]);
  });

  test('what is no object is an error of its row', () => {
    const { rows, errors } = read({ a: INTEGER }, [{ a: 1 }, null, 7, { a: 2 }]);
    expect(rows).toEqual([[1], [2]]);
    expect(errors).toHaveLength(2);
  });

  test('names of object properties are columns like others', () => {
    const types: [string, SqlType][] = ['__proto__', 'constructor', 'toString', 'valueOf'].map((name) => [name, STRING]);
    const { rows } = read(types, [{}, JSON.parse('{"__proto__":"p","constructor":"c","toString":"t"}')]);
    expect(rows).toEqual([
      [null, null, null, null],
      ['p', 'c', 't', null],
    ]);
  });

  test('a column of type ANY keeps what it gets', () => {
    expect(read({ a: ANY }, [{ a: [1, 'x'] }, { a: true }, { a: 1n }]).rows).toEqual([[[1, 'x']], [true], [1]]);
  });
});

describe('columns into rows', () => {
  test('rows have no prototype, decimals all their digits', () => {
    const fields = [field('__proto__', STRING), field('m', decimal(10, 2)), field('d', DATE)];
    const row = makeRowWriter(fields)(batchOf(fields, [['x', 150, 0]]), 0);
    expect(Object.getPrototypeOf(row)).toBe(null);
    expect(Object.entries(row)).toEqual([
      ['__proto__', 'x'],
      ['m', '1.50'],
      ['d', '1970-01-01'],
    ]);
    expect(makeRowWriter(fields, 'number')(batchOf(fields, [['x', 150, 0]]), 0)['m']).toBe(1.5);
  });

  test('what was read comes out as it went in', () => {
    const types = { f: FLOAT, i: INTEGER, s: STRING, b: BOOLEAN, t: TIMESTAMP };
    const row = fc.record({
      f: fc.option(fc.double({ noNaN: true })),
      i: fc.option(
        fc.oneof(
          fc.maxSafeInteger().map((n) => n + 0),
          fc.constant(2n ** 60n),
        ),
      ),
      s: fc.option(fc.string()),
      b: fc.option(fc.boolean()),
      t: fc.option(fc.integer()),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        const { batch, fields, errors } = read(types, rows);
        expect(errors).toEqual([]);
        const write = makeRowWriter(fields);
        expect(rows.map((_, i) => ({ ...write(batch, i) }))).toEqual(rows.map((r) => ({ ...r })));
      }),
      { numRuns: 300, seed: 41 },
    );
  });
});
