#!/usr/bin/env node
// Makes a bare machine able to run this repository: Node >= 18 and npm are all it needs.
//
//   node .config/scripts/bootstrap.mjs start            the studio
//   node .config/scripts/bootstrap.mjs test [args...]   the whole test suite, or `vitest run` with the given arguments
//   node .config/scripts/bootstrap.mjs exec -- <cmd>    any command, with the right Node and node_modules/.bin in PATH
//   node .config/scripts/bootstrap.mjs env              prints the PATH additions, one per line
//
// Plain JavaScript without dependencies, in syntax that Node 18 reads. What it fetches goes to .cache/, which git ignores.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MINIMUM = [22, 19];
const NODE_WANTED = '24';
const PNPM_WANTED = '12.21.0';
const LOCK_WAIT_MS = 15 * 60_000;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const cache = join(root, '.cache');
const isWindows = process.platform === 'win32';
const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';

class BootstrapError extends Error {
  /** @param {string} what what happened @param {string} todo what the reader can do about it @param {string} [detail] output of the failed program */
  constructor(what, todo, detail) {
    super(what);
    this.todo = todo;
    this.detail = detail;
  }
}

const say = (line) => process.stderr.write(`[setup] ${line}\n`);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function isRecent(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1]);
}

/** Windows starts `.cmd` files through a shell only; each argument is quoted for it there. */
function commandLine(command, args) {
  if (!isWindows || /\.exe$/i.test(command)) return { command, args, shell: false };
  const quote = (text) => (/[\s"&|<>^()%!]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text);
  return { command: [command, ...args].map(quote).join(' '), args: [], shell: true };
}

/** What npm and pnpm set for the scripts they run; it would change where the next npm or pnpm installs. What a person set stays: registry, proxy, cache. */
const FROM_OUTER =
  /^npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_(prefix|local_prefix|global|global_prefix|user_agent|node_gyp|init_module|npm_version|workspaces?|include_workspace_root)$)/i;

const inheritedEnv = () => Object.fromEntries(Object.entries(process.env).filter(([key]) => !FROM_OUTER.test(key)));

// npm ----------------------------------------------------------------------------------------------------------------

/** npm as a script that this Node can run, or the bare name where it cannot be found beside Node. */
function findNpm() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((file) => file && /npm-cli\.js$/.test(file) && existsSync(file));
  return script ? { command: process.execPath, first: [script] } : { command: 'npm', first: [] };
}

function explainNpmFailure(what, output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    const failure = new BootstrapError(
      `${what}: the npm registry cannot be reached`,
      'Check the network, a proxy (npm config get proxy) and the registry (npm config get registry), then run the command again.',
      output,
    );
    failure.isOffline = true;
    return failure;
  }
  if (/E404|ETARGET|No matching version|notarget/i.test(output)) {
    return new BootstrapError(
      `${what}: the npm registry does not have this version for ${process.platform}-${process.arch}`,
      `Install Node ${NODE_MINIMUM.join('.')} or newer by your usual means, then run the command again.`,
      output,
    );
  }
  if (/EACCES|EPERM|EROFS/i.test(output)) {
    return new BootstrapError(
      `${what}: no permission to write`,
      `Make sure that you own ${cache} and the npm cache (npm config get cache).`,
      output,
    );
  }
  if (/ENOSPC/i.test(output))
    return new BootstrapError(`${what}: the disk is full`, 'Free about 2 GB, then run the command again.', output);
  return new BootstrapError(what, 'Read the npm output above; running the command again is safe.', output);
}

/** Installs one package into its own folder of the cache. */
function npmInstall(folder, spec) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name: 'velostream-toolchain', private: true })}\n`);
  const npm = findNpm();
  const flags = ['install', spec, '--no-save', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const line = commandLine(npm.command, [...npm.first, ...flags]);
  const done = spawnSync(line.command, line.args, { cwd: folder, env: inheritedEnv(), encoding: 'utf8', shell: line.shell });
  if (done.error) {
    throw new BootstrapError(
      `npm could not be started (${done.error.message})`,
      'Install npm, or start this through `npm start` / `npm test`.',
    );
  }
  if (done.status !== 0) throw explainNpmFailure(`could not install ${spec}`, `${done.stdout ?? ''}${done.stderr ?? ''}`.trim());
}

// Node ---------------------------------------------------------------------------------------------------------------

const nodeFolder = join(cache, `node${NODE_WANTED}`);

function platformPackage() {
  const platform = isWindows ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

function cachedNode() {
  for (const name of [platformPackage(), 'node']) {
    const file = join(nodeFolder, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
    if (!existsSync(file)) continue;
    const answer = spawnSync(file, ['--version'], { encoding: 'utf8' });
    if (answer.status === 0 && isRecent(answer.stdout.trim())) return { file, version: answer.stdout.trim() };
  }
  return undefined;
}

/** The Node to work with: the running one where it is new enough, otherwise one from npm, kept in the cache. */
function ensureNode() {
  if (isRecent(process.version)) return process.execPath;
  const found = cachedNode();
  if (found) return found.file;
  return withLock('node', () => {
    const other = cachedNode();
    if (other) return other.file;
    const since = Date.now();
    say(`Node ${process.version} is older than ${NODE_MINIMUM.join('.')}: fetching Node ${NODE_WANTED} from npm (about 60 MB, once)`);
    let failure;
    // The platform's package needs no install script; `node` is the way in where a platform has another name.
    for (const name of [platformPackage(), 'node']) {
      try {
        rmSync(nodeFolder, { recursive: true, force: true });
        npmInstall(nodeFolder, `${name}@${NODE_WANTED}`);
      } catch (error) {
        failure = error;
        if (error.isOffline) break;
        continue;
      }
      const installed = cachedNode();
      if (installed) {
        say(`Node ${installed.version} is ready (${seconds(since)})`);
        return installed.file;
      }
    }
    throw (
      failure ??
      new BootstrapError(
        `Node ${NODE_WANTED} was installed from npm but does not run on this machine`,
        `Install Node ${NODE_MINIMUM.join('.')} or newer by your usual means, then run the command again.`,
      )
    );
  });
}

// pnpm and the packages ----------------------------------------------------------------------------------------------

const pnpmFolder = join(cache, `pnpm-${PNPM_WANTED}`);
const pnpmScript = join(pnpmFolder, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs');

function ensurePnpm() {
  const ready = join(pnpmFolder, 'ready');
  if (existsSync(ready) && existsSync(pnpmScript)) return;
  withLock('pnpm', () => {
    if (existsSync(ready) && existsSync(pnpmScript)) return;
    const since = Date.now();
    say(`fetching pnpm ${PNPM_WANTED} from npm`);
    rmSync(pnpmFolder, { recursive: true, force: true });
    npmInstall(pnpmFolder, `pnpm@${PNPM_WANTED}`);
    const answer = spawnSync(process.execPath, [pnpmScript, '--version'], { cwd: pnpmFolder, encoding: 'utf8' });
    if (answer.status !== 0) {
      throw new BootstrapError(`pnpm ${PNPM_WANTED} was installed but does not run`, `Remove ${pnpmFolder} and try again.`, answer.stderr);
    }
    writeFileSync(ready, `${answer.stdout.trim()}\n`);
    say(`pnpm ${answer.stdout.trim()} is ready (${seconds(since)})`);
  });
}

/** Everything that decides what `pnpm install` would do. */
function installFingerprint() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}-${process.versions.modules}`);
  const manifests = ['packages', 'examples'].flatMap((folder) => {
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder))
      .sort()
      .map((name) => join(folder, name, 'package.json'));
  });
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]) {
    if (existsSync(join(root, file))) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

const stampFile = join(root, 'node_modules', '.install-stamp');
const isInstalled = (fingerprint) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint;

function ensurePackages() {
  const fingerprint = installFingerprint();
  if (isInstalled(fingerprint)) return;
  withLock('install', () => {
    if (isInstalled(fingerprint)) return;
    const since = Date.now();
    say('installing packages (the lockfile or a manifest is new)');
    const args = [pnpmScript, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'];
    const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: commandEnv() });
    const output = `${done.stdout ?? ''}${done.stderr ?? ''}`.trim();
    if (done.status !== 0) {
      if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output)) {
        throw new BootstrapError(
          'pnpm-lock.yaml does not match the manifests',
          'Run `node .config/scripts/bootstrap.mjs exec -- pnpm install` and commit pnpm-lock.yaml.',
          output,
        );
      }
      throw explainNpmFailure('could not install the packages', output);
    }
    writeFileSync(stampFile, fingerprint);
    say(`packages are ready (${seconds(since)})`);
  });
}

// One at a time ------------------------------------------------------------------------------------------------------

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two commands started at once must not install into the same folder. The lock is a folder that holds its owner's process id. */
function withLock(name, work) {
  const lock = join(cache, `${name}.lock`);
  const owner = join(lock, 'pid');
  mkdirSync(cache, { recursive: true });
  const since = Date.now();
  let told = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new BootstrapError(`cannot create ${lock} (${error.message})`, 'Check that the checkout is writable.');
    }
    const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : undefined;
    const isAbandoned = pid ? !isAlive(pid) : existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 10_000;
    if (isAbandoned) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (Date.now() - since > LOCK_WAIT_MS) {
      throw new BootstrapError(`another command has been setting up for ${LOCK_WAIT_MS / 60_000} minutes`, `Stop it, or remove ${lock}.`);
    }
    if (!told) say('waiting for another command that is setting up');
    told = true;
    sleep(300);
  }
  try {
    writeFileSync(owner, String(process.pid));
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

// Running ------------------------------------------------------------------------------------------------------------

const binFolders = () => [dirname(process.execPath), join(root, 'node_modules', '.bin'), join(pnpmFolder, 'node_modules', '.bin')];

/** The caller's environment with our tools first. */
function commandEnv() {
  return { ...inheritedEnv(), [pathKey]: [...binFolders(), process.env[pathKey] ?? ''].join(isWindows ? ';' : ':') };
}

function run(command, args) {
  const line = commandLine(command, args);
  return new Promise((done) => {
    const child = spawn(line.command, line.args, { env: commandEnv(), stdio: 'inherit', shell: line.shell });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', (error) => {
      report(
        new BootstrapError(`could not start "${command}" (${error.message})`, 'Check the spelling; tools come from node_modules/.bin.'),
      );
      done(127);
    });
    child.on('close', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

function report(error) {
  if (!(error instanceof BootstrapError)) throw error;
  if (error.detail) process.stderr.write(`${error.detail}\n\n`);
  process.stderr.write(`error: ${error.message}\n`);
  process.stderr.write(`what to do: ${error.todo}\n`);
}

function ensureAll() {
  ensurePnpm();
  ensurePackages();
}

const studio = join(root, 'examples', 'run-studio', 'main.ts');

async function main([task, ...args]) {
  switch (task) {
    case 'start':
      if (!existsSync(studio))
        throw new BootstrapError('this checkout has no examples/run-studio/main.ts', 'Check out the whole repository.');
      ensureAll();
      return run(process.execPath, ['--conditions=@velostream/source', studio, ...args]);
    case 'test':
      ensureAll();
      return run(process.execPath, [join(root, '.config', 'scripts', 'test.mjs'), ...args]);
    case 'exec': {
      const [command, ...rest] = args[0] === '--' ? args.slice(1) : args;
      if (!command)
        throw new BootstrapError('exec needs a command', 'Write: node .config/scripts/bootstrap.mjs exec -- <command> [arguments]');
      // pnpm itself must stay usable while the lockfile and the manifests disagree.
      if (command === 'pnpm') {
        ensurePnpm();
        return run(process.execPath, [pnpmScript, ...rest]);
      }
      ensureAll();
      return run(command === 'node' ? process.execPath : command, rest);
    }
    case 'env':
      ensureAll();
      process.stdout.write(`${binFolders().join('\n')}\n`);
      return 0;
    default:
      throw new BootstrapError(`unknown task "${task ?? ''}"`, 'Use one of: start, test [arguments], exec -- <command>, env.');
  }
}

async function entry() {
  try {
    const node = ensureNode();
    if (node === process.execPath) return await main(process.argv.slice(2));
    const again = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, npm_execpath: findNpm().first[0] ?? '' } });
    const forward = (signal) => again.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    return await new Promise((done) => again.on('close', (code) => done(code ?? 1)));
  } catch (error) {
    report(error);
    return 1;
  }
}

process.exitCode = await entry();
