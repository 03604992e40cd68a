import { createDeployments, flink } from '@velostream/core/deploy';
import { expect } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { driverFor, freshName, produce, readAll } from '../kafka/kafka.fixture.ts';

const cluster = service('flink');
const broker = service('kafka');
type Skipping = Parameters<typeof cluster.require>[0];

/** Columns of the topic of orders. */
export const ORDERS = {
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'region', type: 'STRING' },
    { name: 'total', type: 'INTEGER' },
    { name: 'at', type: 'TIMESTAMP' },
  ],
  eventTime: 'at',
};

interface ShopOptions {
  readonly metrics?: boolean;
  /** Of every topic; 1 by default. */
  readonly partitions?: number;
  readonly parallelism?: number;
  readonly stateBackend?: 'hashmap' | 'rocksdb';
  readonly idleTimeoutMs?: number;
}

/** A cluster, a broker, an empty topic of orders, and a host that deploys to the cluster. */
export async function shop(context: Skipping, more: ShopOptions = {}) {
  const env = cluster.require(context);
  const kafkaEnv = broker.require(context);
  const brokers = kafkaEnv.VELO_KAFKA_BROKERS;
  const fs = keptInMemory();
  const driver = driverFor(brokers);
  const topic = async (prefix: string): Promise<string> => {
    const name = freshName(prefix).replaceAll('-', '_');
    await driver.admin.createTopics([{ topic: name, partitions: more.partitions ?? 1, replicationFactor: 1 }]);
    return name;
  };
  const orders = await topic('orders');
  const target = flink({
    gatewayUrl: env.VELO_FLINK_GATEWAY,
    restUrl: env.VELO_FLINK_REST,
    savepointDirectory: env.VELO_FLINK_SAVEPOINTS,
    checkpointIntervalMs: 300,
    pollMs: 200,
    startTimeoutMs: 30_000,
    fs,
    ...(more.metrics === true ? { connectors: [kafka()] } : {}),
    ...(more.parallelism === undefined ? {} : { parallelism: more.parallelism }),
    ...(more.stateBackend === undefined ? {} : { stateBackend: more.stateBackend }),
    ...(more.idleTimeoutMs === undefined ? {} : { idleTimeoutMs: more.idleTimeoutMs }),
  });
  const deployments = createDeployments({ targets: [target], allowUnapproved: true });
  return {
    env,
    kafkaEnv,
    fs,
    brokers,
    driver,
    orders,
    topic,
    target,
    deployments,
    uri: (name: string) => `kafka://${brokers}/${name}`,
    schemas: { [orders]: ORDERS },
    sources: { [orders]: { uri: `kafka://${brokers}/${orders}?auto.offset.reset=earliest`, schema: ORDERS } },
    async close() {
      for (const { id } of await deployments.list()) await deployments.delete(id);
      await driver.close();
    },
  };
}

/** Files of the target, where a test can look at them. */
function keptInMemory() {
  const files = new Map<string, Uint8Array>();
  return {
    read: async (path: string) => files.get(path) ?? new Uint8Array(),
    writeAtomic: async (path: string, data: Uint8Array) => {
      files.set(path, data);
    },
    list: async (folder: string) =>
      [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
    remove: async (path: string) => {
      files.delete(path);
    },
  };
}

const START = Date.UTC(2026, 0, 1);

/** Orders a second of event time apart, `from` up to but not with `to`; every tenth second begins a window of ten. */
export async function order(driver: KafkaDriver, topic: string, from: number, to: number, partitions = 1): Promise<void> {
  for (let partition = 0; partition < partitions; partition++) {
    const ids = Array.from({ length: to - from }, (_, i) => from + i).filter((id) => Math.floor(id / 2) % partitions === partition);
    const rows = ids.map((id) =>
      JSON.stringify({ id, region: id % 2 === 0 ? 'north' : 'south', total: id, at: new Date(START + id * 1000).toISOString() }),
    );
    await produce(driver, topic, rows, { partition });
  }
}

/** What the windows of ten seconds hold that all of their orders came to. */
export function revenues(windows: number, least = 0): object[] {
  const found: object[] = [];
  for (let w = 0; w < windows; w++) {
    for (const [i, region] of ['north', 'south'].entries()) {
      const ids = Array.from({ length: 10 }, (_, k) => w * 10 + k).filter((id) => id % 2 === i);
      const revenue = ids.reduce((a, b) => a + b, 0);
      if (revenue > least) found.push({ region, orders: 5, revenue });
    }
  }
  return found;
}

/** The committed rows of a topic, once there are as many. */
export async function committed(driver: KafkaDriver, topic: string, count: number): Promise<unknown[]> {
  const read = async () =>
    (await readAll(driver, topic, { readCommitted: true })).map((message) => JSON.parse(message.value as string) as object);
  await expect.poll(async () => (await read()).length, { timeout: 40_000 }).toBeGreaterThanOrEqual(count);
  return read();
}

export const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
