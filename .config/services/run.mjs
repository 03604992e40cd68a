// Starts, checks and stops the servers that tests and developers talk to: one file per service beside this one.
//
//   npm run services -- up [names…]     starts what is not running yet, all services without names
//   npm run services -- down [names…]   stops what `up` started
//   npm run services -- status          what is running, and what is not and why
//   npm run services -- env             `export NAME='value'` lines of everything that runs
//
// A service file exports `service = { name, env, start({ dir, log }) → { env, pids }, healthy(env) → boolean }`.
// Where the variable named by `env` is set by the caller, that server is used and never started or stopped.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { birthOf, isSameProcess, stopProcess } from './lib/process.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const cache = join(root, '.cache', 'services');
const stateFile = join(cache, 'state.json');
const HEALTH_TIMEOUT_MS = 10_000;

/** Every service that has a file here, by name. */
export async function loadServices() {
  const files = readdirSync(here).filter((file) => file.endsWith('.mjs') && file !== 'run.mjs');
  const loaded = await Promise.all(files.sort().map((file) => import(pathToFileURL(join(here, file)).href)));
  return new Map(loaded.filter((module) => module.service).map((module) => [module.service.name, module.service]));
}

/** What is recorded as running: `{ [name]: { env, pids: [{ pid, birth }], external? } }`. An external one was given by its variable, not started here. */
export function readState() {
  return existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : {};
}

function changeState(change) {
  return withLock(join(cache, 'state.lock'), () => {
    const state = readState();
    change(state);
    const next = `${stateFile}.${process.pid}`;
    writeFileSync(next, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(next, stateFile);
  });
}

async function isHealthy(service, env) {
  let timer;
  const late = new Promise((done) => {
    timer = setTimeout(done, HEALTH_TIMEOUT_MS, false);
  });
  try {
    return await Promise.race([service.healthy(env), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a recorded service answers; asked three times as long as its processes run. */
async function answersSoon(service, recorded) {
  for (let tries = 0; tries < 3; tries++) {
    if (await isHealthy(service, recorded.env)) return true;
    if (!recorded.pids.every(isSameProcess)) return false;
    await new Promise((done) => setTimeout(done, 1000));
  }
  return false;
}

/** The variables that a caller set for a service, where its main one is among them. */
function external(service) {
  if (!process.env[service.env]) return undefined;
  const prefix = `${service.env.split('_').slice(0, 2).join('_')}_`;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => key === service.env || key.startsWith(prefix)));
}

/** Starts one service if it is not there. Resolves with its variables and whether this call started it; rejects with the reason. */
async function startOne(service, print) {
  const given = external(service);
  if (given) {
    if (!(await isHealthy(service, given))) throw new Error(`${service.env} is set, but nothing healthy answers there`);
    await changeState((state) => {
      state[service.name] = { env: given, pids: [], external: true };
    });
    return { env: given, started: false };
  }
  const dir = join(cache, service.name);
  mkdirSync(dir, { recursive: true });
  return withLock(join(cache, `${service.name}.lock`), async () => {
    const recorded = readState()[service.name];
    if (recorded && !recorded.external && (await answersSoon(service, recorded))) return { env: recorded.env, started: false };
    if (recorded) await stopRecorded(recorded);
    const logFile = join(dir, 'service.log');
    const log = (line) => {
      appendFileSync(logFile, `${line}\n`);
      print(`${service.name}: ${line}`);
    };
    const { env, pids } = await service.start({ dir, log });
    await changeState((state) => {
      state[service.name] = { env, pids: pids.map((pid) => ({ pid, birth: birthOf(pid) })) };
    });
    if (!(await isHealthy(service, env))) throw new Error(`started, but its health check fails; see ${dir}`);
    return { env, started: true };
  });
}

async function stopRecorded(recorded) {
  await Promise.all(recorded.pids.filter(isSameProcess).map(({ pid }) => stopProcess(pid)));
}

/** Starts the named services (all without names). Each answer is `{ name, env, started }` or `{ name, reason }`. */
export async function up(names = [], print = () => {}) {
  const services = await loadServices();
  const wanted = names.length > 0 ? names : [...services.keys()];
  // One after the other: on a small machine, servers that start side by side miss their own start timeouts.
  const answers = [];
  for (const name of wanted) {
    const service = services.get(name);
    if (!service) {
      answers.push({ name, reason: `there is no service "${name}"; there are: ${[...services.keys()].join(', ')}` });
      continue;
    }
    try {
      answers.push({ name, ...(await startOne(service, print)) });
    } catch (error) {
      answers.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return answers;
}

/** Stops the named services (all without names) as far as `up` started them. */
export async function down(names = []) {
  const state = readState();
  const wanted = names.length > 0 ? names.filter((name) => state[name]) : Object.keys(state);
  for (const name of wanted) {
    await stopRecorded(state[name]);
    await changeState((current) => {
      delete current[name];
    });
  }
  return wanted;
}

/** Forgets recorded services that no longer answer, so that a test skips instead of waiting for a dead server. Records those given by their variables. */
export async function refresh() {
  const services = await loadServices();
  for (const service of services.values()) if (external(service)) await startOne(service, () => {}).catch(() => undefined);
  for (const [name, recorded] of Object.entries(readState())) {
    const service = services.get(name);
    const isStale = recorded.external && service && !external(service);
    // A server that runs and is slow to answer is not dead: on a busy machine it answers a moment later.
    const isRunning = recorded.pids.length > 0 && recorded.pids.every(isSameProcess);
    if (service && !isStale && (isRunning || (await isHealthy(service, recorded.env)))) continue;
    await changeState((state) => {
      delete state[name];
    });
  }
}

async function main([command, ...names]) {
  const print = (line) => process.stdout.write(`${line}\n`);
  switch (command) {
    case 'up': {
      const answers = await up(names, print);
      for (const answer of answers) {
        print(
          answer.reason ? `${answer.name}: not available: ${answer.reason}` : `${answer.name}: ${answer.started ? 'started' : 'running'}`,
        );
      }
      return answers.some((answer) => answer.reason) ? 1 : 0;
    }
    case 'down':
      for (const name of await down(names)) print(`${name}: stopped`);
      return 0;
    case 'status': {
      const state = readState();
      for (const [name, service] of await loadServices()) {
        const env = external(service) ?? state[name]?.env;
        const word = !env ? 'down' : (await isHealthy(service, env)) ? 'up' : 'not answering';
        print(`${name.padEnd(18)} ${word.padEnd(14)} ${env ? `${service.env}=${env[service.env]}` : ''}`.trimEnd());
      }
      return 0;
    }
    case 'env':
      for (const { env } of Object.values(readState())) {
        for (const [key, value] of Object.entries(env)) print(`export ${key}='${String(value).replaceAll("'", "'\\''")}'`);
      }
      return 0;
    default:
      print('usage: npm run services -- up [names…] | down [names…] | status | env');
      return 2;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
