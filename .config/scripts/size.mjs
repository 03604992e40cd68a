// What a page pays that runs SQL in the browser: `createEngine` and all that it loads at once, minified and gzipped.
// Chunks that load on first use (rare operators, functions and binders, generated code, the regular-expression library) are listed
// and not counted; `all-generators` comes with the first query wherever the page may generate code.
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const GOAL_KB = 120;
/** What holds from now on; it comes down with every part that moves out, until it is the goal. */
const LIMIT_KB = 171;
/** @param {number} total bytes */
const goalText = (total) => (total > GOAL_KB * 1024 ? `; goal ${GOAL_KB} KB: missed by ${kilobytes(total - GOAL_KB * 1024)} KB` : '');
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
const gzipped = (contents) => gzipSync(contents, { level: 9 }).length;

/** @type {[string, RegExp][]} The first that matches wins. */
const PARTS = [
  ['dependency', /node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)/],
  ['core', /packages\/core\/src\/(sql\/[^/]+|[^/]+)\//],
  ['package', /packages\/([^/]+)\//],
];

function partOf(path) {
  for (const [kind, pattern] of PARTS) {
    const match = pattern.exec(path);
    if (match) return kind === 'core' ? `core/${match[1].replace(/\.ts$/, '')}` : match[1];
  }
  return 'glue';
}

// esbuild has said what is wrong by the time it throws.
const result = await build({
  stdin: {
    contents: "import { createEngine } from '@velostream/core/engine';\nglobalThis.createEngine = createEngine;\n",
    resolveDir: root,
    sourcefile: 'page.js',
  },
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2023',
  conditions: ['@velostream/source'],
  outdir: join(root, '.cache/size'),
  write: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'error',
}).catch(() => process.exit(1));

const outputs = result.metafile.outputs;
const contentsOf = new Map(result.outputFiles.map((file) => [relative(process.cwd(), file.path).replaceAll('\\', '/'), file.contents]));
// Dynamic imports are entry points too; the page is the one that came from stdin.
const start = Object.keys(outputs).find((name) => outputs[name].entryPoint === 'page.js');
const eager = new Set();
const follow = (name) => {
  if (eager.has(name)) return;
  eager.add(name);
  for (const { path, kind } of outputs[name].imports) if (kind === 'import-statement' && outputs[path]) follow(path);
};
follow(start);

let total = 0;
const bytesByPart = new Map();
for (const name of eager) {
  total += gzipped(contentsOf.get(name));
  for (const [input, { bytesInOutput }] of Object.entries(outputs[name].inputs)) {
    bytesByPart.set(partOf(input), (bytesByPart.get(partOf(input)) ?? 0) + bytesInOutput);
  }
}
const allBytes = [...bytesByPart.values()].reduce((sum, bytes) => sum + bytes, 0);

process.stdout.write(`createEngine: ${kilobytes(total)} KB of ${LIMIT_KB} KB, minified and gzipped${goalText(total)}\n`);
for (const [part, bytes] of [...bytesByPart].sort((a, b) => b[1] - a[1])) {
  // Compression works on the whole; a part's share is by its minified bytes.
  process.stdout.write(
    `  ${part.padEnd(26)} ${kilobytes(bytes).padStart(7)} KB minified  ~${kilobytes((bytes / allBytes) * total).padStart(6)} KB gzipped\n`,
  );
}
for (const name of Object.keys(outputs).filter((output) => !eager.has(output))) {
  const parts = [...new Set(Object.keys(outputs[name].inputs).map(partOf))].join(', ');
  const entry = /([^/]+)\.[jt]s$/.exec(outputs[name].entryPoint ?? '')?.[1];
  process.stdout.write(
    `  later: ${entry === undefined ? 'shared' : entry} (${parts || name}) ${kilobytes(gzipped(contentsOf.get(name)))} KB gzipped\n`,
  );
}
if (total > LIMIT_KB * 1024) {
  process.stdout.write(
    `error: ${kilobytes(total - LIMIT_KB * 1024)} KB too much; see which part grew, or load it on first use with import()\n`,
  );
  process.exitCode = 1;
}
