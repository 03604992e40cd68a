import { expect, test } from 'vitest';
import { FLOAT, INTEGER, STRING } from '../values/types.ts';
import { testContext } from './compile/env.fixture.ts';
import { aggregateCall, aggregateOf, column, field, queryOf, run, scanOf } from './plan.fixture.ts';
import { quietAggregatesOf } from './quiet-aggregates.ts';

const fields = [field('auction', STRING), field('price', INTEGER)];
const inner = aggregateOf(scanOf(fields), [column(fields, 0)], [aggregateCall('max', [column(fields, 1)], INTEGER)], {
  emit: 'changes',
  changes: 'retract',
});
const outer = aggregateOf(inner, [], [aggregateCall('avg', [column(inner.fields, 1)], FLOAT), aggregateCall('count', [], INTEGER)], {
  emit: 'changes',
  changes: 'upsert',
});

test('an update that leaves a row as it was does not reach the aggregation above', () => {
  const rows = [
    ['a', 5],
    ['a', 3],
    ['b', null],
    ['b', null],
    ['a', 7],
    ['b', 1],
    ['b', 1],
  ];
  for (const codegen of [true, false])
    for (const chunks of [[7], [1], [2, 3]])
      expect(run(queryOf(outer), rows, { chunks, context: { ...testContext(), codegen } })).toEqual([
        ['+I', 5, 1],
        ['+U', 5, 2],
        ['+U', 7, 2],
        ['+U', 4, 2],
      ]);
});

test('only what other aggregations alone can see is quiet', () => {
  expect([...quietAggregatesOf(outer)]).toEqual([inner]);
  expect(quietAggregatesOf(inner).size).toBe(0);
  expect(quietAggregatesOf({ ...outer, window: { kind: 'tumbling', sizeMs: 10 } }).size).toBe(0);
  const timed = { kind: 'system', name: '_EVENT_TIME', type: INTEGER } as const;
  expect(quietAggregatesOf({ ...outer, keys: [timed] }).size).toBe(0);
});
