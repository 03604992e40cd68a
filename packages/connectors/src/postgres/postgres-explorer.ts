import type { ReadRequest } from '@velostream/core/connect';
import { typeText } from '@velostream/core/connect/formats';
import type { ColumnSchema } from '@velostream/core/protocol';
import type {
  Coverage,
  Explorer,
  Found,
  FoundSource,
  InspectRequest,
  ListRequest,
  Peek,
  PeekRequest,
  SourceField,
  SourceSchema,
  SourceStats,
} from '@velostream/core/protocol/explore';
import { quoteName } from '../net/quote-name.ts';
import { tagsOf, wantsName } from '../tables/column-tags.ts';
import { filteredPeek } from '../tables/filtered-rows.ts';
import { continueToken, peekRows, readToken } from '../tables/peek-rows.ts';
import { readTable } from './batch-source.ts';
import { type PostgresConnection, type PostgresContext, withConnection } from './connection.ts';
import { rowReader } from './row-reader.ts';
import { findTable, NO_SYSTEM_SCHEMAS, splitTableName, type Table, theTable } from './table-catalog.ts';

const LIST_MAX = 1000;
const PEEK_DEFAULT = 10;
const PEEK_MAX = 1000;
const SAMPLE_ROWS = 100;

const LIST_SQL = `SELECT n.nspname, c.relname, c.relkind::text, c.reltuples::int8::text, pg_total_relation_size(c.oid)::text, c.relreplident::text,
    (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND ${NO_SYSTEM_SCHEMAS} ORDER BY n.nspname, c.relname`;

const KINDS: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialised view',
  f: 'foreign table',
};
const IDENTITIES: Readonly<Record<string, string>> = { f: 'full', d: 'default', n: 'nothing', i: 'index' };

/** Tables of every schema of a database. Names are `schema.table`. */
export function postgresExplorer(context: PostgresContext): Explorer {
  return {
    list: (request) => list(context, request),
    inspect: (name, request) => inspect(context, name, request),
    peek: (name, request) => peek(context, name, request),
    stats: (name, { signal }) => stats(context, name, signal),
  };
}

async function list(context: PostgresContext, { filter, limit = LIST_MAX, signal }: ListRequest): Promise<readonly FoundSource[]> {
  const rows = await withConnection(context, signal, (connection) => connection.rows(LIST_SQL));
  const wanted = wantsName(filter);
  return rows
    .map((row) => foundTable(context, row as readonly string[]))
    .filter(({ name }) => wanted(name))
    .slice(0, Math.min(limit, LIST_MAX));
}

function foundTable(
  context: PostgresContext,
  [schema = '', table = '', kind = '', rows = '', bytes = '', identity = '', keys = '']: readonly string[],
): FoundSource {
  const name = `${schema}.${table}`;
  const estimate = Number(rows);
  return {
    name,
    kind: 'table',
    uri: uriOf(context, name),
    namespace: schema,
    // Below zero the table was never counted.
    ...(estimate >= 0 && kind !== 'v' && kind !== 'f' ? { recordCount: estimate } : {}),
    sizeBytes: Number(bytes),
    config: { kind: KINDS[kind] ?? kind, replica_identity: IDENTITIES[identity] ?? identity, primary_key: keys === '0' ? 'no' : 'yes' },
  };
}

function uriOf({ options }: PostgresContext, table: string): string {
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return `postgres://${host}:${options.port}/${encodeURIComponent(options.database)}?table=${encodeURIComponent(table)}`;
}

const opened = async <T>(
  context: PostgresContext,
  name: string,
  signal: AbortSignal | undefined,
  work: (connection: PostgresConnection, table: Table) => Promise<T>,
): Promise<T> =>
  withConnection(context, signal, async (connection) => {
    await connection.write('BEGIN READ ONLY');
    const wanted = splitTableName(name, context.options.schema);
    const table =
      (await findTable(connection, wanted, context.options)) ?? (await theTable(connection, { ...context.options, table: name }));
    return work(connection, table);
  });

async function inspect(context: PostgresContext, name: string, request: InspectRequest): Promise<Found<SourceSchema>> {
  return opened(context, name, request.signal, async (connection, table) => {
    const limit = Math.min(request.maxRecords ?? SAMPLE_ROWS, SAMPLE_ROWS);
    await limitTime(connection, request.timeoutMs);
    const names = table.columns.map(({ name: column }) => quoteName(column));
    const rows =
      limit === 0 || names.length === 0 ? [] : await connection.rows(`SELECT ${names.join(', ')} FROM ${table.path} LIMIT ${limit}`);
    const fields = table.columns.map((column, c): SourceField => {
      const texts = rows.map((row) => row[c] ?? null);
      const first = texts.find((text) => text !== null);
      const tags = tagsOf(column.comment);
      return {
        name: column.name,
        type: typeText(column.field.type),
        nullable: column.field.nullable,
        ...(column.comment === undefined ? {} : { description: column.comment }),
        ...(tags.length > 0 ? { tags } : {}),
        ...(typeof first === 'string' ? { sample: tags.length > 0 ? '••••' : first.slice(0, 100) } : {}),
        ...(rows.length > 0 ? { nullRate: texts.filter((text) => text === null).length / rows.length } : {}),
      };
    });
    return {
      name: `${table.schema}.${table.name}`,
      fields,
      ...(table.primaryKey.length > 0 ? { key: table.primaryKey } : {}),
      hasKeys: table.primaryKey.length > 0,
      origin: 'declared',
      coverage: coverageOf(table, rows.length, rows.length < limit ? 'end' : 'limit'),
      ...(table.kind === 'r' && table.replicaIdentity !== 'f' ? { warnings: [identityWarning(table)] } : {}),
    };
  });
}

const identityWarning = (table: Table): string =>
  `changes of this table come without the old row; for queries that filter, join or aggregate them run: ALTER TABLE ${table.path} REPLICA IDENTITY FULL`;

async function peek(context: PostgresContext, name: string, request: PeekRequest): Promise<Found<Peek>> {
  return opened(context, name, request.signal, async (connection, table) => {
    const limit = Math.min(request.limit ?? PEEK_DEFAULT, PEEK_MAX);
    await limitTime(connection, request.timeoutMs);
    const columns = schemaOf(table);
    const fields = table.columns.map(({ field }) => field);
    const { filter } = request;
    if (filter !== undefined) {
      const known = table.estimatedRows >= 0 ? table.estimatedRows : undefined;
      const source = {
        describe: () => Promise.reject(new Error('unused')),
        read: (wanted: ReadRequest) => readTable(atTable(context, table), wanted),
      };
      return filteredPeek({
        host: context.host,
        source,
        name: `${table.schema}.${table.name}`,
        request: { ...request, filter },
        columns,
        fields,
        limit,
        available: known,
      });
    }
    const skipped = readToken(request.continueFrom, 'postgres');
    const names = table.columns.map(({ name: column }) => quoteName(column));
    const isLatest = request.from === 'latest' && table.primaryKey.length > 0;
    const direction = isLatest ? ' DESC' : '';
    const order =
      table.primaryKey.length > 0 ? ` ORDER BY ${table.primaryKey.map((column) => quoteName(column) + direction).join(', ')}` : '';
    const texts = await connection.rows(`SELECT ${names.join(', ')} FROM ${table.path}${order} LIMIT ${limit + 1} OFFSET ${skipped}`);
    const read = rowReader(table, fields);
    const shown = texts.slice(0, limit);
    const { rows, masked, taken, isCut } = peekRows(
      shown.map((row) => {
        const result = read(row, () => '');
        return 'values' in result ? result.values : null;
      }),
      { fields, columns, maxBytes: request.maxBytes },
    );
    const isMore = texts.length > limit || isCut;
    return {
      name: `${table.schema}.${table.name}`,
      columns,
      rows,
      masked,
      coverage: {
        ...coverageOf(table, taken, isCut ? 'bytes' : isMore ? 'limit' : 'end'),
        ...(isMore ? { continueFrom: continueToken(skipped + taken) } : {}),
      },
      ...(request.from === 'latest' && !isLatest && { warnings: [noOrder(table)] }),
    };
  });
}

const noOrder = ({ schema, name }: Table): string =>
  `"${schema}.${name}" has no primary key, so that none of its rows is the last one: shown are any`;

const schemaOf = (table: Table): readonly ColumnSchema[] =>
  table.columns.map((column) => ({
    name: column.name,
    type: typeText(column.field.type),
    nullable: column.field.nullable,
    tags: tagsOf(column.comment),
  }));

/** The same connection with this table as its one. */
const atTable = (context: PostgresContext, { schema, name }: Table): PostgresContext => ({
  ...context,
  options: { ...context.options, table: `"${schema.replaceAll('"', '""')}"."${name.replaceAll('"', '""')}"` },
});

async function stats(context: PostgresContext, name: string, signal: AbortSignal | undefined): Promise<Found<SourceStats>> {
  return opened(context, name, signal, async (connection, table) => {
    const [sizes] = await connection.rows('SELECT pg_total_relation_size($1::oid)::text', [table.oid]);
    const sizeBytes = Number(sizes?.[0] ?? 0);
    // Counting a large table takes as long as reading it: then the server's own estimate is given, and said to be one.
    if (table.estimatedRows > 1_000_000) {
      return { recordCount: table.estimatedRows, exact: false, sizeBytes, coverage: coverageOf(table, 0, 'limit') };
    }
    const [count] = await connection.rows(`SELECT count(*)::text FROM ${table.path}`);
    const recordCount = Number(count?.[0] ?? 0);
    return {
      recordCount,
      exact: true,
      sizeBytes,
      coverage: { scanned: recordCount, available: recordCount, partitions: [], stoppedBy: 'end' },
    };
  });
}

/** The time that a look at a table may take, at the server. */
async function limitTime(connection: PostgresConnection, timeoutMs: number | undefined): Promise<void> {
  await connection.write(`SET LOCAL statement_timeout = ${Math.max(1, Math.min(600_000, Math.round(timeoutMs ?? 30_000)))}`);
}

const coverageOf = (table: Table, scanned: number, stoppedBy: Coverage['stoppedBy']): Coverage => ({
  scanned,
  ...(stoppedBy === 'end' ? { available: scanned } : table.estimatedRows >= 0 ? { available: table.estimatedRows } : {}),
  partitions: [],
  stoppedBy,
});
