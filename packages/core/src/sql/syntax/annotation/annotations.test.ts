// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the dialect are written that way
import { describe, expect, test } from 'vitest';
import { withoutSpans } from '../ast.fixture.ts';
import { parse, parseExpression, substituteVariables } from '../index.ts';

const at = (sql: string, mode: 'lenient' | 'strict' = 'lenient'): string[] =>
  parse(sql, { mode }).diagnostics.map((d) => `${d.severity} ${d.code} ${JSON.stringify(sql.slice(d.start, d.end))}`);
const SELECT = 'SELECT a FROM t;';

describe('metric annotations', () => {
  test('make one metric a block with every line', () => {
    const sql = `
-- @metric: order_amount
-- @metric_type: HISTOGRAM
-- @metric_help: "Amount of an order"
-- @metric_labels: region, metadata.tier, ,
-- @metric_field: amount
-- @metric_condition: amount > 10 AND region != 'x'
-- @metric_sample_rate: 0.25
-- @metric_buckets: [0.5, 1, 10]
-- @metric: orders_total
${SELECT}`;
    const { annotations, diagnostics } = parse(sql);
    expect(diagnostics).toEqual([]);
    const [first, second] = annotations.metrics;
    expect(first).toMatchObject({
      name: 'order_amount',
      type: 'histogram',
      help: 'Amount of an order',
      labels: ['region', 'metadata.tier'],
      field: 'amount',
      sampleRate: 0.25,
      buckets: [0.5, 1, 10],
      statement: 0,
    });
    expect(first?.condition?.text).toBe("amount > 10 AND region != 'x'");
    expect(withoutSpans(first?.condition?.expression)).toEqual(withoutSpans(parseExpression("amount > 10 AND region != 'x'").expression));
    expect(first && sql.slice(first.span.start, first.span.end)).toBe('@metric: order_amount');
    expect(second).toMatchObject({ name: 'orders_total', type: 'counter', labels: [], sampleRate: 1 });
  });

  test('stand in block comments, without spaces, in any case, without a colon, and inside the statement', () => {
    const sql = `--@Metric: a_total\n/* @metric b_total\n * @metric_type: gauge */\nSELECT a -- @metric: c_total # remark\nFROM t;`;
    expect(parse(sql).annotations.metrics.map((m) => [m.name, m.type])).toEqual([
      ['a_total', 'counter'],
      ['b_total', 'gauge'],
      ['c_total', 'counter'],
    ]);
  });

  test('take dimensions in brackets for labels', () => {
    expect(parse(`-- @metric: hits(page, region)\n${SELECT}`).annotations.metrics[0]).toMatchObject({
      name: 'hits',
      labels: ['page', 'region'],
    });
  });

  test('belong to the statement that follows', () => {
    const sql = `SELECT a FROM t; -- @metric: x_total\nSELECT b FROM t;\n-- @metric: y_total`;
    expect(parse(sql).annotations.metrics.map((m) => m.statement)).toEqual([1, -1]);
  });

  test.each([
    ['-- @metric: bad-name', 'error VS1050 "@metric: bad-name"'],
    ['-- @metric: 1st', 'error VS1050 "@metric: 1st"'],
    ['-- @metric: a.b', 'error VS1050 "@metric: a.b"'],
    ['-- @metric:', 'error VS1050 "@metric:"'],
    ['-- @metric_type: gauge', 'error VS1052 "@metric_type: gauge"'],
    ['-- @metric: m\n-- @metric_type: summary', 'error VS1051 "summary"'],
    ['-- @metric: m\n-- @metric_sample_rate: 1.5', 'error VS1055 "1.5"'],
    ['-- @metric: m\n-- @metric_sample_rate: often', 'error VS1055 "often"'],
    ['-- @metric: m\n-- @metric_buckets: [1, 1]', 'error VS1055 "[1, 1]"'],
    ['-- @metric: m\n-- @metric_buckets: 0, 1', 'error VS1055 "0, 1"'],
    ['-- @metric: m\n-- @metric_buckets: a', 'error VS1055 "a"'],
    ['-- @metric: m\n-- @metric_condition: a >', 'error VS1054 ""'],
    ['-- @metric: m\n-- @metric_condition: a > 1 extra', 'error VS1054 "extra"'],
    ['-- @metrics: m', 'info VS1056 "@metrics: m"'],
    ['-- @completely_else: m', 'info VS1056 "@completely_else: m"'],
  ])('report the mistake in %s', (comment, expected) => {
    expect(at(`${comment}\n${SELECT}`)).toEqual([expected]);
  });

  test('without a field are fine in lenient mode, and an error of gauges and histograms in strict mode', () => {
    const sql = `-- @metric: m\n-- @metric_type: gauge\n-- @metric: n\n${SELECT}`;
    expect(at(sql)).toEqual([]);
    expect(at(sql, 'strict')).toEqual(['error VS1053 "@metric: m"']);
  });

  test('name the nearest known annotation', () => {
    expect(parse(`-- @metric_lables: a\n${SELECT}`).diagnostics[0]?.hint).toBe('Did you mean "@metric_labels"?');
  });
});

describe('alert and chart annotations', () => {
  test('make an alert with defaults', () => {
    const [alert] = parse(`-- @alert: revenue > 100000\n${SELECT}`).annotations.alerts;
    expect(alert).toMatchObject({ severity: 'warning', forMs: 0, statement: 0 });
    expect(alert?.condition.text).toBe('revenue > 100000');
  });

  test('make an alert of every line', () => {
    const sql = `-- @alert: revenue_high
-- @alert_condition: revenue > 5 * floor
-- @alert_severity: Critical
-- @alert_for: 5m
-- @alert_channel: slack:#ops
-- @alert_summary: Revenue is high
-- @alert_description: more # than usual
-- @alert_message: look
${SELECT}`;
    expect(parse(sql).diagnostics).toEqual([]);
    expect(parse(sql).annotations.alerts[0]).toMatchObject({
      name: 'revenue_high',
      severity: 'critical',
      forMs: 300_000,
      channel: 'slack:#ops',
      summary: 'Revenue is high',
      description: 'more # than usual',
      message: 'look',
      condition: { text: 'revenue > 5 * floor' },
    });
  });

  test.each([
    ['-- @alert: a >', 'error VS1054 ""'],
    ['-- @alert: high', 'error VS1054 "@alert: high"'],
    ['-- @alert:', 'error VS1054 "@alert:"'],
    ['-- @alert: a > 1\n-- @alert_severity: loud', 'error VS1055 "loud"'],
    ['-- @alert: a > 1\n-- @alert_for: soon', 'error VS1055 "soon"'],
    ['-- @alert_for: 5m', 'warning VS1052 "@alert_for: 5m"'],
  ])('report the mistake in %s', (comment, expected) => {
    expect(at(`${comment}\n${SELECT}`)).toEqual([expected]);
  });

  test('make chart hints', () => {
    const sql = `-- @viz: Line\n-- @viz_title: Revenue by hour\n-- @viz_x_axis: hour\n-- @viz_y_axis: revenue\n-- @viz: table\n${SELECT}\n-- @viz_title: alone\n${SELECT}`;
    expect(parse(sql).annotations.vizHints).toMatchObject([
      { type: 'line', title: 'Revenue by hour', xAxis: 'hour', yAxis: 'revenue', statement: 0 },
      { type: 'table', statement: 0 },
      { type: 'auto', title: 'alone', statement: 1 },
    ]);
  });
});

describe('application files', () => {
  const file = `-- SQL Application: Fleet Watch
-- Version: 2.1.0
-- Description: Watches the fleet
-- Author: Ops
-- Dependencies: geo, users
-- Tag: team:fleet
-- Tag: tier:1
-- @phase: staging
-- @deployment.region: \${REGION:eu-west}
-- @observability.metrics.enabled: true
-- @job_mode: transactional
-- @batch_size: 50

-- Name: positions
-- Property: retention=7d
-- Property: owner = ops
CREATE STREAM positions AS SELECT a FROM kafka://h:1/raw;

-- @name: alerts
-- @job_mode: simple
-- @data.record_count: 100
CREATE STREAM bad AS WITH c AS (SELECT a FROM positions) SELECT c.a FROM c JOIN (SELECT b FROM users) u ON u.b = c.a WHERE a IN (SELECT x FROM list);
START JOB nightly AS SELECT a FROM positions`;

  test('have a header', () => {
    const { application, diagnostics } = parse(file);
    expect(diagnostics).toEqual([]);
    expect(application).toMatchObject({
      name: 'Fleet Watch',
      version: '2.1.0',
      description: 'Watches the fleet',
      author: 'Ops',
      dependencies: ['geo', 'users'],
      tags: { team: 'fleet', tier: '1' },
      annotations: { phase: 'staging', 'deployment.region': '${REGION:eu-west}', 'observability.metrics.enabled': 'true' },
    });
  });

  test('give every statement an id, a name, what it reads, properties and settings', () => {
    expect(parse(file).info).toMatchObject([
      {
        id: 'stmt_0',
        name: 'positions',
        dependencies: ['kafka://h:1/raw'],
        properties: { retention: '7d', owner: 'ops' },
        job: { job_mode: 'transactional', batch_size: '50' },
      },
      { id: 'stmt_1', name: 'alerts', dependencies: ['list', 'positions', 'users'], job: { job_mode: 'simple', batch_size: '50' } },
      { id: 'stmt_2', name: 'nightly', dependencies: ['positions'], job: { job_mode: 'transactional' } },
    ]);
  });

  test('may be named by annotation, wherever it stands', () => {
    expect(parse(`${SELECT}\n-- @application orders\n-- @depends_on: [a, b]\n${SELECT}`).application).toMatchObject({
      name: 'orders',
      version: '1.0.0',
      dependencies: ['a', 'b'],
    });
    expect(parse(SELECT).application).toBeUndefined();
  });

  test('without a header, settings of the first statement stay its own', () => {
    expect(parse(`-- @batch_size: 5\n${SELECT}${SELECT}`).info.map((i) => i.job)).toEqual([{ batch_size: '5' }, {}]);
  });

  test.each([
    ['-- @job_mode: fast', 'warning VS1055 "fast"'],
    ['-- @batch_size: many', 'warning VS1055 "many"'],
    ['-- @partitioning_strategy: random', 'warning VS1055 "random"'],
    ['-- @sticky-partition-id: -1', 'error VS1055 "-1"'],
    ['-- @partition-count: 0', 'error VS1055 "0"'],
    ['-- @partition_count: two', 'error VS1055 "two"'],
    ['-- @observability.profiling.enabled: maybe', 'warning VS1055 "maybe"'],
  ])('report the mistake in %s', (comment, expected) => {
    expect(at(`${comment}\n${SELECT}`)).toEqual([expected]);
  });

  test('take remarks after values, not inside quotes', () => {
    const info = parse(`-- @name: a -- the first\n-- @batch_size: 5 # rows\n${SELECT}`).info[0];
    expect(info).toMatchObject({ name: 'a', job: { batch_size: '5' } });
    expect(parse(`-- @name: "a -- b"\n${SELECT}`).info[0]?.name).toBe('a -- b');
  });

  test('a column named __proto__ is a property like any other', () => {
    expect(Object.keys(parse(`-- Property: __proto__=x\n${SELECT}`).info[0]?.properties ?? {})).toEqual(['__proto__']);
  });
});

describe('variables', () => {
  const lookup = (name: string): string | undefined => ({ HOST: 'h1', EMPTY: '' })[name];
  test.each([
    ['${HOST}', 'h1'],
    ['a-${HOST}-b', 'a-h1-b'],
    ['${EMPTY:x}', ''],
    ['${NONE:x}', 'x'],
    ['${NONE:-x:y}', 'x:y'],
    ['${NONE|HOST:x}', 'h1'],
    ['${NONE}', '${NONE}'],
    ['$HOST', '$HOST'],
  ])('%s becomes %s', (text, expected) => {
    expect(substituteVariables(text, lookup).text).toBe(expected);
  });

  test('that are missing are named with their message', () => {
    expect(substituteVariables('${A}${B:?set it}', lookup).missing).toEqual([{ name: 'A' }, { name: 'B', message: 'set it' }]);
  });
});
