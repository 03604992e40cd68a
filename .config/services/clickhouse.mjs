// ClickHouse: an installed server, or the engine itself (chdb: ClickHouse as a library, from npm) behind the small HTTP bridge of lib/clickhouse-bridge.mjs.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts, startProcess, waitUntil } from './lib/process.mjs';
import { runProgram } from './lib/run-program.mjs';

const PACKAGE = 'chdb@3.4.0';
/** Older ones lack parameters, DateTime64 and LowCardinality. */
const OLDEST_YEAR = 22;
const PASSWORD = 'velo-clickhouse-test';
const USER = 'velo';

async function installedServer() {
  const said = await runProgram('clickhouse-server', ['--version'], { timeoutMs: 20_000 }).catch(() => '');
  const year = Number(/version (\d+)\./.exec(said)?.[1] ?? 0);
  return year >= OLDEST_YEAR ? 'clickhouse-server' : undefined;
}

function serverConfig(home, port, tcpPort) {
  return `<clickhouse>
  <logger><level>warning</level><console>1</console></logger>
  <path>${home}/data/</path><tmp_path>${home}/tmp/</tmp_path><user_files_path>${home}/files/</user_files_path>
  <http_port>${port}</http_port><tcp_port>${tcpPort}</tcp_port><listen_host>127.0.0.1</listen_host>
  <mark_cache_size>67108864</mark_cache_size><default_profile>default</default_profile><default_database>default</default_database>
  <users><${USER}><password>${PASSWORD}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
  <access_management>1</access_management></${USER}></users>
  <profiles><default></default></profiles><quotas><default></default></quotas>
</clickhouse>\n`;
}

async function startServer(dir, log) {
  const home = join(dir, 'server');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const [port, tcpPort] = await freePorts(2);
  const file = join(home, 'config.xml');
  writeFileSync(file, serverConfig(home, port, tcpPort), { mode: 0o600 });
  log(`starting clickhouse-server on port ${port}`);
  const child = startProcess('clickhouse-server', [`--config-file=${file}`], { logFile: join(dir, 'server.log'), cwd: home });
  return { child, port, engine: 'server' };
}

async function startBridge(dir, log) {
  if (!existsSync(join(dir, 'node_modules/chdb/package.json'))) {
    log(`installing ${PACKAGE} (about 550 MB) with npm`);
    writeFileSync(join(dir, 'package.json'), '{"private":true}\n');
    await runProgram('npm', ['install', '--prefix', dir, '--no-audit', '--no-fund', '--ignore-scripts', PACKAGE], {
      cwd: dir,
      timeoutMs: 900_000,
    }).catch((error) => {
      throw new Error(
        `no clickhouse-server of ${OLDEST_YEAR}.x or later is installed, and its engine cannot be had from npm: ${error.message}`,
      );
    });
  }
  const data = join(dir, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const [port] = await freePorts(1);
  const bridge = fileURLToPath(new URL('lib/clickhouse-bridge.mjs', import.meta.url));
  log(`starting ClickHouse's engine behind the bridge on port ${port}`);
  const child = startProcess(process.execPath, [bridge, String(port), dir, data], {
    logFile: join(dir, 'bridge.log'),
    env: { BRIDGE_USER: USER, BRIDGE_PASSWORD: PASSWORD },
  });
  return { child, port, engine: 'chdb' };
}

export const service = {
  name: 'clickhouse',
  env: 'VELO_CLICKHOUSE_URL',
  async start({ dir, log }) {
    const { child, port, engine } = (await installedServer()) ? await startServer(dir, log) : await startBridge(dir, log);
    const env = {
      VELO_CLICKHOUSE_URL: `http://127.0.0.1:${port}`,
      VELO_CLICKHOUSE_USER: USER,
      VELO_CLICKHOUSE_PASSWORD: PASSWORD,
      VELO_CLICKHOUSE_ENGINE: engine,
    };
    await waitUntil(() => service.healthy(env), { exited: child.exited, timeoutMs: 60_000, what: 'ClickHouse' });
    return { env, pids: [child.pid] };
  },
  async healthy(env) {
    const answer = await fetch(`${env.VELO_CLICKHOUSE_URL}/ping`);
    return (await answer.text()).startsWith('Ok');
  },
};
