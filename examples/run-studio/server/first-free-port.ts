import { createServer } from 'node:net';

const TRIED = 20;

/** The first port from `start` on that this machine has free. */
export async function firstFreePort(start: number): Promise<number> {
  for (let port = start; port < start + TRIED; port++) if (await isFree(port)) return port;
  throw new Error(`no port from ${start} to ${start + TRIED - 1} is free`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
