import type { z } from 'zod';
import { crossSite, forbidden, routeNotFound, unauthorized } from '../diagnostics/codes/http.ts';
import type { Tracing } from '../observability/tracing/tracing.ts';
import { streamQuery } from '../protocol/schemas/sql.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import { type Scope, studioFor, viewerOf } from './access.ts';
import { type CorsOptions, checked, isAllowedOrigin } from './guard.ts';
import { type Authorize, mayDo } from './principal.ts';
import { RequestTrace } from './request-trace.ts';
import { jsonResponse } from './respond.ts';
import type { StreamHubs } from './stream-hubs.ts';
import { StreamConnection, type StreamSink } from './stream-protocol.ts';
import type { Tickets } from './tickets.ts';
import { wireError } from './wire-error.ts';

/** Starts the protocol on an accepted socket. */
export interface WebSocketStart {
  start(socket: StreamSink & { buffered(): number }): { message(text: string): void; closed(): void };
}

export interface UpgradeSetup {
  readonly basePath: string;
  readonly cors: CorsOptions | undefined;
  readonly authorize: Authorize;
  readonly hubs: StreamHubs;
  readonly tickets: Tickets;
  readonly studio: Studio;
  readonly scope: Scope;
  readonly tracing: Tracing | undefined;
}

/** Answers the upgrade of a stream: how its protocol starts, or why it does not. */
export async function upgrade(
  request: Request,
  { basePath, cors, authorize, hubs, tickets, studio, scope, tracing }: UpgradeSetup,
): Promise<Response | WebSocketStart> {
  const trace = new RequestTrace(tracing, request);
  try {
    const url = new URL(request.url);
    const id = new RegExp(`^${basePath}/stream/([^/]+)/?$`).exec(url.pathname)?.[1];
    if (id === undefined) throw routeNotFound(url.pathname);
    trace.route(`${basePath}/stream/{id}`);
    // A browser sends the origin of its page with every upgrade; a page that is not allowed gets no socket, whatever cookies it has.
    if (!isAllowedOrigin(request, cors)) throw crossSite();
    const {
      ticket,
      after = 0,
      mode = 'rows',
      batch,
      session_id: sessionId,
    } = checked(streamQuery, Object.fromEntries(url.searchParams)) as z.infer<typeof streamQuery>;
    const principal = ticket === undefined ? await authorize(request) : tickets.redeem(ticket, decodeURIComponent(id));
    if (!principal) throw unauthorized();
    if (!mayDo(principal, 'read')) throw forbidden(`reading "${url.pathname}"`, 'read');
    const viewer = viewerOf(principal, scope);
    const hub = await hubs.find(decodeURIComponent(id), viewer, async () =>
      sessionId === undefined ? undefined : studioFor(studio, viewer, scope).sessions.open(sessionId),
    );
    // The span is that of the handshake: a stream may be open for days.
    trace.end(101);
    return {
      start(socket) {
        const connection = new StreamConnection(hub, socket, {
          mode,
          after,
          batch,
          mayAct: mayDo(principal, 'compute'),
          buffered: () => socket.buffered(),
        });
        return { message: (text) => connection.receive(text), closed: () => connection.leave() };
      },
    };
  } catch (error) {
    const { status, body } = wireError(error, () => 'upgrade');
    trace.end(status, error);
    return jsonResponse(request, status, body, {});
  }
}
