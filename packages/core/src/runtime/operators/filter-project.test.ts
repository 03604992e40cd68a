import { describe, expect, test } from 'vitest';
import type { Expr } from '../../sql/bind/expression.ts';
import type { ScalarFunction } from '../../sql/functions/define.ts';
import { findFunction } from '../../sql/functions/registry.ts';
import type { FilterNode, PlanNode, ProjectNode } from '../../sql/plan/plan.ts';
import { NO_META, type RecordBatch } from '../../values/record-batch.ts';
import { BOOLEAN, FLOAT, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { testContext, testEnv } from '../compile/env.fixture.ts';
import { batchOf, column, field, literal, rowsOf, scanOf } from '../plan.fixture.ts';
import { makeFilterProject } from './filter-project.ts';

const fields = [field('name', STRING), field('value', INTEGER)];
const value = column(fields, 1);
const above = (limit: number): Expr => ({ kind: 'compare', op: '>', left: value, right: literal(limit, INTEGER), type: BOOLEAN });
const filter = (input: PlanNode, predicate: Expr): FilterNode => ({
  kind: 'filter',
  input,
  predicate,
  clause: 'where',
  fields: input.fields,
  changes: 'append',
});
const project = (input: PlanNode, items: readonly Expr[], more: Partial<ProjectNode> = {}): ProjectNode => ({
  kind: 'project',
  input,
  items,
  eventTime: null,
  fields: items.map((item, i) => field(`c${i}`, item.type)),
  changes: 'append',
  ...more,
});
const scan = scanOf(fields);
const double: Expr = { kind: 'arithmetic', op: '*', left: value, right: literal(2, INTEGER), divisionByZero: 'null', type: INTEGER };

function through(nodes: readonly (FilterNode | ProjectNode)[], batch: RecordBatch, codegen: boolean) {
  const context = testContext({ codegen });
  const operator = makeFilterProject(nodes, context, testEnv(context));
  const out: RecordBatch[] = [];
  operator.process(0, batch, 0, batch.length, { batch: (b) => void out.push(b), watermark: () => undefined });
  return { out, rows: out.flatMap(rowsOf), context, operator };
}

describe.each([true, false])('filters and projections (generated: %s)', (codegen) => {
  test('run as one, and count by plan node', () => {
    const f = filter(scan, above(1));
    const { rows, operator } = through(
      [f, project(f, [column(fields, 0), double])],
      batchOf(fields, [
        ['a', 1],
        ['b', 2],
        ['c', null],
        ['d', 4],
      ]),
      codegen,
    );
    expect(rows).toEqual([
      ['+I', 'b', 4],
      ['+I', 'd', 8],
    ]);
    expect(operator.parts.map((p) => [p.kind, p.metrics.rowsIn, p.metrics.rowsFiltered, p.metrics.rowsOut])).toEqual([
      ['Filter', 4, 2, 2],
      ['Project', 2, 0, 2],
    ]);
  });

  test('go on exactly where integers leave the safe range', () => {
    const rows: Scalar[][] = [
      ['a', 1],
      ['b', 9007199254740991],
      ['c', 3],
    ];
    expect(through([project(scan, [double])], batchOf(fields, rows), codegen).rows).toEqual([
      ['+I', 2],
      ['+I', 18014398509481982n],
      ['+I', 6],
    ]);
  });

  test('a row that fails is reported and left out', () => {
    const ratio: Expr = { kind: 'arithmetic', op: '/', left: literal(1, INTEGER), right: value, divisionByZero: 'error', type: FLOAT };
    const { rows, context, operator } = through(
      [project(scan, [ratio])],
      batchOf(fields, [
        ['a', 2],
        ['b', 0],
        ['c', 4],
      ]),
      codegen,
    );
    expect(rows).toEqual([
      ['+I', 0.5],
      ['+I', 0.25],
    ]);
    expect(context.errors).toMatchObject([{ operator: 'Project', sample: { name: 'b', value: 0 } }]);
    expect(operator.metrics).toMatchObject({ rowsIn: 3, rowsOut: 2, rowErrors: 1 });
  });

  test('an update of which one half passes becomes a delete or an insert', () => {
    const ops = Uint8Array.of(1, 2, 1, 2, 1, 2);
    const batch = batchOf(
      fields,
      [
        ['a', 9],
        ['a', 0],
        ['b', 0],
        ['b', 9],
        ['c', 8],
        ['c', 9],
      ],
      ops,
    );
    expect(through([filter(scan, above(1))], batch, codegen).rows).toEqual([
      ['-D', 'a', 9],
      ['+I', 'b', 9],
      ['-U', 'c', 8],
      ['+U', 'c', 9],
    ]);
  });

  test('metadata goes with its row, and a projection may set the event time and headers', () => {
    const headers = [new Map([['k', '1']]), null, new Map([['k', '3']])];
    const plain = batchOf(fields, [
      ['a', 5],
      ['b', 0],
      ['c', 7],
    ]);
    const batch: RecordBatch = {
      ...plain,
      meta: { ...NO_META, eventTime: Float64Array.of(1, 2, 3), headers },
      watermarks: Float64Array.of(0, 1, 2),
    };
    const set: Expr = {
      kind: 'call',
      fn: findFunction('set_header') as ScalarFunction,
      args: [literal('h', STRING), column(fields, 0)],
      type: STRING,
    };
    const f = filter(scan, above(1));
    const { out } = through([f, project(f, [column(fields, 0), set], { eventTime: value })], batch, codegen);
    expect([...out[0]!.meta.eventTime!]).toEqual([5, 7]);
    expect([...out[0]!.watermarks!]).toEqual([0, 2]);
    expect(out[0]!.meta.headers).toEqual([
      new Map([
        ['k', '1'],
        ['h', 'a'],
      ]),
      new Map([
        ['k', '3'],
        ['h', 'c'],
      ]),
    ]);
  });

  test('columns that pass unchanged are not copied when every row passes', () => {
    const batch = batchOf(fields, [
      ['a', 2],
      ['b', 3],
    ]);
    expect(through([project(scan, [column(fields, 0)])], batch, codegen).out[0]!.columns[0]).toBe(batch.columns[0]);
  });
});
