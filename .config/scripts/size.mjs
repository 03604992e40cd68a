// What a page pays that runs SQL in the browser, minified and gzipped, in three steps: `createEngine` with the parser and what else its
// import brings; then a first plain query; then a first windowed one. The steps are real: the bundle runs here, and the
// chunks that it loads are counted. Chunks that neither query needs are listed as "later" and not counted.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** @type {{ title: string, limitKb: number, sql: string | null }[]} Limits hold what is reached; the goal is 120 KB. */
const STEPS = [
  { title: 'createEngine with the parser', limitKb: 60, sql: null },
  { title: 'with a first query', limitKb: 138, sql: 'SELECT symbol, price * 2 AS twice FROM trades WHERE price > 1' },
  {
    title: 'with a first windowed query',
    limitKb: 163,
    sql: 'SELECT symbol, AVG(price) AS mean, COUNT(*) AS trades FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL',
  },
];
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const outdir = join(root, '.cache/size');
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

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }\n');
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
  outdir,
  absWorkingDir: root,
  metafile: true,
  legalComments: 'none',
  logLevel: 'error',
}).catch(() => process.exit(1));

/** Chunks by file name: what is in them, and how much they weigh. */
const chunks = new Map();
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  chunks.set(basename(path), { ...output, bytes: gzipped(readFileSync(join(root, path))) });
}
// Dynamic imports are entry points too; the page is the one that came from stdin.
const start = [...chunks].find(([, { entryPoint }]) => entryPoint === 'page.js')[0];

const loaded = new Set();
registerHooks({
  load(url, context, next) {
    if (url.startsWith(pathToFileURL(outdir).href)) loaded.add(basename(fileURLToPath(url)));
    return next(url, context);
  },
});

const trades = [
  { symbol: 'A', price: 1, event_time: new Date(0) },
  { symbol: 'B', price: 2, event_time: new Date(1) },
];
let failed = false;
let counted = new Set();
for (const { title, limitKb, sql } of STEPS) {
  if (sql === null) await import(pathToFileURL(join(outdir, start)).href);
  else {
    const rows = await globalThis
      .createEngine({ sources: { trades: { rows: trades, eventTime: 'event_time' } } })
      .run(sql)
      .rows();
    if (rows.length === 0) throw new Error(`no rows from: ${sql}`);
  }
  report(title, limitKb, new Set(loaded));
}
for (const [name, { inputs, entryPoint, bytes }] of chunks) {
  if (counted.has(name)) continue;
  const parts = [...new Set(Object.keys(inputs).map(partOf))].join(', ');
  const entry = /([^/]+)\.[jt]s$/.exec(entryPoint ?? '')?.[1];
  process.stdout.write(`  later: ${entry ?? 'shared'} (${parts || name}) ${kilobytes(bytes)} KB gzipped\n`);
}
if (!partsOf(loadedAtStart()).has('core/sql/syntax')) throw new Error('the parser is part of what the first figure counts');
process.exitCode = failed ? 1 : 0;

/** What the import alone brings: chunks that import each other, without those that load on demand. */
function loadedAtStart() {
  const eager = new Set();
  const follow = (name) => {
    if (eager.has(name)) return;
    eager.add(name);
    for (const { path, kind } of chunks.get(name).imports) if (kind === 'import-statement') follow(basename(path));
  };
  follow(start);
  return eager;
}

function partsOf(names) {
  const bytes = new Map();
  for (const name of names) {
    for (const [input, { bytesInOutput }] of Object.entries(chunks.get(name).inputs)) {
      bytes.set(partOf(input), (bytes.get(partOf(input)) ?? 0) + bytesInOutput);
    }
  }
  return bytes;
}

function report(title, limitKb, names) {
  const total = [...names].reduce((sum, name) => sum + chunks.get(name).bytes, 0);
  process.stdout.write(`${title}: ${kilobytes(total)} KB of ${limitKb} KB, minified and gzipped\n`);
  const parts = partsOf(names);
  const before = partsOf(counted);
  const all = [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
  for (const [part, bytes] of [...parts].sort((a, b) => b[1] - a[1])) {
    if (bytes === before.get(part)) continue;
    // Compression works on the whole; a part's share is by its minified bytes.
    process.stdout.write(
      `  ${part.padEnd(26)} ${kilobytes(bytes).padStart(7)} KB minified  ~${kilobytes((bytes / all) * total).padStart(6)} KB gzipped\n`,
    );
  }
  if (total > limitKb * 1024) {
    process.stdout.write(
      `error: ${kilobytes(total - limitKb * 1024)} KB too much; see which part grew, or load it on first use with import()\n`,
    );
    failed = true;
  }
  counted = names;
}
