import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, defaultClientConditions, type Rolldown } from 'vite';

export interface PageFile {
  readonly body: string | Uint8Array;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** Content type by extension. */
export const typeOf = (path: string): string => TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** Builds page and worker from their sources, into memory: nothing to clean up, and two starts cannot disturb each other. */
export async function bundlePage(): Promise<ReadonlyMap<string, PageFile>> {
  // Whatever started us, the page is the one that a visitor gets: no development warnings on its console.
  process.env['NODE_ENV'] = 'production';
  const result = await build({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    // Our packages are read from their sources, so that nothing has to be built before.
    resolve: { conditions: ['@velostream/source', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: { write: false, target: 'es2024', modulePreload: false, assetsInlineLimit: 0, reportCompressedSize: false },
  });
  const files = new Map<string, PageFile>();
  for (const { output } of [result].flat() as Rolldown.RolldownOutput[]) {
    for (const item of output) {
      files.set(`/${item.fileName}`, { body: item.type === 'chunk' ? item.code : item.source, type: typeOf(item.fileName) });
    }
  }
  const index = files.get('/index.html');
  if (!index) throw new Error('the build made no index.html');
  return files.set('/', index);
}
