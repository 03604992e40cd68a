import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PageFile, typeOf } from './bundle-page.ts';

/** Files of the vega-datasets package that the page reads; nothing else of the disk can be asked for. */
const DATA_FILES = ['stocks.csv', 'flights-20k.json', 'seattle-weather.csv'];
const DATA = new URL('../node_modules/vega-datasets/data/', import.meta.url);
const HOST = '127.0.0.1';
const PORTS_TRIED = 20;

/** Only what this server sends may run, and no code made from text. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the page to this machine only. Without a port: 4321, or the next one that is free.
 * The files may still be on their way: a taken port is known before they are.
 */
export async function servePage(files: Promise<ReadonlyMap<string, PageFile>>, port: number | undefined): Promise<PageServer> {
  const server = createServer((request, response) => {
    files.then((found) => answer(found, request, response)).catch(() => response.destroy());
  });
  const used = await listen(server, port);
  return {
    url: `http://${HOST}:${used}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  const ports = port === undefined ? Array.from({ length: PORTS_TRIED }, (_, i) => 4321 + i) : [port];
  for (const candidate of ports) {
    const used = await tryPort(server, candidate);
    if (used !== undefined) return used;
  }
  throw new Error(port === undefined ? `no port from 4321 to ${4320 + PORTS_TRIED} is free` : `port ${port} is not free`);
}

const tryPort = (server: Server, port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, HOST, () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });

async function answer(files: ReadonlyMap<string, PageFile>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-cache');
  // A page of another site can point its own host name here; it must not get answers.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
    return send(response, 403, 'this host name is not served here');
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'only GET is answered');
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const file = files.get(path) ?? (await dataFile(path));
  if (!file) return send(response, 404, `there is no "${path}"`);
  response.writeHead(200, { 'Content-Type': file.type });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

async function dataFile(path: string): Promise<PageFile | undefined> {
  const name = DATA_FILES.find((candidate) => path === `/data/${candidate}`);
  return name === undefined ? undefined : { body: await readFile(new URL(name, DATA)), type: typeOf(name) };
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
