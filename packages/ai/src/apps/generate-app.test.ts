import { parse } from '@velostream/core/sql';
import { describe, expect, test } from 'vitest';
import { generateApp } from './generate-app.ts';
import { proposeSchema } from './propose-schema.ts';

const made = async (prompt: string, schemas = {}) => {
  const result = await generateApp({ prompt, schemas });
  return { ...result, sql: result.app.queries.map((q) => q.sql.replace(/\s+/g, ' ')).join('\n') };
};

const RIDES = {
  rides: {
    eventTime: 'requested_at',
    columns: [
      { name: 'ride_id', type: 'STRING' },
      { name: 'zone', type: 'STRING' },
      { name: 'wait_minutes', type: 'FLOAT' },
      { name: 'fare', type: 'DECIMAL' },
      { name: 'status', type: 'STRING', values: ['completed', 'cancelled'] },
      { name: 'requested_at', type: 'TIMESTAMP' },
    ],
  },
};

/** What was asked for, and a piece of SQL that only an answer to it holds. */
const ASKED: readonly [string, readonly RegExp[]][] = [
  [
    'Build an app for a call center: queue length, average handle time, abandoned calls',
    [/AVG\(queue_length\)/, /AVG\(handle_time\)/, /'abandoned_call'/],
  ],
  [
    'I want a pipeline for hospital bed occupancy by ward with an alert when a ward is over 90% full',
    [/@alert: avg_hospital_bed_occupancy > 90/, /GROUP BY ward/],
  ],
  [
    'Build an app for parcel deliveries: late deliveries per depot, alert on more than 50 late parcels an hour',
    [/GROUP BY depot/, /@alert: late_parcels > 50 .*INTERVAL '1' HOUR/],
  ],
  [
    'Create an app for payments: success rate by provider, p95 latency, alert when success rate below 95%',
    [/@alert: success_rate < 0.95/, /PERCENTILE_CONT\(0.95\)/],
  ],
  [
    'make a pipeline on insurance claims: claims per region, average amount, alert for claims over 50000',
    [/FROM insurance_claims WHERE amount > 50000/],
  ],
  ['Create an app for music streaming: plays per artist, skips, top 10 songs per hour', [/'play'/, /GROUP BY song .*LIMIT 10/]],
  ['build me a solution for cold chain: temperature above 8 degrees for trucks', [/@alert: avg_temperature > 8/, /GROUP BY truck/]],
  [
    'Create an app to track energy consumption of smart meters and find outages',
    [/SUM\(energy_consumption\).*GROUP BY meter_id/, /'outage'/],
  ],
  [
    'generate an app for online game telemetry: active players per region, matches per minute',
    [/COUNT\(DISTINCT player_id\).*GROUP BY region/, /INTERVAL '1' MINUTE/],
  ],
  [
    'Create an application showing ad impressions, clicks and click-through rate per campaign',
    [/COUNT\(\*\) AS ad_impression_count.*GROUP BY campaign/, /AS click_through_rate/],
  ],
];

describe('an application from one sentence', () => {
  test.each(ASKED)('%s', async (prompt, pieces) => {
    const { sql, app, templateId } = await made(prompt);
    expect(templateId).toBeUndefined();
    for (const piece of pieces) expect(sql).toMatch(piece);
    for (const query of app.queries) {
      expect(query.sql).toContain('@metric');
      expect(parse(query.sql).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    }
  });

  test('a template is taken where the words are of its field', async () => {
    const cases = {
      'make an app that detects card fraud': 'fraud-detection',
      'Build a trading analytics app': 'trading-analytics',
      'set up a system that watches web server logs for errors': 'log-analytics',
      'I need an application for monitoring LLM agents decisions and latency': 'ai-agent-monitoring',
      'Build an app replicating my postgres changes to kafka and counting changes per table': 'change-data-capture',
    };
    for (const [prompt, id] of Object.entries(cases)) expect((await made(prompt)).templateId, prompt).toBe(id);
  });

  test('what is connected answers what was asked for, alerts with it', async () => {
    const { sql } = await made(
      'Build me an app that monitors taxi rides: average waiting time per zone, revenue per zone every hour, cancelled rides, and alerts when the average wait is over 15 minutes',
      RIDES,
    );
    expect(sql).toMatch(/@alert: avg_wait_minutes > 15.*AVG\(wait_minutes\).*GROUP BY zone/);
    expect(sql).toMatch(/SUM\(fare\).*INTERVAL '1' HOUR/);
    expect(sql).toMatch(/COUNT\(\*\).*status = 'cancelled'/);
  });

  test('what no field answers is named instead of being dropped', async () => {
    const { assumptions, explanation } = await made('Build me an app for rides: fare per zone, tyre pressure by wheel', RIDES);
    expect(assumptions.map((a) => a.text).join()).toContain('"tyre pressure by wheel" is left out');
    expect(explanation).toContain('Tyre pressure');
  });

  test('a source that is named is used, whatever template its name recalls', async () => {
    const columns = [
      { name: 'order_id', type: 'STRING' },
      { name: 'customer', type: 'STRING' },
      { name: 'total', type: 'FLOAT' },
    ];
    const { templateId, sql } = await made('build me a dashboard for orders', { orders: { columns } });
    expect(templateId).toBeUndefined();
    expect(sql).toMatch(/SUM\(total\).*FROM orders GROUP BY customer/);
  });

  test('what is connected does not stand in for something else', async () => {
    const { sql, explanation } = await made('Build an app for a call center: queue length, average handle time', RIDES);
    expect(sql).toMatch(/AVG\(queue_length\)[\s\S]*FROM call_center_events/);
    expect(explanation).toContain('Nothing that is connected has this');
  });

  test('a template does not stand in for sources that are named, and every one that is named has its panels', async () => {
    const stream = (text: string) => ({
      eventTime: 'at',
      columns: text.split(', ').map((column) => ({ name: column.split(' ')[0] ?? '', type: column.split(' ')[1] ?? '' })),
    });
    const schemas = {
      trades: stream('trade_id STRING, symbol STRING, price FLOAT, quantity INTEGER, at TIMESTAMP'),
      refunds: stream('refund_id STRING, reason STRING, amount FLOAT, at TIMESTAMP'),
    };
    const { templateId, sql, app } = await made('build an app that watches refunds', schemas);
    expect(templateId).toBeUndefined();
    expect([app.name, sql.includes('FROM trades'), sql.includes('FROM refunds')]).toEqual(['Refunds Monitoring', false, true]);
    const both = await made('build an app that watches refunds and trades', schemas);
    expect([both.sql.includes('FROM trades'), both.sql.includes('FROM refunds')]).toEqual([true, true]);
    expect((await made('build a trading app', schemas)).templateId).toBe('trading-analytics');
  });

  test('"an app" is about nothing called "an"', async () => {
    expect((await made('an app that counts parcels per depot')).app.name).not.toMatch(/^An\b/);
  });

  test('a wish for nothing in particular is answered from the widest stream of many', async () => {
    const one = { ...RIDES.rides, columns: RIDES.rides.columns.slice(0, 2) };
    const zones = { ...RIDES.rides, kind: 'table' as const };
    const { sql } = await made('build a monitoring application', { one, two: one, zones, rides: RIDES.rides, other: one });
    expect(sql).toContain('FROM rides');
  });

  test('nothing is built from nothing', async () => {
    await expect(made('build me an app')).rejects.toMatchObject({
      code: 'VS5808',
      hint: expect.stringContaining('Connect a source, or say what it shall show'),
    });
  });

  test('an alert without a limit is left open and said', async () => {
    const { explanation, sql } = await made('Build me an app that monitors taxi rides and alerts when waiting times get too long');
    expect(sql).not.toContain('@alert');
    expect(explanation).toContain('No limit was named for "waiting times get too long"');
  });

  test('rows are never grouped by their own id', async () => {
    const columns = ['parcel_id', 'depot', 'courier'].map((name) => ({ name, type: 'STRING' }));
    const { sql } = await made('build an app for my parcels', { parcels: { columns: [...columns, { name: 'weight_kg', type: 'FLOAT' }] } });
    expect(sql).toContain('GROUP BY depot');
    expect(sql).not.toContain('GROUP BY parcel_id');
  });
});

describe('fields to begin with where nothing is connected', () => {
  test('come from the words of the question', async () => {
    const proposed = await proposeSchema('average waiting time per taxi zone every 10 minutes');
    expect(proposed?.schema.columns.map((c) => c.name)).toEqual(['event_id', 'waiting_time', 'taxi_zone', 'event_time']);
    expect((await proposeSchema('count support tickets by priority per hour'))?.name).toBe('support_tickets');
  });

  test('come from a template whose field it is', async () => {
    expect((await proposeSchema('I want to track trading volume by symbol every 5 minutes'))?.name).toBe('trades');
  });

  test('are not made up for small talk', async () => {
    for (const text of ['show me the numbers', 'thank you', 'what can you do?']) expect(await proposeSchema(text), text).toBeUndefined();
  });
});
