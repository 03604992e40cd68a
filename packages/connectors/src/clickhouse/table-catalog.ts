import { databaseError, type Field } from '@velostream/core/connect';
import { type ClickHouse, quoted } from './clickhouse-client.ts';
import type { ClickHouseOptions } from './clickhouse-options.ts';
import { sqlTypeOf } from './column-types.ts';
import { splitArguments } from './type-text.ts';

export interface TableColumn {
  readonly name: string;
  readonly field: Field;
  /** `LowCardinality(Nullable(String))`. */
  readonly typeText: string;
  readonly comment: string | undefined;
  /** Computed on insert or on reading: takes no values. */
  readonly isComputed: boolean;
}

export interface Table {
  readonly database: string;
  readonly name: string;
  /** Quoted, for statements. */
  readonly path: string;
  readonly engine: string;
  readonly columns: readonly TableColumn[];
  /** Plain columns of the sorting key, in order; empty where the key has expressions. */
  readonly sortingKey: readonly string[];
  readonly totalRows: number | undefined;
  readonly totalBytes: number | undefined;
  readonly createQuery: string;
}

export const isMergeTree = ({ engine }: Table): boolean => engine.endsWith('MergeTree');

/** Database and name of what `table` says: `events`, `logs.events`. */
export function splitTableName(table: string, database: string): { readonly database: string; readonly name: string } {
  const dot = table.indexOf('.');
  return dot > 0 && dot < table.length - 1 ? { database: table.slice(0, dot), name: table.slice(dot + 1) } : { database, name: table };
}

const TABLE_SQL = `SELECT engine, sorting_key, total_rows, total_bytes, create_table_query FROM system.tables WHERE database = {database:String} AND name = {name:String}`;
const COLUMNS_SQL = `SELECT name, type, comment, default_kind FROM system.columns WHERE database = {database:String} AND table = {name:String} ORDER BY position`;

export async function findTable(
  server: ClickHouse,
  wanted: { readonly database: string; readonly name: string },
): Promise<Table | undefined> {
  const [found] = await server.rows(TABLE_SQL, { ...wanted });
  if (found === undefined) return undefined;
  const [engine, sortingKey, rows, bytes, createQuery] = found as readonly [string, string, string | null, string | null, string];
  const columns = ((await server.rows(COLUMNS_SQL, { ...wanted })) as readonly (readonly string[])[]).map(
    ([name = '', type = '', comment = '', kind = '']): TableColumn => {
      const { type: sqlType, nullable } = sqlTypeOf(type);
      return {
        name,
        field: { name, type: sqlType, nullable },
        typeText: type,
        comment: comment === '' ? undefined : comment,
        isComputed: kind === 'MATERIALIZED' || kind === 'ALIAS',
      };
    },
  );
  const names = new Set(columns.map(({ name }) => name));
  const key = splitArguments(sortingKey).map((part) => part.replaceAll('`', ''));
  return {
    ...wanted,
    path: `${quoted(wanted.database)}.${quoted(wanted.name)}`,
    engine,
    columns,
    sortingKey: key.every((name) => names.has(name)) ? key : [],
    totalRows: rows === null ? undefined : Number(rows),
    totalBytes: bytes === null ? undefined : Number(bytes),
    createQuery,
  };
}

/** The table that the options name; VS4601 with the tables at hand when there is none. */
export async function theTable(server: ClickHouse, options: ClickHouseOptions, table = options.table): Promise<Table> {
  const wanted = splitTableName(table ?? '', options.database);
  const found = table === undefined || table === '' ? undefined : await findTable(server, wanted);
  if (found !== undefined) return found;
  const rows = await server.rows(
    "SELECT concat(database, '.', name) FROM system.tables WHERE database = {database:String} ORDER BY name LIMIT 20",
    {
      database: wanted.database,
    },
  );
  throw databaseError('VS4601', { system: 'ClickHouse', table: table ?? '', known: rows.map(([name]) => String(name)) });
}
