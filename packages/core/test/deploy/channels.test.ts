import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { memoryFs } from '../../src/deploy/embedded/memory-fs.ts';
import { bundle, createDeployments } from '../../src/deploy/index.ts';
import { alertmanagerConfig } from '../../src/observability/index.ts';
import type { AlertInfo } from '../../src/protocol/studio/app.ts';

const HOOKS = ['Xq7RmT2bKd9WvL4nZs8Yp1Hc', 'Ab3dE5fG7hJ9kL1mN3pQ5rSt'].map((last) => `https://hooks.slack.com/services/T0/B0/${last}`);
const SECRET = /Xq7RmT2b|Ab3dE5fG/;
const sqlFor = (hook: string): string => `-- @metric: volume
-- @metric_type: gauge
-- @alert: volume > 5
-- @alert_channel: webhook:${hook}
SELECT symbol, COUNT(*) AS volume FROM trades GROUP BY symbol EMIT CHANGES`;

test('a bundle sends alerts to the web hooks of its SQL, and names them without what opens them', async () => {
  const fs = memoryFs();
  const deployments = createDeployments({ targets: [bundle({ directory: '/out', fs })], allowUnapproved: true });
  const app = { name: 'Two', queries: HOOKS.map((hook, i) => ({ name: `q${i}`, sql: sqlFor(hook) })) };
  const schemas = { trades: { columns: [{ name: 'symbol', type: 'STRING' }] } };
  await deployments.deploy(
    { app, schemas, sources: { trades: { uri: 'kafka://b:9092/trades' } } },
    { name: 'two', target: 'bundle', approve: 'auto' },
  );
  const text = async (path: string) => new TextDecoder().decode(await fs.read(`/out/two/${path}`));
  const { route, receivers } = parse(await text('alertmanager/alertmanager.yml'));
  expect(
    receivers.flatMap((r: { webhook_configs?: { url: string }[] }) => r.webhook_configs ?? []).map((c: { url: string }) => c.url),
  ).toEqual(HOOKS);
  const { groups } = parse(await text('prometheus/rules/two.yml'));
  const labels = groups.flatMap((g: { rules: { labels: { channel?: string } }[] }) => g.rules.flatMap((rule) => rule.labels.channel ?? []));
  expect(new Set(labels).size).toBe(2);
  expect(route.routes.map((r: { matchers: string[] }) => r.matchers[0])).toEqual(
    [...new Set<string>(labels)].map((l) => `channel=${JSON.stringify(l)}`),
  );
  expect(JSON.stringify([labels, route])).not.toMatch(SECRET);
  expect(await text('plan.json')).not.toMatch(SECRET);
});

test('a web hook that was not stored is told, not written', () => {
  const alert = {
    name: 'a',
    condition: 'x > 1',
    severity: 'info',
    forMs: 0,
    channel: 'https://hooks.slack.com/services/T0/B0/[redacted]',
  } as const;
  const { warnings, receivers } = alertmanagerConfig([alert satisfies AlertInfo]);
  expect(receivers).toEqual(['default']);
  expect(warnings).toEqual([expect.stringContaining('needs its address again')]);
});
