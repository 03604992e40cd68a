import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Nothing but what this server sends may run or style the page; no code from text. */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly policy?: string;
  readonly html?: string;
  /** Other packages in the place of some, as a host with another React has them. */
  readonly alias?: Readonly<Record<string, string>>;
  readonly mode?: 'production' | 'development';
}

/** Bundles a script of this package, as a host would, and serves it with the style sheet under a policy. */
export async function servePage(
  entry: string,
  { policy = STRICT_POLICY, html = '<div id="page"></div>', alias = {}, mode = 'production' }: PageOptions = {},
): Promise<ServedPage> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/${entry}`],
    bundle: true,
    write: false,
    splitting: true,
    outdir: '/',
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    minify: mode === 'production',
    alias: { ...alias },
    conditions: ['@velostream/source'],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    loader: { '.ttf': 'dataurl' },
    logLevel: 'error',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path, Buffer.from(contents)]));
  files.set('/styles.css', readFileSync(`${folder}/src/styles.css`));
  const script = [...files.keys()].find((path) =>
    path.endsWith(
      `${entry
        .split('/')
        .at(-1)
        ?.replace(/\.tsx?$/, '')}.js`,
    ),
  );
  const sheets = [...files.keys()].filter((path) => path.endsWith('.css') && path !== '/styles.css');
  const links = sheets.map((path) => `<link rel="stylesheet" href="${path}">`).join('');
  const page = `<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>page</title><link rel="stylesheet" href="/styles.css">${links}</head><body>${html}<script type="module" src="${script}"></script></body></html>`;
  files.set('/', Buffer.from(page));
  const server = createServer(({ url = '/' }, response) => {
    const path = url.split('?')[0] ?? '/';
    const file = files.get(path);
    const type = path.endsWith('.css') ? 'text/css' : path === '/' ? 'text/html' : 'text/javascript';
    response.writeHead(file ? 200 : 404, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy });
    response.end(file);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
