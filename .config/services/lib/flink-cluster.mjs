// An Apache Flink cluster of one machine: JobManager, TaskManager and SQL Gateway as three Java programs on loopback.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePorts, startProcess, stopProcess, waitUntil } from './process.mjs';

const START_TIMEOUT_MS = 90_000;
/** Kept apart from the heap: network buffers, RocksDB and the sorter of batch jobs, the framework. */
const NETWORK_MB = 128;
const MANAGED_MB = 512;
const FRAMEWORK_MB = 128;

/** What Flink's own start scripts open of the platform for Java 17. */
const OPENED = [
  ...['java.rmi/sun.rmi.registry', 'java.base/sun.net.util', 'java.security.jgss/sun.security.krb5'].map((each) => ['exports', each]),
  ...['lang', 'net', 'io', 'nio', 'text', 'time', 'util', 'util.concurrent', 'util.concurrent.atomic', 'util.concurrent.locks'].map(
    (each) => ['opens', `java.base/java.${each}`],
  ),
  ...['lang.reflect', 'math'].map((each) => ['opens', `java.base/java.${each}`]),
  ['opens', 'java.base/sun.nio.ch'],
].map(([kind, what]) => `--add-${kind}=${what}=ALL-UNNAMED`);

const java = (classpath, options, args) => [
  ...options,
  '-XX:+UseSerialGC',
  '-Xshare:auto',
  '-Djava.awt.headless=true',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  // It looks for a YARN client first and complains that there is none.
  '-Dorg.slf4j.simpleLogger.log.org.apache.flink.client.cli.CliFrontend=error',
  ...OPENED,
  '-cp',
  `${classpath}/*`,
  ...args,
];

/**
 * Starts a program again when it ends by itself, as every operator of a cluster does: a TaskManager takes an exception that it did not expect
 * as a reason to end. One that ends five times within seconds of its start stays ended.
 */
const SUPERVISED = [
  "trap 'left=0' TERM",
  'left=5',
  'while [ "$left" -gt 0 ]; do',
  '  began=$(date +%s)',
  '  "$@"',
  '  left=$((left - 1))',
  '  [ "$left" -ge 0 ] && [ $(($(date +%s) - began)) -gt 20 ] && left=5',
  'done',
  'exit 1',
].join('\n');

/** Settings of the cluster. Jobs may set others for themselves: parallelism, state backend, checkpoints. */
function settings({ dir, ports, slots, heapMb }) {
  const folder = (name) => pathToFileURL(join(dir, name)).href;
  return {
    'jobmanager.rpc.address': '127.0.0.1',
    'jobmanager.rpc.port': ports.rpc,
    'jobmanager.bind-host': '127.0.0.1',
    'blob.server.port': ports.blob,
    'rest.address': '127.0.0.1',
    'rest.bind-address': '127.0.0.1',
    'rest.port': ports.rest,
    'rest.bind-port': ports.rest,
    // A test looks at a job right after it changed it.
    'rest.async.store-duration': '10 min',
    'web.refresh-interval': 1000,
    'metrics.fetcher.update-interval': 500,
    'taskmanager.host': '127.0.0.1',
    'taskmanager.bind-host': '127.0.0.1',
    'taskmanager.numberOfTaskSlots': slots,
    'taskmanager.cpu.cores': 2,
    'taskmanager.memory.task.heap.size': `${heapMb}m`,
    'taskmanager.memory.task.off-heap.size': '0m',
    'taskmanager.memory.framework.heap.size': `${FRAMEWORK_MB}m`,
    'taskmanager.memory.framework.off-heap.size': `${FRAMEWORK_MB}m`,
    'taskmanager.memory.network.min': `${NETWORK_MB}m`,
    'taskmanager.memory.network.max': `${NETWORK_MB}m`,
    'taskmanager.memory.managed.size': `${MANAGED_MB}m`,
    'taskmanager.memory.jvm-metaspace.size': '384m',
    'taskmanager.memory.jvm-overhead.min': '192m',
    'taskmanager.memory.jvm-overhead.max': '192m',
    'parallelism.default': 1,
    'execution.checkpointing.dir': folder('checkpoints'),
    'execution.checkpointing.savepoint-dir': folder('savepoints'),
    'io.tmp.dirs': join(dir, 'tmp'),
    // Kafka answers in English numbers; a row of a day is the same wherever the machine stands.
    'table.local-time-zone': 'UTC',
    'sql-gateway.endpoint.rest.address': '127.0.0.1',
    'sql-gateway.endpoint.rest.bind-address': '127.0.0.1',
    'sql-gateway.endpoint.rest.port': ports.gateway,
    // Without it the gateway would listen on the port of `rest.bind-port`.
    'sql-gateway.endpoint.rest.bind-port': ports.gateway,
    'sql-gateway.session.idle-timeout': '10 min',
    'metrics.reporter.prom.factory.class': 'org.apache.flink.metrics.prometheus.PrometheusReporterFactory',
  };
}

/** Writes the settings into `dir`; answers with what `startCluster` needs. */
export async function prepareCluster({ classpath, dir, slots = 4, heapMb = 1024 }) {
  for (const name of ['conf', 'tmp', 'checkpoints', 'savepoints', 'files']) mkdirSync(join(dir, name), { recursive: true });
  const [rpc, blob, rest, gateway, jobMetrics, taskMetrics] = await freePorts(6);
  const ports = { rpc, blob, rest, gateway, jobMetrics, taskMetrics };
  const lines = Object.entries(settings({ dir, ports, slots, heapMb })).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  writeFileSync(join(dir, 'conf', 'config.yaml'), `${lines.join('\n')}\n`);
  const env = {
    VELO_FLINK_GATEWAY: `http://127.0.0.1:${gateway}`,
    VELO_FLINK_REST: `http://127.0.0.1:${rest}`,
    VELO_FLINK_METRICS: `http://127.0.0.1:${jobMetrics}/metrics,http://127.0.0.1:${taskMetrics}/metrics`,
    VELO_FLINK_FILES: join(dir, 'files'),
    VELO_FLINK_SAVEPOINTS: pathToFileURL(join(dir, 'savepoints')).href,
  };
  return { classpath, dir, slots, heapMb, ports, env };
}

async function answers(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  return response.ok ? response.json() : undefined;
}

const hasSlots = async (rest) => ((await answers(`${rest}/overview`))?.['slots-total'] ?? 0) > 0;
const hasGateway = async (gateway) => (await answers(`${gateway}/v1/info`))?.productName !== undefined;

/** Whether the cluster has slots and its gateway answers. */
export async function clusterAnswers(env) {
  return (await hasSlots(env.VELO_FLINK_REST)) && (await hasGateway(env.VELO_FLINK_GATEWAY));
}

/** Starts a prepared cluster; resolves with the ids of its three processes once it has slots and the gateway answers. */
export async function startCluster({ classpath, dir, heapMb, ports, env }) {
  const conf = join(dir, 'conf');
  const heap = FRAMEWORK_MB + heapMb;
  const programs = [
    {
      name: 'jobmanager',
      options: ['-Xmx512m', '-XX:MaxMetaspaceSize=384m'],
      args: ['org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint', '--configDir', conf],
      settings: [`-Dmetrics.reporter.prom.port=${ports.jobMetrics}`],
    },
    {
      name: 'taskmanager',
      options: [`-Xms${heap}m`, `-Xmx${heap}m`, `-XX:MaxDirectMemorySize=${FRAMEWORK_MB + NETWORK_MB}m`],
      args: ['org.apache.flink.runtime.taskexecutor.TaskManagerRunner', '--configDir', conf],
      settings: [`-Dmetrics.reporter.prom.port=${ports.taskMetrics}`],
    },
    { name: 'gateway', options: ['-Xmx768m'], args: ['org.apache.flink.table.gateway.SqlGateway'], settings: [] },
  ];
  const started = programs.map(({ name, options, args, settings: own }) => {
    const logFile = join(dir, `${name}.log`);
    const environment = { FLINK_CONF_DIR: conf };
    const command = ['java', ...java(classpath, options, [...args, ...own])];
    return { logFile, ...startProcess('sh', ['-c', SUPERVISED, name, ...command], { logFile, env: environment, cwd: dir }) };
  });
  const pids = started.map(({ pid }) => pid);
  const exited = Promise.race(started.map(async ({ logFile, exited: end }) => `${await end} (log: ${logFile})`));
  try {
    await waitUntil(() => clusterAnswers(env), { exited, timeoutMs: START_TIMEOUT_MS, what: `the Flink cluster (logs: ${dir})` });
  } catch (error) {
    await Promise.all(pids.filter((pid) => pid > 0).map(stopProcess));
    throw error;
  }
  return pids;
}
