import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnFromScalars } from '../../values/column-builder.ts';
import { INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';
import { GroupKeys } from './group-keys.ts';
import { KeyCache } from './key-cache.ts';
import { KeyIndex } from './key-index.ts';

test('an index answers like a map, dense or sparse', () => {
  const step = fc.record({ key: fc.oneof(fc.nat(50), fc.integer({ min: 60_000, max: 2_000_000 })), remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const index = new KeyIndex();
      const model = new Map<number, number>();
      for (const [group, { key, remove }] of steps.entries()) {
        if (model.has(key)) {
          if (remove) {
            index.delete(key);
            model.delete(key);
          }
        } else {
          index.set(key, group);
          model.set(key, group);
        }
        for (const k of [key, key + 1, 0]) expect(index.get(k)).toBe(model.get(k) ?? -1);
        expect(index.array === null || index.array.length > 0).toBe(true);
      }
      expect(index.bytes).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300, seed: 51 },
  );
});

test('keys are given up with their last hold, and their ids given again', () => {
  const keys = new GroupKeys([STRING, INTEGER]);
  const bind = (rows: readonly (readonly Scalar[])[]) =>
    keys.bind({
      columns: [STRING, INTEGER].map((type, c) =>
        columnFromScalars(
          type,
          rows.map((row) => row[c] as Scalar),
        ),
      ),
      offset: 0,
    });
  bind([
    ['a', 1],
    ['a', 2],
    ['a', 1],
    [null, null],
  ]);
  const ids = [0, 1, 2, 3].map((row) => keys.idOf(row));
  expect(ids[0]).toBe(ids[2]);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) keys.retain(id);
  const { generation } = keys;
  keys.release(ids[0]!);
  expect([keys.size, keys.generation]).toEqual([3, generation]);
  keys.release(ids[0]!);
  expect([keys.size, keys.generation]).toEqual([2, generation + 1]);
  bind([['b', 7]]);
  expect(keys.idOf(0)).toBe(ids[0]);
  keys.dropIfUnused(ids[0]!);
  expect(keys.size).toBe(2);
});

test('keys come back from a checkpoint in the order written; no key columns are one key', () => {
  const writer = createStateWriter();
  const keys = new GroupKeys([STRING]);
  keys.bind({ columns: [columnFromScalars(STRING, ['x', 'y', null])], offset: 0 });
  for (let row = 0; row < 3; row++) keys.retain(keys.idOf(row));
  keys.write(writer, Int32Array.of(2, 0), 2);
  const none = new GroupKeys([]);
  none.bind({ columns: [], offset: 0 });
  none.write(writer, Int32Array.of(0), 1);
  const reader = createStateReader(writer.finish());
  const restored = new GroupKeys([STRING]);
  restored.read(reader);
  expect(restored.size).toBe(2);
  restored.bind({ columns: [columnFromScalars(STRING, [null, 'x'])], offset: 0 });
  expect([restored.idOf(0), restored.idOf(1)]).toEqual([0, 1]);
  const again = new GroupKeys([]);
  again.read(reader);
  expect([again.size, again.limit, again.idOf(5)]).toEqual([1, 1, 0]);
});

test('a cache begins anew for another dictionary, and grows with the keys', () => {
  const keys = new GroupKeys([INTEGER]);
  const cache = new KeyCache(keys);
  const column = columnFromScalars(
    INTEGER,
    Array.from({ length: 9000 }, (_, i) => i),
  );
  cache.prepare([column]);
  cache.ids[3] = 7;
  cache.prepare([column]);
  expect(cache.ids[3]).toBe(7);
  keys.bind({ columns: [column], offset: 0 });
  for (let row = 0; row < 9000; row++) keys.idOf(row);
  const { mask } = cache;
  cache.prepare([column]);
  expect(cache.mask).toBeGreaterThan(mask);
  cache.ids[3] = 7;
  cache.prepare([columnFromScalars(STRING, ['a'])]);
  expect(cache.ids[3]).toBe(0);
});
