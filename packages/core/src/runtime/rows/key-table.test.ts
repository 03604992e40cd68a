import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnFromScalars } from '../../values/column-builder.ts';
import { createDictionary } from '../../values/dictionary.ts';
import { ANY, BOOLEAN, FLOAT, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';
import { KeyTable } from './key-table.ts';

const TYPES = [STRING, INTEGER, FLOAT, BOOLEAN, ANY];
const scalars = {
  string: fc.constantFrom<Scalar>('a', 'b', '', null),
  integer: fc.constantFrom<Scalar>(0, 1, -1, 2n ** 60n, 2n ** 60n + 1n, null),
  float: fc.constantFrom<Scalar>(0, -0, 0.5, Number.NaN, 2 ** 60, null),
  boolean: fc.constantFrom<Scalar>(true, false, null),
  any: fc.constantFrom<Scalar>(1, '1', [1], null),
};
const keyRow = fc.tuple(scalars.string, scalars.integer, scalars.float, scalars.boolean, scalars.any);
const textOf = (key: readonly Scalar[]) => key.map((v) => (Object.is(v, -0) ? 'number0' : `${typeof v}${v}`)).join('|');
const columnsOf = (keys: readonly (readonly Scalar[])[], width: number) =>
  Array.from({ length: width }, (_, c) =>
    columnFromScalars(
      TYPES[c]!,
      keys.map((key) => key[c]!),
      { dictionary: createDictionary() },
    ),
  );

describe('key table', () => {
  test('equal keys have one id, others another, through releases and restores', () => {
    const step = fc.record({ key: keyRow, releases: fc.boolean(), restores: fc.constantFrom(false, false, false, true) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, width) => {
        let table = new KeyTable(TYPES.slice(0, width), { nulls: 'equal' });
        let ids = new Map<string, number>();
        for (const { key, releases, restores } of steps) {
          const text = textOf(key.slice(0, width));
          const lookup = table.bind(columnsOf([key], width));
          const known = ids.get(text);
          expect(lookup(0, false)).toBe(known ?? -1);
          const id = lookup(0, true);
          expect(table.wasAdded).toBe(known === undefined);
          if (known === undefined) expect([...ids.values()]).not.toContain(id);
          else expect(id).toBe(known);
          ids.set(text, id);
          if (releases) {
            table.release(id);
            ids.delete(text);
          }
          if (restores) {
            const writer = createStateWriter();
            table.write(writer, Int32Array.from(ids.values()), ids.size);
            table = new KeyTable(TYPES.slice(0, width), { nulls: 'equal' });
            expect(table.read(createStateReader(writer.finish()))).toBe(ids.size);
            ids = new Map([...ids.keys()].map((t, i) => [t, i]));
          }
          expect(table.size).toBe(ids.size);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('thousands of keys, released and given again', () => {
    const table = new KeyTable([INTEGER, FLOAT], { nulls: 'equal' });
    const keys = Array.from({ length: 5000 }, (_, i): Scalar[] => [i % 100, i / 2]);
    const lookup = table.bind([
      columnFromScalars(
        INTEGER,
        keys.map((k) => k[0]!),
      ),
      columnFromScalars(
        FLOAT,
        keys.map((k) => k[1]!),
      ),
    ]);
    const ids = keys.map((_, i) => lookup(i, true));
    expect(new Set(ids).size).toBe(5000);
    for (const id of ids.slice(0, 2500)) table.release(id);
    expect(keys.map((_, i) => lookup(i, false)).slice(2500)).toEqual(ids.slice(2500));
    expect(lookup(0, false)).toBe(-1);
    keys.forEach((_, i) => void lookup(i, true));
    expect([table.size, table.limit]).toEqual([5000, 5000]);
    table.clear();
    expect(table.size).toBe(0);
    expect(lookup(7, false)).toBe(-1);
  });

  test('a code of a dictionary is known again, and forgotten with its key', () => {
    const table = new KeyTable([STRING], { nulls: 'never' });
    const dictionary = createDictionary(['a', 'b']);
    const column = { lane: 'dict', values: Int32Array.of(0, 1, 0, 0), nulls: Uint8Array.of(0, 0, 0, 1), dictionary } as const;
    const lookup = table.bind([column]);
    expect([0, 1, 2, 3].map((row) => lookup(row, true))).toEqual([0, 1, 0, -1]);
    table.release(0);
    expect(lookup(2, false)).toBe(-1);
    for (let i = 0; i < 6; i++) {
      const other = createDictionary(['x', 'b']);
      expect(table.bind([{ ...column, values: Int32Array.of(1), nulls: null, dictionary: other }])(0, false)).toBe(1);
    }
    dictionary.add('c');
    expect(table.bind([{ ...column, values: Int32Array.of(2), nulls: null }])(0, true)).toBe(0);
    table.clear();
    expect(table.bind([column])(1, false)).toBe(-1);
  });
});
