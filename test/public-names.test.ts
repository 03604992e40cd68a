// The names that programs outside are written against: each stands where it is looked for, near and far.
import { createStudio, type Studio } from '@velostream/core';
import { createStudioClient } from '@velostream/core/client';
import { createEngine } from '@velostream/core/engine';
import { createStudioHandler } from '@velostream/core/http';
import { afterAll, describe, expect, test } from 'vitest';

const EXPORTS: Readonly<Record<string, string>> = {
  '@velostream/core': 'createStudio createEngine runJob memoryStore browserStore VeloError',
  '@velostream/core/sql':
    'parse validate format explain complete hover signature extractAnnotations listFunctions createCatalog substituteVariables outlineScript',
  '@velostream/core/engine': 'createEngine checkpointFromBytes runJob VeloError',
  '@velostream/core/testing':
    'inferSchema inferSchemaFromRows generateData testQuery runTestSpec evaluate renderReport streamTest streamMatchers inferSpec',
  '@velostream/core/deploy': 'embedded flink bundle',
  '@velostream/core/http': 'createStudioHandler apiKeyAuth jwtAuth',
  '@velostream/core/client': 'createStudioClient',
  '@velostream/core/node': 'serveStudio sqliteStore velostreamProcess threads',
  '@velostream/core/connect': 'defineConnector defineFormat memory datagen VeloError',
  '@velostream/core/connect/conformance': 'connectorConformance',
  '@velostream/connectors/kafka': 'kafka',
  '@velostream/connectors/files': 'files',
  '@velostream/connectors/s3': 's3',
  '@velostream/connectors/clickhouse': 'clickhouse',
  '@velostream/connectors/postgres': 'postgres',
  '@velostream/ai':
    'createOfflineAssistant defineTool createToolRegistry toAnthropicTools toAiSdkTools toUiMessageStream analyze diffSchemas recommendChart mapTemplate',
  '@velostream/ai/server': 'createAnthropicAssistant',
  '@velostream/ai/mcp': 'registerMcp createMcpServer',
  '@velostream/ai/monaco': 'createInlineCompletions',
  '@velostream/react':
    'StudioProvider useStudio useSession useQuery useDeployments useAssistant useSuggestions useArtifact Artifact ArtifactRegistry SqlEditor QueryResults SchemaViewer TestResults DeploySummary Topology GrafanaEmbed TopicList DataPreview AppPreview TemplateBrowser TemplateDetail AppTestResults HealthDashboard',
};

const words = (text: string): string[] => text.split(' ');

test.for(Object.entries(EXPORTS))('%s exports its names', { timeout: 60_000 }, async ([specifier, names]) => {
  const entry: Record<string, unknown> = await import(specifier);
  expect(words(names).filter((name) => entry[name] === undefined)).toEqual([]);
});

const SERVICES: Readonly<Record<string, string>> = {
  sql: 'validate format explain complete hover signature functions topology',
  sessions: 'create open list rename delete import',
  sources: 'list inspect peek stats consumers tail',
  templates: 'list get customize preview',
  apps: 'create get list update delete test plan deploy',
  deployments: 'list get start stop pause resume restart rollback delete metrics alerts logs targets',
};
const SESSION = 'connect disconnect declare validate execute execution test generateData dashboard plan deploy close';
const NOTEBOOK = 'addCell updateCell removeCell moveCell addMessage putArtifact setTestConfig test save export';
const QUERY = 'rows table changes batches toArrow metrics explainSilence explainRow pause resume cancel checkpoint';
const ENGINE = 'run script push advanceWatermark end close';

/** Names of `names` under which `value` has no function. */
const missing = (value: object, names: string): string[] =>
  words(names).filter((name) => typeof (value as Record<string, unknown>)[name] !== 'function');

describe('methods', () => {
  const near = createStudio();
  const handler = createStudioHandler(near, { authorize: () => ({ id: 'someone', role: 'admin' }) });
  const far: Studio = createStudioClient({
    baseUrl: 'http://studio.test/api',
    WebSocket: null,
    fetch: async (input, init) => handler.fetch(new Request(input, init)),
  });
  afterAll(async () => {
    await far.close();
    await near.close();
  });

  test.for<[string, Studio]>([
    ['here', near],
    ['over HTTP', far],
  ])('a studio %s has its services', async ([, studio]) => {
    for (const [service, names] of Object.entries(SERVICES))
      expect(missing(studio[service as keyof Studio] as object, names), service).toEqual([]);
    const session = await studio.sessions.create({ name: 'names' });
    expect(missing(session, SESSION)).toEqual([]);
    expect(missing(session.notebook, NOTEBOOK)).toEqual([]);
    expect(session).toMatchObject({ id: expect.any(String), name: 'names', context: expect.any(Object) });
    const execution = session.execute('SELECT 1 AS one');
    expect(missing(execution, QUERY)).toEqual([]);
    await execution.ready;
    expect(execution).toMatchObject({ id: expect.any(String), schema: { columns: [{ name: 'one' }] } });
    await execution.cancel();
  });

  test('an engine has its methods, and so has its query', async () => {
    const engine = createEngine();
    expect(missing(engine, ENGINE)).toEqual([]);
    const query = engine.run('SELECT 1 AS one');
    expect(missing(query, `${QUERY} finish`)).toEqual([]);
    expect(await query.rows()).toEqual([{ one: 1 }]);
    await engine.close();
  });
});
