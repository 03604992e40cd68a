import { describe, expect, test } from 'vitest';
import { analyzeApp } from '../../src/apps/index.ts';
import {
  backTestAlert,
  childContext,
  contextOfHeaders,
  formatTraceparent,
  lineageEvents,
  parseTraceparent,
  withContext,
} from '../../src/observability/index.ts';
import { generateData } from '../../src/testing/index.ts';

const alert = (condition: string, forMs = 0) => ({ condition, forMs });

describe('a back-test', () => {
  const rows = generateData(
    {
      name: 't',
      fields: [
        { name: 'k', type: 'string', constraints: { enum_values: { values: ['a', 'b'] } } },
        { name: 'v', type: 'float', constraints: { range: { min: 10, max: 20 } } },
      ],
      anomalies: [{ name: 'spike', field: 'v', kind: 'spike', rate: 0.02, factor: 5, labelField: 'anomaly' }],
    },
    { records: 2000, seed: 4 },
  )['t'] as Record<string, never>[];
  const incidents = rows.filter((row) => row['anomaly'] !== null).length;

  test('measures precision and recall against labelled anomalies, and finds the threshold that parts them', () => {
    const low = backTestAlert(alert('v > 15'), rows, { truth: 'anomaly' });
    expect(low.recall).toBe(1);
    expect(low.precision).toBeLessThan(0.1);
    expect(low.suggestion).toMatchObject({
      precision: 1,
      recall: 1,
      reason: `finds ${incidents} of ${incidents} incidents with 0 false rows`,
    });
    expect(low.suggestion?.threshold).toBeGreaterThanOrEqual(19);
    const high = backTestAlert(alert('v > 1000'), rows, { truth: 'anomaly' });
    expect(high).toMatchObject({ fires: 0, firingRows: 0, recall: 0 });
    expect(high.precision).toBeUndefined();
  });

  test('keeps a threshold that does as well as any', () => {
    const best = backTestAlert(alert('v > 30'), rows, { truth: 'anomaly' });
    expect(best).toMatchObject({
      precision: 1,
      recall: 1,
      suggestion: { threshold: 30, reason: 'no other threshold does better on this history' },
    });
  });

  test('without truth proposes what a hundredth of the rows passes', () => {
    const { suggestion } = backTestAlert(alert('v > 15'), rows);
    const beyond = rows.filter((row) => Number(row['v']) > (suggestion?.threshold ?? 0)).length;
    expect(beyond / rows.length).toBeCloseTo(0.01, 2);
  });

  test('fires once per stretch, and only after its time', () => {
    const history = [1, 5, 5, 5, 1, 5, 1].map((v, i) => ({ k: 'a', v, at: i * 1000 }));
    expect(backTestAlert(alert('v > 3'), history, { labels: ['k'], time: 'at' })).toMatchObject({ fires: 2, firingRows: 4 });
    expect(backTestAlert(alert('v > 3', 2000), history, { labels: ['k'], time: 'at' })).toMatchObject({ fires: 1, firingRows: 1 });
  });

  test('keeps label sets apart', () => {
    const history = [
      { k: 'a', v: 5 },
      { k: 'b', v: 5 },
      { k: 'a', v: 5 },
    ];
    expect(backTestAlert(alert('v > 3'), history, { labels: ['k'] }).fires).toBe(2);
  });
});

describe('lineage events', () => {
  const app = analyzeApp(
    {
      name: 'Shop',
      queries: [
        {
          name: 'Big',
          description: 'large orders',
          sql: 'SELECT id, price * quantity AS total FROM orders',
          sink: 'kafka://b:9092/big-orders',
        },
      ],
    },
    {
      now: 0,
      schemas: {
        orders: {
          columns: [
            { name: 'id', type: 'STRING' },
            { name: 'price', type: 'FLOAT' },
            { name: 'quantity', type: 'INTEGER' },
          ],
        },
      },
    },
  );
  const [event] = lineageEvents(
    app,
    'START',
    { at: 0, runIds: { q1: '0190b7c2-0000-7000-8000-000000000001' } },
    { namespace: 'prod', schemas: { orders: [{ name: 'id', type: 'STRING' }] } },
  );

  test('name job, inputs, outputs, types and which column comes from which', () => {
    expect(event).toMatchObject({
      eventType: 'START',
      eventTime: '1970-01-01T00:00:00.000Z',
      job: {
        namespace: 'prod',
        name: 'shop.q1',
        facets: { jobType: { processingType: 'STREAMING', jobType: 'QUERY' }, sql: { query: expect.stringContaining('SELECT') } },
      },
      inputs: [{ name: 'orders', facets: { schema: { fields: [{ name: 'id', type: 'STRING' }] } } }],
      outputs: [
        {
          name: 'big-orders',
          facets: {
            columnLineage: {
              fields: {
                id: { inputFields: [{ namespace: 'prod', name: 'orders', field: 'id' }] },
                total: {
                  inputFields: [
                    { name: 'orders', field: 'price' },
                    { name: 'orders', field: 'quantity' },
                  ],
                },
              },
            },
          },
        },
      ],
    });
  });

  test('carry what the standard requires of every event and facet', () => {
    for (const key of ['eventType', 'eventTime', 'producer', 'schemaURL', 'run', 'job', 'inputs', 'outputs'])
      expect(event).toHaveProperty(key);
    const facets: unknown[] = [];
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'facets') facets.push(...Object.values(value as object));
        walk(value);
      }
    };
    walk(event);
    expect(facets.length).toBeGreaterThan(4);
    for (const facet of facets)
      expect(facet).toMatchObject({ _producer: expect.stringMatching(/^https:/), _schemaURL: expect.stringMatching(/\.json$/) });
  });
});

describe('trace context', () => {
  const header = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  test('is read and written as the recommendation says', () => {
    const context = parseTraceparent(header);
    expect(context).toEqual({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', sampled: true });
    expect(formatTraceparent(context!)).toBe(header);
    expect(parseTraceparent('01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-future')).toMatchObject({ sampled: false });
  });

  test.each([
    '',
    '00-0-0-0',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    `${header}-more`,
  ])('refuses %j', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  test('goes on through headers under a new span', () => {
    let n = 0;
    const random = () => (n = (n + 0.37) % 1);
    const parent = contextOfHeaders([
      ['TraceParent', header],
      ['tracestate', 'a=1'],
      ['x', 'y'],
    ]);
    const child = childContext(parent, random);
    expect([child.traceId, child.state, child.spanId === parent?.spanId]).toEqual([parent?.traceId, 'a=1', false]);
    expect(
      withContext(
        [
          ['x', 'y'],
          ['traceparent', header],
        ],
        child,
      ),
    ).toEqual([
      ['x', 'y'],
      ['traceparent', formatTraceparent(child)],
      ['tracestate', 'a=1'],
    ]);
    const root = childContext(undefined, random);
    expect(parseTraceparent(formatTraceparent(root))).toEqual(root);
  });
});
