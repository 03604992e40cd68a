import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { alertCases, analyzeApp, inputSchemas, loadTemplates, templateApp } from '../../src/apps/index.ts';
import { alertmanagerConfig, alertRules, promtoolTests } from '../../src/observability/index.ts';

const prometheus = service('prometheus');
const alertmanager = service('alertmanager');
const templates = (await loadTemplates()).map((template) => [template.id, template] as const);

describe('rules of every template', () => {
  test.for(templates)('%s: promtool takes the rules, and each alert fires and stays quiet as it says', ([id, template], context) => {
    prometheus.require(context);
    const folder = mkdtempSync(join(tmpdir(), 'velo-rules-'));
    const app = analyzeApp(templateApp(template), { now: 0, schemas: inputSchemas(template) });
    const cases = alertCases(templateApp(template), inputSchemas(template));
    const rules = alertRules(app.alerts, { pipeline: id, absentAfterMs: 600_000 });
    const tests = promtoolTests(cases, 'rules.yml');
    expect(rules.leftOut).toEqual([]);
    expect(tests.leftOut).toEqual([]);
    expect(tests.tests).toBe(2 * app.alerts.length);
    writeFileSync(join(folder, 'rules.yml'), rules.yaml);
    writeFileSync(join(folder, 'rules.test.yml'), tests.yaml);
    const promtool = (...args: string[]) => execFileSync('promtool', args, { cwd: folder, encoding: 'utf8' });
    expect(promtool('check', 'rules', 'rules.yml')).toContain(`${2 * app.alerts.length} rules found`);
    expect(promtool('test', 'rules', 'rules.test.yml')).toContain('SUCCESS');
  });

  test('a rule that is wrong fails its generated test', (context) => {
    prometheus.require(context);
    const folder = mkdtempSync(join(tmpdir(), 'velo-rules-'));
    const [, template] = templates[0] as (typeof templates)[number];
    const app = analyzeApp(templateApp(template), { now: 0, schemas: inputSchemas(template) });
    const broken = app.alerts.map((alert) => ({ ...alert, ...(alert.promql === undefined ? {} : { promql: `${alert.promql} + 1e12` }) }));
    writeFileSync(join(folder, 'rules.yml'), alertRules(broken, { pipeline: 'x' }).yaml);
    writeFileSync(
      join(folder, 'rules.test.yml'),
      promtoolTests(alertCases(templateApp(template), inputSchemas(template)), 'rules.yml').yaml,
    );
    expect(() => execFileSync('promtool', ['test', 'rules', 'rules.test.yml'], { cwd: folder, stdio: 'pipe' })).toThrow();
  });

  test('amtool takes the routes of every kind of channel', (context) => {
    alertmanager.require(context);
    const folder = mkdtempSync(join(tmpdir(), 'velo-routes-'));
    const alert = { name: 'a', condition: 'x > 1', severity: 'warning', forMs: 0 } as const;
    const channels = [
      'slack:#ops',
      'email:ops@example.com',
      'pagerduty:team',
      'webhook:http://127.0.0.1:1/hook',
      'https://example.com/hook',
      'smoke:signals',
    ];
    writeFileSync(join(folder, 'slack'), 'https://hooks.example.com/x');
    writeFileSync(join(folder, 'key'), 'k'.repeat(32));
    const made = alertmanagerConfig(
      channels.map((channel) => ({ ...alert, channel })),
      {
        slackApiUrlFile: join(folder, 'slack'),
        smtp: { smarthost: 'localhost:25', from: 'velo@example.com' },
        pagerdutyKeyFiles: { team: join(folder, 'key') },
      },
    );
    expect(made.warnings).toHaveLength(1);
    writeFileSync(join(folder, 'alertmanager.yml'), made.yaml);
    expect(execFileSync('amtool', ['check-config', join(folder, 'alertmanager.yml')], { encoding: 'utf8' })).toContain('SUCCESS');
  });
});
