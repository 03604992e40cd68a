import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way. */
export type Fault =
  | { readonly kind: 'pass' }
  | { readonly kind: 'status'; readonly status: number; readonly body: string }
  /** The body ends after so many bytes; with `quietly` the length says that this is all. */
  | { readonly kind: 'cut'; readonly after: number; readonly quietly?: boolean }
  | { readonly kind: 'extra'; readonly bytes: number }
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> };

export interface FaultyProxy {
  readonly url: string;
  /** Requests that came, as `GET /bucket/key`. */
  readonly seen: readonly string[];
  /** Bytes of bodies that were answered. */
  readonly answered: number;
  close(): Promise<void>;
}

export const slowDown: Fault = {
  kind: 'status',
  status: 503,
  body: '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
};

/** Stands in front of a server and does what `plan` says to each request; the host that was signed is kept. */
export async function faultyProxy(target: string, plan: (request: IncomingMessage, index: number) => Fault): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  const seen: string[] = [];
  const count = { answered: 0 };
  const open = new Set<ServerResponse>();
  const server = createServer((incoming, answer) => {
    const fault = plan(incoming, seen.length);
    seen.push(`${incoming.method} ${incoming.url}`);
    open.add(answer);
    answer.on('close', () => open.delete(answer));
    if (fault.kind === 'drop') return incoming.socket.destroy();
    if (fault.kind === 'status') {
      incoming.resume();
      answer.writeHead(fault.status, { 'content-type': 'application/xml', connection: 'close' });
      return answer.end(fault.body);
    }
    const outgoing = send({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (response) => {
      response.on('data', (chunk: Buffer) => {
        count.answered += chunk.length;
      });
      pass(response, answer, fault);
    });
    outgoing.on('error', () => answer.destroy());
    return incoming.pipe(outgoing);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    get answered() {
      return count.answered;
    },
    close: () => closed(server, open),
  };
}

function pass(response: IncomingMessage, answer: ServerResponse, fault: Fault): void {
  const headers = { ...response.headers, ...(fault.kind === 'headers' ? fault.headers : {}) };
  if (fault.kind === 'cut' && fault.quietly === true) headers['content-length'] = String(fault.after);
  if (fault.kind === 'extra') headers['content-length'] = String(Number(headers['content-length']) + fault.bytes);
  answer.writeHead(response.statusCode ?? 502, headers);
  let left = fault.kind === 'cut' || fault.kind === 'stall' ? fault.after : Number.POSITIVE_INFINITY;
  response.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    answer.write(chunk.subarray(0, Math.min(chunk.length, left)));
    left -= chunk.length;
    if (left > 0 || fault.kind === 'stall') return;
    if (fault.kind === 'cut' && fault.quietly === true) answer.end();
    else answer.destroy();
  });
  response.on('end', () => {
    if (fault.kind === 'extra') answer.end(Buffer.alloc(fault.bytes, 'x'));
    else if (left > 0) answer.end();
  });
}

async function closed(server: Server, open: ReadonlySet<ServerResponse>): Promise<void> {
  for (const answer of open) answer.destroy();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
