import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf } from './lib/maven.mjs';
import { freePorts, startProcess, waitUntil } from './lib/process.mjs';
import { runProgram } from './lib/run-program.mjs';

// The newest line that runs on Java 17.
const VERSION = '3.0.9';
const START_TIMEOUT_MS = 120_000;

async function answers(url) {
  const response = await fetch(`${url}/subjects`, { signal: AbortSignal.timeout(5_000) });
  return response.ok && Array.isArray(await response.json());
}

/** Apicurio Registry, in memory, by its interface that is compatible with Confluent's. */
export const service = {
  name: 'schema-registry',
  env: 'VELO_REGISTRY_URL',
  async start({ dir, log }) {
    const archive = await fileOf(`io.apicurio:apicurio-registry-app:${VERSION}:tar.gz:all`, { folder: dir, log });
    const home = join(dir, `apicurio-${VERSION}`);
    const program = join(home, `apicurio-registry-app-${VERSION}-runner.jar`);
    if (!existsSync(program)) {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(home, { recursive: true });
      await runProgram('tar', ['-xzf', archive, '-C', home]);
    }
    const [port, management] = await freePorts(2);
    const logFile = join(dir, 'registry.log');
    const args = [
      '-Xmx384m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Dquarkus.http.host=127.0.0.1',
      `-Dquarkus.http.port=${port}`,
      '-Dquarkus.management.host=127.0.0.1',
      `-Dquarkus.management.port=${management}`,
      '-Dquarkus.analytics.disabled=true',
      '-jar',
      program,
    ];
    const { pid, exited } = startProcess('java', args, { logFile, cwd: home });
    const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
    await waitUntil(() => answers(url), { exited, timeoutMs: START_TIMEOUT_MS, what: `the registry (log: ${logFile})` });
    return { env: { VELO_REGISTRY_URL: url }, pids: [pid] };
  },
  healthy: (env) => answers(env.VELO_REGISTRY_URL),
};
