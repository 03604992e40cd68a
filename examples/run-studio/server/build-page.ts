import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
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

/**
 * Builds the page where it is not built yet, and says where it is. A build appears whole or not at all, in a folder of its own, so that several
 * processes may ask at the same moment.
 */
export async function buildPage(): Promise<string> {
  const builds = join(HERE, 'dist');
  const name = fingerprint().slice(0, 16);
  const finished = join(builds, name);
  if (existsSync(finished)) return finished;
  mkdirSync(builds, { recursive: true });
  const outDir = mkdtempSync(join(builds, '.building-'));
  // Whatever started us, the page is the one that a visitor gets: no development warnings on its console.
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      root: join(HERE, 'page'),
      configFile: false,
      logLevel: 'error',
      plugins: [react()],
      // Our packages are read from their sources, so that nothing has to be built before.
      resolve: { conditions: ['@velostream/source', ...defaultClientConditions] },
      worker: { format: 'es' },
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2024',
        assetsInlineLimit: 0,
        reportCompressedSize: false,
        chunkSizeWarningLimit: 6_000,
      },
    });
    publish(outDir, finished);
    for (const each of outdated(builds, name)) rmSync(each, { recursive: true, force: true });
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
  return finished;
}

/** Builds that stay beside the newest one: a studio that was started before may still be serving one of them. */
const KEPT = 3;

function outdated(builds: string, newest: string): readonly string[] {
  return readdirSync(builds)
    .filter((each) => each !== newest && !each.startsWith('.building-'))
    .map((each) => ({ path: join(builds, each), at: statSync(join(builds, each), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at)
    .slice(KEPT)
    .map(({ path }) => path);
}

/** Gives a build its name, unless another process was faster: then that one serves. */
function publish(outDir: string, finished: string): void {
  try {
    renameSync(outDir, finished);
  } catch (error) {
    if (!existsSync(finished)) throw error;
  }
}
