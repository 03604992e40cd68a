import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INTEGER, type Scalar, TIMESTAMP } from '../values/types.ts';
import { AheadRows } from './ahead-rows.ts';
import { testContext } from './compile/env.fixture.ts';
import { buildPipeline } from './pipeline.ts';
import { batchOf, column, field, queryOf, rowsOf, scanOf, watermarkOf } from './plan.fixture.ts';

const fields = [field('ts', TIMESTAMP), field('value', INTEGER)];
const input = watermarkOf(scanOf(fields), 0, 3);
const plan = queryOf({
  kind: 'filter',
  input,
  clause: 'where',
  predicate: {
    kind: 'compare',
    op: '>',
    left: column(fields, 1),
    right: { kind: 'literal', value: 1, type: INTEGER },
    type: { kind: 'boolean' },
  },
  fields,
  changes: 'append',
});

/** What comes out, and between which rows the watermark moves. */
function emitted(rows: readonly (readonly Scalar[])[], pieces: readonly number[], isAhead: boolean): unknown[] {
  const told: unknown[] = [];
  const pipeline = buildPipeline(
    plan,
    testContext(),
    (batch) => void told.push(...rowsOf(batch)),
    (time) => void told.push(time),
  );
  const [scan] = pipeline.scans as [(typeof pipeline.scans)[number]];
  const batch = batchOf(fields, rows);
  const ahead = new AheadRows(scan.ahead!);
  if (isAhead) ahead.take(batch, 0, rows.length);
  let from = 0;
  for (let n = 0; from < rows.length; n++) {
    const to = Math.min(rows.length, from + pieces[n % pieces.length]!);
    if (!isAhead) scan.process(batch, from, to);
    else ahead.pass(to);
    from = to;
  }
  told.push(pipeline.operators.map(({ metrics }) => metrics));
  return told;
}

test('rows made ready ahead go on as if they came piece by piece', () => {
  const row = fc.tuple(fc.option(fc.integer({ min: 0, max: 20 })), fc.option(fc.integer({ min: 0, max: 3 })));
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
      (rows, pieces) => {
        expect(emitted(rows, pieces, true)).toEqual(emitted(rows, pieces, false));
      },
    ),
    { seed: 4, numRuns: 400 },
  );
});
