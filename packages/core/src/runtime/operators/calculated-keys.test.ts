import { expect, test } from 'vitest';
import type { Expr } from '../../sql/bind/expression.ts';
import type { PlanWindow } from '../../sql/plan/plan.ts';
import { INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { buildPipeline } from '../pipeline.ts';
import { aggregateCall, aggregateOf, batchOf, column, field, queryOf, rowsOf, scanOf } from '../plan.fixture.ts';

const fields = [field('key', STRING), field('value', INTEGER), field('ts', TIMESTAMP)];
const KINDS = ['a', 'b', null, 'a', 'c', 'b'];
const rows = Array.from({ length: 40 }, (_, i): Scalar[] => [KINDS[i % 6]!, i % 3, i]);

/** `key || '!'`, and `value + 1`. */
const keys: readonly Expr[] = [
  { kind: 'concat', args: [column(fields, 0), { kind: 'literal', value: '!', type: STRING }], type: STRING },
  {
    kind: 'arithmetic',
    op: '+',
    left: column(fields, 1),
    right: { kind: 'literal', value: 1, type: INTEGER },
    divisionByZero: 'null',
    type: INTEGER,
  },
];
const windows: readonly (PlanWindow | null)[] = [null, { kind: 'tumbling', sizeMs: 20 }, { kind: 'session', gapMs: 3 }];

function results(node: { keys: readonly Expr[]; window: PlanWindow | null; emit: 'final' | 'changes' }, codegen: boolean, piece: number) {
  const calls = [aggregateCall('count', [], INTEGER), aggregateCall('max', [column(fields, 1)], INTEGER)];
  const plan = queryOf(
    aggregateOf(scanOf(fields), node.keys, calls, {
      window: node.window,
      emit: node.emit,
      changes: node.emit === 'final' ? 'append' : 'upsert',
    }),
  );
  const out: Scalar[][] = [];
  const pipeline = buildPipeline(plan, { ...testContext(), codegen }, (batch) => void out.push(...rowsOf(batch)));
  const plain = batchOf(fields, rows);
  const batch = { ...plain, meta: { ...plain.meta, eventTime: Float64Array.from(rows, (row) => row[2] as number) } };
  for (let from = 0; from < rows.length; from += piece) pipeline.scans[0]!.process(batch, from, Math.min(rows.length, from + piece));
  pipeline.scans[0]!.watermark(Number.POSITIVE_INFINITY);
  pipeline.scans[0]!.end();
  return out;
}

test.each(windows)('calculated keys belong to their rows in any piece of a batch (%j)', (window) => {
  for (const some of [keys, keys.slice(0, 1), keys.slice(1)]) {
    for (const emit of ['final', 'changes'] as const) {
      const node = { keys: some, window, emit };
      const expected = results(node, false, 1);
      for (const codegen of [true, false])
        for (const piece of [1, 7, 40]) {
          const found = results(node, codegen, piece);
          expect(window?.kind === 'session' ? found.map(String).sort() : found).toEqual(
            window?.kind === 'session' ? expected.map(String).sort() : expected,
          );
        }
    }
  }
  const counted = results({ keys: keys.slice(1), window: null, emit: 'final' }, true, 7).map((row) => row.slice(1));
  expect(counted).toEqual([
    [1, 14, 0],
    [2, 13, 1],
    [3, 13, 2],
  ]);
});
