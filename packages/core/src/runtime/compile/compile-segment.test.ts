import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expr } from '../../sql/bind/expression.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { segmentSource } from './codegen/segment-kernel.ts';
import { compileSegment } from './compile-segment.ts';
import { testContext, testEnv } from './env.fixture.ts';
import { batchArbitrary, booleanArbitrary, COLUMN_TYPES, expressionArbitrary } from './expression.fixture.ts';
import { newFrame } from './frame.ts';
import { generators } from './generators.ts';
import { canGenerate } from './new-function.ts';
import { type Segment, type SegmentKernel, type SegmentObserver, type Stage, segmentOf } from './segment.ts';

interface Outcome {
  readonly rows: readonly (readonly Scalar[])[];
  readonly times: readonly number[];
  readonly errors: readonly string[];
  readonly dropped: readonly number[];
  readonly warnings: number;
}

/** All that a segment does to a batch, in whatever pieces it comes. */
function outcomeOf(segment: Segment, batch: RecordBatch, codegen: boolean): Outcome {
  const context = testContext({ codegen });
  const kernel: SegmentKernel = compileSegment(segment, testEnv(context));
  const errors: string[] = [];
  const observer: SegmentObserver = {
    dropped: new Float64Array(segment.stages.length),
    failed: (_, row, stage, error) => void errors.push(`${row}/${stage}: ${(error as { reason?: string }).reason ?? String(error)}`),
  };
  const rows: Scalar[][] = [];
  const times: number[] = [];
  for (let at = 0; at < batch.length; ) {
    const result = kernel(batch, at, batch.length, observer);
    for (let i = 0; i < result.count; i++) {
      let c = 0;
      rows.push(
        segment.outputs.map((o) =>
          o.kind === 'column' ? scalarAt(batch.columns[o.index]!, result.selection[i]!) : scalarAt(result.computed[c++]!, i),
        ),
      );
      if (result.eventTimes !== null) times.push(result.eventTimes[i]!);
    }
    at = result.next;
  }
  return { rows, times, errors, dropped: [...observer.dropped], warnings: context.warnings.length };
}

function expectSame(segment: Segment, batch: RecordBatch): void {
  expect(outcomeOf(segment, batch, true)).toStrictEqual(outcomeOf(segment, batch, false));
}

const project = (items: readonly Expr[], eventTime: Expr | null = null): Stage => ({ kind: 'project', items, eventTime });
const filter = (predicate: Expr): Stage => ({ kind: 'filter', predicate });

/** Many generated functions: generous on a busy machine. */
const SLOW = 120_000;

describe('generated loops', () => {
  test('are what these tests compare with the interpreter', () => {
    expect(canGenerate()).toBe(true);
    expect(generators()).not.toBe(null);
  });

  test(
    'calculate what the interpreter does, for random expressions in every lane',
    () => {
      fc.assert(
        fc.property(expressionArbitrary, batchArbitrary, (expr, batch) => expectSame(segmentOf(COLUMN_TYPES, [project([expr])]), batch)),
        { numRuns: 6000, seed: 11 },
      );
    },
    SLOW,
  );

  test(
    'filter, project and filter again as the interpreter does',
    () => {
      fc.assert(
        fc.property(
          booleanArbitrary,
          fc.array(expressionArbitrary, { minLength: 1, maxLength: 3 }),
          fc.nat(2),
          batchArbitrary,
          (predicate, items, column, batch) => {
            const first = items[column % items.length]!;
            const later: Expr = {
              kind: 'is',
              test: 'null',
              negated: true,
              arg: { kind: 'column', index: column % items.length, name: 'x', type: first.type },
              type: { kind: 'boolean' },
            };
            const time: Expr = { kind: 'column', index: 9, name: 'ts', type: COLUMN_TYPES[9]! };
            expectSame(segmentOf(COLUMN_TYPES, [filter(predicate), project(items, time), filter(later)]), batch);
          },
        ),
        { numRuns: 2000, seed: 12 },
      );
    },
    SLOW,
  );

  test(
    'hold no text of a user',
    () => {
      const secret = 'globalThis.pwned=1';
      fc.assert(
        fc.property(
          fc.oneof(
            fc.constantFrom(`"]||(${secret})||r["`, `\`${secret}\``, '\u2028*/', '__proto__'),
            fc.string({ minLength: 6, unit: 'binary' }),
          ),
          fc.integer({ min: 1e9 }),
          (text, number) => {
            const column: Expr = { kind: 'column', index: 6, name: text, type: STRING };
            const predicate: Expr = {
              kind: 'compare',
              op: '=',
              left: column,
              right: { kind: 'literal', value: text, type: STRING },
              type: { kind: 'boolean' },
            };
            const like: Expr = {
              kind: 'like',
              arg: column,
              pattern: { kind: 'literal', value: text, type: STRING },
              escape: null,
              ignoreCase: false,
              negated: false,
              type: { kind: 'boolean' },
            };
            const item: Expr = {
              kind: 'arithmetic',
              op: '+',
              left: { kind: 'column', index: 0, name: text, type: INTEGER },
              right: { kind: 'literal', value: number, type: INTEGER },
              divisionByZero: 'null',
              type: INTEGER,
            };
            const shapes = new Map(
              COLUMN_TYPES.map((_, c) => [c, { lane: c === 6 ? ('dict' as const) : ('f64' as const), nullable: true }]),
            );
            const segment = segmentOf(COLUMN_TYPES, [filter(predicate), filter(like), project([item])]);
            const { source } = segmentSource(segment, { shapes, frame: newFrame(), env: testEnv(), forms: [] });
            expect(source).not.toContain(text);
            expect(source).not.toContain(String(number));
            // Nothing but names, numbers we made and JavaScript's own words.
            expect(source).toMatch(/^[\x20-\x7e\n]*$/);
          },
        ),
        { numRuns: 2000, seed: 13 },
      );
    },
    SLOW,
  );
});
