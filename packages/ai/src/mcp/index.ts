import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Tracing } from '@velostream/core/observability/tracing';
import type { Approval } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { z } from 'zod';
import { redact, redactText } from '../guard/redact.ts';
import { inspect } from '../tools/explore-tools.ts';
import { type CallContext, createToolRegistry, type ToolRegistry } from '../tools/registry.ts';
import type { Tool, ToolRisk } from '../tools/tool.ts';
import { withHint } from '../tools/with-hint.ts';
import { type ApprovalDesk, createApprovalDesk } from './approval-desk.ts';
import { type McpExtra, tracedCall } from './mcp-trace.ts';

export interface McpOptions {
  /** `read` and `compute` are always there; `write` and `deploy` only where allowed. */
  readonly allow?: readonly ('write' | 'deploy')[];
  readonly tools?: readonly string[];
  readonly registry?: ToolRegistry;
  readonly version?: string;
  /** Sources to connect at start. */
  readonly connect?: readonly string[];
  /** Where plans wait for a person when the client cannot ask its own user; `serveMcpStdio` and `serveMcpHttp` give it a page. */
  readonly desk?: ApprovalDesk;
  /** A span for each call of a tool, each resource and each prompt, below the one that its `traceparent` names. */
  readonly tracing?: Tracing;
}

/** For whom tools are called: see `CallContext`. */
export interface McpContext extends CallContext {
  readonly tracing?: Tracing;
}

/** Names of the seeds' list of tools → our tools. */
const FAMILIAR: readonly {
  readonly name: string;
  readonly tool: string;
  readonly title: string;
  readonly map: (input: Record<string, unknown>) => Record<string, unknown>;
  readonly input: z.ZodRawShape;
}[] = [
  { name: 'list_streams', tool: 'list_sources', title: 'List streams', map: (i) => i, input: { filter: z.string().optional() } },
  {
    name: 'describe_stream',
    tool: 'inspect_source',
    title: 'Describe a stream',
    map: ({ name }) => ({ source: name }),
    input: { name: z.string() },
  },
  {
    name: 'query_stream',
    tool: 'execute_query',
    title: 'Query a stream',
    map: (i) => i,
    input: { sql: z.string(), max_rows: z.number().int().min(1).max(1000).optional() },
  },
  {
    name: 'generate_test_data',
    tool: 'generate_data',
    title: 'Generate rows',
    map: (i) => i,
    input: { sql: z.string(), records: z.number().int().min(1).max(10_000).optional(), seed: z.number().int().optional() },
  },
  {
    name: 'run_test',
    tool: 'test_query',
    title: 'Test a query',
    map: (i) => i,
    input: { sql: z.string(), records: z.number().int().min(1).max(10_000).optional() },
  },
  { name: 'get_metrics', tool: 'analyze_performance', title: 'Metrics of jobs', map: (i) => i, input: {} },
  {
    name: 'deploy_query',
    tool: 'deploy_pipeline',
    title: 'Deploy',
    map: ({ name }) => (name === undefined ? {} : { name }),
    input: { name: z.string().optional() },
  },
];

const annotationsOf = (tool: Tool) => ({
  title: tool.title,
  readOnlyHint: tool.risk === 'read' || tool.risk === 'compute',
  destructiveHint: tool.risk === 'deploy',
  idempotentHint: tool.idempotent,
  openWorldHint: tool.reachesOut,
});

/** What a tool answers: facts and a line for people, or what went wrong. */
interface Answer {
  [more: string]: unknown;
  readonly structuredContent?: Record<string, unknown>;
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly isError?: boolean;
}

const answer = (value: unknown, text: string): Answer => ({
  structuredContent: JSON.parse(JSON.stringify(redact(value), (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))) as Record<
    string,
    unknown
  >,
  content: [{ type: 'text' as const, text: redactText(text) }],
});
const failure = (cause: unknown): Answer => ({
  isError: true,
  content: [
    {
      type: 'text' as const,
      text: redactText(cause instanceof Error ? withHint(cause.message, (cause as { hint?: string }).hint) : String(cause)),
    },
  ],
});

/**
 * Has a person decide on a plan: the user of the client, where the client can ask them (elicitation), or the person who runs the server.
 * The id of the approval stays here, so a model that holds the tools cannot agree in their place.
 */
function approver(server: McpServer, registry: ToolRegistry, context: CallContext, desk: ApprovalDesk) {
  return async (approval: Approval) => {
    const decide = (approved: boolean) => registry.decide(approval.approvalId, approved, context);
    if (server.server.getClientCapabilities()?.elicitation === undefined) {
      desk.add(approval, async (approved) => redactText((await decide(approved)).text));
      const text = `${approval.summary} Nothing has been started: a person has to approve this plan on the approval page of the server. Ask them to, then look at the deployments.`;
      return answer({ approval_required: true, waits_for: 'a person at the approval page of the server', summary: approval.summary }, text);
    }
    const said = await server.server.elicitInput({
      message: redactText(`${approval.title}\n\n${approval.summary}`),
      requestedSchema: {
        type: 'object',
        properties: { approve: { type: 'boolean', title: 'Start it', description: 'Yes starts exactly what is shown' } },
        required: ['approve'],
      },
    });
    const result = await decide(said.action === 'accept' && said.content?.['approve'] === true);
    return answer(result.output, result.text);
  };
}

/** Adds tools, resources and prompts of a studio to an MCP server. A session alone is a context without anything else. */
export function registerMcp(
  server: McpServer,
  registry: ToolRegistry,
  given: McpContext | Session,
  desk: ApprovalDesk = createApprovalDesk(),
): void {
  const { tracing, ...context }: McpContext = 'session' in given ? given : { session: given };
  const ask = approver(server, registry, context, desk);
  const tried = async (tool: Tool, input: Record<string, unknown>, trace: CallContext['trace']): Promise<Answer> => {
    try {
      const own = { tainted: false, userText: JSON.stringify(input), ...context, ...(trace === undefined ? {} : { trace }) };
      const result = await registry.call(tool.name, input, own);
      return result.approval ? await ask(result.approval) : answer(result.output, result.text);
    } catch (cause) {
      return failure(cause);
    }
  };
  const call = (tool: Tool, input: Record<string, unknown>, extra: McpExtra): Promise<Answer> =>
    tracedCall(
      tracing,
      { method: 'tools/call', target: tool.name, extra },
      (trace) => tried(tool, input, trace),
      ({ isError, content }) => (isError === true ? content[0]?.text : undefined),
    );
  for (const tool of registry.tools) {
    const shape = (tool.input as unknown as { shape?: z.ZodRawShape }).shape ?? {};
    server.registerTool(
      tool.name,
      { title: tool.title, description: tool.description, inputSchema: shape, annotations: annotationsOf(tool) },
      async (input: Record<string, unknown>, extra) => call(tool, input, extra),
    );
  }
  for (const each of FAMILIAR) {
    const tool = registry.find(each.tool);
    if (!tool || registry.tools.some((t) => t.name === each.name)) continue;
    server.registerTool(
      each.name,
      { title: each.title, description: tool.description, inputSchema: each.input, annotations: annotationsOf(tool) },
      async (input: Record<string, unknown>, extra) => call(tool, each.map(input), extra),
    );
  }
  server.registerTool(
    'explain_disabled_tools',
    {
      title: 'Why a tool is missing',
      description: 'Lists the tools that are not offered here, each with the reason and how to switch it on.',
      inputSchema: {},
      annotations: {
        title: 'Why a tool is missing',
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    async () => {
      const tools = registry.disabled();
      return answer({ tools }, tools.length === 0 ? 'Every tool is offered.' : tools.map((t) => `${t.name}: ${t.reason}`).join('\n'));
    },
  );
  registerResources(server, context.session.studio ?? registry.studio, { session: context.session, tracing });
}

interface ResourceContext {
  readonly session: Session;
  readonly tracing: Tracing | undefined;
}

function registerResources(server: McpServer, studio: Studio, { session, tracing }: ResourceContext): void {
  const read = <T>(target: string, extra: McpExtra, work: () => Promise<T>): Promise<T> =>
    tracedCall(tracing, { method: 'resources/read', target, extra }, work);
  const json = (uri: URL, value: unknown) => ({
    contents: [
      {
        uri: uri.href,
        mimeType: 'application/json',
        text: JSON.stringify(redact(value), (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v)),
      },
    ],
  });
  server.registerResource(
    'stream',
    new ResourceTemplate('streams://{name}', {
      list: async () => ({
        resources: (await studio.sources.list({ sessionId: session.id }).catch(() => []))
          .slice(0, 200)
          .map((s) => ({ uri: `streams://${encodeURIComponent(s.name)}`, name: s.name, mimeType: 'application/json' })),
      }),
    }),
    { title: 'A stream', description: 'Format, columns and a few rows of a stream' },
    (uri, { name }, extra) =>
      read('stream', extra, async () => {
        const source = decodeURIComponent(String(name));
        const schema = await inspect({ studio, session, now: () => Date.now() }, source);
        const peek = await studio.sources.peek(schema.id, { sessionId: session.id, limit: 3 });
        return json(uri, {
          name: schema.name,
          format: schema.origin,
          columns: schema.fields.map((c) => ({ name: c.name, type: c.type })),
          sample: peek.rows,
        });
      }),
  );
  server.registerResource(
    'metrics',
    new ResourceTemplate('metrics://{name}', {
      list: async () => ({
        resources: (await studio.deployments.list()).map((d) => ({ uri: `metrics://${encodeURIComponent(d.id)}`, name: d.name })),
      }),
    }),
    { title: 'Metrics of a deployment' },
    (uri, { name }, extra) =>
      read('metrics', extra, async () => json(uri, await studio.deployments.metrics(decodeURIComponent(String(name))))),
  );
  server.registerResource(
    'job',
    new ResourceTemplate('jobs://{id}', {
      list: async () => ({
        resources: (await studio.deployments.list()).flatMap((d) =>
          d.jobs.map((j) => ({ uri: `jobs://${encodeURIComponent(j.id)}`, name: j.name })),
        ),
      }),
    }),
    { title: 'A job' },
    (uri, { id }, extra) =>
      read('job', extra, async () => {
        const wanted = decodeURIComponent(String(id));
        const found = (await studio.deployments.list()).flatMap((d) => d.jobs).find((j) => j.id === wanted);
        if (!found) throw new Error(`there is no job "${wanted}"`);
        return json(uri, found);
      }),
  );
  server.registerPrompt(
    'explore',
    { title: 'Explore a stream', description: 'Look at a stream and ask good first questions', argsSchema: { name: z.string() } },
    ({ name }, extra) =>
      tracedCall(tracing, { method: 'prompts/get', target: 'explore', extra }, async () => ({
        messages: [
          {
            role: 'user' as const,
            content: {
              type: 'text' as const,
              text: `Describe the stream ${name}, look at a few rows, and propose three useful streaming queries over it. Validate each.`,
            },
          },
        ],
      })),
  );
}

/** An MCP server over a studio: reading and computing by default, deploying only where allowed. Each has one session. */
export async function createMcpServer(
  studio: Studio,
  options: McpOptions = {},
): Promise<{ readonly server: McpServer; readonly registry: ToolRegistry; readonly session: Session }> {
  const allow: ToolRisk[] = ['read', 'compute', ...(options.allow ?? [])];
  const { tracing } = options;
  const registry =
    options.registry ??
    createToolRegistry(studio, { allow, ...(options.tools ? { only: options.tools } : {}), ...(tracing ? { tracing } : {}) });
  const session = await studio.sessions.create({ name: 'mcp' });
  for (const uri of options.connect ?? []) await session.connect(uri);
  const server = new McpServer({ name: 'velostream', version: options.version ?? '0.0.0' });
  registerMcp(server, registry, { session, ...(tracing ? { tracing } : {}) }, options.desk);
  return { server, registry, session };
}
