// The packages as a reader gets them: packed, installed by npm into a project outside of the workspace, built, and looked at in Chromium.
//
//   npm run try:packed                 a fresh Vite page with the first example of packages/react/README.md, and examples/next-app
//   npm run try:packed -- vite|next    one of them
//   npm run try:packed -- next --serve keeps it running
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumPath } from '../browser.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const packed = join(root, '.cache/packed');
// Of the core, which depends on it.
const { parse } = createRequire(join(root, 'packages/core/package.json'))('yaml');
const { catalog } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'));

/** Of the packages that a project asks for, the tarball of each; npm finds the others' peers among them. */
function tarballs(names) {
  const found = existsSync(packed) ? readdirSync(packed) : [];
  return Object.fromEntries(
    names.map((name) => {
      const file = found.find((one) => one.startsWith(`velostream-${name}-`));
      if (!file) throw new Error(`@velostream/${name} is not packed: npm run check -- build pack`);
      return [`@velostream/${name}`, `file:${join(packed, file)}`];
    }),
  );
}

function run(folder, command, args) {
  // The project's own programs come first, and none of the workspace.
  const path = [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: '', CI: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
}

const install = (folder) => run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);

/** Starts a server of the project and gives its address once it says so. */
function serve(folder, program, args) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: '0' };
  const child = spawn(process.execPath, [join(folder, 'node_modules', program), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let said = '';
    const hear = (text) => {
      said += text;
      const url = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(said)?.[0];
      if (url) done({ url, stop: () => child.kill() });
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('exit', (code) => fail(new Error(`${program} ended with ${code}:\n${said}`)));
  });
}

function viteProject(folder) {
  const [, example] = /```tsx\n([\s\S]*?)```/.exec(readFileSync(join(root, 'packages/react/README.md'), 'utf8'));
  const files = {
    'package.json': JSON.stringify({
      name: 'a-dashboard',
      private: true,
      type: 'module',
      dependencies: { ...tarballs(['core', 'react']), react: catalog.react, 'react-dom': catalog['react-dom'], recharts: catalog.recharts },
      devDependencies: {
        vite: catalog.vite,
        '@vitejs/plugin-react': catalog['@vitejs/plugin-react'],
        typescript: catalog.typescript,
        '@types/react': catalog['@types/react'],
        '@types/react-dom': catalog['@types/react-dom'],
      },
    }),
    'index.html':
      '<!doctype html><html lang="en"><title>A dashboard</title><body><script type="module" src="/main.tsx"></script></body></html>',
    'vite.config.ts': "import react from '@vitejs/plugin-react';\nexport default { plugins: [react()] };\n",
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
        module: 'esnext',
        moduleResolution: 'bundler',
        jsx: 'react-jsx',
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
        types: ['vite/client'],
      },
      include: ['*.tsx'],
    }),
    'revenue.tsx': example,
    'main.tsx': `import { createRoot } from 'react-dom/client';
import { Revenue } from './revenue.tsx';

createRoot(document.body).render(<Revenue />);
`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  install(folder);
  run(folder, 'tsc', []);
  run(folder, 'vite', ['build']);
  return () => serve(folder, 'vite/bin/vite.js', ['preview', '--port', '0', '--host', '127.0.0.1']);
}

function nextProject(folder) {
  cpSync(join(root, 'examples/next-app'), folder, {
    recursive: true,
    filter: (from) => !/[\\/](?:node_modules|\.next)(?:[\\/]|$)/.test(from),
  });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  Object.assign(manifest.dependencies, tarballs(['core', 'react']));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  install(folder);
  run(folder, 'next', ['build']);
  return () => serve(folder, 'next/dist/bin/next', ['start', '--port', '0', '--hostname', '127.0.0.1']);
}

/** A chart that changes, no error of the page, and what was rendered before any script. */
async function look(url, inHtml) {
  const html = await (await fetch(url)).text();
  if (inHtml && !html.includes(inHtml)) throw new Error(`the page of the server does not hold "${inHtml}": ${html.slice(0, 2_000)}`);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    // A browser asks for an icon by itself.
    const isIcon = (at) => at.endsWith('/favicon.ico');
    page.on('console', (message) => message.type() === 'error' && !isIcon(message.location().url) && problems.push(message.text()));
    const start = performance.now();
    await page.goto(url);
    await page.waitForSelector('.recharts-bar-rectangle', { timeout: 30_000 });
    const shownMs = Math.round(performance.now() - start);
    const heights = () => page.$$eval('.recharts-bar-rectangle path', (bars) => bars.map((bar) => bar.getAttribute('d')).join());
    const before = await heights();
    await page.waitForFunction(
      (old) => [...document.querySelectorAll('.recharts-bar-rectangle path')].map((bar) => bar.getAttribute('d')).join() !== old,
      before,
      { timeout: 30_000 },
    );
    if (problems.length > 0) throw new Error(`the page reports: ${problems.join('; ')}`);
    return shownMs;
  } finally {
    await browser.close();
  }
}

const PROJECTS = { vite: [viteProject, undefined], next: [nextProject, '912.25'] };
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const keep = process.argv.includes('--serve');
for (const [name, [make, inHtml]] of Object.entries(PROJECTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = mkdtempSync(join(tmpdir(), `velo-${name}-`));
  mkdirSync(folder, { recursive: true });
  const start = performance.now();
  try {
    const server = await make(folder)();
    const madeMs = performance.now() - start;
    if (keep) {
      process.stdout.write(`${name}: ${server.url}\n`);
      await new Promise((done) => process.once('SIGINT', done));
    } else {
      const shownMs = await look(server.url, inHtml);
      process.stdout.write(
        `${name}: installed and built in ${Math.round(madeMs / 1000)} s, a live chart ${shownMs} ms after opening the page\n`,
      );
    }
    server.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
process.exit(0);
