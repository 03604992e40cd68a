import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expr } from '../../sql/bind/expression.ts';
import type { TableJoinNode } from '../../sql/plan/plan.ts';
import type { Column } from '../../values/column.ts';
import { Op } from '../../values/record-batch.ts';
import { BOOLEAN, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { testContext } from '../compile/env.fixture.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import {
  batchOf,
  columnExpr,
  compare,
  failsOnZero,
  field,
  type InputRow,
  runOperator,
  scan,
  signed,
  values,
} from '../rows/operator.fixture.ts';
import { createTableStore } from '../tables/create-table-store.ts';
import type { TableStore } from '../tables/table-store.ts';
import { makeTableJoin } from './table-join.ts';

const FIELDS = [field('k', STRING), field('v')];
const TABLE = [field('id'), field('k', STRING), field('name', STRING)];

const nodeOf = (options: Partial<TableJoinNode> = {}): TableJoinNode => ({
  kind: 'table-join',
  join: 'left',
  input: scan(FIELDS),
  table: 'people',
  tableFields: [TABLE[1]!, TABLE[2]!],
  tableColumns: ['k', 'name'],
  keys: [{ left: columnExpr(0, STRING), right: columnExpr(0, STRING) }],
  residual: null,
  missing: 'fail',
  fields: [...FIELDS, TABLE[1]!, TABLE[2]!],
  changes: 'append',
  ...options,
});

function storeOf(rows: readonly (readonly Scalar[])[], key: readonly number[] = []): TableStore {
  const store = createTableStore();
  const table = store.create('people', TABLE, key);
  const batch = batchOf(
    TABLE,
    rows.map((r) => ({ values: r })),
  );
  table.apply(batch, 0, batch.length);
  return store;
}

const run = (
  node: TableJoinNode,
  rows: readonly InputRow[],
  tables: TableStore,
  options: { chunk?: number; restoreAfter?: () => boolean; batchRows?: number } = {},
) =>
  runOperator({
    make: (context, env) => makeTableJoin(node, context, env),
    fields: [node.input.fields],
    rows,
    context: testContext({ tables, batchRows: options.batchRows ?? 4096 }),
    ...options,
  });
const row = (k: Scalar, v: Scalar): InputRow => ({ values: [k, v] });
const people = [
  [1, 'a', 'Ann'],
  [2, 'b', 'Bob'],
  [3, 'a', 'Amy'],
  [4, null, 'Nil'],
];

describe('table join', () => {
  test('n matches give n rows in the order of the table; NULL matches nothing; left pads', () => {
    const { rows, operator } = run(nodeOf(), [row('a', 1), row(null, 2), row('z', 3), row('b', 4)], storeOf(people), { chunk: 10 });
    expect(signed(rows)).toEqual(['+ a 1 a Ann', '+ a 1 a Amy', '+  2  ', '+ z 3  ', '+ b 4 b Bob']);
    expect(operator.metrics).toMatchObject({ rowsIn: 4, rowsOut: 5 });
    const inner = run(nodeOf({ join: 'inner' }), [row('a', 1), row('z', 3)], storeOf(people));
    expect(inner.operator.metrics).toMatchObject({ rowsOut: 2, rowsFiltered: 1 });
  });

  test('looks at the table as it stands now', () => {
    const store = storeOf(people.slice(0, 2), [0]);
    const context = testContext({ tables: store });
    const env = { context, subquery: () => () => null };
    const operator = makeTableJoin(nodeOf(), context, env);
    const seen: string[] = [];
    const out = { batch: (b: ReturnType<typeof batchOf>) => void seen.push(...signedBatch(b)), watermark: () => undefined };
    const input = batchOf(FIELDS, [row('a', 1), row('b', 2)]);
    operator.process(0, input, 0, 2, out);
    const change = batchOf(TABLE, [
      { values: [1, 'b', 'Ann'], op: Op.updateAfter },
      { values: [2, 'b', 'Bob'], op: Op.delete },
    ]);
    store.find('people')!.apply(change, 0, 2);
    operator.process(0, input, 0, 2, out);
    expect(seen).toEqual(['a 1 a Ann', 'b 2 b Bob', 'a 1  ', 'b 2 b Ann']);
  });

  test('the halves of an update stay together where each has one match, and are a delete and inserts elsewhere', () => {
    const update = (before: InputRow, after: InputRow): InputRow[] => [
      { ...before, op: Op.updateBefore },
      { ...after, op: Op.updateAfter },
    ];
    const rows = [
      ...update(row('b', 1), row('b', 2)),
      ...update(row('a', 1), row('b', 2)),
      ...update(row('b', 1), row('a', 2)),
      ...update(row('z', 1), row('b', 2)),
    ];
    const { updateBefore: U, updateAfter: V, delete: D, insert: I } = Op;
    for (const [join, ops] of [
      ['inner', [U, V, D, D, I, D, I, I, I]],
      ['left', [U, V, D, D, I, D, I, I, U, V]],
    ] as const)
      for (const batchRows of [1, 2, 3, 100]) {
        const batches: number[][] = [];
        const context = testContext({ tables: storeOf(people), batchRows });
        const operator = makeTableJoin(nodeOf({ join }), context, { context, subquery: () => () => null });
        const out = {
          batch: (b: ReturnType<typeof batchOf>) => void batches.push(Array.from({ length: b.length }, (_, i) => b.ops?.[i] ?? I)),
          watermark: () => undefined,
        };
        operator.process(0, batchOf(FIELDS, rows), 0, rows.length, out);
        expect(batches.flat(), `${join} in batches of ${batchRows}`).toEqual(ops);
        expect(batches.some((b) => b.at(-1) === U)).toBe(false);
      }
  });

  const keyKinds: Record<string, TableJoinNode['keys']> = {
    column: nodeOf().keys,
    calculated: [{ left: { kind: 'concat', args: [columnExpr(0, STRING)], type: STRING } as Expr, right: columnExpr(0, STRING) }],
    'calculated on both sides': [
      { left: columnExpr(0, STRING), right: { kind: 'concat', args: [columnExpr(0, STRING)], type: STRING } as Expr },
    ],
    several: [
      { left: columnExpr(0, STRING), right: columnExpr(0, STRING) },
      { left: columnExpr(0, STRING), right: columnExpr(1, STRING) },
    ],
    none: [],
  };
  for (const [name, keys] of Object.entries(keyKinds)) {
    test(`agrees with a nested loop, keys: ${name}`, () => {
      const text = fc.constantFrom('a', 'b', 'c', null);
      fc.assert(
        fc.property(
          fc.array(text),
          fc.array(fc.tuple(text, text), { maxLength: 12 }),
          fc.boolean(),
          fc.boolean(),
          (left, right, isLeft, hasResidual) => {
            const table = right.map(([k, n], i): Scalar[] => [i, k, n]);
            const want = left.flatMap((k, i) => {
              const matches = table.filter(([, key, name]) => {
                const isEqual = keys.length === 0 || (k !== null && key === k && (keys.length === 1 || name === k));
                return isEqual && (!hasResidual || (name !== null && k !== null && k <= (name as string)));
              });
              if (matches.length === 0) return isLeft ? [[k, i, null, null]] : [];
              return matches.map(([, key, name]) => [k, i, key, name]);
            });
            const residual = hasResidual ? compare('<=', columnExpr(0, STRING), columnExpr(3, STRING)) : null;
            const node = nodeOf({ keys, residual, join: isLeft ? 'left' : 'inner' });
            const input = left.map((k, i) => row(k, i));
            expect(values(run(node, input, storeOf(table), { chunk: 5 }).rows)).toEqual(want);
            expect(values(run(node, input, storeOf(table), { restoreAfter: () => true, batchRows: 2 }).rows)).toEqual(want);
          },
        ),
        { numRuns: 100 },
      );
    });
  }

  test('numbers of different scale match by value', () => {
    const cents = { kind: 'decimal', precision: 18, scale: 2 } as const;
    const node = nodeOf({
      input: scan([field('k', cents), field('v')]),
      tableFields: [TABLE[0]!],
      tableColumns: ['id'],
      keys: [{ left: columnExpr(0, cents), right: columnExpr(0, INTEGER) }],
    });
    expect(signed(run(node, [row(200, 1), row(201, 2)], storeOf(people)).rows)).toEqual(['+ 200 1 2', '+ 201 2 ']);
  });

  test('numbers and booleans look up in any lane', () => {
    const fields = [field('k'), field('v')];
    const node = nodeOf({
      input: scan(fields),
      tableFields: [TABLE[0]!],
      tableColumns: ['id'],
      keys: [{ left: columnExpr(0), right: columnExpr(0) }],
    });
    const store = storeOf([
      [1, 'a', ''],
      [2n ** 60n, 'b', ''],
    ]);
    expect(signed(run(node, [row(1, 0), row(2n ** 60n, 0), row(null, 0)], store, { chunk: 3 }).rows)).toEqual([
      '+ 1 0 1',
      `+ ${2n ** 60n} 0 ${2n ** 60n}`,
      '+  0 ',
    ]);
  });

  test('a missing table: fail, skip the rows, or give NULLs', () => {
    const empty = () => createTableStore();
    expect(() => run(nodeOf(), [row('a', 1)], empty())).toThrow(expect.objectContaining({ reason: 'unknown-table', code: 'VS5030' }));
    expect(run(nodeOf({ missing: 'skip' }), [row('a', 1)], empty()).operator.metrics).toMatchObject({ rowsOut: 0, rowsFiltered: 1 });
    expect(signed(run(nodeOf({ missing: 'nulls' }), [row('a', 1)], empty()).rows)).toEqual(['+ a 1  ']);
  });

  test('a failing key or residual is an error of its row; too many matches are a coded one', () => {
    const residual = compare('>', failsOnZero(columnExpr(1)), columnExpr(1));
    const { rows, context } = run(nodeOf({ residual }), [row('a', 0), row('b', -1)], storeOf(people));
    expect(signed(rows)).toEqual(['+ b -1  ']);
    expect(context.errors).toHaveLength(1);
    const small = testContext({ tables: storeOf(people), limits: { ...DEFAULT_LIMITS, maxJoinFanout: 1 } });
    expect(() =>
      runOperator({ make: (c, env) => makeTableJoin(nodeOf(), c, env), fields: [FIELDS], rows: [row('a', 1)], context: small }),
    ).toThrow(expect.objectContaining({ reason: 'limit-exceeded' }));
  });
});

const signedBatch = (batch: ReturnType<typeof batchOf>): string[] =>
  Array.from({ length: batch.length }, (_, i) =>
    batch.columns
      .map((column) => {
        if (column.nulls?.[i] === 1) return '';
        return column.lane === 'dict' ? column.dictionary.at(column.values[i]!) : String(column.values[i]);
      })
      .join(' '),
  );

test('a key column is looked up in whatever lane it comes', () => {
  const lanes: Record<string, Column> = {
    str: { lane: 'str', values: ['a', '', 'z'], nulls: Uint8Array.of(0, 1, 0) },
    boxed: { lane: 'boxed', values: ['a', null, 'z'], nulls: Uint8Array.of(0, 1, 0) },
  };
  for (const column of Object.values(lanes)) {
    const seen: number[] = [];
    const context = testContext({ tables: storeOf(people) });
    const operator = makeTableJoin(nodeOf({ join: 'inner' }), context, { context, subquery: () => () => null });
    const batch = { ...batchOf(FIELDS, [row('a', 1), row('b', 2), row('z', 3)]) };
    operator.process(0, { ...batch, columns: [column, batch.columns[1]!] }, 0, 3, {
      batch: (b) => void seen.push(b.length),
      watermark: () => undefined,
    });
    expect(seen).toEqual([2]);
  }
});

test('numbers beyond 2^53 and booleans are looked up by value', () => {
  const fields = [field('flag', BOOLEAN), field('n')];
  const store = createTableStore();
  const table = store.create('people', fields, []);
  table.apply(batchOf(fields, [{ values: [true, 2n ** 60n] }, { values: [false, 7] }]), 0, 2);
  for (const [index, type, input, want] of [
    [0, BOOLEAN, [true, null, false], [true, false]],
    [1, INTEGER, [2n ** 60n, null, 7], [2n ** 60n, 7]],
  ] as const) {
    const node = nodeOf({
      join: 'inner',
      input: scan([field('k', type)]),
      tableFields: [fields[index]!],
      tableColumns: [fields[index]!.name],
      keys: [{ left: columnExpr(0, type), right: columnExpr(0, type) }],
    });
    const { rows } = run(
      node,
      input.map((k) => ({ values: [k] })),
      store,
      { chunk: 3 },
    );
    expect(rows.map((r) => r.values[1])).toEqual(want);
  }
});
