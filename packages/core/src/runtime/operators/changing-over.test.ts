import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OverCall } from '../../sql/bind/expression.ts';
import { sum } from '../../sql/functions/aggregate/sum.ts';
import { rowNumber } from '../../sql/functions/analytic/row-number.ts';
import type { OverNode } from '../../sql/plan/plan.ts';
import { Op } from '../../values/record-batch.ts';
import { INTEGER, STRING } from '../../values/types.ts';
import { columnExpr, failsOnZero, field, type InputRow, runOperator, scan, signed } from '../rows/operator.fixture.ts';
import { makeChangingOver } from './changing-over.ts';

const FIELDS = [field('p', STRING), field('at', INTEGER), field('n', INTEGER)];
const callOf = (options: Partial<OverCall> = {}): OverCall => ({
  fn: sum,
  args: [columnExpr(2)],
  distinct: false,
  filter: null,
  partitionBy: [columnExpr(0, STRING)],
  orderBy: [{ expr: columnExpr(1), descending: false, nullsFirst: true }],
  bufferRows: 1000,
  frame: { unit: 'rows', start: Number.NEGATIVE_INFINITY, end: 0 },
  emit: 'every-record',
  expireAfterMs: null,
  type: INTEGER,
  ...options,
});
const nodeOf = (...calls: OverCall[]): OverNode => ({
  kind: 'over',
  input: scan(FIELDS, 'retract'),
  calls,
  fields: [...FIELDS, ...calls.map((call, i) => field(`o${i}`, call.type))],
  changes: 'retract',
});
const run = (node: OverNode, rows: readonly InputRow[], options: { chunk?: number; restoreAfter?: (n: number) => boolean } = {}) =>
  runOperator({ make: (context, env) => makeChangingOver(node, context, env), fields: [FIELDS], rows, delayMs: null, ...options });
const row = (op: InputRow['op'], p: string, at: number, n: number | bigint): InputRow => ({ values: [p, at, n], op: op ?? Op.insert });

/** What is left when deletions have taken their rows away. */
function left(rows: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of rows) counts.set(text.slice(2), (counts.get(text.slice(2)) ?? 0) + (text.startsWith('+') ? 1 : -1));
  expect([...counts.values()].every((count) => count >= 0)).toBe(true);
  return [...counts].flatMap(([text, count]) => Array<string>(count).fill(text)).sort();
}
const final = (...args: Parameters<typeof run>): string[] => left(signed(run(...args).rows));

const FAILING = callOf({ orderBy: [{ expr: failsOnZero(columnExpr(1)), descending: true, nullsFirst: true }] });
const HUGE = 2n ** 63n - 1n;

describe('OVER above rows that change', () => {
  test('a change in the middle of a partition is told for all rows behind it', () => {
    const rows = [row(0, 'a', 1, 1), row(0, 'a', 3, 3), row(0, 'a', 2, 2), row(Op.delete, 'a', 1, 1)];
    expect(final(nodeOf(callOf(), callOf({ fn: rowNumber, args: [] })), rows)).toEqual(['a 2 2 2 1', 'a 3 3 5 2']);
  });

  test.each([1, 2])('an update whose new row cannot be calculated takes the old one away (batches of %i)', (chunk) => {
    const rows = [row(0, 'a', 1, 1), row(0, 'a', 2, 2), row(Op.updateBefore, 'a', 1, 1), row(Op.updateAfter, 'a', 0, 5)];
    const result = run(nodeOf(FAILING), rows, { chunk });
    expect(left(signed(result.rows))).toEqual(['a 2 2 2']);
    expect(result.context.errors).toHaveLength(1);
    expect(result.operator.metrics.stateEntries).toBe(1);
  });

  test('a row whose arrival overflows a sum is reported and as if it had not come', () => {
    const rows = [row(0, 'a', 1, HUGE), row(0, 'a', 3, -5), row(0, 'a', 2, HUGE), row(Op.delete, 'a', 3, -5)];
    const result = run(nodeOf(callOf()), rows);
    expect(left(signed(result.rows))).toEqual([`a 1 ${HUGE} ${HUGE}`]);
    expect(result.context.errors).toHaveLength(1);
    expect(result.operator.metrics.stateEntries).toBe(1);
  });

  test('a row leaves though the sums behind it overflow without it', () => {
    const rows = [row(0, 'a', 1, -HUGE), row(0, 'a', 2, HUGE), row(0, 'a', 3, HUGE), row(Op.delete, 'a', 1, -HUGE)];
    const result = run(nodeOf(callOf()), rows);
    expect(left(signed(result.rows))).toEqual([`a 2 ${HUGE} 0`, `a 3 ${HUGE} ${HUGE}`]);
    expect(result.context.errors).toHaveLength(1);
    expect(result.operator.metrics.stateEntries).toBe(2);
  });

  test('nothing but deletions leaves nothing behind', () => {
    const rows = [row(0, 'a', 0, 1), row(0, 'a', 4, 1), row(Op.delete, 'a', 4, 1), row(Op.delete, 'b', 1, 1)];
    expect(run(nodeOf(FAILING), rows).operator.metrics.stateEntries).toBe(0);
  });

  test('equals the batch over what is left, however it came, also where rows fail', () => {
    const change = fc.record({ p: fc.constantFrom('a', 'b'), at: fc.nat(4), n: fc.nat(3), next: fc.option(fc.nat(4)) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), fc.integer({ min: 1, max: 5 }), (changes, chunk) => {
        const held: InputRow[] = [];
        const rows: InputRow[] = [];
        for (const { p, at, n, next } of changes) {
          const old = held.findIndex((r) => r.values[0] === p);
          if (next === null || old < 0) {
            held.push(row(0, p, at, n));
            rows.push(held.at(-1)!);
          } else {
            const [gone] = held.splice(old, 1);
            held.push(row(0, p, next, n));
            rows.push({ ...gone!, op: Op.updateBefore }, row(Op.updateAfter, p, next, n));
          }
        }
        // Rows at one place stand in the order they came; a sum over them does not tell them apart by RANGE.
        const node = nodeOf({ ...FAILING, frame: { unit: 'range', start: Number.NEGATIVE_INFINITY, end: 0 } });
        const expected = final(node, held);
        expect(final(node, rows, { chunk })).toEqual(expected);
        expect(final(node, rows, { chunk, restoreAfter: (n) => n % 2 === 0 })).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
