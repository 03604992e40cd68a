// PostgreSQL with `wal_level=logical`: a private cluster of its own, on loopback, under .cache/services/postgres.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts, waitUntil } from './lib/process.mjs';
import { hasProgram, runProgram } from './lib/run-program.mjs';

const PASSWORD = 'velo-postgres-test';

/** The programs of the newest installed version; Debian keeps them outside of the PATH. */
async function findPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).filter((name) => existsSync(join(debian, name, 'bin/initdb'))) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest !== undefined) return join(debian, newest, 'bin');
  return (await hasProgram('initdb')) ? '' : undefined;
}

async function install(log) {
  if (userInfo().uid !== 0 || !(await hasProgram('apt-get'))) {
    throw new Error('there is no PostgreSQL here; install postgresql, or set VELO_POSTGRES_URL to a server with wal_level=logical');
  }
  log('installing postgresql with apt-get');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-q'], { env });
  await runProgram('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'postgresql'], { env });
}

/** PostgreSQL refuses to run as root: then everything runs as the user that Debian made for it. */
async function accountOf() {
  if (userInfo().uid !== 0) return { prefix: [], uid: userInfo().uid, gid: userInfo().gid };
  const [uid, gid] = (await runProgram('sh', ['-c', 'id -u postgres && id -g postgres'])).trim().split('\n').map(Number);
  return { prefix: ['runuser', '-u', 'postgres', '--'], uid, gid };
}

const run = (prefix, command, args, options) => {
  const [first, ...rest] = [...prefix, command, ...args];
  return runProgram(first, rest, options);
};

/** The home of the data: a folder that another user may reach. The folder of the repository may be closed to it. */
async function homeFor(dir, account) {
  if (userInfo().uid !== 0) return dir;
  const home = join(tmpdir(), `velo-postgres-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  await chown(home, account.uid, account.gid);
  return home;
}

/** A certificate of its own for `localhost`, which nobody else vouches for. Without openssl the server speaks plainly only. */
async function makeCertificate(account, home, data) {
  if (!(await hasProgram('openssl', ['version']))) return false;
  const files = ['-keyout', join(data, 'server.key'), '-out', join(data, 'server.crt')];
  const args = [
    'req',
    '-new',
    '-x509',
    '-days',
    '3650',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    ...files,
  ];
  await run(account.prefix, 'openssl', args, { cwd: home });
  return true;
}

export const service = {
  name: 'postgres',
  env: 'VELO_POSTGRES_URL',
  async start({ dir, log }) {
    if ((await findPrograms()) === undefined) await install(log);
    const bin = await findPrograms();
    if (bin === undefined) throw new Error('PostgreSQL was installed, but its programs cannot be found');
    const program = (name) => (bin === '' ? name : join(bin, name));
    const account = await accountOf();
    const home = await homeFor(dir, account);
    const data = join(home, 'data');
    const pidFile = join(data, 'postmaster.pid');
    await run(account.prefix, program('pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { cwd: home }).catch(() => {});
    rmSync(data, { recursive: true, force: true });
    const passwordFile = join(home, 'password');
    writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
    await chown(passwordFile, account.uid, account.gid);
    await run(
      account.prefix,
      program('initdb'),
      ['-D', data, '-U', 'velo', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '-N'],
      { cwd: home },
    );
    const [port] = await freePorts(1);
    const settings = [
      `port=${port}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${home}`,
      'wal_level=logical',
      'max_replication_slots=64',
      'max_wal_senders=64',
      'max_connections=120',
      'wal_sender_timeout=10s',
      'fsync=off',
      'shared_buffers=32MB',
    ];
    if (await makeCertificate(account, home, data)) settings.push('ssl=on');
    const options = settings.map((setting) => `-c ${setting}`).join(' ');
    const logFile = join(home, 'postgres.log');
    await run(account.prefix, program('pg_ctl'), ['-D', data, '-w', '-l', logFile, '-o', options, 'start'], { cwd: home });
    const hasTls = settings.includes('ssl=on');
    const env = {
      VELO_POSTGRES_URL: `postgres://velo:${PASSWORD}@127.0.0.1:${port}/postgres`,
      ...(hasTls ? { VELO_POSTGRES_TLS: 'yes' } : {}),
    };
    await waitUntil(() => service.healthy(env), { timeoutMs: 30_000, what: 'PostgreSQL' });
    const pid = Number((await run(account.prefix, 'head', ['-1', pidFile])).trim());
    log(`PostgreSQL ${bin} answers on port ${port}`);
    return { env, pids: [pid] };
  },
  /** Asks for TLS, which every PostgreSQL answers with one letter, whatever its state of authentication. */
  healthy(env) {
    const { hostname, port } = new URL(env.VELO_POSTGRES_URL);
    return new Promise((done) => {
      const socket = createConnection({ host: hostname, port: Number(port || 5432) });
      const finish = (answer) => {
        socket.destroy();
        done(answer);
      };
      socket.setTimeout(3000, () => finish(false));
      socket.once('error', () => finish(false));
      socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
      socket.once('data', (answer) => finish(answer.length === 1 && (answer[0] === 0x4e || answer[0] === 0x53)));
    });
  },
};
