import { describe, expect, test } from 'vitest';
import { defineConnector, type PushedPredicate, type ReadRequest } from '../connect/index.ts';
import { defineOptions } from '../connect/options/define-options.ts';
import { columnFromScalars } from '../values/column-builder.ts';
import { NO_META } from '../values/record-batch.ts';
import { BOOLEAN, DATE, decimal, FLOAT, INTEGER, STRING, TIMESTAMP } from '../values/types.ts';
import { createEngine } from './create-engine.ts';

const FIELDS = [
  { name: 'id', type: INTEGER, nullable: true },
  { name: 'price', type: decimal(12, 2), nullable: true },
  { name: 'ratio', type: FLOAT, nullable: true },
  { name: 'name', type: STRING, nullable: true },
  { name: 'ok', type: BOOLEAN, nullable: true },
  { name: 'at', type: TIMESTAMP, nullable: true },
  { name: 'day', type: DATE, nullable: true },
];
const ROW = [1, 1250, 0.5, 'a', true, 0, 0];

async function handedOver(sql: string, compat: 'standard' | 'velostream' = 'standard'): Promise<readonly PushedPredicate[]> {
  let seen: ReadRequest | undefined;
  const probe = defineConnector({
    name: 'probe',
    schemes: ['probe'],
    options: defineOptions({}),
    guarantees: { resume: false, sink: 'none' },
    fromUri: () => ({}),
    source: () => ({
      describe: async () => ({ fields: FIELDS, bounded: true, origin: 'declared' }),
      async *read(request) {
        seen = request;
        const columns = request.fields.map((field) =>
          columnFromScalars(field.type, [ROW[FIELDS.findIndex((f) => f.name === field.name)] ?? null]),
        );
        yield { batch: { length: 1, columns, meta: NO_META, ops: null, watermarks: null }, next: 1 };
      },
    }),
  });
  await createEngine({ connectors: [probe], compat })
    .run(sql.replaceAll('probe', "'probe://x'"))
    .rows();
  return seen?.predicates ?? [];
}

describe('conditions handed over to a source', () => {
  test.each([
    ['SELECT id FROM probe WHERE id > 5', [{ column: 'id', op: '>', values: [5] }]],
    [
      "SELECT name FROM probe WHERE 5 > id AND name = 'x'",
      [
        { column: 'id', op: '<', values: [5] },
        { column: 'name', op: '=', values: ['x'] },
      ],
    ],
    [
      'SELECT id FROM probe WHERE id BETWEEN 2 AND 4',
      [
        { column: 'id', op: '>=', values: [2] },
        { column: 'id', op: '<=', values: [4] },
      ],
    ],
    ["SELECT id FROM probe WHERE name IN ('a', 'b')", [{ column: 'name', op: 'in', values: ['a', 'b'] }]],
    ['SELECT id FROM probe WHERE name IS NOT NULL', [{ column: 'name', op: 'is-not-null', values: [] }]],
    ['SELECT id FROM probe WHERE price >= 12', [{ column: 'price', op: '>=', values: ['12'] }]],
  ] as const)('%s', async (sql, expected) => {
    expect(await handedOver(sql)).toEqual(expected);
  });

  test.each([
    "SELECT id FROM probe WHERE id > 5 OR name = 'x'",
    "SELECT id FROM probe WHERE UPPER(name) = 'X'",
    'SELECT id FROM probe WHERE id = ratio',
    'SELECT id, _offset AS o FROM probe WHERE id > 5',
    'SELECT COUNT(*) AS n FROM probe',
  ])('none of %s', async (sql) => {
    expect(await handedOver(sql)).toEqual([]);
  });

  test('none where two queries read the same rows', async () => {
    expect(await handedOver('SELECT a.id FROM probe a JOIN probe b ON a.id = b.id WITHIN 1s WHERE a.id > 5')).toEqual([]);
  });
});
