import { describe, expect, test } from 'vitest';
import type { FlinkOptions, FlinkScript } from '../../sql/flink/index.ts';
import { composeJobs } from './compose-jobs.ts';
import { rejectedStatement } from './reject-statement.ts';

const schemas = {
  orders: {
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'total', type: 'INTEGER' },
    ],
  },
};
const orders = { uri: 'kafka://b:1/orders', schema: schemas.orders, eventTime: 'id', watermarkDelayMs: 5 };
type Query = { readonly name: string; readonly sql: string; readonly sink?: string };

/** Composes with a printer that writes down what it is asked for. */
function compose(
  queries: readonly Query[],
  more: { readonly streams?: string; readonly sources?: object; readonly script?: Partial<FlinkScript> } = {},
) {
  const asked: { sql: string; options: FlinkOptions }[] = [];
  const print = (sql: string, options: FlinkOptions): FlinkScript => {
    asked.push({ sql, options });
    return { statements: [], verdict: 'same', secrets: new Map(), ...more.script };
  };
  const jobs = new Map(queries.map((_, i) => [`q${i + 1}`, { job: `app_q${i + 1}`, stateKey: `key${i + 1}0000` }]));
  const subject = { app: { name: 'App', queries }, schemas, sources: { orders, ...more.sources }, jobs };
  const plans = composeJobs(subject, { print, life: 'L', ...(more.streams === undefined ? {} : { streams: more.streams }) });
  return { plans, asked };
}

const DOUBLE: Query = { name: 'Double', sql: 'SELECT id, total * 2 AS twice FROM orders', sink: 'kafka://b:1/doubled' };

describe('the jobs of an application', () => {
  test('are one for each query that writes to a topic, with the topics said as properties', () => {
    const { plans, asked } = compose([DOUBLE, { name: 'Next', sql: 'SELECT id FROM doubled', sink: 'kafka://b:1/out' }]);
    expect(plans.map((plan) => [plan.name, plan.stateKey, plan.blockers])).toEqual([
      ['app_q1', 'key10000', []],
      ['app_q2', 'key20000', []],
    ]);
    expect(asked.map((each) => each.sql)).toEqual([
      'CREATE STREAM `doubled` AS SELECT id, total * 2 AS twice FROM orders;\n',
      'CREATE STREAM `out` AS SELECT id FROM doubled;\n',
    ]);
    const at = { 'bootstrap.servers': 'b:1' };
    expect(asked.map((each) => each.options.connections)).toEqual([
      {
        orders: { ...at, type: 'kafka_source', topic: 'orders', 'group.id': 'velo.app_q1' },
        doubled: { ...at, type: 'kafka_sink', topic: 'doubled', 'transactional.id': 'velo.app_q1.key10000.L.q1' },
      },
      {
        doubled: { ...at, type: 'kafka_source', topic: 'doubled', 'group.id': 'velo.app_q2', 'auto.offset.reset': 'earliest' },
        out: { ...at, type: 'kafka_sink', topic: 'out', 'transactional.id': 'velo.app_q2.key20000.L.q2' },
      },
    ]);
    expect(asked[0]?.options.catalog?.find('orders')).toMatchObject({ eventTime: 'id', watermarkDelayMs: 5 });
    expect(asked[1]?.options.catalog?.find('doubled')?.fields.map((f) => f.name)).toEqual(['id', 'twice']);
  });

  test('are one for queries that read one another by name', () => {
    const { plans, asked } = compose([
      { ...DOUBLE, sink: 'doubled' },
      { name: 'Next', sql: 'SELECT id FROM doubled', sink: 'kafka://b:1/out' },
    ]);
    expect(plans.map((plan) => [plan.name, plan.queries.map((q) => q.job)])).toEqual([['app_q2', ['app_q1', 'app_q2']]]);
    expect(asked[0]?.sql).toContain('CREATE STREAM `doubled` AS');
    expect(Object.keys(asked[0]?.options.connections ?? {}).sort()).toEqual(['orders', 'out']);
  });

  test('write to topics that the SQL names in transactions of their own', () => {
    const sql = "SELECT id FROM orders INTO 'kafka://b:1/out' EMIT CHANGES";
    const { plans, asked } = compose([{ name: 'Copy', sql }]);
    expect(plans.flatMap((plan) => plan.blockers)).toEqual([]);
    const id = 'transactional.id=velo.app_q1.key10000.L.q1.into1';
    expect(asked[0]?.sql).toBe(`SELECT id FROM orders INTO 'kafka://b:1/out?${id}' EMIT CHANGES;\n`);
    expect(plans[0]?.placeOf({ start: 0, end: asked[0]?.sql.length ?? 0 })).toMatchObject({ span: { start: 0, end: sql.length } });
  });

  test('have topics between them where the target says where', () => {
    const { plans, asked } = compose(
      [
        { ...DOUBLE, sink: 'doubled' },
        { name: 'Next', sql: 'SELECT id FROM doubled', sink: 'last' },
      ],
      { streams: 'kafka://s:2/' },
    );
    expect(plans.map((plan) => [plan.name, plan.blockers])).toEqual([
      ['app_q1', []],
      ['app_q2', []],
    ]);
    expect(asked[0]?.options.connections?.['doubled']).toMatchObject({ type: 'kafka_sink', topic: 'doubled', 'bootstrap.servers': 's:2' });
    expect(asked[1]?.options.connections?.['doubled']).toMatchObject({ type: 'kafka_source', topic: 'doubled' });
    expect(asked[1]?.options.connections?.['last']).toMatchObject({ type: 'kafka_sink', topic: 'last' });
  });

  test('take declarations of the whole application with them', () => {
    const declared = "CREATE SINK archive WITH ('archive.type' = 'file_sink', 'archive.path' = '/x');";
    const { asked } = compose([
      { ...DOUBLE, sql: `${declared}\n${DOUBLE.sql}` },
      { name: 'Next', sql: 'SELECT id FROM orders', sink: 'kafka://b:1/out' },
    ]);
    for (const { sql } of asked) expect(sql.startsWith(declared.slice(0, 40))).toBe(true);
  });

  test.each([
    [
      'rows of this process',
      { sources: { orders: { rows: [] } } },
      [DOUBLE],
      /^Double: Flink cannot read "orders": its rows are within this process$/,
    ],
    ['no sink', {}, [{ name: 'A', sql: 'SELECT id FROM orders' }], /^A: its rows go to no system outside/],
    [
      'no sink under a title',
      {},
      [{ name: 'query 1', title: 'Ids', sql: 'SELECT id FROM orders' }],
      /^Ids: its rows go to no system outside/,
    ],
    ['a sink of this process', {}, [{ ...DOUBLE, sink: 'memory://x' }], /^Double: Flink cannot write to "memory:\/\/x"/],
  ])('are blocked by %s', (_, more, queries, reason) => {
    expect(compose(queries as Query[], more).plans.flatMap((plan) => plan.blockers)).toEqual([expect.stringMatching(reason)]);
  });

  test('are blocked by what the printer refuses, under the name of its query', () => {
    const statement = {
      kind: 'insert',
      sql: '',
      origin: { start: 30, end: 40 },
      verdict: 'refused',
      reasons: ['There is no such function.'],
    } as const;
    const { plans } = compose([DOUBLE], { script: { statements: [statement], verdict: 'refused' } });
    expect(plans[0]?.blockers).toEqual(['Double: not on Flink, because there is no such function']);
  });

  test('keep the password of a sink out of their blockers', () => {
    const { plans } = compose([{ ...DOUBLE, sink: 'ftp://u:canary@h/x?token=canary' }]);
    expect(plans[0]?.blockers.join()).not.toContain('canary');
  });
});

describe('a statement that Flink does not accept', () => {
  const { plans } = compose([DOUBLE]);
  const plan = plans[0]!;
  const origin = { start: 0, end: 70 };
  const sql = 'INSERT INTO `doubled`\nSELECT `id`, `total` * 2 AS `twice` FROM `orders`';
  const spanOf = (error: Error): string => {
    const { start, end } = (error as unknown as { span: { start: number; end: number } }).span;
    return DOUBLE.sql.slice(start, end);
  };

  test('is told at the same word of the SQL of the user', () => {
    const place = { line: 2, column: 14, endLine: 2, endColumn: 20 };
    expect(spanOf(rejectedStatement(plan, [{ sql, origin }], 'no column', place))).toBe('total');
    expect(spanOf(rejectedStatement(plan, [{ sql, origin }], "Column 'twice' is odd", undefined))).toBe('twice');
  });

  test('is told as a whole where no word of it is meant', () => {
    expect(spanOf(rejectedStatement(plan, [{ sql, origin }], 'not supported', undefined))).toBe(DOUBLE.sql);
  });

  test('is found within a set by its line', () => {
    const other = { sql: 'INSERT INTO `x` SELECT 1', origin: { start: 0, end: 1 } };
    const error = rejectedStatement(plan, [other, { sql, origin }], 'no', { line: 5, column: 42, endLine: 5, endColumn: 49 });
    expect(spanOf(error)).toBe('orders');
    expect((error as unknown as { details: object }).details).toEqual({ sql, queryId: 'q1' });
  });
});
