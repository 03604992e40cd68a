import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/**
 * Builds a program of a test as a host in production builds its own, with our packages from their sources: `name.ts` becomes `name.mjs` in `outdir`.
 * To load all sources at each start would measure the taking out of types.
 */
export async function buildFixture(program: URL, outdir: string, more: BuildOptions = {}): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(program)],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    conditions: ['@velostream/source'],
    logLevel: 'error',
    ...more,
  });
}
