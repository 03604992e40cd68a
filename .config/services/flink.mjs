import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterAnswers, prepareCluster, startCluster } from './lib/flink-cluster.mjs';
import { jarsOf } from './lib/maven.mjs';

// The newest line whose Kafka connector is released. There is no `flink-dist` on Maven Central: it is put together from its parts.
const VERSION = '2.2.0';
const PARTS = [
  'flink-clients',
  'flink-sql-gateway',
  'flink-table-planner-loader',
  'flink-table-runtime',
  'flink-statebackend-rocksdb',
  'flink-connector-files',
  'flink-csv',
  'flink-json',
  'flink-metrics-prometheus',
];
const ARTIFACTS = [
  ...PARTS.map((name) => `org.apache.flink:${name}:${VERSION}`),
  'org.apache.flink:flink-sql-connector-kafka:5.0.0-2.2',
  'org.slf4j:slf4j-simple:1.7.36',
];

/** A number that a measurement sets for its own cluster; tests take what is written here. */
const sized = (name, usual) => Number(process.env[name] ?? usual);

/** Apache Flink: JobManager, TaskManager with four slots, SQL Gateway; Kafka, files, JSON and CSV. Each start is an empty cluster. */
export const service = {
  name: 'flink',
  env: 'VELO_FLINK_GATEWAY',
  async start({ dir, log }) {
    const classpath = await jarsOf(ARTIFACTS, { folder: join(dir, `jars-${VERSION}`), log });
    const home = join(dir, 'cluster');
    rmSync(home, { recursive: true, force: true });
    const cluster = await prepareCluster({
      classpath,
      dir: home,
      slots: sized('FLINK_SLOTS', 4),
      heapMb: sized('FLINK_TASK_HEAP_MB', 1024),
    });
    return { env: cluster.env, pids: await startCluster(cluster) };
  },
  healthy: clusterAnswers,
};
