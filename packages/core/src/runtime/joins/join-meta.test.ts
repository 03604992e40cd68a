import { expect, test } from 'vitest';
import { NO_META } from '../../values/record-batch.ts';
import { joinMeta } from './join-meta.ts';

test('a joined row has the later times, both headers with the left ones first, and the left key', () => {
  const left = {
    ...NO_META,
    eventTime: Float64Array.of(1, 9),
    timestamp: Float64Array.of(5, Number.NaN),
    key: ['l', undefined],
    headers: [
      new Map([
        ['h', 'left'],
        ['only', 'x'],
      ]),
      null,
    ],
  };
  const right = {
    ...NO_META,
    eventTime: Float64Array.of(3, Number.NaN),
    timestamp: Float64Array.of(4, 6),
    key: ['r', 'r2'],
    headers: [
      new Map([
        ['h', 'right'],
        ['more', 'y'],
      ]),
      new Map([['z', '1']]),
    ],
    topic: ['gone', 'gone'],
  };
  const rows = (...r: number[]) => Int32Array.from(r);
  const meta = joinMeta({ meta: left, rows: rows(0, 1, -1) }, { meta: right, rows: rows(0, 1, 1) }, 3);
  expect([...(meta.eventTime ?? [])]).toEqual([3, 9, Number.NaN]);
  expect([...(meta.timestamp ?? [])]).toEqual([5, 6, 6]);
  expect(meta.key).toEqual(['l', 'r2', 'r2']);
  expect(meta.headers).toEqual([
    new Map([
      ['h', 'left'],
      ['only', 'x'],
      ['more', 'y'],
    ]),
    new Map([['z', '1']]),
    new Map([['z', '1']]),
  ]);
  expect(meta.topic).toBeNull();
});

test('what neither side has, the joined row has not', () => {
  const none = { meta: null, rows: Int32Array.of(-1) };
  expect(joinMeta({ meta: NO_META, rows: Int32Array.of(0) }, none, 1)).toEqual(NO_META);
  const late = joinMeta(
    { meta: { ...NO_META, eventTime: Float64Array.of(2), headers: [new Map([['a', 'b']])], key: ['k'] }, rows: Int32Array.of(0) },
    none,
    1,
  );
  expect(late).toMatchObject({ key: ['k'], headers: [new Map([['a', 'b']])] });
});
