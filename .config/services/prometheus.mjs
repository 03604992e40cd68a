// Prometheus with a scrape and an evaluation every second. Targets, rules and Alertmanagers are files that a test writes:
//   <VELO_PROMETHEUS_DIR>/targets/*.json, rules/*.yml, alertmanagers/*.json; POST <url>/-/reload reads new rules.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts, startProcess, waitUntil } from './lib/process.mjs';
import { hasProgram, runProgram } from './lib/run-program.mjs';

const config = (dir) => `global:
  scrape_interval: 1s
  scrape_timeout: 1s
  evaluation_interval: 1s
rule_files: ['${join(dir, 'rules')}/*.yml']
scrape_configs:
  - job_name: velo
    honor_labels: true
    file_sd_configs: [{ files: ['${join(dir, 'targets')}/*.json'], refresh_interval: 1s }]
alerting:
  alertmanagers:
    - file_sd_configs: [{ files: ['${join(dir, 'alertmanagers')}/*.json'], refresh_interval: 1s }]
`;

async function install(log) {
  if (userInfo().uid !== 0 || !(await hasProgram('apt-get')))
    throw new Error('there is no Prometheus here; install the packages prometheus and prometheus-alertmanager');
  log('installing prometheus with apt-get');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-q'], { env });
  await runProgram('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'prometheus'], { env });
}

export const service = {
  name: 'prometheus',
  env: 'VELO_PROMETHEUS_URL',
  async start({ dir, log }) {
    if (!(await hasProgram('promtool'))) await install(log);
    for (const folder of ['data', 'targets', 'rules', 'alertmanagers']) {
      rmSync(join(dir, folder), { recursive: true, force: true });
      mkdirSync(join(dir, folder), { recursive: true });
    }
    const file = join(dir, 'prometheus.yml');
    writeFileSync(file, config(dir));
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const { pid, exited } = startProcess(
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(dir, 'data')}`,
        '--storage.tsdb.retention.time=2h',
        '--web.enable-lifecycle',
        '--web.enable-remote-write-receiver',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { logFile: join(dir, 'prometheus.log') },
    );
    await waitUntil(async () => (await fetch(`${url}/-/ready`)).ok, { exited, timeoutMs: 30_000, what: 'Prometheus' });
    return { env: { VELO_PROMETHEUS_URL: url, VELO_PROMETHEUS_DIR: dir, VELO_PROMTOOL: 'promtool' }, pids: [pid] };
  },
  healthy: async (env) => (await fetch(`${env.VELO_PROMETHEUS_URL}/-/ready`)).ok,
};
