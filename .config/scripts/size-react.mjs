// What a page pays for @velostream/react: the hooks and headless parts at once, each renderer only when it is drawn; minified and gzipped.
// React itself and the packages of renderers belong to the host and are not counted in the first number.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const LIMIT_KB = 25;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);

/** @returns {Promise<import('esbuild').BuildResult<{ write: false; metafile: true }>>} */
const bundle = (contents, external) =>
  build({
    stdin: { contents, resolveDir: resolve(root, 'packages/react'), sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    conditions: ['@velostream/source'],
    outdir: resolve(root, '.cache/size'),
    write: false,
    metafile: true,
    external,
    loader: { '.ttf': 'empty', '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'error',
  });
const gzipped = (files) => files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);

const HOST = ['react', 'react-dom', 'react/*', 'react-dom/*'];
const core = await bundle("import * as all from '@velostream/react'; globalThis.all = all;", HOST);
const size = gzipped(core.outputFiles);
process.stdout.write(`@velostream/react: ${kilobytes(size)} KB of ${LIMIT_KB} KB, minified and gzipped, everything that it exports\n`);

const heavy = [
  'monaco-editor',
  '@monaco-editor/react',
  'recharts',
  '@xyflow/react',
  '@dagrejs/dagre',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  'radix-ui',
];
const loaded = Object.keys(core.metafile.inputs).filter((input) => heavy.some((name) => input.includes(`node_modules/${name}/`)));
if (loaded.length > 0) {
  process.stdout.write(`error: the main entry loads ${loaded[0]}; renderers belong into their own chunks\n`);
  process.exitCode = 1;
}
for (const entry of ['ui', 'recharts', 'flow', 'table', 'elements']) {
  const own = await bundle(`import * as all from '@velostream/react/${entry}'; globalThis.all = all;`, [
    ...HOST,
    ...heavy,
    'monaco-editor/*',
  ]);
  const whole = await bundle(`import * as all from '@velostream/react/${entry}'; globalThis.all = all;`, HOST);
  process.stdout.write(
    `  /${entry.padEnd(10)} ${kilobytes(gzipped(own.outputFiles)).padStart(7)} KB of ours, ${kilobytes(gzipped(whole.outputFiles)).padStart(7)} KB with its packages\n`,
  );
}

// The lazy renderers: the page that names them must not load them.
const lazy = await bundle("import { lazyRenderers } from '@velostream/react/renderers'; globalThis.all = lazyRenderers;", HOST);
const first = Object.entries(lazy.metafile.outputs).find(([, { entryPoint }]) => entryPoint === 'page.js')?.[0] ?? '';
const eager = new Set();
const follow = (name) => {
  if (eager.has(name)) return;
  eager.add(name);
  for (const { path, kind } of lazy.metafile.outputs[name]?.imports ?? []) if (kind === 'import-statement') follow(path);
};
follow(first);
const eagerInputs = [...eager].flatMap((name) => Object.keys(lazy.metafile.outputs[name]?.inputs ?? {}));
const leaked = eagerInputs.filter((input) => heavy.some((name) => input.includes(`node_modules/${name}/`)));
process.stdout.write(`  /renderers  names four renderers, loads ${leaked.length === 0 ? 'none of them' : leaked[0]} at once\n`);
if (leaked.length > 0 || size > LIMIT_KB * 1024) {
  if (size > LIMIT_KB * 1024) process.stdout.write(`error: ${kilobytes(size - LIMIT_KB * 1024)} KB too much\n`);
  process.exitCode = 1;
}
