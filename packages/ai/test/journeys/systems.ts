import { type ConnectorDefinition, memory, type OptionsSchema } from '@velostream/core/connect';
import type { Explorer, FoundSource, Peek, SourceSchema } from '@velostream/core/protocol/explore';

export const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** One thing of an outside system, as its connector would tell of it. */
export interface Holding {
  readonly rows: Rows;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly eventTime?: string;
  readonly info?: Partial<FoundSource>;
}

const anyOptions: OptionsSchema<Record<string, unknown>> = {
  names: ['name', 'format', 'region', 'mmap', 'table'],
  safeParse: (input) => ({ success: true, data: { ...(input as Record<string, unknown>) } }),
};

/** A system that holds rows in memory and is explored, listed and read as the real one: the address is kept, nothing is opened. */
export function outsideSystem(
  name: string,
  scheme: string,
  kind: FoundSource['kind'],
  holdings: () => Readonly<Record<string, Holding>>,
): ConnectorDefinition<Record<string, unknown>> {
  const explorer = (base: string): Explorer => {
    const held = (key: string): Holding => {
      const found = holdings()[key];
      if (!found) throw new Error(`there is no "${key}"`);
      return found;
    };
    const coverage = (rows: Rows) => ({ scanned: rows.length, partitions: [], stoppedBy: 'limit' as const });
    return {
      list: async () =>
        Object.entries(holdings()).map(([key, { rows, info }]) => ({
          name: key,
          kind,
          uri: `${base.replace(/[?*].*$/, '').replace(/\/[^/]*\.\w*$/, '')}/${key}`,
          recordCount: rows.length,
          lastRecordAt: NOW,
          ...info,
        })),
      async inspect(key) {
        const { columns, rows, eventTime } = held(key);
        const sample = rows.slice(0, 10);
        const schema: Omit<SourceSchema, 'id'> = {
          name: key,
          fields: columns.map((c) => ({ ...c, sample: String(sample[0]?.[c.name] ?? '') })),
          ...(eventTime === undefined ? {} : { eventTime }),
          origin: 'inferred',
          coverage: coverage(sample),
        };
        return schema;
      },
      async peek(key, { limit = 10, from = 'latest' }) {
        const { rows, columns } = held(key);
        const taken = (from === 'earliest' ? rows.slice(0, limit) : rows.slice(-limit)) as Peek['rows'];
        return { name: key, columns, rows: taken, masked: [], coverage: coverage(taken as Rows) };
      },
    };
  };
  return {
    name,
    schemes: [scheme],
    options: anyOptions,
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri: (uri) => ({ name: decodeURIComponent(/([^/?]+)(?:\?.*)?$/.exec(uri)?.[1] ?? ''), uri }),
    source: (options, host) => {
      const key = String(options['name']);
      const found = holdings()[key] ?? { rows: [], columns: [] };
      return memory({ [key]: { rows: found.rows, columns: found.columns } }).source?.({ table: key, max_rows: 1_000_000 }, host) as never;
    },
    sink: (options) =>
      memory({}).sink?.({ table: String(options['name'] ?? 'out'), max_rows: 1_000_000 }, { warn() {}, now: () => NOW }) as never,
    explore: (options) => explorer(String(options['uri'] ?? `${scheme}://host`)),
  };
}

const columns = (text: string) =>
  text.split(', ').map((c) => {
    const [name = '', type = 'STRING'] = c.split(' ');
    return { name, type };
  });
const rows = (n: number, make: (i: number) => Readonly<Record<string, unknown>>): Rows => Array.from({ length: n }, (_, i) => make(i));
const SYMBOLS = ['AAPL', 'MSFT', 'NVDA', 'AMZN'];
const partitions = (n: number, total: number) =>
  Array.from({ length: n }, (_, partition) => ({
    partition,
    lowOffset: '0',
    highOffset: String(Math.round(total / n)),
    messageCount: Math.round(total / n),
  }));
const topic = (n: number, total: number, more: Partial<FoundSource> = {}): Partial<FoundSource> => ({
  recordCount: total,
  partitions: partitions(n, total),
  format: 'json',
  ...more,
});

export const TRADES: Holding = {
  rows: rows(240, (i) => ({
    symbol: SYMBOLS[i % 4],
    price: 100 + (i % 17),
    quantity: 1 + (i % 9),
    order_id: `o${i % 40}`,
    event_time: NOW - 240_000 + i * 1000,
  })),
  columns: columns('symbol STRING, price FLOAT, quantity INTEGER, order_id STRING, event_time TIMESTAMP'),
  eventTime: 'event_time',
  info: topic(6, 1_200_000),
};
const ORDERS: Holding = {
  rows: rows(40, (i) => ({ order_id: `o${i}`, customer: `c${i % 7}`, order_time: NOW - 240_000 + i * 5000 })),
  columns: columns('order_id STRING, customer STRING, order_time TIMESTAMP'),
  eventTime: 'order_time',
  info: topic(3, 450_000),
};
const rawTrades: Holding = {
  ...TRADES,
  rows: TRADES.rows.map(({ price, ...r }) => ({ ...r, amount: price })),
  columns: columns('symbol STRING, amount FLOAT, quantity INTEGER, order_id STRING, event_time TIMESTAMP'),
};
const alerts: Holding = {
  ...TRADES,
  rows: TRADES.rows.map(({ symbol, event_time }) => ({ symbol, amount: 0, event_time })),
  columns: columns('symbol STRING, amount FLOAT, event_time TIMESTAMP'),
};
const transactions: Holding = {
  rows: rows(300, (i) => ({
    transaction_id: `t${i}`,
    customer_id: `c${i % 23}`,
    transaction_amount: 10 + ((i * 37) % 400),
    merchant_category: ['food', 'travel', 'games'][i % 3],
    device_fingerprint: `d${i % 31}`,
    country: ['DE', 'FR', 'US'][i % 3],
    event_time: NOW - 300_000 + i * 1000,
  })),
  columns: columns(
    'transaction_id STRING, customer_id STRING, transaction_amount FLOAT, merchant_category STRING, device_fingerprint STRING, country STRING, event_time TIMESTAMP',
  ),
  eventTime: 'event_time',
  info: topic(4, 90_000),
};
const visits: Holding = {
  rows: rows(400, (i) => ({
    session_id: `s${i}`,
    page: `/p${i % 5}`,
    region: ['eu', 'us'][i % 2],
    seconds: i % 90,
    event_time: NOW - 400_000 + i * 1000,
  })),
  columns: columns('session_id STRING, page STRING, region STRING, seconds INTEGER, event_time TIMESTAMP'),
  eventTime: 'event_time',
  info: topic(2, 80_000),
};

export const BROKER: Readonly<Record<string, Holding>> = {
  trades: TRADES,
  orders: ORDERS,
  'customer-events': { ...visits, info: topic(1, 89_000) },
  'raw-trades': rawTrades,
  'trade-alerts': alerts,
  transactions,
  visits,
};
/** A broker with what deserves a word: a dead-letter topic that fills, a topic that fell silent. */
export const NEGLECTED: Readonly<Record<string, Holding>> = {
  trades: TRADES,
  orders: ORDERS,
  positions: { ...TRADES, info: topic(3, 30_000) },
  'dead-letter-queue': { rows: [], columns: columns('error STRING'), info: topic(1, 12_400) },
  'legacy-quotes': { ...TRADES, info: topic(1, 500, { lastRecordAt: NOW - 72 * HOUR - 1 }) },
};
export const FOLDER: Readonly<Record<string, Holding>> = {
  'trades-1.csv': {
    rows: rows(120, (i) => ({ symbol: SYMBOLS[i % 4], price: 100 + (i % 17), qty: 1 + (i % 9), ts: NOW - 120_000 + i * 1000 })),
    columns: columns('symbol STRING, price FLOAT, qty INTEGER, ts TIMESTAMP'),
    eventTime: 'ts',
    info: { format: 'csv', sizeBytes: 9_000 },
  },
};
export const BIG_FILE: Readonly<Record<string, Holding>> = {
  'events.json': {
    rows: rows(200, (i) => ({ event_type: ['view', 'click', 'buy'][i % 3], user_id: `u${i % 9}`, ts: NOW - 200_000 + i * 1000 })),
    columns: columns('event_type STRING, user_id STRING, ts TIMESTAMP'),
    eventTime: 'ts',
    info: { format: 'json', sizeBytes: 50 * 1_073_741_824 },
  },
};
export const BUCKET: Readonly<Record<string, Holding>> = {
  'readings.parquet': {
    rows: rows(200, (i) => ({ sensor_id: `s${i % 5}`, temperature: 20 + (i % 11), humidity: 40 + (i % 7), ts: NOW - 200_000 + i * 1000 })),
    columns: columns('sensor_id STRING, temperature FLOAT, humidity FLOAT, ts TIMESTAMP'),
    eventTime: 'ts',
    info: { format: 'parquet', sizeBytes: 4_000_000 },
  },
};
export const DATABASE: Readonly<Record<string, Holding>> = {
  'public.orders': {
    rows: rows(60, (i) => ({ order_id: i, status: ['new', 'paid'][i % 2], total: 10 + i, updated_at: NOW - 60_000 + i * 1000 })),
    columns: columns('order_id INTEGER, status STRING, total FLOAT, updated_at TIMESTAMP'),
    info: { namespace: 'public' },
  },
  'billing.invoices': { rows: [], columns: columns('invoice_id INTEGER, total FLOAT'), info: { namespace: 'billing' } },
};

const updates = (status: string) =>
  rows(60, (i) => ({ order_id: `o${i}`, [status]: ['new', 'paid', 'sent'][i % 3], updated_at: NOW - 60_000 + i * 1000 }));
export const UPDATES: Holding = {
  rows: updates('legacy_status'),
  columns: columns('order_id STRING, legacy_status STRING, updated_at TIMESTAMP'),
  eventTime: 'updated_at',
  info: topic(2, 4_000),
};
/** The same topic later: a field has another name, and one is new. */
export const CHANGED: Holding = {
  rows: updates('order_status').map((r, i) => ({ ...r, discount_code: i % 5 === 0 ? 'SPRING' : null })),
  columns: columns('order_id STRING, order_status STRING, updated_at TIMESTAMP, discount_code STRING'),
  eventTime: 'updated_at',
  info: topic(2, 5_000),
};
