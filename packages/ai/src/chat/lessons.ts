import type { TableSchema } from '@velostream/core/protocol';
import { parse } from '@velostream/core/sql';
import { hasAggregate, partsOf, selectOf } from '../offline/sql-parts.ts';

export interface LessonCheck {
  readonly text: string;
  readonly holds: (sql: string) => boolean;
}

/** One lesson: something to do, a start, and what shows that it was done. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly goal: string;
  readonly starterSql: string;
  readonly checks: readonly LessonCheck[];
  readonly hints: readonly [string, string, string];
  /** Done when it is deployed, not when its test passes. */
  readonly byDeployment?: boolean;
}

/** What the lessons are about. */
export const TUTORIAL_SCHEMAS: Readonly<Record<string, TableSchema>> = {
  trades: {
    kind: 'stream',
    eventTime: 'event_time',
    columns: [
      { name: 'symbol', type: 'STRING', values: ['AAPL', 'MSFT', 'NVDA', 'TSLA', 'AMZN'] },
      { name: 'price', type: 'FLOAT' },
      { name: 'quantity', type: 'INTEGER' },
      { name: 'order_id', type: 'STRING' },
      { name: 'event_time', type: 'TIMESTAMP' },
    ],
  },
  orders: {
    kind: 'stream',
    eventTime: 'order_time',
    columns: [
      { name: 'order_id', type: 'STRING' },
      { name: 'customer', type: 'STRING' },
      { name: 'order_time', type: 'TIMESTAMP' },
    ],
  },
};

const select = (sql: string) => selectOf(parse(sql).statements.at(-1));
const reads = (sql: string, source: string): boolean => partsOf(sql)?.base === source || (select(sql)?.joins.length ?? 0) > 0;

export const LESSONS: readonly Lesson[] = [
  {
    id: 'passthrough',
    title: 'Let a stream through',
    goal: 'Show every column of trades as it comes.',
    starterSql: 'SELECT * FROM trades EMIT CHANGES',
    checks: [{ text: 'reads trades', holds: (sql) => reads(sql, 'trades') }],
    hints: ['The query is complete as it stands.', 'Press Test, or write "test".', 'SELECT * FROM trades EMIT CHANGES'],
  },
  {
    id: 'filtering',
    title: 'Keep only some rows',
    goal: 'Keep only trades above a price.',
    starterSql: 'SELECT symbol, price, quantity FROM trades WHERE price > 100 EMIT CHANGES',
    checks: [{ text: 'has a WHERE', holds: (sql) => select(sql)?.where !== undefined }],
    hints: ['WHERE stands after FROM.', 'Compare price with a number.', 'WHERE price > 100'],
  },
  {
    id: 'aggregation',
    title: 'Count per symbol',
    goal: 'Count trades for each symbol.',
    starterSql: 'SELECT symbol, COUNT(*) AS trade_count FROM trades GROUP BY symbol EMIT CHANGES',
    checks: [
      { text: 'groups rows', holds: (sql) => (select(sql)?.groupBy.length ?? 0) > 0 },
      { text: 'aggregates', holds: (sql) => hasAggregate(select(sql)?.items) },
    ],
    hints: ['GROUP BY makes one result per value.', 'COUNT(*) counts rows.', 'GROUP BY symbol'],
  },
  {
    id: 'windowed-aggregation',
    title: 'Average per minute',
    goal: 'Average the price per symbol in windows of a minute.',
    starterSql: "SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL",
    checks: [
      { text: 'has a window', holds: (sql) => select(sql)?.window !== undefined },
      { text: 'aggregates', holds: (sql) => hasAggregate(select(sql)?.items) },
    ],
    hints: ['WINDOW stands after GROUP BY.', 'TUMBLING windows follow each other.', "WINDOW TUMBLING(INTERVAL '1' MINUTE)"],
  },
  {
    id: 'row-windows',
    title: 'A moving average over rows',
    goal: 'Average the last 100 trades of each symbol.',
    starterSql:
      'SELECT symbol, price, AVG(price) OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY symbol ORDER BY event_time) AS moving_avg FROM trades EMIT CHANGES',
    checks: [{ text: 'uses a row window', holds: (sql) => /ROWS\s+WINDOW\s+BUFFER\s+\d+\s+ROWS/i.test(sql) }],
    hints: [
      'Row windows stand inside OVER.',
      'ROWS WINDOW BUFFER n ROWS',
      'OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY symbol ORDER BY event_time)',
    ],
  },
  {
    id: 'joins',
    title: 'Join two streams',
    goal: 'Match trades with their orders within five minutes.',
    starterSql:
      "SELECT t.symbol, t.price, o.customer FROM trades t JOIN orders o ON t.order_id = o.order_id WITHIN INTERVAL '5' MINUTE EMIT CHANGES",
    checks: [{ text: 'joins two streams', holds: (sql) => (select(sql)?.joins.length ?? 0) > 0 }],
    hints: ['Two streams match within a time.', 'Join on order_id.', "JOIN orders o ON t.order_id = o.order_id WITHIN INTERVAL '5' MINUTE"],
  },
  {
    id: 'metrics-alerts',
    title: 'Metrics and alerts',
    goal: 'Give a query a metric and an alert.',
    starterSql:
      "-- @metric: trade_volume\n-- @metric_type: gauge\n-- @metric_labels: symbol\n-- @metric_field: volume\n-- @alert: volume > 100000\nSELECT symbol, SUM(quantity) AS volume FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL",
    checks: [
      { text: 'has a metric', holds: (sql) => parse(sql).annotations.metrics.length > 0 },
      { text: 'has an alert', holds: (sql) => parse(sql).annotations.alerts.length > 0 },
    ],
    hints: ['Annotations are comments before the query.', '-- @metric: name', '-- @alert: volume > 100000'],
  },
  {
    id: 'deploy',
    title: 'Deploy',
    goal: 'Start the query as a job: write "deploy".',
    starterSql:
      "-- @metric: trade_volume\n-- @metric_type: gauge\n-- @metric_labels: symbol\n-- @metric_field: volume\nSELECT symbol, SUM(quantity) AS volume FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL",
    checks: [],
    hints: ['Write "deploy" and approve the plan.', 'The plan says what will be started.', 'deploy'],
    byDeployment: true,
  },
];
