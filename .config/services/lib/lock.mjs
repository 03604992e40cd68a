// One at a time across processes: a folder that holds its owner's process id.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const WAIT_MS = 10 * 60_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isAbandoned(folder) {
  const owner = join(folder, 'pid');
  try {
    const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0;
    return pid > 0 ? !isAlive(pid) : Date.now() - statSync(folder).mtimeMs > 10_000;
  } catch {
    return false;
  }
}

/** Runs `work` while holding the lock; a lock whose owner died is taken over. */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  const since = Date.now();
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(folder)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (Date.now() - since > WAIT_MS)
      throw new Error(`${folder} has been held for ${WAIT_MS / 60_000} minutes; remove it if its owner is gone`);
    await new Promise((done) => setTimeout(done, 100));
  }
  try {
    writeFileSync(join(folder, 'pid'), String(process.pid));
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
