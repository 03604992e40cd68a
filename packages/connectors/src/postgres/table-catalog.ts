import { databaseError, type Field } from '@velostream/core/connect';
import { quotePath } from '../net/quote-name.ts';
import { type ServerType, sqlTypeOf } from './column-types.ts';
import type { PostgresConnection, PostgresOptions } from './connection.ts';

export interface TableColumn {
  readonly name: string;
  readonly field: Field;
  readonly type: ServerType;
  /** The type as SQL of the server says it: `numeric(18,4)`, `text[]`. */
  readonly typeText: string;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
  readonly comment: string | undefined;
}

export interface Table {
  readonly schema: string;
  readonly name: string;
  /** `"schema"."name"`. */
  readonly path: string;
  readonly oid: string;
  /** r: table, p: partitioned, v: view, m: materialised view, f: foreign table. */
  readonly kind: string;
  readonly columns: readonly TableColumn[];
  /** Columns of the primary key, in its order. */
  readonly primaryKey: readonly string[];
  /** What updates and deletions tell of the old row: d(efault: the key), f(ull), n(othing), i(ndex). */
  readonly replicaIdentity: string;
  readonly estimatedRows: number;
  readonly comment: string | undefined;
}

/** Schemas that belong to the server itself. */
export const NO_SYSTEM_SCHEMAS =
  "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'";

const TABLE_SQL = `SELECT c.oid::text, c.relkind::text, c.relreplident::text, c.reltuples::int8::text, obj_description(c.oid, 'pg_class')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`;

/** Domains are followed to their base type; a domain's modifier counts where the column has none. */
const COLUMNS_SQL = `WITH RECURSIVE base AS (
    SELECT a.attnum, a.atttypid AS typid, a.atttypmod AS typmod FROM pg_attribute a WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT b.attnum, t.typbasetype, CASE WHEN b.typmod >= 0 THEN b.typmod ELSE t.typtypmod END
      FROM base b JOIN pg_type t ON t.oid = b.typid WHERE t.typtype = 'd')
  SELECT a.attname, coalesce(e.typname, t.typname), b.typmod::text, (e.oid IS NOT NULL)::text, a.attnotnull::text,
    format_type(a.atttypid, a.atttypmod), a.atthasdef::text, (a.attgenerated <> '' OR a.attidentity = 'a')::text, col_description(a.attrelid, a.attnum)
  FROM pg_attribute a
  JOIN base b ON b.attnum = a.attnum
  JOIN pg_type t ON t.oid = b.typid AND t.typtype <> 'd'
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
  WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

const KEY_SQL = `SELECT a.attname FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum WHERE i.indrelid = $1::oid AND i.indisprimary ORDER BY k.place`;

/** Schema and name of what `table` says: `orders`, `sales.orders`, `"odd.name"`. */
export function splitTableName(table: string, schema: string): { readonly schema: string; readonly name: string } {
  const parts = [...table.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^."]+))\s*(?:\.|$)/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? (match[2] as string).trim(),
  );
  const [first = table, second] = parts;
  return parts.length === 2 && second !== undefined
    ? { schema: first, name: second }
    : { schema, name: parts.length === 1 ? first : table };
}

/** What the server knows of a table; undefined when there is none of that name. */
export async function findTable(
  connection: PostgresConnection,
  wanted: { readonly schema: string; readonly name: string },
  options: PostgresOptions,
): Promise<Table | undefined> {
  const [found] = await connection.rows(TABLE_SQL, [wanted.schema, wanted.name]);
  if (found === undefined) return undefined;
  const [oid, kind, replicaIdentity, rows, comment] = found as readonly [string, string, string, string, string | null];
  const columns = await connection.rows(COLUMNS_SQL, [oid]);
  const key = await connection.rows(KEY_SQL, [oid]);
  return {
    ...wanted,
    path: quotePath(wanted.schema, wanted.name),
    oid,
    kind,
    replicaIdentity,
    estimatedRows: Number(rows),
    comment: comment ?? undefined,
    primaryKey: key.map(([name]) => name as string),
    columns: columns.map((row) => columnOf(row, options.numeric_scale)),
  };
}

function columnOf(row: readonly (string | null)[], numericScale: number): TableColumn {
  const [name, typeName, modifier, isArray, isRequired, typeText, hasDefault, isGenerated, comment] = row as readonly string[];
  const type: ServerType = { name: typeName as string, modifier: Number(modifier), isArray: isArray === 'true' };
  return {
    name: name as string,
    field: { name: name as string, type: sqlTypeOf(type, numericScale), nullable: isRequired !== 'true' },
    type,
    typeText: typeText as string,
    hasDefault: hasDefault === 'true',
    isGenerated: isGenerated === 'true',
    comment: comment ?? undefined,
  };
}

/** The table that the options name; VS4601 with the tables at hand when there is none. */
export async function theTable(connection: PostgresConnection, options: PostgresOptions): Promise<Table> {
  if (options.table === undefined) throw databaseError('VS4601', { system: 'PostgreSQL', table: '', known: await tableNames(connection) });
  const wanted = splitTableName(options.table, options.schema);
  const table = await findTable(connection, wanted, options);
  if (table !== undefined) return table;
  throw databaseError('VS4601', { system: 'PostgreSQL', table: `${wanted.schema}.${wanted.name}`, known: await tableNames(connection) });
}

async function tableNames(connection: PostgresConnection): Promise<readonly string[]> {
  const rows = await connection.rows(
    `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${NO_SYSTEM_SCHEMAS} ORDER BY 1 LIMIT 20`,
  );
  return rows.map(([name]) => name as string);
}
