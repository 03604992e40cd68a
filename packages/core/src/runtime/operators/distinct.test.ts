import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AggregateNode, DistinctNode, PlanNode } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { FLOAT, INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import { field, type InputRow, runOperator, scan, signed } from '../rows/operator.fixture.ts';
import { makeDistinct } from './distinct.ts';

const FIELDS = [field('s', STRING), field('x', FLOAT), field('n', INTEGER)];
const nodeOf = (options: Partial<DistinctNode> = {}): DistinctNode => ({
  kind: 'distinct',
  input: scan(FIELDS),
  maxRows: 1000,
  windowEnd: null,
  fields: FIELDS,
  changes: 'append',
  ...options,
});
const run = (node: DistinctNode, rows: readonly InputRow[], options: { chunk?: number; restoreAfter?: (n: number) => boolean } = {}) =>
  runOperator({ make: (context, env) => makeDistinct(node, context, env), fields: [node.fields], rows, ...options });
const row = (values: readonly Scalar[], op?: 0 | 1 | 2 | 3): InputRow => ({ values, ...(op === undefined ? {} : { op }) });

const scalarRow = fc.tuple(
  fc.constantFrom('a', 'b', '', null),
  fc.constantFrom(0, -0, 1, 0.5, Number.NaN, null),
  fc.constantFrom<Scalar>(1, 2, 2n ** 60n, 2n ** 60n + 1n, null),
);
const textOf = (values: readonly Scalar[]) =>
  values.map((v) => (Object.is(v, -0) ? '0' : `${typeof v === 'bigint' ? 'n' : ''}${v}`)).join('|');

/** Keeps the rows seen last in a list, oldest first. */
function oracle(rows: readonly (readonly Scalar[])[], maxRows: number): number[] {
  const seen: string[] = [];
  return rows.flatMap((values, i) => {
    const text = textOf(values);
    if (seen.includes(text)) return [];
    seen.push(text);
    if (seen.length > maxRows) seen.shift();
    return [i];
  });
}

describe('distinct', () => {
  test('passes the first of equal rows, whatever their types and NULLs', () => {
    fc.assert(
      fc.property(fc.array(scalarRow, { maxLength: 60 }), fc.constantFrom(1, 2, 5, 1000), (rows, maxRows) => {
        const input = rows.map((values, i) => ({ values, time: i }));
        const got = run(nodeOf({ maxRows }), input, { chunk: 7 }).rows.map((r) => r.time);
        expect(got).toEqual(oracle(rows, maxRows));
      }),
      { numRuns: 400 },
    );
  });

  test('the deletion of a row has the event time that the row came with', () => {
    const node = nodeOf({ input: { ...scan(FIELDS), changes: 'retract' } });
    const at = (time: number, op: 0 | 3): InputRow => ({ values: ['a', 1, 1], time, op });
    const rows = [at(5, Op.insert), at(9, Op.insert), at(5, Op.delete), at(9, Op.delete), at(7, Op.insert)];
    for (const chunk of [1, 2, 5])
      for (const restoreAt of [-1, 0, 1, 2]) {
        const told = run(node, rows, { chunk, restoreAfter: (n) => n === restoreAt }).rows.map(({ op, time }) => [op, time]);
        expect(told, `chunks of ${chunk}, restored after ${restoreAt}`).toEqual([
          [Op.insert, 5],
          [Op.delete, 5],
          [Op.insert, 7],
        ]);
      }
  });

  test('neither batches nor restores change the output', () => {
    fc.assert(
      fc.property(fc.array(scalarRow, { maxLength: 40 }), (rows) => {
        const input = rows.map((values) => row(values));
        const node = nodeOf({ maxRows: 4 });
        const once = run(node, input).rows;
        expect(run(node, input, { chunk: 11 }).rows).toEqual(once);
        expect(run(node, input, { restoreAfter: () => true }).rows).toEqual(once);
      }),
      { numRuns: 150 },
    );
  });

  test('a row of an updating input goes when its last copy goes', () => {
    const a = ['a', 1, 1];
    const rows = [row(a), row(a), row(a, Op.delete), row(a, Op.updateBefore), row(['b', 1, 1], Op.updateAfter), row(a, Op.delete)];
    const { rows: out } = run(nodeOf({ input: scan(FIELDS, 'retract') }), rows);
    expect(signed(out)).toEqual(['+ a 1 1', '- a 1 1', '+ b 1 1']);
  });

  test('rows of a closed window are freed', () => {
    const fields = [field('s', STRING), field('start', TIMESTAMP), field('end', TIMESTAMP)];
    const aggregate: AggregateNode = {
      kind: 'aggregate',
      input: scan(FIELDS),
      keys: [],
      window: { kind: 'tumbling', sizeMs: 10 },
      aggregates: [],
      emit: 'final',
      allowedLatenessMs: 5,
      late: 'drop',
      maxGroups: null,
      inputChanges: 'append',
      fields,
      changes: 'append',
    };
    const project: PlanNode = {
      kind: 'project',
      input: { ...aggregate, keys: [{ kind: 'column', index: 0, name: 's', type: STRING }] },
      items: fields.map((f, index) => ({ kind: 'column', index, name: f.name, type: f.type })),
      eventTime: null,
      fields,
      changes: 'append',
    };
    const node = nodeOf({ input: project, windowEnd: 2, fields });
    const rows = [10, 20, 30, 40].map((end) => ({ values: ['a', end - 10, end], time: end }));
    const { operator } = runOperator({ make: (c, env) => makeDistinct(node, c, env), fields: [fields], rows, end: false });
    expect(operator.metrics).toMatchObject({ rowsIn: 4, rowsOut: 4, stateEntries: 1 });
  });
});

test('many windows, opened and closed in turn, leave nothing behind', () => {
  const fields = [field('s', STRING), field('end', INTEGER)];
  const rowsNode: PlanNode = {
    kind: 'window-rows',
    input: scan([field('s', STRING)]),
    window: { kind: 'tumbling', sizeMs: 10 },
    keys: [],
    emit: 'changes',
    allowedLatenessMs: 0,
    late: 'drop',
    fields,
    changes: 'append',
  };
  const node = nodeOf({ input: rowsNode, windowEnd: 1, fields, maxRows: 150 });
  const input = Array.from({ length: 2000 }, (_, i) => {
    const end = Math.floor(i / 200) * 10 + 10;
    return { values: [`s${i % 100}`, end], time: end - 5 };
  });
  const { rows, operator } = runOperator({
    make: (c, env) => makeDistinct(node, c, env),
    fields: [fields],
    rows: input,
    chunk: 64,
    end: false,
  });
  expect(rows).toHaveLength(1000);
  expect(operator.metrics.stateEntries).toBe(100);
});
