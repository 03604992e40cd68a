import { defineConfig } from 'tsup';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly '@velostream/source': string; readonly default: string }>>;
  readonly bin?: Readonly<Record<string, string>>;
}

const outputName = (file: string): string => file.replace(/^\.\/dist\//, '').replace(/\.js$/, '');

/** Entry points are read from the manifest's `exports`, so that a subpath is declared in one place only. */
export function entriesOf(manifest: Manifest): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const target of Object.values(manifest.exports)) {
    if (typeof target !== 'string') entries[outputName(target.default)] = target['@velostream/source'];
  }
  for (const file of Object.values(manifest.bin ?? {})) entries[outputName(file)] = `./src/${outputName(file)}.node.ts`;
  return entries;
}

/**
 * One build for every package: ESM with types; what two subpaths share lands in one chunk, once.
 * `directive` stands first in every file, such as `use client` for server-component bundlers.
 */
export const packageBuild = (manifest: Manifest, { directive }: { readonly directive?: string } = {}) =>
  defineConfig({
    ...(directive && { banner: { js: `'${directive}';` } }),
    entry: entriesOf(manifest),
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    splitting: true,
    sourcemap: true,
    clean: true,
    dts: true,
    removeNodeProtocol: false,
    external: [/^node:/],
  });
