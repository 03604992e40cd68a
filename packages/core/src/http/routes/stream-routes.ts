import { answers } from '../../protocol/schemas/answers.ts';
import { streamQuery } from '../../protocol/schemas/sql.ts';
import { bytesText } from '../../protocol/wire.ts';
import { mayDo } from '../principal.ts';
import { type Route, type RouteContext, route } from '../route.ts';
import { SSE_HEADERS, sseText } from '../sse.ts';
import { StreamConnection } from '../stream-protocol.ts';
import type { Tickets } from '../tickets.ts';
import { hubOf } from './execution-routes.ts';

interface SentMessage {
  readonly type: string;
  readonly sequence?: number;
  readonly data?: string | readonly unknown[];
  readonly changes?: readonly unknown[];
}

/** Server-sent events where WebSocket is not to be had, and the tickets for it. */
export const streamRoutes = (tickets: Tickets): readonly Route[] => [
  route({
    method: 'POST',
    path: '/stream/{id}/ticket',
    summary: 'A single-use pass to the WebSocket of an execution, good for 30 seconds',
    tag: 'execution',
    risk: 'read',
    response: answers.ticket,
    async handle(context) {
      const { params, principal } = context;
      const id = params['id'] ?? '';
      await hubOf(context);
      const { ticket, expiresAt } = tickets.issue(id, principal);
      return { ticket, expires_at: expiresAt };
    },
  }),
  route({
    method: 'GET',
    path: '/stream/{id}',
    produces: 'text/event-stream',
    summary: 'Rows of an execution as server-sent events; the same messages as over WebSocket',
    tag: 'execution',
    risk: 'read',
    query: streamQuery,
    async handle(context) {
      const { query, request, principal } = context;
      const hub = await hubOf(context as RouteContext);
      const resume = Number(request.headers.get('last-event-id') ?? Number.NaN);
      const encoder = new TextEncoder();
      let connection: StreamConnection | undefined;
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            let open = true;
            let announced: object = {};
            const sink = {
              send(text: string | Uint8Array) {
                if (!open) return 0;
                // Bytes follow the message that announces them; events carry both at once.
                const message: SentMessage =
                  typeof text === 'string' ? JSON.parse(text) : { type: 'frame', ...announced, data: bytesText(text) };
                if (message.type === 'frame' && typeof text === 'string') {
                  announced = message;
                  return 0;
                }
                const count = message.type === 'frame' ? 1 : (message.data?.length ?? message.changes?.length ?? 0);
                const id = message.sequence === undefined ? {} : { id: String(message.sequence + count) };
                controller.enqueue(encoder.encode(sseText({ event: message.type, data: message, ...id })));
                return 0;
              },
              close() {
                if (open) controller.close();
                open = false;
              },
            };
            const { mode = 'rows', batch } = query;
            const after = Number.isFinite(resume) ? resume : (query.after ?? 0);
            // What the reader has not taken yet counts as buffered, so that a reader who stops is not read for.
            const buffered = () => Math.max(0, -(controller.desiredSize ?? 0));
            connection = new StreamConnection(hub, sink, { mode, after, batch, buffered, mayAct: mayDo(principal, 'compute') });
          },
          cancel: () => connection?.leave(),
        },
        { highWaterMark: 256 * 1024, size: (chunk) => chunk.byteLength },
      );
      return new Response(body, { headers: SSE_HEADERS });
    },
  }),
];
