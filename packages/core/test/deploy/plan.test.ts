import { describe, expect, test } from 'vitest';
import { inputSchemas, loadTemplates, templateApp } from '../../src/apps/index.ts';
import { planDeployment } from '../../src/deploy/index.ts';
import type { AppInput } from '../../src/protocol/studio/app.ts';

const schemas = {
  orders: {
    columns: [
      { name: 'id', type: 'STRING' },
      { name: 'region', type: 'STRING' },
      { name: 'total', type: 'FLOAT' },
      { name: 'at', type: 'TIMESTAMP' },
    ],
  },
};
const sources = { orders: [] };
const SUMS =
  '-- @metric: revenue\n-- @metric_type: gauge\n-- @metric_labels: region\n-- @alert: revenue > 5\nSELECT region, SUM(total) AS revenue FROM orders GROUP BY region WINDOW TUMBLING(at, 1m) EMIT FINAL';
const BIG = '-- @metric: big_orders\nSELECT id, total FROM orders WHERE total > 100';
const app = (queries: AppInput['queries']): AppInput => ({ name: 'Shop', queries });
const shop = app([
  { name: 'Sums', sql: SUMS, sink: 'sums' },
  { name: 'Big', sql: BIG, sink: 'big' },
]);
const plan = (input: AppInput, previous?: AppInput, more: object = {}) =>
  planDeployment(
    { app: input, schemas, sources },
    { name: 'shop' },
    { now: 0, ...(previous && { previous: { subject: { app: previous, schemas, sources } } }), ...more },
  ).plan;
const verdicts = (input: AppInput, previous?: AppInput) =>
  plan(input, previous).jobs.map(({ queryId, action, state }) => [queryId, action, state]);

describe('a plan', () => {
  test('lists jobs, metrics, alerts and the dashboard', () => {
    const made = plan(shop);
    expect(made.jobs.map((j) => [j.name, j.action, j.guarantee])).toEqual([
      ['shop_q1', 'create', 'exactly once'],
      ['shop_q2', 'create', 'exactly once'],
    ]);
    expect([made.metrics.length, made.alerts.length, made.blockers]).toEqual([2, 1, []]);
    expect(made.dashboard?.panels.length).toBeGreaterThan(0);
  });

  test('has the same hash for the same content, and another for any change', () => {
    expect(plan(shop).hash).toBe(plan(structuredClone(shop), undefined, { now: 99 }).hash);
    expect(plan(shop).hash).toMatch(/^[0-9a-f]{32}$/);
    const changed = app([
      { name: 'Sums', sql: `${SUMS} `, sink: 'sums' },
      { name: 'Big', sql: BIG.replace('100', '101'), sink: 'big' },
    ]);
    expect(plan(changed).hash).not.toBe(plan(shop).hash);
  });

  test('calls a job as its query is called; a new title needs no new approval', () => {
    const retitled = app(shop.queries.map((query, i) => ({ ...query, ...(i === 0 && { title: 'Revenue by region' }) })));
    expect(plan(retitled).jobs.map(({ name, title }) => [name, title])).toEqual([
      ['shop_q1', 'Revenue by region'],
      ['shop_q2', 'Big'],
    ]);
    expect(plan(retitled).hash).toBe(plan(shop).hash);
    const silent = (title?: string) =>
      app([{ name: 'query 1', ...(title && { title }), sql: 'SELECT id FROM orders; SELECT id FROM nowhere' }]);
    expect(plan(silent()).warnings).toContain('query 1: it declares no metric, so nobody sees what it puts out');
    expect(plan(silent('Ids')).warnings).toContain('Ids: it declares no metric, so nobody sees what it puts out');
    expect(plan(silent('Ids')).blockers).toContain('Ids: nothing is known of the source "nowhere"');
    expect(plan(silent('Ids')).hash).toBe(plan(silent()).hash);
    expect(plan(app([]), shop).jobs.map(({ action, title }) => [action, title])).toEqual([
      ['remove', 'Sums'],
      ['remove', 'Big'],
    ]);
    expect(plan(app([{ id: 'big', name: 'big', sql: BIG }])).jobs[0]).not.toHaveProperty('title');
  });

  test('is told with titles as it is made, whatever a name holds; what a target says is left as it is', () => {
    const named = app([{ name: 'ids: all, ever', title: 'Ids', sql: 'SELECT id FROM orders; SELECT id FROM nowhere' }]);
    expect(plan(named).warnings).toContain('Ids: it declares no metric, so nobody sees what it puts out');
    expect(plan(named).blockers).toContain('Ids: nothing is known of the source "nowhere"');
    const review = ({ app: { queries } }: { readonly app: AppInput }) => ({
      guarantees: {},
      blockers: [],
      warnings: [
        'Sums: a word of the target, which is no name here',
        ...queries.map(({ name, title = name }) => `of ${title}: it is slow`),
      ],
    });
    const retitled = app(shop.queries.map((query, i) => ({ ...query, ...(i === 0 && { title: 'Revenue' }) })));
    expect(plan(retitled, undefined, { review }).warnings).toEqual(
      expect.arrayContaining(['Sums: a word of the target, which is no name here', 'of Revenue: it is slow', 'of Big: it is slow']),
    );
    expect(plan(retitled, undefined, { review }).hash).toBe(plan(shop, undefined, { review }).hash);
  });

  test('says what becomes of the state of jobs that run', () => {
    expect(verdicts(shop, shop)).toEqual([
      ['q1', 'keep', 'kept'],
      ['q2', 'keep', 'none'],
    ]);
    const annotated = app([{ name: 'Sums', sql: `-- @metric: rows_out\n${SUMS}`, sink: 'sums' }]);
    expect(verdicts(annotated, shop)).toEqual([
      ['q1', 'replace', 'kept'],
      ['q2', 'remove', 'none'],
    ]);
    const longer = app([{ name: 'Sums', sql: SUMS.replace('1m', '5m'), sink: 'sums' }]);
    expect(verdicts(longer, shop)[0]).toEqual(['q1', 'replace', 'rebuilt']);
    const other = app([{ name: 'Sums', sql: SUMS.replace('SUM(total)', 'COUNT(*)'), sink: 'sums' }]);
    expect(plan(other, shop).jobs[0]).toMatchObject({ state: 'incompatible', reason: expect.stringContaining('revenue') });
  });

  test('is stopped by mistakes and by sources that nobody knows', () => {
    const bad = app([
      { name: 'A', sql: 'SELECT nothing FROM orders' },
      { name: 'B', sql: 'SELECT x FROM nowhere' },
    ]);
    expect(plan(bad).blockers).toEqual([expect.stringContaining('VS2004'), 'B: nothing is known of the source "nowhere"']);
    expect(plan(shop, undefined, { quotas: [{ of: 'target', allowed: 3, others: 2 }] }).blockers).toEqual([
      '4 jobs would run, and the target allows 3',
    ]);
    expect(plan(app([])).blockers).toContain('the application has no query');
  });

  test('warns of what grows for ever, and of alerts that no rule can say', () => {
    const odd = app([
      { name: 'G', sql: "-- @metric: n\n-- @metric_labels: id\n-- @alert: id LIKE 'x%'\nSELECT id, COUNT(*) AS n FROM orders GROUP BY id" },
    ]);
    const { warnings } = plan(odd);
    expect(warnings.join('\n')).toMatch(/label "id", which takes ever more values/);
    expect(warnings.join('\n')).toMatch(/without a window: a group is kept for every value for ever/);
    expect(warnings.join('\n')).toMatch(/has no Prometheus rule/);
  });

  test('estimates state, output and series from what is known of the traffic', () => {
    const made = plan(shop, undefined, { traffic: { orders: { rowsPerSecond: 100, distinct: { region: 12 } } } });
    expect(made.jobs[0]).toMatchObject({ stateRowsEstimate: 12, stateBytesEstimate: 12 * 134, outputPerSecondEstimate: 0.2 });
    expect(made.jobs[1]).toMatchObject({ outputPerSecondEstimate: 100 });
    expect(made.metrics.map((m) => m.seriesEstimate)).toEqual([12, 1]);
  });

  test('promises no more than source and sink can keep', () => {
    const guarantee = (sql: string, sink?: string, input: unknown = []) =>
      planDeployment(
        { app: app([{ name: 'Q', sql, ...(sink && { sink }) }]), schemas, sources: { orders: input } },
        { name: 'x' },
        { now: 0 },
      ).plan.jobs[0]?.guarantee;
    expect(guarantee(BIG, 'kafka://b:1/out', { uri: 'kafka://b:1/orders' })).toBe('exactly once');
    expect(guarantee(BIG, 'clickhouse://h/db', { uri: 'kafka://b:1/orders' })).toMatch(/^at least once/);
    const own = (more: string): string =>
      `CREATE STREAM big AS ${BIG.split('\n')[1]} WITH ('big.type' = 'kafka_sink', 'big.topic' = 'big'${more})`;
    expect(guarantee(own(''))).toMatch(/^at least once/);
    expect(guarantee(own(", 'big.transactional.id' = 'x'"))).toBe('exactly once');
    expect(guarantee(BIG, 'kafka://b:1/out', { rows: (async function* () {})() })).toMatch(/^at most once/);
  });

  test('knows the sources that the SQL configures itself, which several queries may declare alike', () => {
    const declared = (type: string) => `CREATE STREAM o (id INTEGER, region STRING) WITH ('o.type' = '${type}', 'o.path' = 'o.csv');`;
    const planned = (first: string, second = first) =>
      planDeployment(
        {
          app: app([
            {
              name: 'A',
              sql: `${first}\nCREATE STREAM a AS SELECT id FROM o WITH ('a.type' = 'file_sink', 'a.path' = 'a.csv', 'a.job' = 'a')`,
            },
            { name: 'B', sql: `${second}\nCREATE STREAM b AS SELECT region FROM o WITH ('b.type' = 'file_sink', 'b.path' = 'b.csv')` },
          ]),
        },
        { name: 'x' },
        { now: 0 },
      ).plan;
    const same = planned(declared('file_source'));
    expect(same.blockers).toEqual([]);
    expect(same.jobs.map((job) => job.guarantee)).toEqual(['exactly once', 'at least once: the sink does not commit with the state']);
    expect(planned(declared('file_source'), declared('kafka_source')).blockers.join()).toMatch(/"o" is defined twice/);
    expect(planned(declared('clickhouse_source')).jobs[0]?.guarantee).toMatch(/^at most once/);
  });

  test('of every template has nothing in its way', async () => {
    for (const template of await loadTemplates()) {
      const known = inputSchemas(template);
      const subject = {
        app: templateApp(template),
        schemas: known,
        sources: Object.fromEntries(Object.keys(known).map((name) => [name, []])),
      };
      expect([template.id, planDeployment(subject, { name: template.id }, { now: 0 }).plan.blockers]).toEqual([template.id, []]);
    }
  });
});
