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
import { tagsOf, wantsName } from '../tables/column-tags.ts';
import { filteredPeek } from '../tables/filtered-rows.ts';
import { continueToken, peekRows, readToken } from '../tables/peek-rows.ts';
import { type ClickHouse, type ClickHouseContext, quoted, withClickHouse } from './clickhouse-client.ts';
import { clickHouseSource, rowReader } from './clickhouse-source.ts';
import { needsText } from './column-types.ts';
import { isMergeTree, type Table, theTable } from './table-catalog.ts';

const LIST_MAX = 1000;
const PEEK_DEFAULT = 10;
const PEEK_MAX = 1000;
const SAMPLE_ROWS = 100;

const LIST_SQL = `SELECT database, name, engine, total_rows, total_bytes, sorting_key FROM system.tables
  WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') AND NOT is_temporary ORDER BY database, name LIMIT 10000`;

/** Tables of every database of a server. Names are `database.table`. */
export function clickHouseExplorer(context: ClickHouseContext): Explorer {
  return {
    list: (request) => list(context, request),
    inspect: (name, request) => inspect(context, name, request),
    peek: (name, request) => peek(context, name, request),
    stats: (name) => stats(context, name),
  };
}

async function list(context: ClickHouseContext, { filter, limit = LIST_MAX, signal }: ListRequest): Promise<readonly FoundSource[]> {
  const rows = await withClickHouse(context, (server) => server.rows(LIST_SQL, {}, signal));
  const wanted = wantsName(filter);
  return rows
    .map((row): FoundSource => {
      const [database, table, engine, records, bytes, key] = row as readonly [string, string, string, string | null, string | null, string];
      const name = `${database}.${table}`;
      return {
        name,
        kind: 'table',
        uri: uriOf(context, database, table),
        namespace: database,
        ...(records === null ? {} : { recordCount: Number(records) }),
        ...(bytes === null ? {} : { sizeBytes: Number(bytes) }),
        config: { engine, sorting_key: key },
      };
    })
    .filter(({ name }) => wanted(name))
    .slice(0, Math.min(limit, LIST_MAX));
}

function uriOf({ options }: ClickHouseContext, database: string, table: string): string {
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return `${options.tls ? 'clickhouses' : 'clickhouse'}://${host}:${options.port}/${encodeURIComponent(database)}?table=${encodeURIComponent(table)}`;
}

const selectOf = (table: Table): string =>
  table.columns.map((column) => (needsText(column.typeText) ? `toString(${quoted(column.name)})` : quoted(column.name))).join(', ');

async function texts(server: ClickHouse, query: string, signal: AbortSignal): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const rows of server.stream(query, { parameters: {}, settings: { max_execution_time: 30, max_threads: 1 }, signal }))
    found.push(...rows);
  return found;
}

const limitOf = (request: { readonly signal?: AbortSignal; readonly timeoutMs?: number }): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(request.timeoutMs ?? 30_000), ...(request.signal === undefined ? [] : [request.signal])]);

async function inspect(context: ClickHouseContext, name: string, request: InspectRequest): Promise<Found<SourceSchema>> {
  return withClickHouse(context, async (server) => {
    const table = await theTable(server, context.options, name);
    const limit = Math.min(request.maxRecords ?? SAMPLE_ROWS, SAMPLE_ROWS);
    const rows = limit === 0 ? [] : await texts(server, `SELECT ${selectOf(table)} FROM ${table.path} LIMIT ${limit}`, limitOf(request));
    const sampled = rows.map((text) => JSON.parse(text) as readonly unknown[]);
    const fields = table.columns.map((column, c): SourceField => {
      const values = sampled.map((row) => row[c]);
      const first = values.find((value) => value !== null && value !== undefined);
      const tags = tagsOf(column.comment);
      return {
        name: column.name,
        type: typeText(column.field.type),
        nullable: column.field.nullable,
        ...(column.comment === undefined ? {} : { description: column.comment }),
        ...(tags.length > 0 ? { tags } : {}),
        ...(first === undefined
          ? {}
          : { sample: tags.length > 0 ? '••••' : (typeof first === 'object' ? JSON.stringify(first) : String(first)).slice(0, 100) }),
        ...(values.length > 0 ? { nullRate: values.filter((value) => value === null).length / values.length } : {}),
      };
    });
    return {
      name: `${table.database}.${table.name}`,
      fields,
      ...(table.sortingKey.length > 0 ? { key: table.sortingKey } : {}),
      origin: 'declared',
      coverage: coverageOf(table, rows.length, rows.length < limit ? 'end' : 'limit'),
    };
  });
}

async function peek(context: ClickHouseContext, name: string, request: PeekRequest): Promise<Found<Peek>> {
  return withClickHouse(context, async (server) => {
    const table = await theTable(server, context.options, name);
    const limit = Math.min(request.limit ?? PEEK_DEFAULT, PEEK_MAX);
    const fields = table.columns.map(({ field }) => field);
    const columns = schemaOf(table);
    const { filter } = request;
    if (filter !== undefined) {
      const own = { ...context, options: { ...context.options, database: table.database, table: `${table.database}.${table.name}` } };
      const source = clickHouseSource(own);
      return filteredPeek({
        host: context.host,
        source,
        name: `${table.database}.${table.name}`,
        request: { ...request, filter },
        columns,
        fields,
        limit,
        available: table.totalRows,
      });
    }
    const skipped = readToken(request.continueFrom, 'clickhouse');
    const direction = request.from === 'latest' ? ' DESC' : '';
    const order =
      table.sortingKey.length > 0 && isMergeTree(table)
        ? ` ORDER BY ${table.sortingKey.map((column) => quoted(column) + direction).join(', ')}`
        : '';
    const found = await texts(
      server,
      `SELECT ${selectOf(table)} FROM ${table.path}${order} LIMIT ${limit + 1} OFFSET ${skipped}`,
      limitOf(request),
    );
    const read = rowReader(table, fields, 0);
    const values = found.slice(0, limit).map((text) => {
      const { result } = read(text, 0);
      return 'values' in result ? result.values : null;
    });
    const { rows, masked, taken, isCut } = peekRows(values, { fields, columns, maxBytes: request.maxBytes });
    const isMore = found.length > limit || isCut;
    return {
      name: `${table.database}.${table.name}`,
      columns,
      rows,
      masked,
      coverage: {
        ...coverageOf(table, taken, isCut ? 'bytes' : isMore ? 'limit' : 'end'),
        ...(isMore ? { continueFrom: continueToken(skipped + taken) } : {}),
      },
      ...(request.from === 'latest' && order === '' && { warnings: [noOrder(table)] }),
    };
  });
}

const noOrder = ({ database, name }: Table): string =>
  `"${database}.${name}" has no sorting key, so that none of its rows is the last one: shown are any`;

const schemaOf = (table: Table): readonly ColumnSchema[] =>
  table.columns.map((column) => ({
    name: column.name,
    type: typeText(column.field.type),
    nullable: column.field.nullable,
    tags: tagsOf(column.comment),
  }));

async function stats(context: ClickHouseContext, name: string): Promise<Found<SourceStats>> {
  return withClickHouse(context, async (server) => {
    const table = await theTable(server, context.options, name);
    const counted = table.totalRows ?? Number((await server.rows(`SELECT count() FROM ${table.path}`))[0]?.[0] ?? 0);
    return {
      recordCount: counted,
      exact: true,
      ...(table.totalBytes === undefined ? {} : { sizeBytes: table.totalBytes }),
      coverage: { scanned: table.totalRows === undefined ? counted : 0, available: counted, partitions: [], stoppedBy: 'end' },
    };
  });
}

const coverageOf = (table: Table, scanned: number, stoppedBy: Coverage['stoppedBy']): Coverage => {
  const available = table.totalRows ?? (stoppedBy === 'end' ? scanned : undefined);
  return { scanned, ...(available === undefined ? {} : { available }), partitions: [], stoppedBy };
};
