import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { analyzeApp } from '../../src/apps/index.ts';
import { createDeployments, embedded, remoteWrite } from '../../src/deploy/index.ts';
import { alertmanagerConfig, alertRules, EXPOSITION_TYPE } from '../../src/observability/index.ts';

const prometheus = service('prometheus');
const alertmanager = service('alertmanager');

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

async function until<T>(look: () => Promise<T | undefined>, timeoutMs: number, what: string): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const SQL = `
-- @metric: backlog
-- @metric_type: gauge
-- @metric_labels: queue
-- @alert: backlog > 100
-- @alert_name: backlog_high
-- @alert_for: 3s
-- @alert_severity: critical
-- @alert_channel: webhook:HOOK
SELECT queue, MAX(waiting) AS backlog FROM depths GROUP BY queue EMIT CHANGES`;

describe('a deployed application under real monitoring', () => {
  test('Prometheus scrapes it, and its alert reaches a web hook within its time', async (context) => {
    const { VELO_PROMETHEUS_URL: url, VELO_PROMETHEUS_DIR: folder } = prometheus.require(context);
    const { VELO_ALERTMANAGER_URL: managerUrl, VELO_ALERTMANAGER_CONFIG: managerFile } = alertmanager.require(context);
    const received: {
      at: number;
      body: { status: string; alerts: { labels: Record<string, string>; annotations: Record<string, string> }[] };
    }[] = [];
    const hook = await listen(
      createServer(async (request, response) => {
        received.push({ at: performance.now(), body: JSON.parse(await bodyOf(request)) });
        response.end();
      }),
    );
    const sql = SQL.replace('HOOK', `http://${hook}/alert`);
    const subject = {
      app: { name: 'Queue Watch', queries: [{ name: 'Backlog', sql, sink: 'backlogs' }] },
      schemas: {
        depths: {
          columns: [
            { name: 'queue', type: 'STRING' },
            { name: 'waiting', type: 'INTEGER' },
          ],
        },
      },
    };
    async function* depths(): AsyncGenerator<{ queue: string; waiting: number }> {
      yield { queue: 'mail', waiting: 5000 };
      yield { queue: 'print', waiting: 3 };
      await new Promise<void>((resolve) => open.push(resolve));
    }
    const deployments = createDeployments({ targets: [embedded()], allowUnapproved: true });
    open.push(() => deployments.close());
    const full = { ...subject, sources: { depths: { rows: depths(), schema: subject.schemas.depths } } };
    const { id } = await deployments.deploy(full, { name: 'queue-watch', approve: 'auto' });
    const metrics = await listen(
      createServer(async (_request, response) => {
        response.setHeader('content-type', EXPOSITION_TYPE);
        response.end(await deployments.metricsText());
      }),
    );

    const app = analyzeApp(subject.app, { now: 0, schemas: subject.schemas });
    writeFileSync(join(folder, 'rules', 'queue-watch.yml'), alertRules(app.alerts, { pipeline: 'queue-watch' }).yaml);
    writeFileSync(join(folder, 'targets', 'queue-watch.json'), JSON.stringify([{ targets: [metrics] }]));
    writeFileSync(join(folder, 'alertmanagers', 'here.json'), JSON.stringify([{ targets: [new URL(managerUrl).host] }]));
    writeFileSync(managerFile, alertmanagerConfig(app.alerts, { groupWaitMs: 1000 }).yaml);
    open.push(() => {
      for (const file of ['rules/queue-watch.yml', 'targets/queue-watch.json', 'alertmanagers/here.json'])
        rmSync(join(folder, file), { force: true });
    });
    for (const base of [url, managerUrl]) expect((await fetch(`${base}/-/reload`, { method: 'POST' })).status).toBe(200);
    const started = performance.now();

    const query = async (expr: string) => {
      const answer = (await (await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`)).json()) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] };
      };
      return answer.data.result;
    };
    const series = await until(
      async () => {
        const result = await query('velostream_backlog');
        return result.length === 2 ? result : undefined;
      },
      20_000,
      'the scrape',
    );
    expect(series.map(({ metric, value }) => [metric['queue'], metric['job'], metric['query'], value[1]]).sort()).toEqual([
      ['mail', 'queue-watch', 'backlog', '5000'],
      ['print', 'queue-watch', 'backlog', '3'],
    ]);
    expect((await query('velo_active_jobs'))[0]?.value[1]).toBe('1');

    const first = await until(async () => received[0], 30_000, 'the alert');
    expect(first.body.status).toBe('firing');
    expect(first.body.alerts.map((alert) => alert.labels)).toMatchObject([
      { alertname: 'BacklogHigh', severity: 'critical', queue: 'mail', pipeline: 'queue-watch' },
    ]);
    // Three seconds of `for`, one of grouping, and three of scrape, evaluation and file discovery; a busy machine takes longer.
    expect(first.at - started).toBeLessThan(25_000);
    const native = await deployments.alerts(id);
    expect(native).toMatchObject([{ name: 'backlog_high', state: 'firing', labels: { queue: 'mail' }, value: 5000 }]);
  });

  test('Prometheus takes what is written to it, with the event time of the records', async (context) => {
    const { VELO_PROMETHEUS_URL: url } = prometheus.require(context);
    const warnings: string[] = [];
    const writer = remoteWrite({ url: `${url}/api/v1/write`, flushEveryMs: 100, onWarning: (text) => warnings.push(text) });
    const deployments = createDeployments({ targets: [embedded({ remoteWrite: writer })], allowUnapproved: true });
    open.push(() => deployments.close());
    const queue = `pushed-${process.pid}-${Date.now()}`;
    // Within the last minute: Prometheus takes nothing that is older than its head.
    const start = Date.now() - 30_000;
    const rows = [5, 8, 3].map((waiting, i) => ({ queue, waiting, at: start + i * 10_000 }));
    const app = {
      name: 'Pushed',
      queries: [
        {
          name: 'Waiting',
          sql: '-- @metric: waiting_now\n-- @metric_type: gauge\n-- @metric_field: waiting\n-- @metric_labels: queue\nSELECT queue, waiting FROM queues',
          sink: 'nobody',
        },
      ],
    };
    const schema = {
      eventTime: 'at',
      columns: [
        { name: 'queue', type: 'STRING' },
        { name: 'waiting', type: 'INTEGER' },
        { name: 'at', type: 'TIMESTAMP' },
      ],
    };
    await deployments.deploy(
      { app, schemas: { queues: schema }, sources: { queues: { rows, schema } } },
      { name: 'pushed', approve: 'auto' },
    );
    const stored = await until(
      async () => {
        const query = encodeURIComponent(`velostream_waiting_now{queue="${queue}"}[2m]`);
        const answer = (await (await fetch(`${url}/api/v1/query?query=${query}`)).json()) as {
          data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
        };
        const [series] = answer.data.result;
        return series?.values.length === 3 ? series : undefined;
      },
      15_000,
      `the samples (${warnings.join()})`,
    );
    expect(stored.values.map(([seconds, value]) => [Math.round(seconds * 1000), value])).toEqual(
      rows.map((row) => [row.at, String(row.waiting)]),
    );
    expect(stored.metric).toMatchObject({ job: 'pushed', query: 'waiting', queue });
    await writer.close();
    expect(writer.counts()).toMatchObject({ sent: 3, lost: 0 });
  });
});
