import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Op } from '../../values/record-batch.ts';
import { INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { batchOf, field, type InputRow } from '../rows/operator.fixture.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';
import { createTableStore } from './create-table-store.ts';
import type { MaterialisedTable, TableStore } from './table-store.ts';

const FIELDS = [field('k', STRING), field('n', INTEGER)];
const apply = (table: MaterialisedTable, rows: readonly InputRow[]): void => {
  const batch = batchOf(FIELDS, rows);
  table.apply(batch, 0, batch.length);
};
const row = (k: Scalar, n: Scalar, op: 0 | 1 | 2 | 3 = 0): InputRow => ({ values: [k, n], op });
const all = (table: MaterialisedTable) => [...table.rows()].map((r) => r.join(' '));
const copyOf = (store: TableStore, key: readonly number[]): MaterialisedTable => {
  const writer = createStateWriter();
  store.snapshot(writer);
  const other = createTableStore();
  const table = other.create('t', FIELDS, key);
  other.restore(createStateReader(writer.finish()));
  return table;
};

describe('tables', () => {
  test('a key replaces in place; a deletion takes the row out; the version grows', () => {
    const table = createTableStore().create('t', FIELDS, [0]);
    apply(table, [row('a', 1), row('b', 2), row('a', 3)]);
    expect(all(table)).toEqual(['a 3', 'b 2']);
    const { version } = table;
    apply(table, [row('a', 3, Op.updateBefore), row('a', 4, Op.updateAfter), row('b', 2, Op.delete), row('b', 5)]);
    expect(all(table)).toEqual(['a 4', 'b 5']);
    expect(table.version).toBeGreaterThan(version);
    expect(table.rowCount).toBe(2);
  });

  test('an update that moves a row to another key leaves nothing behind', () => {
    const table = createTableStore().create('t', FIELDS, [0]);
    apply(table, [row('a', 1), row('a', 1, Op.updateBefore), row('b', 1, Op.updateAfter)]);
    expect(all(table)).toEqual(['b 1']);
  });

  test('without a key rows append, and a deletion takes the newest equal row', () => {
    const table = createTableStore().create('t', FIELDS, []);
    apply(table, [row('a', 1), row('b', 1), row('a', 1), row('a', 1, Op.delete), row('z', 1, Op.delete)]);
    expect(all(table)).toEqual(['a 1', 'b 1']);
  });

  test('agrees with a list under any changes, with indexes and after a restore', () => {
    const change = fc.tuple(
      fc.constantFrom('a', 'b', 'c', null),
      fc.constantFrom<Scalar>(1, 2, null, 2n ** 60n),
      fc.constantFrom<0 | 2 | 3>(0, 0, 2, 3),
    );
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.constantFrom<readonly number[]>([], [0], [0, 1]),
        fc.nat(60),
        (changes, key, indexAt) => {
          const store = createTableStore();
          const table = store.create('t', FIELDS, key);
          const list: { values: Scalar[] }[] = [];
          const keyOf = (values: readonly Scalar[]) => (key.length === 0 ? values : key.map((c) => values[c])).map(String).join('|');
          changes.forEach(([k, n, op], i) => {
            if (i === indexAt) for (const columns of [[0], [1], [0, 1]]) table.lookup(columns, [null, null]);
            apply(table, [row(k, n, op)]);
            const at = list.findLastIndex(({ values }) => keyOf(values) === keyOf([k, n]));
            if (op === Op.delete) {
              if (at >= 0) list.splice(at, 1);
            } else if (at >= 0 && key.length > 0) list[at] = { values: [k, n] };
            else list.push({ values: [k, n] });
          });
          for (const t of [table, copyOf(store, key)]) {
            expect([...t.rows()]).toEqual(list.map((l) => l.values));
            expect(t.rowCount).toBe(list.length);
            for (const k of ['a', 'b', null]) {
              expect(t.lookup([0], [k])).toEqual(list.filter((l) => k !== null && l.values[0] === k).map((l) => l.values));
              for (const n of [2, 2n ** 60n, null]) {
                const want = list.filter((l) => k !== null && n !== null && l.values[0] === k && l.values[1] === n).map((l) => l.values);
                expect(t.lookup([0, 1], [k, n])).toEqual(want);
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('room of deleted rows is used again', () => {
    const table = createTableStore().create('t', FIELDS, [0]);
    table.lookup([1], [7]);
    for (let i = 0; i < 20; i++) {
      const rows = Array.from({ length: 500 }, (_, j) => row(`${i}-${j}`, j % 10));
      apply(table, rows);
      apply(
        table,
        rows.slice(1).map((r) => ({ ...r, op: Op.delete })),
      );
    }
    expect(table.rowCount).toBe(20);
    expect(table.lookup([1], [0])).toHaveLength(20);
    expect(all(table)[19]).toBe('19-0 0');
  });

  test('a bound on the rows ends in a coded error', () => {
    const table = createTableStore(2).create('t', FIELDS, []);
    expect(() => apply(table, [row('a', 1), row('b', 1), row('c', 1)])).toThrow(expect.objectContaining({ reason: 'limit-exceeded' }));
  });

  test('a checkpoint of other tables is refused', () => {
    const [store, other] = [createTableStore(), createTableStore()];
    store.create('t', FIELDS, []);
    const writer = createStateWriter();
    store.snapshot(writer);
    expect(() => other.restore(createStateReader(writer.finish()))).toThrow(expect.objectContaining({ reason: 'checkpoint-mismatch' }));
    other.create('u', FIELDS, []);
    expect(() => other.restore(createStateReader(writer.finish()))).toThrow(expect.objectContaining({ reason: 'checkpoint-mismatch' }));
    expect(store.create('t', FIELDS, [])).toBe(store.find('t'));
    expect(store.names()).toEqual(['t']);
  });

  test('a column named "__proto__" is data', () => {
    const fields = [field('__proto__', STRING)];
    const table = createTableStore().create('t', fields, [0]);
    const batch = batchOf(fields, [{ values: ['x'] }]);
    table.apply(batch, 0, 1);
    expect(table.lookup([0], ['x'])).toEqual([['x']]);
  });
});
