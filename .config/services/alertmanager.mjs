// Alertmanager. A test writes its own configuration into <VELO_ALERTMANAGER_CONFIG> and posts to <url>/-/reload.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts, startProcess, waitUntil } from './lib/process.mjs';
import { hasProgram, runProgram } from './lib/run-program.mjs';

const PROGRAMS = ['prometheus-alertmanager', 'alertmanager'];

async function find() {
  for (const name of PROGRAMS) if (await hasProgram(name)) return name;
  return undefined;
}

async function install(log) {
  if (userInfo().uid !== 0 || !(await hasProgram('apt-get')))
    throw new Error('there is no Alertmanager here; install the package prometheus-alertmanager');
  log('installing prometheus-alertmanager with apt-get');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-q'], { env });
  await runProgram('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'prometheus-alertmanager'], { env });
}

export const service = {
  name: 'alertmanager',
  env: 'VELO_ALERTMANAGER_URL',
  async start({ dir, log }) {
    if ((await find()) === undefined) await install(log);
    const program = await find();
    if (program === undefined) throw new Error('Alertmanager was installed, but its program cannot be found');
    rmSync(join(dir, 'data'), { recursive: true, force: true });
    mkdirSync(join(dir, 'data'), { recursive: true });
    const file = join(dir, 'alertmanager.yml');
    writeFileSync(file, 'route: { receiver: default }\nreceivers: [{ name: default }]\n');
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const args = [
      `--config.file=${file}`,
      `--storage.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ];
    const { pid, exited } = startProcess(program, args, { logFile: join(dir, 'alertmanager.log') });
    await waitUntil(async () => (await fetch(`${url}/-/ready`)).ok, { exited, timeoutMs: 30_000, what: 'Alertmanager' });
    return { env: { VELO_ALERTMANAGER_URL: url, VELO_ALERTMANAGER_CONFIG: file, VELO_AMTOOL: 'amtool' }, pids: [pid] };
  },
  healthy: async (env) => (await fetch(`${env.VELO_ALERTMANAGER_URL}/-/ready`)).ok,
};
