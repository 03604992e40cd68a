// Kafka JSON → tumbling aggregate, against the loop of a raw kafkajs consumer over the same topic, and Kafka's console consumer.
//
//   npm run services -- up kafka
//   node .config/scripts/bootstrap.mjs exec -- node --conditions=@velostream/source packages/connectors/bench/kafka.ts [records] [rounds]
//
// Rounds are interleaved, every answer is checked, and the medians are compared.
import { spawn } from 'node:child_process';
import { createEngine } from '@velostream/core';
import { Kafka, logLevel } from 'kafkajs';
import { service } from '../../../test/services.ts';
import { kafkajsDriver } from '../src/kafka/driver/kafkajs/kafkajs-driver.ts';
import { kafka } from '../src/kafka/index.ts';
import { networkGuard } from '../src/net/network-guard.ts';

const variables = service('kafka').find();
if (!variables) throw new Error('start Kafka first: npm run services -- up kafka');
const { VELO_KAFKA_BROKERS: brokers, VELO_KAFKA_CLASSPATH: classpath } = variables;
const [records = 400_000, rounds = 5] = process.argv.slice(2).map(Number);
const PARTITIONS = 4;
const START = Date.UTC(2026, 0, 5);
const SPACING_MS = 10;
const topic = `bench-${Date.now()}`;

const signal = new AbortController().signal;
const driver = kafkajsDriver(
  { brokers: [brokers], clientId: 'bench', connectionTimeoutMs: 5_000, requestTimeoutMs: 30_000, tls: undefined, sasl: undefined },
  networkGuard({}),
);

/** Expected answer per minute and symbol, computed while the records are made. */
const expected = new Map<string, number>();

async function fill(): Promise<void> {
  await driver.admin.createTopics([{ topic, partitions: PARTITIONS, replicationFactor: 1 }]);
  const producer = driver.producer({
    acks: 'all',
    idempotent: true,
    transactionalId: undefined,
    transactionTimeoutMs: 60_000,
    compression: 'none',
    requestTimeoutMs: 30_000,
    deliveryTimeoutMs: 60_000,
  });
  await producer.init(signal);
  for (let at = 0; at < records; at += 8_000) {
    const parts = Array.from({ length: PARTITIONS }, (_, partition) => ({
      topic,
      partition,
      records: [] as { key: string; value: string; timestamp: number }[],
    }));
    for (let i = at; i < Math.min(records, at + 8_000); i++) {
      const symbol = `SYM${(i * 7919) % 50}`;
      const time = START + i * SPACING_MS;
      const quantity = 1 + (i % 97);
      const value = JSON.stringify({ symbol, price: 100 + (i % 1000) / 100, quantity, venue: `V${i % 5}`, ts: time });
      parts[i % PARTITIONS]!.records.push({ key: symbol, value, timestamp: time });
      const key = `${Math.floor(time / 60_000) * 60_000}/${symbol}`;
      expected.set(key, (expected.get(key) ?? 0) + quantity);
    }
    await producer.send(parts, signal);
  }
  await producer.close();
}

const SQL = `SELECT symbol, _window_start AS start_at, SUM(quantity) AS total, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL`;

async function ours(): Promise<void> {
  const engine = createEngine({
    connectors: [kafka()],
    sources: { trades: { uri: `kafka://${brokers}/${topic}?bounded=true&fetch.max.wait.ms=50`, eventTime: 'ts' } },
  });
  const rows = await engine.run(SQL).rows();
  if (rows.length !== expected.size) throw new Error(`${rows.length} groups and not ${expected.size}`);
  for (const row of rows) {
    const key = `${Number(row['start_at'])}/${row['symbol']}`;
    if (expected.get(key) !== Number(row['total'])) throw new Error(`${key} is ${row['total']} and not ${expected.get(key)}`);
  }
}

async function rawLoop(parse: boolean): Promise<void> {
  const client = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const consumer = client.consumer({ groupId: `bench-${Math.random()}`, maxBytesPerPartition: 1024 ** 2, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen = 0;
  let quantity = 0;
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const { value } of batch.messages) {
            if (parse && value) quantity += (JSON.parse(value.toString()) as { quantity: number }).quantity;
            seen++;
          }
          if (seen >= records) resolve();
        },
      })
      .catch(reject);
  });
  const total = [...expected.values()].reduce((sum, n) => sum + n, 0);
  if (seen !== records || (parse && quantity !== total)) throw new Error(`the raw loop saw ${seen} records and ${quantity}`);
  await consumer.disconnect();
}

function javaConsumer(): Promise<void> {
  const args = ['-Xmx256m', '-cp', `${classpath}/*`, 'org.apache.kafka.tools.consumer.ConsoleConsumer', '--bootstrap-server', brokers];
  const child = spawn('java', [...args, '--topic', topic, '--from-beginning', '--max-messages', String(records)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines++;
  });
  return new Promise((resolve, reject) => {
    child.on('close', () => (lines === records ? resolve() : reject(new Error(`the console consumer gave ${lines} lines`))));
  });
}

const RUNS: readonly (readonly [string, () => Promise<void>])[] = [
  ['velostream: JSON → tumbling sum', ours],
  ['kafkajs loop, counting only', () => rawLoop(false)],
  ['kafkajs loop with JSON.parse', () => rawLoop(true)],
  ['Java console consumer', javaConsumer],
];

await fill();
const times = new Map<string, number[]>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, run] of RUNS) {
    const since = performance.now();
    await run();
    // The first round warms up.
    if (round > 0) times.set(name, [...(times.get(name) ?? []), performance.now() - since]);
  }
}
await driver.admin.deleteTopics([topic]);
await driver.close();

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] as number;
const rate = (name: string): number => records / (median(times.get(name) as number[]) / 1000);
for (const [name] of RUNS)
  process.stdout.write(`${name.padEnd(36)} ${Math.round(rate(name)).toLocaleString('en').padStart(10)} records/s\n`);
for (const [name] of RUNS.slice(1)) process.stdout.write(`ratio to ${name}: ${(rate(RUNS[0]![0]) / rate(name)).toFixed(2)}\n`);
process.exit(0);
