import { describe, expect, test } from 'vitest';
import { inputSchemas, loadTemplates, templateApp } from '../../src/apps/index.ts';
import type { Template } from '../../src/protocol/studio/template.ts';
import { createStudio } from '../../src/studio/index.ts';

const templates = (await loadTemplates()).map((template) => [template.id, template] as const);

/** What a test of all says against an application that a studio has just made. */
async function failuresOf(template: Template, isConnected: boolean, seed?: number): Promise<readonly string[]> {
  const studio = createStudio();
  const session = await studio.sessions.create();
  if (isConnected) for (const [name, schema] of Object.entries(inputSchemas(template))) await session.declare(name, schema);
  const app = isConnected
    ? (await studio.templates.customize(template.id, { mappings: {}, sessionId: session.id })).app
    : await studio.apps.create(templateApp(template));
  const suite = await studio.apps.test(app.id, { sessionId: session.id, analyse: false, ...(seed !== undefined && { seed }) });
  expect(app.diagnostics).toEqual([]);
  expect(suite.queries).toHaveLength(template.queries.length);
  return suite.queries.flatMap(({ name, error, assertions }) => [
    ...(error ? [`${name}: ${error.message}`] : []),
    ...assertions.filter((a) => !a.passed).map((a) => `${name}: ${a.message}`),
  ]);
}

describe('an application that was just made of a template passes the test of all its queries', () => {
  test.each(templates)('%s over a source that is connected', async (_id, template) => {
    expect(await failuresOf(template, true)).toEqual([]);
    expect(await failuresOf(template, true, 5)).toEqual([]);
  });

  test.each(templates)('%s where nothing is connected', async (_id, template) => {
    expect(await failuresOf(template, false)).toEqual([]);
    expect(await failuresOf(template, false, 6)).toEqual([]);
  });
});
