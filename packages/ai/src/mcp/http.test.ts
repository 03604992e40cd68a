import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Tracing } from '@velostream/core/observability/tracing';
import type { Studio } from '@velostream/core/protocol/studio';
import { afterEach, describe, expect, test } from 'vitest';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { thread } from '../testing/thread.fixture.ts';
import { type McpHttpOptions, serveMcpHttp } from './serve.node.ts';

const cli = fileURLToPath(new URL('../../../core/src/node/cli.node.ts', import.meta.url));
/** The command in a process of its own: exit code, output, errors. */
const velo = (...args: string[]): Promise<[number, string, string]> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' };
    execFile(process.execPath, ['--conditions=@velostream/source', cli, ...args], { env }, (error, stdout, stderr) =>
      resolve([error === null ? 0 : Number(error.code), stdout, stderr]),
    );
  });

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

  test('every call is a span below the one that it came with, and its tool is one below', async () => {
    const spans: { name: string; parent: string | undefined; id: string; attributes: object; error: unknown }[] = [];
    const tracing: Tracing = {
      batchEvery: 0,
      start(name, { parent, attributes = {} } = {}) {
        const id = `${spans.length + 1}`.padStart(16, '0');
        const span = { name, parent: parent?.spanId, id, attributes, error: undefined as unknown };
        spans.push(span);
        const context = { traceId: parent?.traceId ?? 'f'.repeat(32), spanId: id, sampled: true };
        const end = (error: unknown): void => {
          span.error = error;
        };
        return { context, set: () => {}, end };
      },
      flush: async () => {},
      close: async () => {},
    };
    const { client } = await connected({ tracing });
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await client.callTool({ name: 'list_streams', arguments: {}, _meta: { traceparent } });
    await client.callTool({ name: 'describe_stream', arguments: { name: 'no_such_stream' } });
    await client.readResource({ uri: 'streams://trades' });
    await client.getPrompt({ name: 'explore', arguments: { name: 'trades' } });
    expect(spans.map(({ name, parent }) => [name, parent])).toEqual([
      ['tools/call list_sources', 'b'.repeat(16)],
      ['velo.tool', spans[0]?.id],
      ['tools/call inspect_source', undefined],
      ['velo.tool', spans[2]?.id],
      ['resources/read stream', undefined],
      ['prompts/get explore', undefined],
    ]);
    expect(spans.map(({ error }) => error !== undefined)).toEqual([false, false, true, true, false, false]);
    expect(spans[0]?.attributes).toEqual({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'list_sources' });
    expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('no_such_stream');
  });

  test('a person approves, declines and looks from another terminal, with the address that only they know', async () => {
    const told: string[] = [];
    const { client, studio } = await connected({ allow: ['deploy'], notify: (line) => void told.push(line) });
    const page = /http:\S+/.exec(told[0] ?? '')?.[0] ?? '';
    const plan = async (prompt: string) => {
      await client.callTool({ name: 'generate_sql', arguments: { prompt } });
      await client.callTool({ name: 'deploy_query', arguments: {} });
    };
    expect(await velo('approve', page)).toEqual([0, 'Nothing waits for an approval.\n', '']);
    await plan('count trades every minute');
    expect((await velo('approve', page))[1]).toMatch(/^1 {2}\S/);
    const [, shown] = await velo('approve', page, '1');
    expect(shown).toMatch(/expires \d{4}-/);
    expect(await velo('approve', page.replace(/[^/]+$/, 'guess'), '1', '--approve')).toMatchObject([2, '', expect.stringContaining('404')]);
    expect(await velo('approve', 'http://203.0.113.7:80/guess')).toMatchObject([2, '', expect.stringContaining('not the address')]);
    expect(await velo('approve', page, '2', '--approve')).toMatchObject([2, '', expect.stringContaining('no plan "2"')]);
    expect(await studio.deployments.list()).toEqual([]);
    expect((await velo('approve', page, '1', '--decline'))[0]).toBe(0);
    expect(await studio.deployments.list()).toEqual([]);
    await plan('count trades every minute');
    expect((await velo('approve', page, '1', '--approve'))[0]).toBe(0);
    expect(await studio.deployments.list()).toHaveLength(1);
    expect(await velo('approve', page)).toEqual([0, 'Nothing waits for an approval.\n', '']);
    // Nine processes start from sources, one after the other.
  }, 240_000);

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
