import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { brokerAnswers, prepareBroker, startBroker } from './lib/kafka-broker.mjs';
import { jarsOf } from './lib/maven.mjs';

/** Another release is started with `VELO_KAFKA_VERSION=3.9.1 npm run services -- up kafka`. */
const VERSION = process.env.VELO_KAFKA_VERSION ?? '4.4.0';
const ARTIFACTS = [
  `org.apache.kafka:kafka_2.13:${VERSION}`,
  // The console consumer: an independent reader for tests.
  `org.apache.kafka:kafka-tools:${VERSION}`,
  'org.slf4j:slf4j-simple:1.7.36',
];

/** Apache Kafka with plain, SASL (PLAIN, SCRAM), TLS and SASL over TLS listeners. Each start is an empty broker. */
export const service = {
  name: 'kafka',
  env: 'VELO_KAFKA_BROKERS',
  async start({ dir, log }) {
    const classpath = await jarsOf(ARTIFACTS, { folder: join(dir, `jars-${VERSION}`), log });
    const home = join(dir, 'broker');
    rmSync(home, { recursive: true, force: true });
    const broker = await prepareBroker({ classpath, dir: home });
    const pid = await startBroker(broker);
    return { env: broker.env, pids: [pid] };
  },
  healthy: (env) => brokerAnswers(env.VELO_KAFKA_BROKERS),
};
