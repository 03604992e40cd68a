// Background processes of services: started detached, recognised again by their birth, stopped by their id.
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const STOP_WAIT_MS = 15_000;

/** The start time of a process as the kernel counts it, so that a reused id is not taken for the old process. Empty where it cannot be read. */
export function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  try {
    // A zombie answers signals but is dead.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return true;
  }
}

/** Whether a recorded `{ pid, birth }` is still the process it was. */
export const isSameProcess = ({ pid, birth }) => isAlive(pid) && (birth === '' || birth === birthOf(pid));

function signal(pid, name) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, name);
      return;
    } catch {
      // Not a group leader, or gone already.
    }
  }
}

/** Asks a process and its group to end, then makes them. */
export async function stopProcess(pid) {
  signal(pid, 'SIGTERM');
  const since = Date.now();
  while (isAlive(pid)) {
    if (Date.now() - since > STOP_WAIT_MS) signal(pid, 'SIGKILL');
    if (Date.now() - since > 2 * STOP_WAIT_MS) throw new Error(`process ${pid} does not end`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Starts a server that outlives this process; its output goes to `logFile`. */
export function startProcess(command, args, { logFile, env = {}, cwd } = {}) {
  const out = openSync(logFile, 'a');
  const child = spawn(command, args, { detached: true, stdio: ['ignore', out, out], env: { ...process.env, ...env }, cwd });
  child.unref();
  const exited = new Promise((done) => {
    child.once('exit', (code, name) => done(`ended with ${code ?? name}`));
    child.once('error', (error) => done(error.message));
  });
  return { pid: child.pid ?? -1, exited };
}

/** Waits until `check` holds; rejects when the process ends first or the time is over. */
export async function waitUntil(check, { exited, timeoutMs, what }) {
  let ended;
  exited?.then((how) => {
    ended = how;
  });
  const since = Date.now();
  for (;;) {
    if (await check().catch(() => false)) return;
    if (ended) throw new Error(`${what} ${ended}`);
    if (Date.now() - since > timeoutMs) throw new Error(`${what} did not answer within ${timeoutMs / 1000} s`);
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** Ports on loopback that nothing listens on right now. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((done, fail) => {
          const server = createServer().once('error', fail);
          server.listen(0, '127.0.0.1', () => done(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
