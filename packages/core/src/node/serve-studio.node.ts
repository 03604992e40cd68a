import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { VeloError } from '../diagnostics/velo-error.ts';
import { createStudioHandler, type StudioHandler, type StudioHandlerOptions, type WebSocketStart } from '../http/create-studio-handler.ts';
import type { Authorize } from '../http/principal.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import { staticFiles } from './static-files.node.ts';

export interface ServeOptions extends Omit<StudioHandlerOptions, 'authorize'> {
  /** 0 takes a free one; 8080 by default. */
  readonly port?: number;
  /** `127.0.0.1` by default. Any other address needs `authorize`. */
  readonly host?: string;
  readonly authorize?: Authorize;
  /** A folder with a built page, served beside the API. */
  readonly page?: string;
}

export interface ServedStudio {
  readonly url: string;
  readonly port: number;
  readonly handler: StudioHandler;
  close(): Promise<void>;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|::1)$/i;
const hostName = (header: string | null): string => (header ?? '').replace(/:\d+$/, '');

/**
 * Only for this machine: a request whose `Host` is no loopback name is refused, so that a page elsewhere cannot reach the studio through a name
 * that it points at 127.0.0.1.
 */
const localOnly: Authorize = (request) => (LOOPBACK.test(hostName(request.headers.get('host'))) ? { id: 'local', role: 'admin' } : null);

/**
 * Serves a studio over HTTP and WebSocket from one Node process.
 *
 * @example const { url, close } = await serveStudio(createStudio({ connectors: [files({ roots: ['.'] })] }), { port: 8080 });
 */
export async function serveStudio(studio: Studio, options: ServeOptions = {}): Promise<ServedStudio> {
  const { port = 8080, host = '127.0.0.1', authorize, page, ...handlerOptions } = options;
  if (!authorize && !LOOPBACK.test(host)) {
    throw new VeloError({
      code: 'VS7113',
      reason: 'authorize-missing',
      message: `serving on "${host}" needs \`authorize\``,
      hint: 'Pass apiKeyAuth, jwtAuth or your own function; without it a studio is served on 127.0.0.1 only.',
    });
  }
  const handler = createStudioHandler(studio, { ...handlerOptions, authorize: authorize ?? localOnly });
  const { getRequestListener } = await peer('@hono/node-server', () => import('@hono/node-server'));
  const { WebSocketServer } = await peer('ws', () => import('ws'));
  const files = page === undefined ? undefined : staticFiles(page);
  const base = handlerOptions.basePath ?? '/api';
  const listener = getRequestListener(async (request) => {
    const { pathname } = new URL(request.url);
    const isApi = pathname === '/metrics' || pathname === base || pathname.startsWith(`${base}/`);
    return isApi || !files ? handler.fetch(request) : files(request);
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    void handler.websocket.upgrade(requestOf(incoming)).then((start) => {
      if (start instanceof Response) return refuse(socket, start);
      sockets.handleUpgrade(incoming, socket, head, (ws) => attach(ws as unknown as NodeSocket, start));
    });
  });
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    handler,
    async close() {
      await handler.close();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface NodeSocket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
  on(event: 'message' | 'close' | 'error', listener: (data: { toString(): string }) => void): void;
}

function attach(ws: NodeSocket, start: WebSocketStart): void {
  const connection = start.start({
    send(data) {
      ws.send(data);
      return ws.bufferedAmount;
    },
    close: (code, reason) => ws.close(code, reason),
    buffered: () => ws.bufferedAmount,
  });
  ws.on('message', (data) => connection.message(data.toString()));
  ws.on('close', () => connection.closed());
  ws.on('error', () => connection.closed());
}

/** The upgrade request as the handler reads requests. */
function requestOf(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    const name = incoming.rawHeaders[i] as string;
    if (!name.startsWith(':')) headers.append(name, incoming.rawHeaders[i + 1] as string);
  }
  return new Request(`http://${headers.get('host') ?? 'localhost'}${incoming.url ?? '/'}`, { headers });
}

function refuse(socket: Duplex, response: Response): void {
  socket.end(`HTTP/1.1 ${response.status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new VeloError({
          code: 'VS7114',
          reason: 'port-taken',
          message: taken ? `port ${port} of ${host} is taken` : `could not listen on ${host}:${port}: ${error.message}`,
          hint: taken ? 'Choose another with --port, or 0 for a free one.' : undefined,
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => resolve());
  });

async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new VeloError({
      code: 'VS7112',
      reason: 'package-missing',
      message: `serving a studio needs the package "${name}"`,
      hint: `Run \`npm install ${name}\`.`,
      cause,
    });
  }
}
