import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction, Socket, type SocketConstructorOpts } from 'node:net';
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { NetworkGuard } from './network-guard.ts';

/** A `lookup` for `net.connect` that gives the one checked address of a name. */
export function guardedLookup(guard: NetworkGuard, port: number): LookupFunction {
  return (hostname, options, done) => {
    guard.resolve({ host: hostname, port }).then(
      (found) => (options.all ? done(null, [found]) : done(null, found.address, found.family)),
      (error: NodeJS.ErrnoException) => done(error, ''),
    );
  };
}

/** A TCP socket that connects where the guard lets it; a refusal comes as its `error`. */
export class GuardedSocket extends Socket {
  private readonly guard: NetworkGuard;

  /** With `readBytes`, all that comes is read into one piece of memory of that size: whoever listens for `data` must not keep it. */
  constructor(guard: NetworkGuard, { readBytes }: { readonly readBytes?: number } = {}) {
    const reader: Reader = { socket: null };
    super(readBytes === undefined ? {} : readingInto(new Uint8Array(readBytes), reader));
    reader.socket = this;
    this.guard = guard;
  }

  /** As the drivers call it: `connect(port, host)`. */
  override connect(...parameters: readonly unknown[]): this {
    const [port, host] = parameters as [number, string];
    try {
      this.guard.check({ host, port });
    } catch (error) {
      this.destroy(error as Error);
      return this;
    }
    return super.connect({ port, host, lookup: guardedLookup(this.guard, port) });
  }
}

interface Reader {
  socket: Socket | null;
}

const readingInto = (memory: Uint8Array, reader: Reader): SocketConstructorOpts => ({
  onread: {
    buffer: memory,
    callback(length) {
      reader.socket?.emit('data', Buffer.from(memory.buffer, 0, length));
      return true;
    },
  },
});

/** What a driver of a plain or TLS protocol asks for; the signature is kafkajs' `socketFactory`. */
export interface SocketRequest {
  readonly host: string;
  readonly port: number;
  /** TLS options; absent: a plain connection. */
  readonly ssl?: ConnectionOptions | undefined;
  onConnect(): void;
}

/**
 * A factory of guarded sockets, for drivers that take one. A server that names further servers (Kafka's metadata) leads through it, too.
 * `readBytes` is of plain sockets, see there.
 */
export function guardedSocketFactory(
  guard: NetworkGuard,
  options: { readonly readBytes?: number } = {},
): (request: SocketRequest) => Socket | TLSSocket {
  return ({ host, port, ssl, onConnect }) => {
    const socket = new GuardedSocket(guard, ssl === undefined ? options : {}).connect(port, host);
    if (ssl === undefined) return socket.once('connect', onConnect);
    const servername = isIP(host) === 0 ? { servername: host } : {};
    return tlsConnect({ host, ...servername, ...ssl, socket }, onConnect);
  };
}

type AgentOptions = ConstructorParameters<typeof HttpsAgent>[0];
/** TLS options that trust these authorities instead of the system's. */
export const trusted = (ca: string | readonly string[] | undefined): { readonly ca?: string | string[] } =>
  ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] };

type CreateConnection = HttpAgent['createConnection'];

/** HTTP agents whose connections all go through the guard, redirects and further hosts included. */
export function guardedAgents(guard: NetworkGuard, options: AgentOptions = {}): { readonly http: HttpAgent; readonly https: HttpsAgent } {
  return {
    http: guarded(new HttpAgent({ keepAlive: true, ...options }), guard),
    https: guarded(new HttpsAgent({ keepAlive: true, ...options }), guard),
  };
}

function guarded<A extends HttpAgent>(agent: A, guard: NetworkGuard): A {
  const plain = agent.createConnection.bind(agent) as CreateConnection;
  agent.createConnection = (options, done) => {
    const host = String(options.host ?? '');
    const port = Number(options.port);
    // A literal address is not looked up, so it is looked at here.
    guard.check({ host, port });
    return plain({ ...options, lookup: guardedLookup(guard, port) }, done);
  };
  return agent;
}
