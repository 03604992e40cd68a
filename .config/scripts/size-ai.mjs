// What a page pays for the offline assistant, minified and gzipped: the first load of `@velostream/ai/offline`, core not counted, because the
// page has it already. Chat, tools, application planning and rules come as chunks of their own when they are used. The client of the
// model must not be in any of them.
import { rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const LIMIT_KB = 60;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const outdir = resolve(root, '.cache/size-ai');
rmSync(outdir, { recursive: true, force: true });
const result = await build({
  entryPoints: [resolve(root, 'packages/ai/src/offline/index.ts')],
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2023',
  conditions: ['@velostream/source'],
  external: ['@velostream/core', '@velostream/core/*'],
  outdir,
  absWorkingDir: root,
  metafile: true,
  write: false,
  legalComments: 'none',
  logLevel: 'error',
}).catch(() => process.exit(1));

const outputs = result.metafile.outputs;
const sizes = new Map(
  result.outputFiles.map((f) => [f.path.slice(root.length + 1).replaceAll('\\', '/'), gzipSync(f.contents, { level: 9 }).length]),
);
const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint?.endsWith('offline/index.ts'));
const first = new Set();
const load = (path) => {
  if (path === undefined || first.has(path) || !outputs[path]) return;
  first.add(path);
  for (const { path: next, kind } of outputs[path].imports) if (kind === 'import-statement') load(next);
};
load(entry);
const bytes = [...first].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
const later = [...sizes].filter(([path]) => !first.has(path)).reduce((sum, [, n]) => sum + n, 0);
const leaked = Object.keys(result.metafile.inputs).filter((path) => /@anthropic-ai|packages\/ai\/src\/(server|anthropic)\//.test(path));
const kilobytes = (n) => (n / 1024).toFixed(1);
process.stdout.write(
  `@velostream/ai/offline: ${kilobytes(bytes)} KB of ${LIMIT_KB} KB at first load, ${kilobytes(later)} KB later, minified and gzipped, core not counted\n`,
);
for (const path of leaked) process.stdout.write(`error: ${path} is in the bundle of a page\n`);
if (bytes > LIMIT_KB * 1024) process.stdout.write(`error: ${kilobytes(bytes - LIMIT_KB * 1024)} KB too much\n`);
process.exitCode = leaked.length > 0 || bytes > LIMIT_KB * 1024 ? 1 : 0;
