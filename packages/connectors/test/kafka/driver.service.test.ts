import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { DriverSettings, KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafkajsDriver } from '../../src/kafka/driver/kafkajs/kafkajs-driver.ts';
import { networkGuard } from '../../src/net/network-guard.ts';
import { DRIVER_CASES } from './driver-conformance.ts';
import { driverFor, freshTopic, readAll, settingsFor } from './kafka.fixture.ts';

const server = service('kafka');
let driver: KafkaDriver;
beforeAll(() => {
  driver = driverFor(server.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1');
});
afterAll(() => driver.close());

describe('the kafkajs driver', () => {
  test.for(DRIVER_CASES.map(({ name, run }) => [name, run] as const))('%s', async ([, run], context) => {
    server.require(context);
    await run(driver);
  });

  test.for(['gzip', 'snappy', 'lz4', 'zstd'])('reads what Java’s producer packed with %s', async (codec, context) => {
    const { VELO_KAFKA_BROKERS, VELO_KAFKA_CLASSPATH } = server.require(context);
    const topic = await freshTopic(driver, `java-${codec}`);
    const lines = Array.from({ length: 300 }, (_, i) => `line ${i} ${'abc'.repeat(i % 50)}`);
    // It moved with Kafka 4.
    const isOld = readdirSync(VELO_KAFKA_CLASSPATH).some((jar) => /^kafka_2\.13-3/.test(jar));
    const program = isOld ? 'kafka.tools.ConsoleProducer' : 'org.apache.kafka.tools.ConsoleProducer';
    const jvm = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', `${VELO_KAFKA_CLASSPATH}/*`, program];
    const args = ['--bootstrap-server', VELO_KAFKA_BROKERS, '--topic', topic, '--compression-codec', codec];
    const { status, stderr } = spawnSync('java', [...jvm, ...args], { input: lines.join('\n'), encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect((await readAll(driver, topic)).map((m) => m.value)).toEqual(lines);
  });
});

describe('connections', () => {
  const withLogin = (
    mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512',
    username: string,
    password: string,
  ): Partial<DriverSettings> => ({
    sasl: { mechanism, username, password },
  });

  test.for(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'log in with %s, and are refused with a wrong password',
    async (mechanism, context) => {
      const { VELO_KAFKA_SASL_BROKERS, VELO_KAFKA_USERNAME, VELO_KAFKA_PASSWORD } = server.require(context);
      const good = driverFor(VELO_KAFKA_SASL_BROKERS, withLogin(mechanism, VELO_KAFKA_USERNAME, VELO_KAFKA_PASSWORD));
      const topic = await freshTopic(good, 'login');
      expect(await good.topics([topic])).toHaveLength(1);
      await good.close();
      const bad = driverFor(VELO_KAFKA_SASL_BROKERS, {
        ...withLogin(mechanism, VELO_KAFKA_USERNAME, 'canary-5f1d'),
        requestTimeoutMs: 1_000,
      });
      const error = await bad.topics([topic]).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: expect.stringMatching(/^VS480[123]$/) });
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('canary-5f1d');
      await bad.close();
    },
  );

  test('are encrypted where the broker is trusted, and refused otherwise', async (context) => {
    const { VELO_KAFKA_TLS_BROKERS, VELO_KAFKA_SASL_TLS_BROKERS, VELO_KAFKA_CA_FILE, VELO_KAFKA_USERNAME, VELO_KAFKA_PASSWORD } =
      server.require(context);
    const tls = { ca: VELO_KAFKA_CA_FILE, checkName: true };
    const plain = driverFor(VELO_KAFKA_TLS_BROKERS, { tls });
    expect(Array.isArray(await plain.topics())).toBe(true);
    await plain.close();
    const both = driverFor(VELO_KAFKA_SASL_TLS_BROKERS, { tls, ...withLogin('scram-sha-512', VELO_KAFKA_USERNAME, VELO_KAFKA_PASSWORD) });
    expect(Array.isArray(await both.topics())).toBe(true);
    await both.close();
    const untrusting = driverFor(VELO_KAFKA_TLS_BROKERS, { tls: { checkName: true }, requestTimeoutMs: 1_000 });
    await expect(untrusting.topics()).rejects.toMatchObject({ code: 'VS4801' });
    await untrusting.close();
  });

  test('lead only to allowed hosts, those that a broker advertises included', async (context) => {
    const { VELO_KAFKA_BROKERS, VELO_KAFKA_PROXY_TARGET } = server.require(context);
    const [, port] = VELO_KAFKA_BROKERS.split(':');
    const only = (brokers: string, allowedHosts: readonly string[]): KafkaDriver =>
      kafkajsDriver(settingsFor(brokers, { requestTimeoutMs: 1_000 }), networkGuard({ network: { allowedHosts } }));
    const allowed = only(VELO_KAFKA_BROKERS, [`127.0.0.1:${port}`]);
    expect(Array.isArray(await allowed.topics())).toBe(true);
    await allowed.close();
    const none = only(VELO_KAFKA_BROKERS, []);
    await expect(none.topics()).rejects.toMatchObject({ code: 'VS4501' });
    await none.close();
    // This listener tells clients of another address: the bootstrap address alone does not open the way to it.
    const second = only(VELO_KAFKA_PROXY_TARGET, [VELO_KAFKA_PROXY_TARGET]);
    await expect(second.topics()).rejects.toMatchObject({ code: 'VS4501' });
    await second.close();
  });

  test('fail within their timeout where nobody answers', async () => {
    const nobody = driverFor('127.0.0.1:9', { requestTimeoutMs: 500, connectionTimeoutMs: 300 });
    await expect(nobody.topics()).rejects.toMatchObject({ code: 'VS4801' });
    await nobody.close();
  });
});
