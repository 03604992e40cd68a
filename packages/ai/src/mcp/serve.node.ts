import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Studio } from '@velostream/core/protocol/studio';
import { type ApprovalDesk, createApprovalDesk } from './approval-desk.ts';
import { serveApprovalPage } from './approval-page.node.ts';
import { createMcpServer, type McpOptions } from './index.ts';

export interface McpServeOptions extends McpOptions {
  readonly studio: Studio;
  /** Told to the person who runs the server: where approvals are given, and which plan waits. Standard error by default. */
  readonly notify?: (line: string) => void;
}

/** The desk for plans with its page, where something can be deployed at all. */
async function openDesk(options: McpServeOptions): Promise<{ readonly desk: ApprovalDesk; close(): Promise<void> }> {
  const { notify = (line: string) => void process.stderr.write(`${line}\n`) } = options;
  let url = '';
  const desk = options.desk ?? createApprovalDesk((approval) => notify(`${approval.title} waits for your approval: ${url}`));
  if (options.desk || !options.allow?.includes('deploy')) return { desk, close: async () => {} };
  const page = await serveApprovalPage(desk);
  url = page.url;
  notify(`approvals are given at ${url} or by: velo approve ${url}`);
  return { desk, close: () => page.close() };
}

/** Serves MCP over standard input and output until it closes. */
export async function serveMcpStdio(options: McpServeOptions): Promise<void> {
  const approvals = await openDesk(options);
  const { server } = await createMcpServer(options.studio, { ...options, ...approvals });
  const transport = new StdioServerTransport();
  const closed = new Promise<void>((resolve) => {
    transport.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(transport);
  await closed;
  await approvals.close();
}

export interface McpHttpOptions extends McpServeOptions {
  readonly port?: number;
  readonly host?: string;
  /** Bearer token that every request has to carry. */
  readonly token?: string;
}

const SESSIONS_MAX = 100;

/** Serves MCP over streamable HTTP at `/mcp`; one server and one thread for each client. Bound to this machine by default. */
export async function serveMcpHttp(options: McpHttpOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { port = 0, host = '127.0.0.1', token } = options;
  const approvals = await openDesk(options);
  const transports = new Map<string, StreamableHTTPServerTransport>();
  const http: Server = createServer((request, response) => {
    void (async () => {
      const origin = request.headers.origin;
      const isLocal = origin === undefined || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
      if (!request.url?.startsWith('/mcp')) return void response.writeHead(404).end();
      if (!isLocal) return void response.writeHead(403).end();
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
      const id = request.headers['mcp-session-id'];
      const known = typeof id === 'string' ? transports.get(id) : undefined;
      if (known) return known.handleRequest(request, response);
      if (transports.size >= SESSIONS_MAX) return void response.writeHead(503).end();
      const { server } = await createMcpServer(options.studio, { ...options, desk: approvals.desk });
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (sid) => void transports.set(sid, transport),
      });
      transport.onclose = () => {
        if (transport.sessionId !== undefined) transports.delete(transport.sessionId);
      };
      await server.connect(transport as never);
      await transport.handleRequest(request, response);
    })().catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve) => http.listen(port, host, resolve));
  return {
    url: `http://${host}:${(http.address() as AddressInfo).port}/mcp`,
    async close() {
      for (const transport of transports.values()) await transport.close();
      await approvals.close();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}
