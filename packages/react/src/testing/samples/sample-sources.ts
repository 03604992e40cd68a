import type { Artifact } from '@velostream/core/protocol';
import type { Coverage, MessageInfo } from '@velostream/core/protocol/explore';
import { actions, artifactOf, SAMPLE_TIME } from './envelope.ts';
import { sampleNumbers } from './sample-results.ts';

const coverage: Coverage = { scanned: 10, available: 1_204_331, partitions: [0, 1, 2, 3, 4, 5], stoppedBy: 'limit' };
const partitions = (count: number, messages: number) =>
  Array.from({ length: count }, (_, partition) => ({
    partition,
    lowOffset: '0',
    highOffset: String(Math.round(messages / count)),
    messageCount: Math.round(messages / count),
  }));

const topic = (name: string, count: number, messages: number, extra = {}) => ({
  id: `broker1/${name}`,
  name,
  kind: 'topic' as const,
  connectionId: 'broker1',
  uri: `kafka://broker1:9092/${name}`,
  format: 'json',
  recordCount: messages,
  sizeBytes: messages * 182,
  partitions: partitions(count, messages),
  lastRecordAt: SAMPLE_TIME,
  ...extra,
});

export const topicList = artifactOf('topic-list', {
  title: 'Topics of broker1:9092',
  actions: actions(['inspect', 'Schema'], ['peek', 'Records']),
  data: {
    connectionId: 'broker1',
    sources: [
      topic('trades', 6, 1_204_331),
      topic('orders', 3, 450_112),
      topic('customer-events', 1, 89_020),
      topic('trades-dlq', 1, 12_400),
      topic('test-fixture-1', 1, 1_000, { isTest: true }),
    ],
  },
});

export const topicListHuge: Artifact = artifactOf('topic-list', {
  ...topicList,
  title: 'Topics of a large cluster',
  data: {
    sources: Array.from({ length: 600 }, (_, i) => topic(`team-${i % 12}.service-${i}.events.v${(i % 3) + 1}`, (i % 12) + 1, i * 9_311)),
  },
});

export const topicListEmpty: Artifact = artifactOf('topic-list', {
  ...topicList,
  title: 'Topics of broker2:9092',
  state: 'empty',
  data: { sources: [] },
});

export const schemaViewer = artifactOf('schema-viewer', {
  title: 'Schema of trades',
  data: {
    schemas: [
      {
        id: 'broker1/trades',
        name: 'trades',
        eventTime: 'timestamp',
        key: ['symbol'],
        hasKeys: true,
        origin: 'inferred',
        coverage,
        warnings: ['"quantity" is a whole number in all samples; fractions would not fit'],
        fields: [
          { name: 'symbol', type: 'STRING', nullable: false, sample: 'AAPL', nullRate: 0, distinct: 4 },
          { name: 'price', type: 'DECIMAL(18,4)', sample: '182.5000', nullRate: 0, distinct: 10, min: '181.2000', max: '183.9000' },
          { name: 'quantity', type: 'INTEGER', sample: '100', nullRate: 0.1, distinct: 6 },
          { name: 'trader_email', type: 'STRING', sample: '••••', nullRate: 0.4, distinct: 6, tags: ['pii'] },
          { name: 'legs', type: 'ARRAY<STRUCT<venue STRING, quantity INTEGER>>', nullRate: 1 },
          { name: 'timestamp', type: 'TIMESTAMP', nullable: false, sample: '2026-01-05 09:30:00', nullRate: 0, distinct: 10 },
        ],
      },
    ],
  },
});

export const schemaDiff: Artifact = artifactOf('schema-viewer', {
  title: 'What changed since the last deployment',
  data: {
    schemas: [],
    diff: [
      {
        source: 'trades',
        change: 'field_renamed',
        field: 'price',
        newType: 'unit_price',
        impact: ['VWAP Calculator', 'Price Movement Tracker'],
        severity: 'high',
        suggestion: 'Read "unit_price" instead of "price" in both queries.',
      },
      {
        source: 'trades',
        change: 'type_changed',
        field: 'quantity',
        oldType: 'INTEGER',
        newType: 'FLOAT',
        impact: ['VWAP Calculator'],
        severity: 'medium',
      },
      { source: 'orders', change: 'field_added', field: 'channel', newType: 'STRING', impact: [], severity: 'info' },
    ],
  },
});

const messageOf = (i: number): MessageInfo => ({
  partition: i % 6,
  offset: String(200_721 + i),
  timestampMs: SAMPLE_TIME - (10 - i) * 850,
  key: ['AAPL', 'MSFT', 'NVDA'][i % 3] ?? 'AAPL',
  headers: [],
  ...(i === 7 && { error: 'not JSON: unexpected end of input at byte 41' }),
  ...(i === 8 && { tombstone: true }),
});

const next = sampleNumbers(3);
const tradeRows = Array.from({ length: 10 }, (_, i) => ({
  symbol: ['AAPL', 'MSFT', 'NVDA'][i % 3] ?? 'AAPL',
  price: (180 + next() * 6).toFixed(4),
  quantity: Math.round(next() * 500),
  trader_email: '••••',
}));
const TRADE_COLUMNS = [
  { name: 'symbol', type: 'STRING' },
  { name: 'price', type: 'DECIMAL(18,4)' },
  { name: 'quantity', type: 'INTEGER' },
  { name: 'trader_email', type: 'STRING', tags: ['pii'] },
];
const tradePeek = {
  id: 'broker1/trades',
  name: 'trades',
  columns: TRADE_COLUMNS,
  rows: tradeRows,
  messages: tradeRows.map((_, i) => messageOf(i)),
  masked: ['trader_email'],
  coverage,
};

export const dataPreview = artifactOf('data-preview', { title: 'Last 10 records of trades', data: { peeks: [tradePeek] } });

export const dataPreviewCompared: Artifact = artifactOf('data-preview', {
  title: 'raw-trades beside trade-alerts',
  data: {
    peeks: [
      {
        id: 'raw-trades',
        name: 'raw-trades',
        columns: [
          { name: 'symbol', type: 'STRING' },
          { name: 'amount', type: 'DECIMAL(18,2)' },
        ],
        rows: tradeRows.slice(0, 5).map(({ symbol, price }) => ({ symbol, amount: price.slice(0, -2) })),
        masked: [],
        coverage: { ...coverage, scanned: 5 },
      },
      {
        id: 'trade-alerts',
        name: 'trade-alerts',
        columns: [
          { name: 'symbol', type: 'STRING' },
          { name: 'price', type: 'DECIMAL(18,2)' },
        ],
        rows: tradeRows.slice(0, 5).map(({ symbol }) => ({ symbol, price: '0.00' })),
        masked: [],
        coverage: { ...coverage, scanned: 5 },
      },
    ],
  },
});

export const dataPreviewEmpty: Artifact = artifactOf('data-preview', {
  title: 'Last 10 records of quiet-topic',
  state: 'empty',
  data: {
    peeks: [
      { ...tradePeek, name: 'quiet-topic', rows: [], messages: [], coverage: { ...coverage, scanned: 0, available: 0, stoppedBy: 'end' } },
    ],
  },
});
