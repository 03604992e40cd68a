import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { TARGET, templatesModule } from '../../../../.config/scripts/templates.ts';
import { appTest, customizeTemplate, inputSchemas, lintTemplate, loadTemplates, summaryOf, templateTest } from '../../src/apps/index.ts';
import type { Template } from '../../src/protocol/studio/template.ts';
import type { TableSchema } from '../../src/protocol/table-schema.ts';
import { runTestSpec } from '../../src/testing/index.ts';

const templates = await loadTemplates();
const byId = templates.map((template) => [template.id, template] as const);

const renamed = (name: string): string => `src_${name}`;

/** The same data under other names, numbers with fractions as text or exact: a source that the template was not written for. */
function foreignSources(template: Template) {
  const fraction = template.id === 'iot-sensor-monitoring' ? 'DECIMAL(18, 4)' : 'STRING';
  return Object.entries(inputSchemas(template)).map(([topic, schema]) => {
    const columns = schema.columns.map((c) => ({ ...c, name: renamed(c.name), type: c.type === 'FLOAT' ? fraction : c.type }));
    const { eventTime } = schema;
    const foreign: TableSchema = {
      columns: [...columns, { name: 'batch_label', type: 'STRING' }],
      ...(eventTime && { eventTime: renamed(eventTime) }),
    };
    return { topic, name: `${topic.replaceAll('-', '_')}_raw`, schema: foreign };
  });
}

const mappingsOf = (template: Template) =>
  Object.fromEntries(
    foreignSources(template).map(({ topic, name }) => {
      const fields = template.inputs.find((input) => input.topic === topic)?.fields ?? [];
      return [topic, { topic: name, fields: Object.fromEntries(fields.map((f) => [f.name, renamed(f.name)])) }];
    }),
  );

describe('the nine templates', () => {
  test('are nine, and the packed module is the one of the YAML files', () => {
    expect(templates).toHaveLength(9);
    expect(readFileSync(TARGET, 'utf8')).toBe(templatesModule());
  });

  test.each([
    ['trading-analytics', 4],
    ['fraud-detection', 5],
    ['iot-sensor-monitoring', 3],
    ['api-monitoring', 4],
    ['ecommerce-funnel', 5],
    ['clickstream', 3],
    ['log-analytics', 3],
    ['ai-agent-monitoring', 4],
    ['change-data-capture', 3],
  ])('%s has %i queries, metrics, a dashboard and a test', (id, queries) => {
    const template = templates.find((each) => each.id === id) as Template;
    const summary = summaryOf(template);
    expect(summary.queryCount).toBe(queries);
    expect(summary.metricsCount).toBeGreaterThanOrEqual(queries);
    expect(summary.alertsCount).toBeGreaterThan(0);
    expect(template.dashboard?.panels.length).toBeGreaterThan(0);
    expect(template.test).toBeDefined();
  });

  test.each(byId)('%s: no label and no state grows without bound', (_id, template) => {
    expect(lintTemplate(template)).toEqual([]);
  });

  test.each(byId)('%s passes its own test with nine tenths of its plan covered', async (_id, template) => {
    const { sql, spec } = templateTest(template);
    const report = await runTestSpec(stringify(spec), { sql });
    expect(
      report.queries.flatMap((q) => [
        ...q.assertions.filter((a) => !a.passed).map((a) => `${q.name}: ${a.message}`),
        ...(q.error ? [q.error.message] : []),
      ]),
    ).toEqual([]);
    const covered = report.queries.reduce((n, q) => n + (q.coverage?.covered ?? 0), 0);
    const total = report.queries.reduce((n, q) => n + (q.coverage?.total ?? 0), 0);
    expect(covered / total).toBeGreaterThanOrEqual(0.9);
  });

  test.each(byId)('%s works on a source with other names and types', async (_id, template) => {
    const custom = await customizeTemplate(template, { mappings: mappingsOf(template) }, foreignSources(template), { now: 0 });
    expect(custom.leftOut).toEqual([]);
    expect(custom.app.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
    expect(custom.app.queries.map((q) => q.name)).toEqual(template.queries.map((q) => q.name));
    const used = custom.app.queries.flatMap((q) => q.sources);
    for (const input of template.inputs) expect(used).not.toContain(input.topic);
    const { sql, spec } = appTest(custom.input, custom.test ?? {});
    const report = await runTestSpec(stringify(spec), { sql });
    expect(
      report.queries.flatMap((q) => [
        ...q.assertions.filter((a) => !a.passed).map((a) => `${q.name}: ${a.message}`),
        ...(q.error ? [q.error.message] : []),
      ]),
    ).toEqual([]);
  });
});
