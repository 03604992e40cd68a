import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AggregateCall, Expr } from '../../sql/bind/expression.ts';
import type { PlanWindow } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { ANY, BOOLEAN, decimal, FLOAT, INTEGER, type Scalar, type SqlType, STRING } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { batchArbitrary, booleanArbitrary, COLUMN_TYPES, expressionArbitrary } from '../compile/expression.fixture.ts';
import { buildPipeline } from '../pipeline.ts';
import { aggregateCall, aggregateOf, column, field, queryOf, rowsOf, scanOf, watermarkOf } from '../plan.fixture.ts';

const SLOW = 120_000;
const fields = COLUMN_TYPES.map((type, c) => field(`c${c}`, type));
const at = (index: number): Expr => column(fields, index);
const sumType = (type: SqlType): SqlType => (type.kind === 'decimal' ? decimal(38, type.scale) : type);

const numeric = fc.constantFrom(0, 1, 2, 3, 4, 5).map(at);
const call: fc.Arbitrary<AggregateCall> = fc
  .tuple(
    fc.oneof(
      fc.constant(aggregateCall('count', [], INTEGER)),
      fc
        .tuple(fc.constantFrom('sum', 'min', 'max'), numeric)
        .map(([name, arg]) => aggregateCall(name, [arg], name === 'sum' ? sumType(arg.type) : arg.type)),
      fc.tuple(fc.constantFrom('avg', 'stddev_samp', 'var_pop'), numeric).map(([name, arg]) => aggregateCall(name, [arg], FLOAT)),
      fc.constantFrom(0, 2, 4, 6, 8, 9, 11).map((c) => aggregateCall('count', [at(c)], INTEGER)),
      fc.constantFrom(6, 8, 9, 10).map((c) => aggregateCall('max', [at(c)], COLUMN_TYPES[c]!)),
      fc
        .tuple(fc.constantFrom('first_value', 'last_value'), fc.constantFrom(0, 6, 8, 11))
        .map(([name, c]) => aggregateCall(name, [at(c)], COLUMN_TYPES[c]!)),
      fc.constantFrom(0, 2, 6).map((c) => aggregateCall('count', [at(c)], INTEGER, { distinct: true })),
      fc.constantFrom(0, 6).map((c) => aggregateCall('string_agg', [at(c)], STRING)),
      fc.constant(aggregateCall('sum', [at(11)], ANY)),
      expressionArbitrary.filter((e) => e.type.kind === 'float' || e.type.kind === 'integer').map((e) => aggregateCall('sum', [e], e.type)),
    ),
    fc.option(booleanArbitrary, { freq: 4 }),
  )
  .map(([made, filter]) => ({ ...made, filter }));

const key = fc.oneof(fc.constantFrom(0, 2, 4, 6, 7, 8, 11).map(at), expressionArbitrary);
const keys = fc.oneof(
  fc.constant([]),
  fc.constantFrom([at(6)], [at(1)], [at(0), at(6)], [at(6), at(7), at(2)]),
  fc.array(key, { minLength: 1, maxLength: 2 }),
);
const window: fc.Arbitrary<PlanWindow | null> = fc.constantFrom(
  null,
  { kind: 'tumbling', sizeMs: 50_000 },
  { kind: 'tumbling', sizeMs: 400_000_000 },
  { kind: 'sliding', sizeMs: 300_000_000, advanceMs: 200_000_000 },
  { kind: 'sliding', sizeMs: 100_000_000, advanceMs: 400_000_000 },
);

interface Case {
  readonly keys: readonly Expr[];
  readonly calls: readonly AggregateCall[];
  readonly window: PlanWindow | null;
  readonly emit: 'changes' | 'final';
  readonly changes: 'upsert' | 'retract';
  readonly latenessMs: number;
  readonly timestamps: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  keys,
  calls: fc.array(call, { minLength: 1, maxLength: 4 }),
  window,
  emit: fc.constantFrom('changes' as const, 'final' as const),
  changes: fc.constantFrom('upsert' as const, 'retract' as const),
  latenessMs: fc.constantFrom(0, 0, 300_000_000),
  timestamps: fc.boolean(),
});

function outcomeOf(c: Case, batches: readonly RecordBatch[], codegen: boolean) {
  const context = testContext({ codegen, batchRows: 5 });
  const input = c.window === null ? scanOf(fields) : watermarkOf(scanOf(fields), 9, 200_000_000);
  const isAppend = c.emit === 'final' && c.latenessMs === 0;
  const node = aggregateOf(input, c.keys, c.calls, {
    window: c.window,
    emit: c.emit,
    changes: isAppend ? 'append' : c.changes,
    allowedLatenessMs: c.latenessMs,
  });
  const plan = queryOf(node, { meta: c.timestamps ? ['_TIMESTAMP', '_headers'] : [] });
  const rows: Scalar[][] = [];
  const meta: unknown[] = [];
  const pipeline = buildPipeline(plan, context, (batch) => {
    rows.push(...rowsOf(batch));
    for (let i = 0; i < batch.length; i++) meta.push([batch.meta.eventTime?.[i] ?? Number.NaN, batch.meta.timestamp?.[i] ?? Number.NaN]);
  });
  for (const batch of batches) pipeline.scans[0]!.process(batch, 0, batch.length);
  pipeline.scans[0]!.watermark(Number.POSITIVE_INFINITY);
  pipeline.scans[0]!.end();
  const { stateBytes: _, ...metrics } = pipeline.operators[0]!.metrics;
  const errors = context.errors.map((e) => [e.operator, e.error.reason, e.sample]);
  return { rows, meta, errors, metrics, warnings: context.warnings.length };
}

describe('generated loops of aggregations', () => {
  test(
    'do what rows one by one do, for random aggregates, keys and windows in every lane',
    () => {
      fc.assert(
        fc.property(cases, fc.array(batchArbitrary, { minLength: 1, maxLength: 3 }), (c, batches) => {
          expect(outcomeOf(c, batches, true)).toStrictEqual(outcomeOf(c, batches, false));
        }),
        { numRuns: 3000, seed: 21 },
      );
    },
    SLOW,
  );

  test('keep a value of type BOOLEAN in a result column', () => {
    const c: Case = {
      keys: [],
      calls: [aggregateCall('max', [at(8)], BOOLEAN)],
      window: null,
      emit: 'changes',
      changes: 'upsert',
      latenessMs: 0,
      timestamps: false,
    };
    fc.assert(
      fc.property(batchArbitrary, (batch) => {
        expect(outcomeOf(c, [batch], true)).toStrictEqual(outcomeOf(c, [batch], false));
      }),
      { numRuns: 50, seed: 22 },
    );
  });
});
