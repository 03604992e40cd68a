import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { engineMetricFamilies } from '../../src/observability/engine-metrics.ts';
import type { Job } from '../../src/protocol/studio/deployment.ts';
import { newJoinCounts } from '../../src/runtime/joins/join-counts.ts';

const guide = readFileSync(new URL('../../../../docs/observability.md', import.meta.url), 'utf8');
const job: Job = {
  id: 'j',
  name: 'j',
  queryId: 'q1',
  sql: 'SELECT a FROM s',
  status: 'running',
  health: 'healthy',
  healthReasons: [],
  guarantee: 'exactly-once',
  metrics: {
    recordsIn: 1,
    recordsProcessed: 1,
    recordsPerSecond: 1,
    errors: 0,
    lateDropped: 0,
    latencyAvgMs: 1,
    latencyP99Ms: 2,
    consumerLag: 0,
    stateBytes: 0,
    stateEntries: 0,
    restarts: 0,
    uptimeSeconds: 1,
    watermark: 0,
    lastOutputAt: 1,
    checkpointAt: 1,
    joins: [newJoinCounts()],
  },
  createdAt: 0,
};
const node = { nodeId: 'n', nodeName: 'n', region: 'r' };
const names = engineMetricFamilies({ node, jobs: [{ ...job, app: 'a', version: 1 }], errors: new Map(), errorsTotal: 0 }).map(
  (f) => f.name,
);

describe('the guide to monitoring', () => {
  test('names metrics that an engine has, in tables, example alerts and for Datadog', () => {
    const named = [...new Set(guide.match(/\bvelo_(?:job|join|kafka|sql|streaming|pipeline)_[a-z_]*[a-z]\b/g))];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('shows YAML that can be read, and alerts that say how long and how bad', () => {
    const blocks = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => parse(text) as Record<string, unknown>);
    expect(blocks.map((block) => Object.keys(block)[0])).toEqual(['scrape_configs', 'instances', 'groups']);
    const groups = (blocks[2]?.['groups'] ?? []) as {
      rules: { alert: string; expr: string; for: string; labels: { severity: string } }[];
    }[];
    const rules = groups[0]?.rules ?? [];
    expect(rules.length).toBeGreaterThan(0);
    expect(
      rules.map((rule) => typeof rule.expr === 'string' && /^\d+m$/.test(rule.for) && /critical|warning/.test(rule.labels.severity)),
    ).toEqual(rules.map(() => true));
  });
});
