// One Apache Kafka broker in KRaft mode, controller included, that listens on loopback only.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts, startProcess, waitUntil } from './process.mjs';
import { runProgram } from './run-program.mjs';

const START_TIMEOUT_MS = 90_000;
const USERNAME = 'velo';
/** Serves tests on loopback only. */
const PASSWORD = 'velo-test-only';
const STORE_PASSWORD = 'velo-test-only';

const java = (classpath, heap, args) => [
  `-Xmx${heap}`,
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xshare:auto',
  '-Djava.awt.headless=true',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-cp',
  `${classpath}/*`,
  ...args,
];

/** Ports by listener. `proxied` is where the broker listens, `proxy` the address that it tells clients of that listener: a test puts its proxy there. */
async function choosePorts() {
  const [plain, sasl, tls, saslTls, controller, proxied, proxy] = await freePorts(7);
  return { plain, sasl, tls, saslTls, controller, proxied, proxy };
}

function properties({ dir, ports, keystore }) {
  const plainLogin = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${USERNAME}" password="${PASSWORD}" user_${USERNAME}="${PASSWORD}";`;
  const scramLogin = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const login = ['sasl', 'sasltls'].flatMap((name) => [
    [`listener.name.${name}.sasl.enabled.mechanisms`, 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512'],
    [`listener.name.${name}.plain.sasl.jaas.config`, plainLogin],
    [`listener.name.${name}.scram-sha-256.sasl.jaas.config`, scramLogin],
    [`listener.name.${name}.scram-sha-512.sasl.jaas.config`, scramLogin],
  ]);
  const at = (name, port) => `${name}://127.0.0.1:${port}`;
  const bound = [at('PLAIN', ports.plain), at('SASL', ports.sasl), at('TLS', ports.tls), at('SASLTLS', ports.saslTls)];
  return [
    ['process.roles', 'broker,controller'],
    ['node.id', '1'],
    ['controller.quorum.voters', `1@127.0.0.1:${ports.controller}`],
    ['controller.listener.names', 'CONTROLLER'],
    ['inter.broker.listener.name', 'PLAIN'],
    ['listeners', [...bound, at('PROXIED', ports.proxied), at('CONTROLLER', ports.controller)].join(',')],
    ['advertised.listeners', [...bound, at('PROXIED', ports.proxy)].join(',')],
    [
      'listener.security.protocol.map',
      'PLAIN:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL,SASLTLS:SASL_SSL,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ],
    ...login,
    ['ssl.keystore.location', keystore],
    ['ssl.keystore.type', 'PKCS12'],
    ['ssl.keystore.password', STORE_PASSWORD],
    ['log.dirs', join(dir, 'data')],
    ['num.partitions', '1'],
    ['auto.create.topics.enable', 'false'],
    ['default.replication.factor', '1'],
    ['offsets.topic.replication.factor', '1'],
    ['offsets.topic.num.partitions', '4'],
    ['transaction.state.log.replication.factor', '1'],
    ['transaction.state.log.min.isr', '1'],
    ['transaction.state.log.num.partitions', '4'],
    ['share.coordinator.state.topic.replication.factor', '1'],
    ['share.coordinator.state.topic.min.isr', '1'],
    ['share.coordinator.state.topic.num.partitions', '1'],
    ['group.initial.rebalance.delay.ms', '0'],
    ['message.max.bytes', String(24 * 1024 * 1024)],
    ['log.segment.bytes', String(64 * 1024 * 1024)],
    ['log.cleaner.dedupe.buffer.size', String(8 * 1024 * 1024)],
    // Records of tests carry times of years ago; by default the broker deletes them at its next look, every five minutes.
    ['log.retention.ms', '-1'],
    ['num.network.threads', '2'],
    ['num.io.threads', '4'],
  ]
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');
}

/** A certificate for 127.0.0.1 that signs itself: `keystore` for the broker, `caFile` for clients. */
async function certificate(dir) {
  const keystore = join(dir, 'broker.p12');
  const caFile = join(dir, 'ca.pem');
  if (existsSync(keystore) && existsSync(caFile)) return { keystore, caFile };
  const store = ['-alias', 'broker', '-storetype', 'PKCS12', '-keystore', keystore, '-storepass', STORE_PASSWORD];
  const subject = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1,dns:localhost', '-validity', '3650'];
  await runProgram('keytool', ['-genkeypair', '-keyalg', 'RSA', '-keysize', '2048', ...subject, ...store]);
  writeFileSync(caFile, await runProgram('keytool', ['-exportcert', '-rfc', ...store]));
  return { keystore, caFile };
}

function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (result) => {
      socket.destroy();
      done(result);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

/** Formats the storage in `dir` once and writes the broker's settings; answers with what `startBroker` needs. */
export async function prepareBroker({ classpath, dir, heap = '512m' }) {
  mkdirSync(dir, { recursive: true });
  const ports = await choosePorts();
  const config = join(dir, 'server.properties');
  const { keystore, caFile } = await certificate(dir);
  writeFileSync(config, `${properties({ dir, ports, keystore })}\n`);
  const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((kind) => ['--add-scram', `${kind}=[name=${USERNAME},password=${PASSWORD}]`]);
  const format = ['kafka.tools.StorageTool', 'format', '-t', 'VmVsb3N0cmVhbVRlc3RzMQ', '-c', config, '--ignore-formatted', ...scram];
  await runProgram('java', java(classpath, '128m', format));
  const env = {
    VELO_KAFKA_BROKERS: `127.0.0.1:${ports.plain}`,
    VELO_KAFKA_SASL_BROKERS: `127.0.0.1:${ports.sasl}`,
    VELO_KAFKA_TLS_BROKERS: `127.0.0.1:${ports.tls}`,
    VELO_KAFKA_SASL_TLS_BROKERS: `127.0.0.1:${ports.saslTls}`,
    VELO_KAFKA_PROXY_TARGET: `127.0.0.1:${ports.proxied}`,
    VELO_KAFKA_PROXY_ADDRESS: `127.0.0.1:${ports.proxy}`,
    VELO_KAFKA_CA_FILE: caFile,
    VELO_KAFKA_USERNAME: USERNAME,
    VELO_KAFKA_PASSWORD: PASSWORD,
    VELO_KAFKA_CLASSPATH: classpath,
  };
  return { classpath, dir, heap, config, port: ports.plain, env };
}

/** Starts a prepared broker, also again after it was killed; resolves with its process id once clients can connect. */
export async function startBroker({ classpath, dir, heap, config, port }) {
  const logFile = join(dir, 'broker.log');
  const { pid, exited } = startProcess('java', java(classpath, heap, ['kafka.Kafka', config]), { logFile });
  await waitUntil(() => answers(port), { exited, timeoutMs: START_TIMEOUT_MS, what: `the broker (log: ${logFile})` });
  return pid;
}

/** Whether a broker answers at the first of these addresses. */
export function brokerAnswers(brokers) {
  return answers(Number(brokers.split(',')[0].split(':').pop()));
}
