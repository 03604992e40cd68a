import { describe, expect, test } from 'vitest';
import type { WatermarkNode } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { INTEGER, type Scalar, TIMESTAMP } from '../../values/types.ts';
import { testContext, testEnv } from '../compile/env.fixture.ts';
import { batchOf, column, field, scanOf, watermarkOf } from '../plan.fixture.ts';
import { makeWatermark } from './watermark.ts';

const fields = [field('value', INTEGER), field('ts', TIMESTAMP)];

function through(node: WatermarkNode, batches: readonly RecordBatch[], context = testContext()) {
  const operator = makeWatermark(node, context, testEnv(context));
  const out: RecordBatch[] = [];
  const marks: number[] = [];
  const output = { batch: (b: RecordBatch) => void out.push(b), watermark: (t: number) => void marks.push(t) };
  for (const batch of batches) operator.process(0, batch, 0, batch.length, output);
  return { out, marks, context, operator, output };
}

const batch = (...times: Scalar[]) =>
  batchOf(
    fields,
    times.map((t, i) => [i, t]),
  );

describe('watermarks', () => {
  test('follow the highest time, by the delay, and never fall', () => {
    const { marks, out } = through(watermarkOf(scanOf(fields), 1, 5), [batch(10, 20), batch(12), batch(30)]);
    expect(marks).toEqual([15, 25]);
    expect([...out[0]!.meta.eventTime!]).toEqual([10, 20]);
  });

  test('stand with each row where one is behind, and only there', () => {
    const { out } = through(watermarkOf(scanOf(fields), 1, 0), [batch(10, 20), batch(15, 40)]);
    expect(out[0]!.watermarks).toBe(null);
    expect([...out[1]!.watermarks!]).toEqual([20, 20]);
  });

  test('stand with every row where a reader needs them', () => {
    const { out } = through({ ...watermarkOf(scanOf(fields), 1, 0), perRow: true }, [batch(10, 20)]);
    expect([...out[0]!.watermarks!]).toEqual([Number.NEGATIVE_INFINITY, 10]);
  });

  test('a row without a time is an error of the record', () => {
    const { out, context, operator } = through(watermarkOf(scanOf(fields), 1, 0), [batch(10, null, 20)]);
    expect(out[0]!.length).toBe(2);
    expect(context.errors.map((e) => e.error.reason)).toEqual(['missing-event-time']);
    expect(operator.metrics).toMatchObject({ rowsIn: 3, rowsOut: 2, rowErrors: 1 });
  });

  test('a time too far ahead of the clock is an error of the record and moves nothing', () => {
    const context = testContext({ clock: { now: () => 1000 } });
    const { marks } = through({ ...watermarkOf(scanOf(fields), 1, 0), maxFutureMs: 500 }, [batch(900, 99_999, 1500)], context);
    expect(marks).toEqual([1500]);
    expect(context.errors.map((e) => e.error.reason)).toEqual(['event-time-in-future']);
  });

  test('a time that is calculated may fail for a row', () => {
    const ts = column(fields, 1);
    const zero = { kind: 'arithmetic', op: '%', left: ts, right: column(fields, 0), divisionByZero: 'error', type: INTEGER } as const;
    const { context, out } = through({ ...watermarkOf(scanOf(fields), 1, 0), time: zero }, [batch(7, 7, 7)]);
    expect(out[0]!.length).toBe(2);
    expect(context.errors.map((e) => e.error.reason)).toEqual(['division-by-zero']);
  });

  test('without a time expression rows bring theirs, the message time where they have none', () => {
    const node = { ...watermarkOf(scanOf(fields), 1, 0), time: null };
    const given = {
      ...batch(1, 2),
      meta: { ...batch(1, 2).meta, eventTime: Float64Array.of(Number.NaN, 8), timestamp: Float64Array.of(5, 6) },
    };
    expect([...through(node, [given]).out[0]!.meta.eventTime!]).toEqual([5, 8]);
    const stamped = { ...given, meta: { ...given.meta, eventTime: null } };
    expect([...through(node, [stamped]).out[0]!.meta.eventTime!]).toEqual([5, 6]);
    const timed = { ...given, meta: { ...given.meta, timestamp: null, eventTime: Float64Array.of(3, 4) } };
    expect([...through(node, [timed]).out[0]!.meta.eventTime!]).toEqual([3, 4]);
    expect(through(node, [batch(1)]).context.errors).toHaveLength(1);
  });

  test('one from outside counts when it is ahead', () => {
    const { operator, output, marks } = through(watermarkOf(scanOf(fields), 1, 0), [batch(10)]);
    operator.watermark(0, 5, output);
    operator.watermark(0, Number.POSITIVE_INFINITY, output);
    operator.end(0, output);
    expect(marks).toEqual([10, Number.POSITIVE_INFINITY]);
  });
});
