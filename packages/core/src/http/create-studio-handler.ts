import { z } from 'zod';
import { crossSite, methodNotAllowed, routeNotFound, unauthorized } from '../diagnostics/codes/http.ts';
import { streamQuery } from '../protocol/schemas/sql.ts';
import type { Session } from '../protocol/studio/session.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import type { Logger } from '../sessions/session-runtime.ts';
import { admit, type CorsOptions, checked, corsHeaders, isAllowedOrigin, preflight, RateLimit, readBody } from './guard.ts';
import { openApiDocument } from './openapi.ts';
import type { Authorize, Principal } from './principal.ts';
import { jsonResponse, textResponse } from './respond.ts';
import { createRouter, type Route, type ToolGateway } from './route.ts';
import { appRoutes } from './routes/app-routes.ts';
import { assistantRoutes } from './routes/assistant-routes.ts';
import { deploymentRoutes } from './routes/deployment-routes.ts';
import { executionRoutes } from './routes/execution-routes.ts';
import { notebookRoutes } from './routes/notebook-routes.ts';
import { sourceRoutes } from './routes/source-routes.ts';
import { sqlRoutes } from './routes/sql-routes.ts';
import { streamRoutes } from './routes/stream-routes.ts';
import { StreamHubs } from './stream-hubs.ts';
import { StreamConnection, type StreamSink } from './stream-protocol.ts';
import { Tickets } from './tickets.ts';
import { wireError } from './wire-error.ts';

export interface StudioHandlerOptions {
  /** Says who sends a request; `null` refuses it. There is no default: nothing is open by accident. */
  readonly authorize: Authorize;
  readonly basePath?: string;
  readonly cors?: CorsOptions;
  /** 1 MiB by default; imports of notebooks have their own. */
  readonly maxBodyBytes?: number;
  /** Requests a minute and caller: `all` 1,200 and `expensive` (model calls) 60 by default; Infinity turns a limit off. */
  readonly rateLimits?: { readonly all?: number; readonly expensive?: number };
  /** Tools of the assistant package, for `/tools/{name}` and `/analyze/…`. */
  readonly tools?: ToolGateway;
  /** One line a request: method, path, status, ms, caller, request id. Never a body. */
  readonly logger?: Logger;
  readonly now?: () => number;
}

/** How a WebSocket server hands its sockets over, whatever library it is made with. */
export interface WebSocketHooks {
  /** Whether the upgrade may happen; a Response refuses it. */
  upgrade(request: Request): Promise<Response | WebSocketStart>;
}

/** Starts the protocol on an accepted socket. */
export interface WebSocketStart {
  start(socket: StreamSink & { buffered(): number }): { message(text: string): void; closed(): void };
}

export interface StudioHandler {
  /** Web-standard: mount it in Node, Hono, Express (through an adapter), Next.js route handlers, Deno, Bun. */
  fetch(request: Request): Promise<Response>;
  readonly websocket: WebSocketHooks;
  openapi(): Record<string, unknown>;
  close(): Promise<void>;
}

const DEFAULT_MAX_BODY = 1024 ** 2;

/**
 * The Studio over HTTP and WebSocket, as one fetch handler. Everybody whom `authorize` lets in shares its notebooks and deployments, within their roles:
 * one studio and one handler per group of people that trusts each other.
 *
 * @example
 * const handler = createStudioHandler(studio, { authorize: apiKeyAuth({ keys: { [process.env.KEY]: { id: 'ci', role: 'developer' } } }) });
 * export const POST = handler.fetch; // Next.js: app/api/[...path]/route.ts
 */
export function createStudioHandler(studio: Studio, options: StudioHandlerOptions): StudioHandler {
  if (typeof options?.authorize !== 'function')
    throw new TypeError('createStudioHandler needs `authorize`: a function that says who sends a request');
  // Pages that forbid eval also run this; zod then never generates code.
  z.config({ jitless: true });
  const { basePath = '/api', cors, authorize, tools, logger, now = () => Date.now(), maxBodyBytes = DEFAULT_MAX_BODY } = options;
  const hubs = new StreamHubs(now);
  const tickets = new Tickets(now);
  const routes: readonly Route[] = [
    ...sqlRoutes,
    ...executionRoutes,
    ...streamRoutes(tickets),
    ...sourceRoutes,
    ...notebookRoutes,
    ...appRoutes,
    ...deploymentRoutes(),
    ...assistantRoutes,
    metricsRoute,
    {
      method: 'GET',
      path: '/openapi.json',
      summary: 'This description',
      tag: 'meta',
      risk: 'read',
      handle: async () => openApiDocument(routes, basePath),
    },
  ];
  const find = createRouter(routes, basePath);
  const all = new RateLimit(options.rateLimits?.all ?? 1_200, now);
  const expensive = new RateLimit(options.rateLimits?.expensive ?? 60, now);
  const defaults = new Map<string, Promise<Session>>();
  let counter = 0;
  const requestId = (): string => `req-${now().toString(36)}-${(counter++).toString(36)}`;

  const sessionFor = (principal: Principal, id: string | undefined): Promise<Session> => {
    if (id !== undefined) return studio.sessions.open(id);
    let session = defaults.get(principal.id);
    if (!session) {
      session = studio.sessions.create({ name: 'Scratch' });
      session.catch(() => defaults.delete(principal.id));
      defaults.set(principal.id, session);
    }
    return session;
  };

  const answer = async (request: Request, note: (principal: Principal) => void, headers: Record<string, string>): Promise<Response> => {
    const url = new URL(request.url);
    const found = find(request.method, url.pathname);
    if (!('route' in found)) {
      await admit(request, 'read', 'look around', { authorize, cors });
      throw found.length > 0 ? methodNotAllowed(request.method, found) : routeNotFound(url.pathname);
    }
    const { route, params } = found;
    const principal = await admit(request, route.risk, route.summary.toLowerCase(), { authorize, cors });
    note(principal);
    (route.expensive ? expensive : all).take(principal.id);
    const body = route.body ? await readBody(request, route.body, route.maxBodyBytes ?? maxBodyBytes) : undefined;
    const query = route.query ? checked(route.query, Object.fromEntries(url.searchParams)) : undefined;
    const session = (id?: string) =>
      sessionFor(principal, id ?? url.searchParams.get('session_id') ?? request.headers.get('x-velo-session') ?? undefined);
    const value = await route.handle({ studio, principal, request, params, body, query, hubs, tools, signal: request.signal, session });
    if (value instanceof Response) return withHeaders(value, headers);
    return typeof value === 'string'
      ? textResponse(request, value, 'text/plain; version=0.0.4; charset=utf-8', headers)
      : jsonResponse(request, 200, value, headers);
  };

  return {
    async fetch(request) {
      if (request.method === 'OPTIONS') return preflight(request, cors);
      const id = requestId();
      const startedAt = now();
      const headers = { ...corsHeaders(request, cors), 'x-request-id': id };
      let caller = '-';
      let response: Response;
      try {
        response = await answer(request, (p) => (caller = p.id), headers);
      } catch (error) {
        const failure = wireError(error, () => id);
        if (failure.hidden !== undefined) logger?.log('error', 'request failed', { id, error: String(failure.hidden) });
        const retry = failure.body.error.details?.['retryAfterMs'];
        response = jsonResponse(request, failure.status, failure.body, {
          ...headers,
          ...(typeof retry === 'number' ? { 'retry-after': String(Math.ceil(retry / 1000)) } : {}),
        });
      }
      const path = new URL(request.url).pathname;
      logger?.log('info', 'request', { id, method: request.method, path, status: response.status, ms: now() - startedAt, caller });
      return response;
    },
    websocket: { upgrade: (request) => upgrade(request, { basePath, cors, authorize, hubs, tickets, studio }) },
    openapi: () => openApiDocument(routes, basePath),
    close: () => hubs.close(),
  };
}

const metricsRoute: Route = {
  method: 'GET',
  path: '//metrics',
  summary: 'Prometheus text of all deployments',
  tag: 'jobs',
  risk: 'read',
  handle: ({ studio }) => studio.deployments.metricsText(),
};

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

interface UpgradeSetup {
  readonly basePath: string;
  readonly cors: CorsOptions | undefined;
  readonly authorize: Authorize;
  readonly hubs: StreamHubs;
  readonly tickets: Tickets;
  readonly studio: Studio;
}

async function upgrade(
  request: Request,
  { basePath, cors, authorize, hubs, tickets, studio }: UpgradeSetup,
): Promise<Response | WebSocketStart> {
  try {
    const url = new URL(request.url);
    const id = new RegExp(`^${basePath}/stream/([^/]+)/?$`).exec(url.pathname)?.[1];
    if (id === undefined) throw routeNotFound(url.pathname);
    // A browser sends the origin of its page with every upgrade; a page that is not allowed gets no socket, whatever cookies it has.
    if (!isAllowedOrigin(request, cors)) throw crossSite();
    const {
      ticket,
      after = 0,
      mode = 'rows',
      batch,
      session_id: sessionId,
    } = checked(streamQuery, Object.fromEntries(url.searchParams)) as z.infer<typeof streamQuery>;
    const owner = ticket === undefined ? (await authorize(request))?.id : tickets.redeem(ticket, decodeURIComponent(id));
    if (owner === undefined) throw unauthorized();
    const hub = await hubs.find(decodeURIComponent(id), owner, async () =>
      sessionId === undefined ? undefined : studio.sessions.open(sessionId),
    );
    return {
      start(socket) {
        const connection = new StreamConnection(hub, socket, { mode, after, batch, buffered: () => socket.buffered() });
        return { message: (text) => connection.receive(text), closed: () => connection.leave() };
      },
    };
  } catch (error) {
    const { status, body } = wireError(error, () => 'upgrade');
    return jsonResponse(request, status, body, {});
  }
}
