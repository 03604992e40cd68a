// An S3 server: an installed `minio`, else MinIO built by the Go toolchain through its module proxy, else fauxqs from npm.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, startProcess, waitUntil } from './lib/process.mjs';
import { hasProgram, runProgram } from './lib/run-program.mjs';

const MINIO = 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c';
const FAUXQS = 'fauxqs@2.4.1';
const ACCESS_KEY = 'velo-s3-test';
const SECRET_KEY = 'velo-s3-test-secret';

/** Go is often installed outside of the PATH. */
async function findGo() {
  for (const go of ['go', '/usr/local/go/bin/go']) if (await hasProgram(go, ['version'])) return go;
  return undefined;
}

async function findMinio(dir, log) {
  if (await hasProgram('minio')) return 'minio';
  const built = join(dir, 'bin/minio');
  if (existsSync(built)) return built;
  const go = await findGo();
  if (go === undefined) return undefined;
  log(`building ${MINIO} with Go (some minutes)`);
  const env = { GOBIN: join(dir, 'bin'), CGO_ENABLED: '0' };
  return runProgram(go, ['install', '-trimpath', '-ldflags=-s -w', MINIO], { env, timeoutMs: 1_800_000 }).then(
    () => built,
    (error) => {
      log(`MinIO cannot be built: ${error.message}`);
      return undefined;
    },
  );
}

async function startMinio(program, dir) {
  const data = join(dir, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const [port, consolePort] = await freePorts(2);
  const child = startProcess(
    program,
    ['server', '--quiet', '--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${consolePort}`, data],
    {
      logFile: join(dir, 'minio.log'),
      cwd: dir,
      env: { MINIO_ROOT_USER: ACCESS_KEY, MINIO_ROOT_PASSWORD: SECRET_KEY, MINIO_BROWSER: 'off', MINIO_UPDATE: 'off' },
    },
  );
  return { child, port };
}

async function startFauxqs(dir, log) {
  if (!existsSync(join(dir, 'node_modules/fauxqs/package.json'))) {
    log(`installing ${FAUXQS} with npm`);
    writeFileSync(join(dir, 'package.json'), '{"private":true,"type":"module"}\n');
    await runProgram('npm', ['install', '--prefix', dir, '--no-audit', '--no-fund', '--ignore-scripts', FAUXQS], { cwd: dir });
  }
  const [port] = await freePorts(1);
  const start = join(dir, 'fauxqs.mjs');
  writeFileSync(start, `import { startFauxqs } from 'fauxqs';\nawait startFauxqs({ port: ${port}, logger: false });\n`);
  return { child: startProcess(process.execPath, [start], { logFile: join(dir, 'fauxqs.log'), cwd: dir }), port };
}

export const service = {
  name: 's3',
  env: 'VELO_S3_URL',
  async start({ dir, log }) {
    const minio = await findMinio(dir, log);
    const { child, port } = minio ? await startMinio(minio, dir) : await startFauxqs(dir, log);
    const env = {
      VELO_S3_URL: `http://127.0.0.1:${port}`,
      VELO_S3_ACCESS_KEY: ACCESS_KEY,
      VELO_S3_SECRET_KEY: SECRET_KEY,
      VELO_S3_SERVER: minio ? 'minio' : 'fauxqs',
    };
    await waitUntil(() => service.healthy(env), { exited: child.exited, timeoutMs: 60_000, what: env.VELO_S3_SERVER });
    log(`${env.VELO_S3_SERVER} answers on port ${port}`);
    return { env, pids: [child.pid] };
  },
  /** Any answer of S3's own kind: without a signature it is a refusal. */
  async healthy(env) {
    const answer = await fetch(`${env.VELO_S3_URL}/`, { redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status === 403 || answer.status === 200;
  },
};
