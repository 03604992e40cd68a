// All that continuous integration does, in its order; stops at nothing and names what failed.
//
//   npm run check                   everything
//   npm run check -- --without-test what is left after `npm test`
//   npm run check -- build api      only these
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const packages = readdirSync(join(root, 'packages')).sort();
const script = (name) => join(root, '.config/scripts', `${name}.mjs`);
const packed = join(root, '.cache/packed');

function run(command, args, cwd = root) {
  const isWindows = process.platform === 'win32';
  const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
  const quoted = isWindows ? args.map((arg) => `"${arg}"`) : args;
  return (
    spawnSync(isWindows && command !== process.execPath ? `${command}.cmd` : command, quoted, {
      cwd,
      env,
      stdio: 'inherit',
      shell: isWindows,
    }).status === 0
  );
}
const node = (...args) => run(process.execPath, args);
/** Every item is tried, so that one run shows all faults. */
const each = (items, work) => items.map(work).every(Boolean);

/** Packages are built from the sources of each other, two at a time, as many as the processors of the smallest machine that runs this. */
async function build() {
  const left = [...packages];
  let isOk = true;
  const worker = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const args = ['--filter', `./packages/${name}`, 'run', 'build'];
      const command = process.platform === 'win32' ? 'pnpm.cmd' : 'pnpm';
      const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
      const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' });
      const status = await new Promise((done) => child.on('error', () => done(1)).on('close', done));
      isOk &&= status === 0;
    }
  };
  await Promise.all([worker(), worker()]);
  return isOk;
}

function pack() {
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  return each(packages, (name) => run('pnpm', ['pack', '--pack-destination', packed], join(root, 'packages', name)));
}
const tarballs = () => (existsSync(packed) ? readdirSync(packed).map((name) => join(packed, name)) : []);

/** Every published subpath is loaded by plain Node, without the source condition. */
function load() {
  const manifests = packages.map((name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')));
  const specifiers = manifests.flatMap(({ name, exports }) =>
    Object.keys(exports)
      .filter((subpath) => subpath !== './package.json' && !subpath.endsWith('.css'))
      .map((subpath) => name + subpath.slice(1)),
  );
  return each(specifiers, (specifier) => node('--input-type=module', '--eval', `await import('${specifier}')`));
}

/** A style sheet has no types. */
const ATTW = ['--profile', 'esm-only', '--format', 'ascii', '--exclude-entrypoints', 'styles.css'];

/** @type {[string, () => boolean | Promise<boolean>][]} */
const STEPS = [
  ['test', () => node(script('test'))],
  ['lint', () => run('biome', ['ci', '.', process.stdout.isTTY ? '--colors=force' : '--colors=off'])],
  ['typecheck', () => run('tsc', ['-p', 'tsconfig.json'])],
  ['build', build],
  ['load', load],
  ['pack', pack],
  ['publint', () => tarballs().length > 0 && each(tarballs(), (file) => run('publint', ['run', file, '--strict']))],
  ['types', () => tarballs().length > 0 && each(tarballs(), (file) => run('attw', [file, ...ATTW]))],
  ['api', () => node(script('api'))],
  ['size', () => node(script('size'))],
  ['size-ai', () => node(script('size-ai'))],
  ['size-react', () => node(script('size-react'))],
  ['packed', () => node(script('try-packed'))],
  ['docs-site', () => node(script('docs-site'))],
];

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const unknown = wanted.filter((name) => !STEPS.some(([step]) => step === name));
if (unknown.length > 0) {
  process.stderr.write(`error: unknown check "${unknown.join(', ')}"; there are: ${STEPS.map(([name]) => name).join(', ')}\n`);
  process.exit(2);
}
const isWanted = (name) => (wanted.length > 0 ? wanted.includes(name) : !(name === 'test' && process.argv.includes('--without-test')));

const results = [];
for (const [name, work] of STEPS) {
  if (!isWanted(name)) continue;
  process.stdout.write(`\n== ${name}\n`);
  const since = Date.now();
  const ok = await work();
  results.push({ name, ok, seconds: ((Date.now() - since) / 1000).toFixed(1) });
}
process.stdout.write('\n');
for (const { name, ok, seconds } of results) process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds} s\n`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
