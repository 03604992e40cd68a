import { z } from 'zod';
import { methodNotAllowed, routeNotFound } from '../diagnostics/codes/http.ts';
import type { Tracing } from '../observability/tracing/tracing.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import type { Logger } from '../sessions/session-runtime.ts';
import { callerOf, checkScope, type Scope, studioFor, viewerOf } from './access.ts';
import { admit, type CorsOptions, checked, corsHeaders, preflight, RateLimit, readBody } from './guard.ts';
import { openApiDocument } from './openapi.ts';
import type { Authorize, Principal } from './principal.ts';
import { RequestTrace } from './request-trace.ts';
import { jsonResponse, textResponse } from './respond.ts';
import { createRouter, type ToolGateway } from './route.ts';
import { allRoutes } from './routes/all-routes.ts';
import { ScratchSessions } from './scratch-sessions.ts';
import { StreamHubs } from './stream-hubs.ts';
import { Tickets } from './tickets.ts';
import { upgrade, type WebSocketStart } from './upgrade.ts';
import { wireError } from './wire-error.ts';

export type { WebSocketStart };

export interface StudioHandlerOptions {
  /** Says who sends a request; `null` refuses it. There is no default: nothing is open by accident. */
  readonly authorize: Authorize;
  /** Who sees what a caller made: that caller alone (`principal`) by default. */
  readonly scope?: Scope;
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
  /** A span for each request and each upgrade to a WebSocket, below the one that its `traceparent` names; tools and deployments go on from it. */
  readonly tracing?: Tracing;
  readonly now?: () => number;
}

/** How a WebSocket server hands its sockets over, whatever library it is made with. */
export interface WebSocketHooks {
  /** Whether the upgrade may happen; a Response refuses it. */
  upgrade(request: Request): Promise<Response | WebSocketStart>;
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
 * The Studio over HTTP and WebSocket, as one fetch handler. Notebooks, applications, deployments and running queries belong to the caller that made
 * them; for others they are not there. `scope` says who else sees them.
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
  const {
    basePath = '/api',
    scope = 'principal',
    cors,
    authorize,
    tools,
    logger,
    tracing,
    now = () => Date.now(),
    maxBodyBytes = DEFAULT_MAX_BODY,
  } = options;
  checkScope(studio, scope);
  const hubs = new StreamHubs(now);
  const tickets = new Tickets(now);
  const routes = allRoutes(tickets, () => openApiDocument(routes, basePath));
  const find = createRouter(routes, basePath);
  const all = new RateLimit(options.rateLimits?.all ?? 1_200, now);
  const expensive = new RateLimit(options.rateLimits?.expensive ?? 60, now);
  const scratch = new ScratchSessions();
  let counter = 0;
  const requestId = (): string => `req-${now().toString(36)}-${(counter++).toString(36)}`;

  const answer = async (
    request: Request,
    trace: RequestTrace,
    note: (principal: Principal) => void,
    headers: Record<string, string>,
  ): Promise<Response> => {
    const url = new URL(request.url);
    const found = find(request.method, url.pathname);
    if (!('route' in found)) {
      await admit(request, 'read', { authorize, cors });
      throw found.length > 0 ? methodNotAllowed(request.method, found) : routeNotFound(url.pathname);
    }
    const { route, params } = found;
    trace.route(route.path.startsWith('//') ? route.path.slice(1) : basePath + route.path);
    const principal = await admit(request, route.risk, { authorize, cors });
    note(principal);
    const caller = callerOf(principal);
    (route.expensive ? expensive : all).take(caller);
    const body = route.body ? await readBody(request, route.body, route.maxBodyBytes ?? maxBodyBytes) : undefined;
    const query = route.query ? checked(route.query, Object.fromEntries(url.searchParams)) : undefined;
    const viewer = viewerOf(principal, scope);
    const view = studioFor(studio, viewer, scope);
    const session = (given?: string) => {
      const id = given ?? url.searchParams.get('session_id') ?? request.headers.get('x-velo-session');
      return id === null ? scratch.of(view, caller) : view.sessions.open(id);
    };
    const work = {
      studio: view,
      principal,
      viewer,
      request,
      params,
      body,
      query,
      hubs,
      tools,
      signal: request.signal,
      trace: trace.context,
      session,
    };
    const value = await route.handle(work);
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
      const trace = new RequestTrace(tracing, request);
      let caller = '-';
      let response: Response;
      let problem: unknown;
      try {
        response = await answer(request, trace, (p) => (caller = callerOf(p)), headers);
      } catch (error) {
        problem = error;
        response = failed(request, error, { id, headers, logger });
      }
      trace.end(response.status, problem);
      const path = new URL(request.url).pathname;
      logger?.log('info', 'request', { id, method: request.method, path, status: response.status, ms: now() - startedAt, caller });
      return response;
    },
    websocket: { upgrade: (request) => upgrade(request, { basePath, cors, authorize, hubs, tickets, studio, scope, tracing }) },
    openapi: () => openApiDocument(routes, basePath),
    close: () => hubs.close(),
  };
}

/** What a failed request is answered; what is not meant for the caller goes to the log under the id of the request. */
function failed(
  request: Request,
  error: unknown,
  { id, headers, logger }: { readonly id: string; readonly headers: Record<string, string>; readonly logger: Logger | undefined },
): Response {
  const failure = wireError(error, () => id);
  if (failure.hidden !== undefined) logger?.log('error', 'request failed', { id, error: String(failure.hidden) });
  const retry = failure.body.error.details?.['retryAfterMs'];
  return jsonResponse(request, failure.status, failure.body, {
    ...headers,
    ...(typeof retry === 'number' ? { 'retry-after': String(Math.ceil(retry / 1000)) } : {}),
  });
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
