import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBroker, startBroker } from '../../../.config/services/lib/kafka-broker.mjs';
import { stopProcess } from '../../../.config/services/lib/process.mjs';
import { driverFor, produce } from '../../../packages/connectors/test/kafka/kafka.fixture.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

export interface Topic {
  readonly partitions: number;
  readonly rows: Rows;
  /** How old the newest record is; now by default. */
  readonly ageMs?: number;
}

const rows = (n: number, make: (i: number) => Readonly<Record<string, unknown>>): Rows => Array.from({ length: n }, (_, i) => make(i));
const SYMBOLS = ['AAPL', 'MSFT', 'NVDA', 'AMZN'];
const DAY_MS = 86_400_000;
/** Events end about now, a second apart: the broker keeps what is young. */
const at = (n: number, i: number): string => new Date(Date.now() - (n - i) * 1_000).toISOString();

export const tradesOf = (price: string, n: number): Rows =>
  rows(n, (i) => ({
    symbol: SYMBOLS[i % 4],
    [price]: Number((100 + 8 * Math.sin(i / 60) + (i % 4) * 12 + (i % 7) / 10).toFixed(2)),
    quantity: 1 + ((i * 7) % 90),
    order_id: `o${i % 400}`,
    event_time: at(n, i),
  }));
const ordersOf = (n: number): Rows =>
  rows(n, (i) => ({ order_id: `o${i % 400}`, customer: `c${i % 37}`, amount: 20 + ((i * 13) % 400), order_time: at(n, i) }));

export const MARKET: Readonly<Record<string, Topic>> = {
  trades: { partitions: 6, rows: tradesOf('price', 12_000) },
  orders: { partitions: 3, rows: ordersOf(4_500) },
  'customer-events': {
    partitions: 1,
    rows: rows(890, (i) => ({ customer: `c${i % 37}`, event: ['view', 'cart', 'buy'][i % 3], seconds: i % 90, event_time: at(890, i) })),
  },
};

/** What J4 looks into: a job read `price` where its source has `amount`, and put out zeros. */
export const BROKEN: Readonly<Record<string, Topic>> = {
  'raw-trades': { partitions: 1, rows: tradesOf('amount', 240) },
  'trade-alerts': { partitions: 1, rows: rows(60, (i) => ({ symbol: SYMBOLS[i % 4], amount: 0, event_time: at(60, i) })) },
};

export const PAYMENTS: Readonly<Record<string, Topic>> = {
  transactions: {
    partitions: 4,
    rows: rows(900, (i) => ({
      transaction_id: `t${i}`,
      customer_id: `c${i % 23}`,
      transaction_amount: 10 + ((i * 37) % 400),
      merchant_category: ['food', 'travel', 'games'][i % 3],
      device_fingerprint: `d${i % 31}`,
      country: ['DE', 'FR', 'US'][i % 3],
      event_time: at(900, i),
    })),
  },
};

/** A broker with what deserves a word: a dead-letter topic that fills, a topic that fell silent. */
export const NEGLECTED: Readonly<Record<string, Topic>> = {
  trades: { partitions: 2, rows: tradesOf('price', 400) },
  orders: { partitions: 2, rows: ordersOf(200) },
  positions: { partitions: 2, rows: rows(200, (i) => ({ symbol: SYMBOLS[i % 4], position: i % 50, event_time: at(200, i) })) },
  'dead-letter-queue': { partitions: 1, rows: rows(1_240, (i) => ({ error: `bad record ${i}` })) },
  'legacy-quotes': { partitions: 1, rows: tradesOf('price', 50), ageMs: 3 * DAY_MS + 60_000 },
};

export const VISITS: Readonly<Record<string, Topic>> = {
  visits: {
    partitions: 2,
    rows: rows(800, (i) => ({
      session_id: `s${i}`,
      page: `/p${i % 5}`,
      region: ['eu', 'us'][i % 2],
      seconds: i % 90,
      event_time: at(800, i),
    })),
  },
};

const updatesOf = (status: string, more: (i: number) => object = () => ({})): Rows =>
  rows(120, (i) => ({ order_id: `o${i}`, [status]: ['new', 'paid', 'sent'][i % 3], updated_at: at(120, i), ...more(i) }));
export const UPDATES: Readonly<Record<string, Topic>> = { 'order-updates': { partitions: 2, rows: updatesOf('legacy_status') } };
/** The same topic later: a field has another name, and one is new. */
export const CHANGED: Readonly<Record<string, Topic>> = {
  'order-updates': { partitions: 2, rows: updatesOf('order_status', (i) => ({ discount_code: i % 5 === 0 ? 'SPRING' : 'NONE' })) },
};

/** A broker for journeys alone: they speak of `trades`, not of a name that a test made up. */
export interface World {
  readonly brokers: string;
  /** Makes the broker hold exactly these topics. */
  holds(topics: Readonly<Record<string, Topic>>): Promise<void>;
  /** Adds records to a topic, as its owner would while somebody looks. */
  feed(topic: string, rows: Rows): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(classpath: string): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'velo-journeys-'));
  const broker = await prepareBroker({ classpath, dir });
  const pid = await startBroker(broker);
  const brokers = broker.env.VELO_KAFKA_BROKERS;
  const driver = driverFor(brokers);
  const empty = async (): Promise<void> => {
    const names = async () => (await driver.topics()).map(({ topic }) => topic).filter((topic) => !topic.startsWith('__'));
    const found = await names();
    if (found.length > 0) await driver.admin.deleteTopics(found);
    // A deletion is answered before it is done, and a topic that still goes cannot be made.
    while ((await names()).length > 0);
  };
  return {
    brokers,
    async holds(topics) {
      await empty();
      await driver.admin.createTopics(
        Object.entries(topics).map(([topic, { partitions }]) => ({ topic, partitions, replicationFactor: 1 })),
      );
      for (const [topic, { partitions, rows: all, ageMs = 0 }] of Object.entries(topics)) {
        for (let partition = 0; partition < partitions; partition++) {
          const own = all.filter((_, i) => i % partitions === partition);
          const values = own.map((row) => JSON.stringify(row));
          await produce(driver, topic, values, { partition, startAt: Date.now() - ageMs - own.length });
        }
      }
    },
    async feed(topic, all) {
      await produce(
        driver,
        topic,
        all.map((row) => JSON.stringify(row)),
        { startAt: Date.now() - all.length },
      );
    },
    async close() {
      await driver.close();
      await stopProcess(pid);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
