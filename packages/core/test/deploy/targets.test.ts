import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { inputSchemas, loadTemplates, templateApp } from '../../src/apps/index.ts';
import { memoryFs } from '../../src/deploy/embedded/memory-fs.ts';
import { bundle, createDeployments, embedded, grafana, serverSql } from '../../src/deploy/index.ts';
import { readServerJobs } from '../../src/deploy/process/server-answers.ts';
import { velostreamProcess } from '../../src/node/index.ts';
import { dashboardFor, slugOf } from '../../src/observability/index.ts';
import { parse } from '../../src/sql/index.ts';

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
const templates = await loadTemplates();
const subjectOf = (template: (typeof templates)[number]) => {
  const schemas = inputSchemas(template);
  return {
    app: templateApp(template),
    schemas,
    sources: Object.fromEntries(Object.keys(schemas).map((name) => [name, { uri: `kafka://b:9092/${name}` }])),
  };
};

describe('a bundle', () => {
  test.each(templates.map((t) => [t.id, t] as const))('of %s has everything, and all of it can be read', async (id, template) => {
    const slug = slugOf(template.name);
    const fs = memoryFs();
    const deployments = createDeployments({ targets: [bundle({ directory: '/out', fs })], allowUnapproved: true });
    const { files, capabilities, jobs } = await deployments.deploy(subjectOf(template), { name: id, target: 'bundle', approve: 'auto' });
    const text = async (path: string) => new TextDecoder().decode(await fs.read(`/out/${id}/${path}`));
    expect(files?.map((f) => f.replace(`/out/${id}/`, '')).sort()).toEqual(
      [
        'README.md',
        'alertmanager/alertmanager.yml',
        'app.sql',
        'docker-compose.yml',
        `grafana/dashboards/${slug}.json`,
        'grafana/provisioning/dashboards/velostream.yml',
        'grafana/provisioning/datasources/prometheus.yml',
        'grafana/provisioning/datasources/tempo.yml',
        'kubernetes/app.yaml',
        'kubernetes/config.yaml',
        'kubernetes/monitoring.yaml',
        'plan.json',
        'prometheus/prometheus.yml',
        `prometheus/rules/${slug}.test.yml`,
        `prometheus/rules/${slug}.yml`,
        'tempo/tempo.yml',
        'velostream/app.annotated.sql',
      ].sort(),
    );
    expect(parse(await text('app.sql')).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    expect(
      parse(await text('velostream/app.annotated.sql'), { mode: 'lenient' }).diagnostics.filter((d) => d.severity === 'error'),
    ).toEqual([]);
    for (const file of (files ?? []).filter((f) => /\.ya?ml$/.test(f))) {
      const documents = parseAllDocuments(new TextDecoder().decode(await fs.read(file)));
      expect([file, Array.isArray(documents) ? documents.flatMap((d) => d.errors) : []]).toEqual([file, []]);
    }
    const kinds = parseAllDocuments(await text('kubernetes/app.yaml'));
    expect(Array.isArray(kinds) && kinds.map((d) => (d.toJS() as { kind: string }).kind)).toEqual(['StatefulSet', 'Service']);
    expect(parseYaml(await text('prometheus/prometheus.yml'))).toMatchObject({
      rule_files: [`rules/${slug}.yml`],
      scrape_configs: [{}, { honor_labels: true, metrics_path: '/metrics' }],
    });
    const { services } = parseYaml(await text('docker-compose.yml')) as { services: Record<string, { command?: string[] }> };
    expect(services['app']?.command?.slice(-2)).toEqual(['--otlp', 'http://tempo:4318']);
    expect(services['tempo']?.command).toEqual(['-config.file=/etc/tempo/tempo.yml']);
    expect([capabilities.pause, capabilities.stop, jobs]).toEqual([false, false, []]);
    await expect(deployments.pause(id)).rejects.toMatchObject({ reason: 'unsupported-by-target' });
    await deployments.delete(id);
    expect(await fs.list(`/out/${id}`)).toEqual([]);
  });
});

describe('SQL for a Velostream server', () => {
  const app = (sql: string, sink?: string) => ({ name: 'Shop', queries: [{ name: 'Big Orders', sql, ...(sink && { sink }) }] });

  test('names every stream and configures every source and sink', () => {
    const { sql, blockers } = serverSql(
      app(
        '-- @metric: total_seen\n-- @metric_type: gauge\nSELECT o.id, o.total FROM kafka://b1:9092/my-orders o WHERE total > 5',
        'kafka://b2:9092/big-orders',
      ),
    );
    expect(blockers).toEqual([]);
    expect(sql).toContain('-- @name: big-orders');
    expect(sql).toContain('-- @job_mode: simple');
    expect(sql).toContain('-- @metric_field: total');
    expect(sql).toContain("'my_orders.type' = 'kafka_source'");
    expect(sql).toContain("'my_orders.bootstrap.servers' = 'b1:9092'");
    expect(sql).toContain("'my_orders.topic' = 'my-orders'");
    expect(sql).toContain("'big_orders.type' = 'kafka_sink'");
    expect(sql).toContain("'big_orders.topic' = 'big-orders'");
    expect(sql).not.toContain('kafka://');
    expect(parse(sql, { mode: 'strict' }).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  });

  test('has the header that annotate writes', () => {
    const { sql } = serverSql(app('SELECT region, COUNT(*) AS n FROM orders GROUP BY region WINDOW TUMBLING(1m) EMIT CHANGES'));
    for (const line of [
      '-- SQL Application: Shop',
      '-- @observability.tracing.enabled: true',
      '-- @observability.profiling.enabled: prod',
      '-- @batch_size: 1000',
      '-- @partitioning_strategy: hash',
      '-- @job_mode: adaptive',
    ])
      expect(sql).toContain(line);
  });

  test('says what the server cannot do, without secrets', () => {
    const { blockers } = serverSql(app('SELECT id FROM s3://bucket/x', 'postgres://u:secret@h/db'));
    expect(blockers.join()).toMatch(/no s3 source.*no postgres sink/);
    expect(blockers.join()).not.toContain('secret');
  });

  test('reads both shapes of job lists and both forms of failure', () => {
    const [real, documented, failed] = readServerJobs([
      { name: 'a', status: 'Running', stats: { records_processed: 100, records_failed: 2, start_time: 10_000 } },
      { name: 'b', status: 'Paused', metrics: { records_processed: 5, records_per_second: 7, errors: 1, memory_usage_mb: 12 } },
      { name: 'c', status: 'Failed(broker gone)' },
    ]);
    expect(real).toMatchObject({ status: 'running', metrics: { recordsProcessed: 100, errors: 2, recordsPerSecond: 10 } });
    expect(documented).toMatchObject({ status: 'paused', metrics: { recordsPerSecond: 7, errors: 1, memoryMb: 12 } });
    expect(failed).toMatchObject({ status: 'failed', error: 'broker gone' });
  });
});

describe('a Velostream server of its own', () => {
  const program = fileURLToPath(new URL('fixtures/velo-sql.mjs', import.meta.url));
  const port = () =>
    new Promise<number>((resolve) => {
      const server = createSocketServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as AddressInfo;
        server.close(() => resolve(free));
      });
    });
  const until = async (look: () => Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 2000; i++) {
      if (await look()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('it did not happen');
  };
  const target = async (more: object = {}) =>
    velostreamProcess({
      binary: process.execPath,
      leadingArguments: [program],
      directory: mkdtempSync(join(tmpdir(), 'velo-process-')),
      metricsPort: await port(),
      pollMs: 30,
      ...more,
    });
  const app = (sql: string) => ({
    app: {
      name: 'Two',
      queries: [
        { name: 'One', sql, sink: 'one' },
        { name: 'Other', sql: 'SELECT id FROM one', sink: 'other' },
      ],
    },
    sources: { orders: { uri: 'kafka://b/orders' } },
  });

  test('is started, looked at and stopped, and pausing is not pretended', async () => {
    const deployments = createDeployments({ targets: [await target()], allowUnapproved: true });
    open.push(() => deployments.close());
    const { id } = await deployments.deploy(app('SELECT id FROM orders'), { name: 'two', target: 'velostream-process', approve: 'auto' });
    // States and counters are asked for one after the other, so the view that is looked at is the one that was waited for.
    let view = await deployments.get(id);
    await until(async () => {
      view = await deployments.get(id);
      const [first, second] = view.jobs;
      return first?.metrics.recordsProcessed === 120 && first.status === 'running' && second?.status === 'failed';
    });
    expect(view.jobs.map((j) => [j.status, j.health])).toEqual([
      ['running', 'healthy'],
      ['failed', 'critical'],
    ]);
    expect(view.jobs[0]?.metrics).toMatchObject({ recordsProcessed: 120, recordsPerSecond: 2, latencyAvgMs: 1.5 });
    expect(view.jobs[1]?.error?.message).toBe('the job failed on the server: no such topic');
    await until(async () => (await deployments.metricsText()).includes('velo_sql_active_queries 2'));
    await until(async () => (await deployments.logs(id)).some((l) => l.message === 'serving 2 jobs, group velo-two'));
    await expect(deployments.pause(id)).rejects.toMatchObject({ reason: 'unsupported-by-target' });
    await deployments.stop(id);
    expect((await deployments.get(id)).jobs.map((j) => j.status)).toEqual(['stopped', 'stopped']);
  });

  test('is started again when it ends by itself, and given up in the end', async () => {
    const deployments = createDeployments({
      targets: [await target({ restart: { restartsMax: 2, firstDelayMs: 5 } })],
      allowUnapproved: true,
    });
    open.push(() => deployments.close());
    const { id } = await deployments.deploy(app('SELECT id, total AS crash_now FROM orders'), {
      name: 'two',
      target: 'velostream-process',
      approve: 'auto',
    });
    await until(async () => (await deployments.logs(id)).some((l) => l.message.includes('started too often')));
    expect((await deployments.logs(id)).filter((l) => l.message === 'the server ended with code 3')).toHaveLength(3);
  });

  test('that is not installed is told', async () => {
    const deployments = createDeployments({
      targets: [await target({ binary: '/nowhere/velo-sql', leadingArguments: [] })],
      allowUnapproved: true,
    });
    await expect(
      deployments.deploy(app('SELECT id FROM orders'), { name: 'two', target: 'velostream-process', approve: 'auto' }),
    ).rejects.toMatchObject({ reason: 'server-missing' });
  });
});

/** Answers as Grafana's HTTP API does: tokens, folders, versions, conflicts. */
async function grafanaServer(token: string) {
  const dashboards = new Map<string, { version: number; json: { title: string; uid: string } }>();
  const folders = new Set<string>();
  const seen: string[] = [];
  const bodyOf = async (request: IncomingMessage): Promise<Record<string, never>> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
  };
  const server = createServer(async (request, response) => {
    const send = (status: number, body: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    seen.push(`${request.method} ${path}`);
    if (path === '/grafana/api/health') return send(200, { database: 'ok', version: '12.1.0' });
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(401, { message: 'Invalid API key', messageId: 'api-key.invalid', statusCode: 401 });
    const body = await bodyOf(request);
    const uid = path.split('/').at(-1) ?? '';
    if (path === '/grafana/api/dashboards/db') {
      const { dashboard, overwrite, folderUid } = body as unknown as {
        dashboard: { title: string; uid: string; id: null };
        overwrite: boolean;
        folderUid?: string;
      };
      if (!dashboard.title) return send(400, { message: 'Dashboard title cannot be empty', status: 'empty-name' });
      if (folderUid !== undefined && !folders.has(folderUid)) return send(400, { message: 'folder not found' });
      const known = dashboards.get(dashboard.uid);
      if (known !== undefined && !overwrite)
        return send(412, { message: 'A dashboard with the same uid already exists', status: 'version-mismatch' });
      const version = (known?.version ?? 0) + 1;
      dashboards.set(dashboard.uid, { version, json: dashboard });
      const slug = dashboard.title.toLowerCase().replace(/\W+/g, '-');
      return send(200, { id: 1, uid: dashboard.uid, url: `/grafana/d/${dashboard.uid}/${slug}`, status: 'success', version, slug });
    }
    if (path.startsWith('/grafana/api/dashboards/uid/') && request.method === 'DELETE')
      return dashboards.delete(uid)
        ? send(200, { title: 'x', message: 'Dashboard deleted' })
        : send(404, { message: 'Dashboard not found' });
    if (path === '/grafana/api/folders') {
      folders.add(String(body['uid']));
      return send(200, body);
    }
    if (path.startsWith('/grafana/api/folders/')) return folders.has(uid) ? send(200, { uid }) : send(404, { message: 'folder not found' });
    if (path === '/grafana/api/annotations') return send(200, { message: 'Annotation added', id: 1 });
    return send(404, { message: 'Not found' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/grafana`, dashboards, seen };
}

describe('Grafana', () => {
  const plan = dashboardFor('Shop', [{ name: 'a', type: 'gauge', labels: [], prometheusName: 'velostream_a' }]);

  test('takes a dashboard, a newer one in its place, and loses it again', async () => {
    const { url, dashboards } = await grafanaServer('t0k');
    const client = grafana({ url, token: 't0k', folderUid: 'velo' });
    await client.ensureFolder('velo', 'Velostream');
    await client.ensureFolder('velo', 'Velostream');
    expect(await client.publish(plan)).toEqual({ uid: 'shop', url: `${url}/d/shop/velostream-shop`, version: 1 });
    expect((await client.publish(plan)).version).toBe(2);
    expect(dashboards.get('shop')?.json).toMatchObject({ title: 'Velostream: Shop', id: null });
    await client.annotate('shop', 'version 2', 5);
    expect(await client.health()).toEqual({ version: '12.1.0', database: 'ok' });
    expect([await client.remove('shop'), await client.remove('shop')]).toEqual([true, false]);
  });

  test('refuses a wrong token, which is never shown', async () => {
    const { url } = await grafanaServer('right');
    const failure = await grafana({ url, token: 'wr0ng-secret' })
      .publish(plan)
      .catch((error: unknown) => error as Error & { hint: string });
    expect(failure).toMatchObject({ reason: 'grafana-failed', message: expect.stringContaining('401: Invalid API key') });
    expect(JSON.stringify(failure)).not.toContain('wr0ng-secret');
    await expect(grafana({ url: 'http://127.0.0.1:1' }).health()).rejects.toMatchObject({ reason: 'grafana-unreachable' });
  });

  test('gets the dashboard of a deployment; without it the deployment runs all the same', async () => {
    const { url, seen } = await grafanaServer('t0k');
    const app = { name: 'Shop', queries: [{ name: 'Q', sql: '-- @metric: a\nSELECT id FROM orders', sink: 'memory://x' }] };
    const subject = { app, sources: { orders: [{ id: 1 }] } };
    const deployments = (token: string) =>
      createDeployments({
        targets: [embedded()],
        allowUnapproved: true,
        grafana: (at) => (at === undefined ? undefined : grafana({ url: at, token })),
      });
    const good = deployments('t0k');
    expect(await good.deploy(subject, { name: 'shop', approve: 'auto', grafanaUrl: url })).toMatchObject({
      dashboardUrl: `${url}/d/shop/velostream-shop`,
    });
    const bad = deployments('nope');
    const view = await bad.deploy(subject, { name: 'shop', approve: 'auto', grafanaUrl: url });
    expect(view.dashboardUrl).toBeUndefined();
    expect(view.steps.find((s) => s.kind === 'dashboard')).toMatchObject({ status: 'failed', message: expect.stringContaining('401') });
    expect(seen.filter((s) => s === 'POST /grafana/api/dashboards/db')).toHaveLength(2);
    await Promise.all([good.close(), bad.close()]);
  });
});
