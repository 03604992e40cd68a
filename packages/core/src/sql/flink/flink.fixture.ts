import { createCatalog } from '../catalog/create-catalog.ts';
import { type FlinkOptions, type FlinkScript, toFlink } from './index.ts';

export const catalog = createCatalog({
  trades: {
    columns: [
      { name: 'symbol', type: 'STRING' },
      { name: 'qty', type: 'INTEGER' },
      { name: 'price', type: 'DECIMAL(10,2)' },
      { name: 'rate', type: 'FLOAT' },
      { name: 'ok', type: 'BOOLEAN' },
      { name: 'ts', type: 'TIMESTAMP' },
    ],
    eventTime: 'ts',
  },
  quotes: {
    columns: [
      { name: 'symbol', type: 'STRING' },
      { name: 'bid', type: 'INTEGER' },
      { name: 'at', type: 'INTEGER' },
    ],
    eventTime: 'at',
  },
  users: {
    kind: 'table',
    key: ['id'],
    columns: [
      { name: 'id', type: 'STRING' },
      { name: 'name', type: 'STRING' },
    ],
  },
  rates: {
    kind: 'table',
    key: ['symbol'],
    columns: [
      { name: 'symbol', type: 'STRING' },
      { name: 'factor', type: 'FLOAT' },
      { name: 'since', type: 'TIMESTAMP' },
    ],
    eventTime: 'since',
  },
});

export const connections: NonNullable<FlinkOptions['connections']> = {
  trades: { type: 'kafka_source', topic: 'trades-in', 'bootstrap.servers': 'broker:9092' },
  quotes: { type: 'file_source', path: '/data/quotes.jsonl' },
  users: { type: 'file_source', path: '/data/users.jsonl' },
  rates: { type: 'kafka_source', topic: 'rates' },
};

export const printed = (sql: string, options: FlinkOptions = {}): FlinkScript => toFlink(sql, { catalog, connections, ...options });

/** The one SELECT of a script, in one line. */
export function select(sql: string, options: FlinkOptions = {}): string {
  const found = printed(sql, options).statements.filter((statement) => statement.kind === 'select');
  return found.map((statement) => (statement.verdict === 'refused' ? statement.reasons.join(' ') : oneLine(statement.sql))).join(';\n');
}

export const table = (sql: string, name: string, options: FlinkOptions = {}): string =>
  printed(sql, options).statements.find(
    (statement) => statement.kind === 'table' && statement.sql.startsWith(`CREATE TEMPORARY TABLE \`${name}\` `),
  )?.sql ?? '';

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
