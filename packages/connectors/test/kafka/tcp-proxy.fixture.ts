import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy between a client and a server that can go silent: it accepts and never answers, as a partitioned network does. */
export interface TcpProxy {
  /** Nothing passes any more, and no connection is closed. */
  blackhole(): void;
  /** Everything passes again; what was caught in between is lost with its connection. */
  heal(): void;
  /** Bytes that a client sees per write; undefined: as they come. */
  slice: number | undefined;
  close(): Promise<void>;
}

export async function tcpProxy(listen: string, target: string): Promise<TcpProxy> {
  const [host = '', port = ''] = target.split(':');
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSilent = false;
  const proxy: TcpProxy = {
    slice: undefined,
    blackhole() {
      isSilent = true;
    },
    heal() {
      isSilent = false;
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
    close: () =>
      new Promise((done) => {
        for (const pair of pairs) for (const socket of pair) socket.destroy();
        server.close(() => done());
      }),
  };
  const pass = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => {
      if (isSilent) return;
      const size = proxy.slice ?? chunk.length;
      for (let at = 0; at < chunk.length; at += size) to.write(chunk.subarray(at, at + size));
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (!isSilent) to.destroy();
    });
  };
  const server: Server = createServer((client) => {
    const upstream = connect(Number(port), host);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    client.once('close', () => pairs.delete(pair));
    pass(client, upstream);
    pass(upstream, client);
  });
  const [listenHost = '', listenPort = ''] = listen.split(':');
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(Number(listenPort), listenHost, done);
  });
  return proxy;
}
