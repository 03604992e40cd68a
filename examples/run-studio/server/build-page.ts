import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, defaultClientConditions } from 'vite';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = join(HERE, '../..');

/** What the page is made of; when none of it has changed, the last build serves again. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const sources = globSync(['examples/run-studio/page/**/*', 'packages/{core,react}/src/**/*.{ts,tsx,css}', 'pnpm-lock.yaml'], {
    cwd: ROOT,
  }).sort();
  for (const file of sources) if (/\.\w+$/.test(file)) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** Builds the page where it is not built yet, and says where it is. */
export async function buildPage(): Promise<string> {
  const outDir = join(HERE, 'dist');
  const stamp = join(outDir, '.fingerprint');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return outDir;
  // Whatever started us, the page is the one that a visitor gets: no development warnings on its console.
  process.env['NODE_ENV'] = 'production';
  rmSync(outDir, { recursive: true, force: true });
  await build({
    root: join(HERE, 'page'),
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    // Our packages are read from their sources, so that nothing has to be built before.
    resolve: { conditions: ['@velostream/source', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2024', assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 6_000 },
  });
  writeFileSync(stamp, wanted);
  return outDir;
}
