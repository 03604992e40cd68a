import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { analyzeApp } from '@velostream/core/apps';
import { flinkRules } from '@velostream/core/deploy';
import { alertRules } from '@velostream/core/observability';
import { afterEach, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { order, shop } from './orders.fixture.ts';

const prometheus = service('prometheus');
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

describe('an application on Flink under real monitoring', () => {
  test('has the series of our dashboards and alerts from the reporter of Flink, and declared metrics from its output', async (context) => {
    const { VELO_PROMETHEUS_URL: url, VELO_PROMETHEUS_DIR: folder } = prometheus.require(context);
    const made = await shop(context, { metrics: true });
    open.push(() => made.close());
    const { deployments, driver, orders, topic, uri, schemas, sources, env } = made;
    const out = await topic('south');
    const sql = [
      '-- @metric: south_orders',
      '-- @metric: south_total',
      '-- @metric_type: gauge',
      '-- @metric_field: total',
      '-- @metric_labels: region',
      '-- @alert: total > 70',
      '-- @alert_name: total_high',
      `SELECT id, region, total FROM ${orders} WHERE region = 'south'`,
    ].join('\n');
    const app = { name: 'South', queries: [{ name: 'South', sql, sink: uri(out) }] };
    const { id } = await deployments.deploy({ app, schemas, sources }, { name: out, target: 'flink', approve: 'auto' });

    const rules = flinkRules(app, { name: out, schemas });
    expect(rules.leftOut.map((left) => left.name)).toEqual(['south_total']);
    const files = [
      join(folder, 'rules', `${out}.yml`),
      join(folder, 'rules', `${out}-alerts.yml`),
      join(folder, 'targets', `${out}.json`),
    ] as const;
    const host = createServer(async (_request, response) => response.end(await deployments.metricsText()));
    await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
    open.push(() => new Promise((done) => host.close(done)));
    const own = `127.0.0.1:${(host.address() as AddressInfo).port}`;
    const targets = [...env.VELO_FLINK_METRICS.split(',').map((address) => new URL(address).host), own];
    const analysed = analyzeApp(app, { now: 0, schemas });
    writeFileSync(files[0], rules.yaml);
    writeFileSync(files[1], alertRules(analysed.alerts, { pipeline: out }).yaml);
    writeFileSync(files[2], JSON.stringify([{ targets }]));
    open.push(async () => {
      for (const file of files) rmSync(file, { force: true });
      await fetch(`${url}/-/reload`, { method: 'POST' });
    });
    expect((await fetch(`${url}/-/reload`, { method: 'POST' })).status).toBe(200);
    const query = async (expr: string): Promise<readonly Series[]> =>
      ((await (await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`)).json()) as { data: { result: readonly Series[] } })
        .data.result;
    const latest = async (expr: string): Promise<string | undefined> => (await query(expr))[0]?.value[1];

    // What rules record has no instance; what the host of the deployment serves has one.
    const job = `job_name="${id}_q1",instance=""`;
    // The counter is seen at nothing first, so that what comes after is an increase.
    await expect.poll(() => latest('velostream_south_orders_total{job="south",instance=""}'), { timeout: 40_000 }).toBe('0');
    await order(driver, orders, 0, 80);
    await expect.poll(() => latest(`velo_job_records_in_total{${job}}`), { timeout: 40_000 }).toBe('80');
    await expect.poll(() => latest(`velo_job_records_out_total{${job}}`), { timeout: 20_000 }).toBe('40');
    // Each is scraped and recorded at its own time.
    await expect.poll(() => latest(`velo_job_up{${job}}`), { timeout: 20_000 }).toBe('1');
    const checkpointed = async () => Number(await latest(`velo_job_last_checkpoint_seconds{${job}}`));
    await expect.poll(checkpointed, { timeout: 20_000 }).toBeGreaterThan(1_700_000_000);
    await expect.poll(() => latest('velostream_south_orders_total{job="south",query="south",instance=""}'), { timeout: 20_000 }).toBe('40');
    await expect
      .poll(async () => (await query('ALERTS{alertname="TotalHigh"}'))[0]?.metric, { timeout: 30_000 })
      .toMatchObject({ alertstate: 'firing', region: 'south' });

    const text = async () => deployments.metricsText();
    await expect.poll(text, { timeout: 20_000 }).toContain('velostream_south_total{region="south",job="south",query="south"} 79');
    const alerts = () => deployments.alerts(id);
    await expect.poll(alerts, { timeout: 20_000 }).toMatchObject([{ name: 'total_high', state: 'firing', value: 79 }]);
    await expect.poll(text, { timeout: 20_000 }).toContain(`velo_job_records_out_total{job_name="${id}_q1"} 40`);
  });
});
