import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = (path: string): string => fileURLToPath(new URL(`../packages/${path}`, import.meta.url));

/**
 * Runs once before the tests: builds what threads run, as a package has it built. Threads that take the types out of sources do it in WebAssembly, each
 * by itself, and Node was seen to end with SIGSEGV while such threads came and went.
 */
export async function setup(): Promise<() => void> {
  const outdir = mkdtempSync(join(tmpdir(), 'velo-threads-'));
  await build({
    entryPoints: {
      'range-worker': source('connectors/src/files/range-worker.ts'),
      'file-part': source('connectors/src/files/file-part.ts'),
      'part-thread': source('core/src/engine/threads/part-thread.node.ts'),
      'test-thread': source('core/src/testing/threads/test-thread.node.ts'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    conditions: ['@velostream/source'],
    // Packages in CommonJS that are built in ask for modules of Node.
    banner: { js: "import { createRequire as requireHere } from 'node:module'; const require = requireHere(import.meta.url);" },
    logLevel: 'error',
  });
  process.env['VELO_BUILT_THREADS'] = `${pathToFileURL(outdir).href}/`;
  return () => rmSync(outdir, { recursive: true, force: true });
}
