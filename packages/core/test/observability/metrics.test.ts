import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/index.ts';
import {
  alertName,
  alertRules,
  conditionToPromql,
  createAlertEvaluator,
  createMetricRecorder,
  createMetricRegistry,
  mergeExpositions,
  promDuration,
  prometheusName,
  type QueryShape,
} from '../../src/observability/index.ts';
import { fieldsOfSchema } from '../../src/observability/row-context.ts';
import type { MetricInfo } from '../../src/protocol/studio/app.ts';
import { extractAnnotations } from '../../src/sql/syntax/index.ts';

const info = (name: string, type: MetricInfo['type'], more: Partial<MetricInfo> = {}): MetricInfo => ({
  name,
  type,
  labels: [],
  prometheusName: prometheusName({ name, type }),
  help: `help of ${name}`,
  ...more,
});

describe('names on the wire', () => {
  test.each([
    ['trade_volume', 'counter', 'velostream_trade_volume_total'],
    ['requests_total', 'counter', 'velostream_requests_total'],
    ['price', 'gauge', 'velostream_price'],
    ['velo_market_data_ts_records_total', 'counter', 'velo_market_data_ts_records_total'],
    ['velostream_x', 'histogram', 'velostream_x'],
  ] as const)('%s (%s) is %s', (name, type, expected) => {
    expect(prometheusName({ name, type })).toBe(expected);
    expect(prometheusName({ name, type }, 'velostream-server')).toBe(name);
  });

  test.each([
    [90_000, '1m30s'],
    [300_000, '5m'],
    [250, '250ms'],
    [90_061_000, '1d1h1m1s'],
    [0, '0ms'],
  ])('%i ms are %s', (ms, text) => {
    expect(promDuration(ms)).toBe(text);
  });

  test.each([
    ['volume > 1000000', 'high_volume'],
    ['stock < 5', 'low_stock'],
    ['5 > stock', 'low_stock'],
    ['ABS(drift) >= 2 AND x > 1', 'high_drift'],
    ["status = 'down'", 'is_status'],
  ])('an alert on %s is called %s', (condition, name) => {
    expect(alertName(condition)).toBe(name);
  });
});

describe('conditions as PromQL', () => {
  const shape: QueryShape = {
    query: 'Orders',
    windowMs: 60_000,
    groupColumns: ['region'],
    metrics: [
      info('avg_price', 'gauge', { labels: ['region'], field: 'avg_price' }),
      info('orders', 'counter', { labels: ['region'], field: 'order_count' }),
      info('took', 'histogram', { labels: ['region'], field: 'took' }),
      info('total', 'gauge', { field: 'total' }),
      info('some', 'gauge', { labels: ['region'], field: 'sampled', conditional: true }),
    ],
  };
  test.each([
    ['avg_price > 100', 'velostream_avg_price > 100'],
    ['100 < avg_price', '100 < velostream_avg_price'],
    ['order_count >= 5', 'increase(velostream_orders_total[1m]) >= 5'],
    ['took > 0.5', 'histogram_quantile(0.95, sum by (le, region) (rate(velostream_took_bucket[5m]))) > 0.5'],
    ['avg_price / 2 > 100', '(velostream_avg_price / 2) > 100'],
    ["avg_price > 100 AND region = 'emea'", 'velostream_avg_price{region="emea"} > 100'],
    ['avg_price > 1 AND order_count > 2', 'velostream_avg_price > 1 and increase(velostream_orders_total[1m]) > 2'],
    ['avg_price > 1 OR avg_price < -1', '(velostream_avg_price > 1) or (velostream_avg_price < -1)'],
    ['avg_price BETWEEN 1 AND 2', 'velostream_avg_price >= 1 and velostream_avg_price <= 2'],
    ['NOT avg_price > 1', 'velostream_avg_price <= 1'],
    ['avg_price = 3', 'velostream_avg_price == 3'],
    ['unmeasured > 3', 'velostream_orders_unmeasured > 3'],
    ['sampled > 3', 'velostream_orders_sampled > 3'],
  ])('%s is %s', (condition, promql) => {
    expect(conditionToPromql(condition, shape)).toMatchObject({ promql });
  });

  test('of a query without a window look at five minutes', () => {
    expect(conditionToPromql('order_count > 5', { ...shape, windowMs: null }).promql).toBe('increase(velostream_orders_total[5m]) > 5');
  });

  test('say which gauge they add', () => {
    expect(conditionToPromql('unmeasured > 3', shape).synthesised).toMatchObject([
      { name: 'orders_unmeasured', field: 'unmeasured', labels: ['region'], synthesised: true },
    ]);
  });

  test.each([
    ["name LIKE 'a%'", 'LIKE'],
    ['avg_price / total > 1', 'share no label'],
    ["region = 'x'", 'compares no number'],
    ['1 > 0', 'constants alone'],
    ['COALESCE(avg_price, 0) > 1', 'COALESCE'],
  ])('without a counterpart say why: %s', (condition, problem) => {
    expect(conditionToPromql(condition, shape)).toMatchObject({ problem: expect.stringContaining(problem), synthesised: [] });
  });

  test('stand in rules with their labels, and text of users is no template', () => {
    const alert = {
      name: 'too_high',
      condition: 'x > 1',
      severity: 'critical',
      forMs: 60_000,
      channel: 'slack:#ops',
      query: 'Orders',
      promql: 'velostream_x > 1',
      summary: '{{ evil }} {{ $value }}',
    } as const;
    const { groups } = alertRules([alert, { ...alert, name: 'plain', forMs: 0 }], { pipeline: 'Shop One' });
    expect(groups[0]).toMatchObject({
      name: 'shop-one-alerts',
      rules: [
        {
          alert: 'TooHigh',
          expr: 'velostream_x > 1',
          for: '1m',
          labels: { severity: 'critical', pipeline: 'shop-one', query: 'orders', channel: 'slack:#ops' },
        },
        { alert: 'Plain' },
      ],
    });
    expect(groups[0]?.rules[0]?.annotations['summary']).toBe('{{ "{{" }} evil }} {{ $value }}');
    expect(groups[0]?.rules[1]).not.toHaveProperty('for');
  });
});

describe('the registry', () => {
  test('keeps values per label set and writes the text format', () => {
    const registry = createMetricRegistry();
    const hits = registry.metric({ name: 'hits_total', type: 'counter', help: 'a\nb' });
    hits.add({ page: 'a"b\\c\n' }, 2);
    hits.add({ page: 'a"b\\c\n' }, 3);
    expect(hits.add({ page: 'x' }, -1)).toBe(false);
    const took = registry.metric({ name: 'took', type: 'histogram', help: 't', buckets: [1, 5] });
    for (const value of [0.5, 1, 3, 9]) took.observe({}, value);
    expect(registry.text()).toBe(
      [
        '# HELP hits_total a\\nb',
        '# TYPE hits_total counter',
        'hits_total{page="a\\"b\\\\c\\n"} 5',
        '# HELP took t',
        '# TYPE took histogram',
        'took_bucket{le="1"} 2',
        'took_bucket{le="5"} 3',
        'took_bucket{le="+Inf"} 4',
        'took_sum 13.5',
        'took_count 4',
        '',
      ].join('\n'),
    );
  });

  test('holds a hundred label sets per metric and tells of the first and every thousandth it drops', () => {
    const told: number[] = [];
    const metric = createMetricRegistry({ onDrop: (_, dropped) => told.push(dropped) }).metric({ name: 'm', type: 'gauge', help: '' });
    for (let i = 0; i < 1200; i++) metric.set({ id: String(i) }, i);
    expect([metric.series().length, metric.dropped, told]).toEqual([100, 1100, [1, 1000]]);
    expect(metric.set({ id: '5' }, 99)).toBe(true);
  });

  test('without a limit takes all', () => {
    const metric = createMetricRegistry().metric({ name: 'm', type: 'gauge', help: '', seriesMax: 0 });
    for (let i = 0; i < 500; i++) metric.set({ id: String(i) }, i);
    expect(metric.series()).toHaveLength(500);
  });

  test('texts of several are one, with one heading per metric', () => {
    const text = (value: number) => `# HELP a h\n# TYPE a gauge\na ${value}\n`;
    expect(mergeExpositions([text(1), text(2), ''])).toBe('# HELP a h\n# TYPE a gauge\na 1\na 2\n');
  });
});

/** Output of a query with its annotations recorded as a deployment would. */
async function recorded(sql: string, rows: readonly object[]) {
  const engine = createEngine({ sources: { t: rows } });
  const query = engine.run(sql);
  await query.ready;
  const fields = fieldsOfSchema(query.schema);
  const { metrics, alerts } = extractAnnotations(sql);
  const registry = createMetricRegistry();
  const warnings: string[] = [];
  const recorder = createMetricRecorder(
    metrics.map((m) => ({
      info: info(m.name, m.type, { labels: m.labels, ...(m.field && { field: m.field }), ...(m.buckets && { buckets: m.buckets }) }),
      sampleRate: m.sampleRate,
      ...(m.condition && { condition: m.condition }),
    })),
    fields,
    { registry, constant: { job: 'app', query: 'q' }, onWarning: (w) => warnings.push(w) },
  );
  let now = 0;
  const evaluator = createAlertEvaluator(
    alerts.map((a) => ({
      info: { name: a.name ?? 'a', condition: a.condition.text, severity: a.severity, forMs: a.forMs },
      condition: a.condition,
    })),
    fields,
    { labels: ['k'], now: () => now },
  );
  for await (const batch of query.batches()) {
    recorder.record(batch);
    evaluator.evaluate(batch);
  }
  return {
    registry,
    warnings,
    evaluator,
    advance: (ms: number) => (now += ms),
    lines: registry
      .text()
      .split('\n')
      .filter((l) => l !== '' && !l.startsWith('#')),
  };
}

describe('metrics of a running query', () => {
  const rows = [
    { k: 'a', v: 1, ok: true, at: new Date(5000) },
    { k: 'b', v: 2, ok: false, at: new Date(6000) },
    { k: 'a', v: 4, ok: true, at: new Date(7000) },
    { k: null, v: null, ok: true, at: null },
  ];

  test('counters count or add, gauges keep the last, histograms observe', async () => {
    const { lines } = await recorded(
      `-- @metric: n\n-- @metric_labels: k\n-- @metric: sum\n-- @metric_field: v\n-- @metric: last\n-- @metric_type: gauge\n-- @metric_field: v\n-- @metric: seen_at\n-- @metric_type: gauge\n-- @metric_field: at\nSELECT k, v, at FROM t`,
      rows,
    );
    expect(lines).toEqual([
      'velostream_n_total{k="a",job="app",query="q"} 2',
      'velostream_n_total{k="b",job="app",query="q"} 1',
      'velostream_n_total{k="unknown",job="app",query="q"} 1',
      'velostream_sum_total{job="app",query="q"} 7',
      'velostream_last{job="app",query="q"} 4',
      'velostream_seen_at{job="app",query="q"} 7000',
    ]);
  });

  test('conditions choose rows, and a label of the same name replaces a constant one', async () => {
    const { lines } = await recorded(
      `-- @metric: big\n-- @metric_condition: v > 1 AND ok\n-- @metric_labels: job\nSELECT k AS job, v, ok FROM t`,
      rows,
    );
    expect(lines).toEqual(['velostream_big_total{job="a",query="q"} 1']);
  });

  test('samples are evenly spread and the same in every run', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ k: 'a', v: i }));
    const sql = '-- @metric: some\n-- @metric_sample_rate: 0.25\nSELECT k, v FROM t';
    const [first, second] = [await recorded(sql, many), await recorded(sql, many)];
    expect(first.lines).toEqual(['velostream_some_total{job="app",query="q"} 250']);
    expect(second.lines).toEqual(first.lines);
  });

  test('negative amounts and missing columns are told once', async () => {
    const { warnings, lines } = await recorded(`-- @metric: down\n-- @metric_field: v\nSELECT k, v FROM t`, [
      { k: 'a', v: -5 },
      { k: 'a', v: -6 },
      { k: 'a', v: 2 },
    ]);
    expect(lines).toEqual(['velostream_down_total{job="app",query="q"} 2']);
    expect(warnings).toEqual(['metric "down": a counter takes no negative amount']);
  });

  test('long and odd label values are made fit', async () => {
    const { lines } = await recorded('-- @metric: n\n-- @metric_labels: k\nSELECT k FROM t', [{ k: `a\tb${'x'.repeat(2000)}` }]);
    const label = /k="([^"]*)"/.exec(lines[0] as string)?.[1] as string;
    expect([label.length, label.slice(0, 4), label.slice(-4)]).toEqual([1024, 'a bx', 'x...']);
  });

  test('alerts are pending, fire after their time, and end', async () => {
    const run = await recorded(`-- @alert: v > 1\n-- @alert_for: 1m\n-- @alert_name: high\nSELECT k, v FROM t`, rows);
    expect(run.evaluator.active().map((a) => [a.state, a.labels, a.value])).toEqual([
      ['pending', { k: 'b' }, 2],
      ['pending', { k: 'a' }, 4],
    ]);
    run.advance(60_000);
    expect(run.evaluator.active().map((a) => a.state)).toEqual(['firing', 'firing']);
    expect(run.evaluator.fired().get('high')).toBe(2);
    run.advance(3_600_000);
    expect(run.evaluator.active()).toEqual([]);
  });

  test('an alert ends with a row of its labels that does not fulfil it', async () => {
    const run = await recorded(`-- @alert: v > 1\nSELECT k, v FROM t`, [
      { k: 'a', v: 5 },
      { k: 'b', v: 5 },
      { k: 'a', v: 0 },
    ]);
    expect(run.evaluator.active().map((a) => [a.state, a.labels])).toEqual([['firing', { k: 'b' }]]);
  });
});
