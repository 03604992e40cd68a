import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { datagen } from '@velostream/core/connect';
import { createDeployments, embedded } from '@velostream/core/deploy';
import { EXPOSITION_TYPE } from '@velostream/core/observability';
import { afterEach, describe, expect, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { historyFromPrometheus, performanceOf } from '../src/index.ts';

const prometheus = service('prometheus');
const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
type Series = Parameters<typeof historyFromPrometheus>[0];

describe('the health of a job by what Prometheus has kept of it', () => {
  test('rates, latency, state and counts of a job come in their units', { timeout: 60_000 }, async (context) => {
    const { VELO_PROMETHEUS_URL: url, VELO_PROMETHEUS_DIR: folder } = prometheus.require(context);
    const sql = `SELECT symbol, SUM(quantity) AS total FROM trades GROUP BY symbol EMIT CHANGES
      WITH ('trades.type' = 'datagen_source', 'trades.preset' = 'trades', 'trades.rows_per_second' = 100)`;
    const deployments = createDeployments({ targets: [embedded({ connectors: [datagen()] })], allowUnapproved: true });
    open.push(() => deployments.close());
    await deployments.deploy(
      { app: { name: 'Market', queries: [{ name: 'Totals', sql, sink: 'totals' }] } },
      { name: 'market', approve: 'auto' },
    );
    const metrics = await listen(
      createServer(async (_request, response) => {
        response.setHeader('content-type', EXPOSITION_TYPE);
        response.end(await deployments.metricsText());
      }),
    );
    writeFileSync(join(folder, 'targets', 'market.json'), JSON.stringify([{ targets: [metrics] }]));
    open.push(() => rmSync(join(folder, 'targets', 'market.json'), { force: true }));

    // Other jobs of the machine may have been scraped within the same minute.
    const range = async (): Promise<Series> => {
      const now = Date.now() / 1000;
      const asked = new URLSearchParams({
        query: `{job_name!="",instance="${metrics}"}`,
        start: String(now - 60),
        end: String(now),
        step: '1',
      });
      const answer = (await (await fetch(`${url}/api/v1/query_range?${asked}`)).json()) as { data: { result: Series } };
      return answer.data.result;
    };
    const list = await deployments.list();
    const name = list[0]?.jobs[0]?.name ?? '';
    let series: Series = [];
    for (let i = 0; i < 120 && (historyFromPrometheus(series)[name]?.filter((s) => s.latencyP99Ms !== undefined).length ?? 0) < 6; i++) {
      await pause(250);
      series = await range();
    }

    const history = historyFromPrometheus(series);
    expect(Object.keys(history)).toEqual([name]);
    const last = history[name]?.findLast((s) => s.latencyP99Ms !== undefined);
    expect(last).toMatchObject({ errors: 0 });
    expect(last?.groups).toBeGreaterThan(1);
    expect(last?.recordsPerSecond).toBeGreaterThan(5);
    expect(last?.processed).toBeGreaterThan(100);
    // The engine tells its latency in seconds; of its quantiles only the highest is the one that is meant.
    const told = series.find((s) => s.metric['__name__'] === 'velo_pipeline_operation_latency_seconds' && s.metric['quantile'] === '0.99');
    const seconds = told?.values.find(([at]) => at * 1000 === last?.at)?.[1];
    expect(last?.latencyP99Ms).toBeCloseTo(Number(seconds) * 1000, 6);
    expect(performanceOf(list, Date.now(), history)).toMatchObject({ jobs: [{ name }], suggestions: expect.any(Array) });
  });
});
