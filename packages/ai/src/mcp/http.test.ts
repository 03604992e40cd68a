import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Studio } from '@velostream/core/protocol/studio';
import { afterEach, describe, expect, test } from 'vitest';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { thread } from '../testing/thread.fixture.ts';
import { type McpHttpOptions, serveMcpHttp } from './serve.node.ts';

const TOKEN = 'mcp-secret-token';
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

async function connected(
  options: Omit<McpHttpOptions, 'studio' | 'token'> = {},
  token = TOKEN,
  approve?: boolean,
): Promise<{ client: Client; studio: Studio; url: string }> {
  const { studio } = await thread((s) => createOfflineAssistant({ studio: s }));
  const server = await serveMcpHttp({ studio, token: TOKEN, ...options });
  opened.push(studio, server);
  const client = new Client({ name: 'test', version: '1' }, approve === undefined ? {} : { capabilities: { elicitation: {} } });
  if (approve !== undefined)
    client.setRequestHandler(ElicitRequestSchema, async () => ({ action: 'accept' as const, content: { approve } }));
  opened.push(client);
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport as never);
  return { client, studio, url: server.url };
}

const textOf = (result: unknown): string => JSON.stringify((result as { content: unknown }).content);

describe('MCP over streamable HTTP with the official client', () => {
  test('lists reading tools, calls them, reads resources and prompts', async () => {
    const { client } = await connected();
    const { tools } = await client.listTools();
    const names = tools.map((t) => t.name);
    for (const name of ['list_streams', 'describe_stream', 'query_stream', 'validate_sql', 'generate_test_data', 'run_test', 'get_metrics'])
      expect(names).toContain(name);
    expect(names).not.toContain('deploy_query');
    expect(tools.every((t) => t.annotations?.readOnlyHint)).toBe(true);
    expect(textOf(await client.callTool({ name: 'list_streams', arguments: {} }))).toContain('trades');
    const asked = await client.callTool({ name: 'generate_sql', arguments: { prompt: 'average price per symbol every minute' } });
    expect(asked.structuredContent).toMatchObject({ kind: 'sql' });
    const stream = await client.readResource({ uri: 'streams://trades' });
    expect(String((stream.contents[0] as { text?: string }).text)).toContain('symbol');
    expect((await client.getPrompt({ name: 'explore', arguments: { name: 'trades' } })).messages).toHaveLength(1);
  });

  test('bad input and unknown tools are answered as errors, not as crashes', async () => {
    const { client } = await connected();
    expect(await client.callTool({ name: 'peek_source', arguments: { limit: 5 } })).toMatchObject({ isError: true });
    const unknown = await client
      .callTool({ name: 'rm', arguments: {} })
      .catch((cause: unknown) => ({ isError: true, content: String(cause) }));
    expect(unknown.isError).toBe(true);
  });

  test('a client without its own user to ask cannot approve what its model planned', async () => {
    const told: string[] = [];
    const { client, studio } = await connected({ allow: ['deploy'], notify: (line) => void told.push(line) });
    await client.callTool({ name: 'generate_sql', arguments: { prompt: 'count trades every minute' } });
    const planned = await client.callTool({ name: 'deploy_query', arguments: {} });
    expect(planned.structuredContent).toMatchObject({ approval_required: true });
    expect(JSON.stringify(planned)).not.toMatch(/appr[_-]/);
    const { tools } = await client.listTools();
    expect(JSON.stringify(tools)).not.toContain('approval_id');
    await client.callTool({ name: 'deploy_query', arguments: { approval_id: 'appr_1', approved: true } });
    expect(await studio.deployments.list()).toEqual([]);
    expect(told.at(-1)).toMatch(/waits for your approval: http:\/\/127\.0\.0\.1:\d+\//);
  });

  test('the person who runs the server approves on a page that only they know', async () => {
    const told: string[] = [];
    const { client, studio } = await connected({ allow: ['deploy'], notify: (line) => void told.push(line) });
    await client.callTool({ name: 'generate_sql', arguments: { prompt: 'count trades every minute' } });
    await client.callTool({ name: 'deploy_query', arguments: {} });
    const page = /http:\S+/.exec(told[0] ?? '')?.[0] ?? '';
    const html = await (await fetch(page)).text();
    const [form = ''] = /\/[\w-]+\/appr[\w-]+\?approve=yes/.exec(html) ?? [];
    const post = (path: string, origin?: string) =>
      fetch(new URL(path, page), { method: 'POST', headers: origin === undefined ? {} : { origin } });
    expect((await post(form.replace(/^\/[\w-]+/, '/guess'))).status).toBe(404);
    expect((await post(form, 'https://evil.example')).status).toBe(403);
    expect(await studio.deployments.list()).toEqual([]);
    expect((await post(form)).status).toBe(200);
    expect(await studio.deployments.list()).toHaveLength(1);
    expect(await (await post(form)).text()).toContain('no plan with this id');
    expect(await studio.deployments.list()).toHaveLength(1);
  });

  test.for([
    [true, 1],
    [false, 0],
  ] as const)('the user of a client that can ask them decides: %s', async ([approve, jobs]) => {
    const { client, studio } = await connected({ allow: ['deploy'], notify: () => {} }, TOKEN, approve);
    await client.callTool({ name: 'generate_sql', arguments: { prompt: 'count trades every minute' } });
    await client.callTool({ name: 'deploy_query', arguments: {} });
    expect(await studio.deployments.list()).toHaveLength(jobs);
  });

  test('a wrong token, a foreign page and another path are turned away', async () => {
    await expect(connected({}, 'wrong')).rejects.toThrow();
    const { url } = await connected();
    const ask = (to: string, headers: Record<string, string>) => fetch(to, { method: 'POST', headers, body: '{}' });
    const own = { authorization: `Bearer ${TOKEN}` };
    expect((await ask(url, { ...own, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(url.replace('/mcp', '/other'), own)).status).toBe(404);
  });
});
