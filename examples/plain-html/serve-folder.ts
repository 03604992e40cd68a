import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));
const styles = fileURLToPath(import.meta.resolve('@velostream/react/styles.css'));
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
/** Pages of other origins may not script this one, and nothing inline runs. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** The script that the page names, with all that it may load later. */
async function bundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}velostream.ts`],
    bundle: true,
    minify: true,
    splitting: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    conditions: ['@velostream/source'],
    loader: { '.ttf': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
}

/** Serves this folder and the bundle to this machine. */
export async function serveFolder(port: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const files = new Map<string, Uint8Array>(await bundle());
  for (const name of ['index.html', 'page.js']) files.set(`/${name}`, await readFile(`${folder}${name}`));
  files.set('/velostream.css', await readFile(styles));
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : (url.split('?')[0] ?? '/');
    const file = files.get(path);
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.writeHead(file ? 200 : 404, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY });
    response.end(file ?? 'not found');
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
