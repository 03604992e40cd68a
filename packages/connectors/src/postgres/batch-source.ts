import { type BadRecord, connectorError, type Json, type ReadRequest, type SourceBatch } from '@velostream/core/connect';
import { quoteName } from '../net/quote-name.ts';
import { BatchRows } from '../tables/batch-rows.ts';
import { openConnection, type PostgresConnection, type PostgresContext } from './connection.ts';
import { type PushedFilter, pushedFilter } from './pushed-filter.ts';
import { columnsFor, rowReader } from './row-reader.ts';
import { type Table, theTable } from './table-catalog.ts';

/** Where reading a table once stands: rows so far, and the key of the last one. */
export interface TablePosition {
  readonly rows: number;
  /** Text of the key columns of the last row; of its place in the table where there is no key. */
  readonly after: readonly string[] | null;
}

/** Columns that rows are ordered by, so that reading can go on after any of them. Undefined: the table has no such order. */
interface RowOrder {
  readonly names: readonly string[];
  readonly types: readonly string[];
}

function orderOf(table: Table): RowOrder | undefined {
  if (table.primaryKey.length > 0) {
    const types = table.primaryKey.map((name) => table.columns.find((column) => column.name === name)?.typeText ?? 'text');
    return { names: table.primaryKey.map(quoteName), types };
  }
  return table.kind === 'r' || table.kind === 'm' ? { names: ['ctid'], types: ['tid'] } : undefined;
}

/** The rows that are in the table when reading starts, in one snapshot. */
export async function* readTable(context: PostgresContext, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const position = positionOf(request.from);
  const { signal } = request;
  if (signal.aborted) return;
  const connection = await openConnection(context);
  const stop = (): void => void connection.close();
  signal.addEventListener('abort', stop);
  try {
    await connection.write('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const table = await theTable(connection, context.options);
    for await (const batch of tableBatches(connection, table, context, { request, position })) {
      yield batch;
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await connection.close();
  }
}

interface TableReading {
  readonly request: ReadRequest;
  readonly position: TablePosition;
}

/** Rows of a table on an open transaction, from a position on. */
export async function* tableBatches(
  connection: PostgresConnection,
  table: Table,
  context: PostgresContext,
  { request, position }: TableReading,
): AsyncGenerator<SourceBatch> {
  const order = orderOf(table);
  const { fields, maxBatchRows } = request;
  const size = Math.min(maxBatchRows, context.options.batch_rows);
  const columns = columnsFor(table, fields).map(({ name }) => quoteName(name));
  const keys = order?.names.map((name, i) => `${name}::text AS velo_key_${i}`) ?? [];
  const filter = pushedFilter(table, request.predicates);
  const { sql, values } = selectOf(table, { items: [...keys, ...columns], order, filter, position });
  await connection.write(`DECLARE velo_rows NO SCROLL CURSOR FOR ${sql}`, values);
  const read = rowReader(table, fields);
  const rows = new BatchRows(fields, request.system, size);
  const now = context.host.now();
  let { rows: count, after } = position;
  for (;;) {
    const texts = await connection.rows(`FETCH FORWARD ${size} FROM velo_rows`);
    if (texts.length === 0) return;
    const bad: BadRecord[] = [];
    for (const text of texts) {
      const offset = count++;
      const result = read(text.slice(keys.length), () => `row ${offset + 1}`);
      if ('bad' in result) bad.push(result.bad);
      else rows.add(result.values, { offset, timestamp: now });
    }
    if (keys.length > 0) after = (texts.at(-1) ?? []).slice(0, keys.length) as readonly string[];
    const next: TablePosition = { rows: count, after };
    yield { batch: rows.take(), next: next as unknown as Json, ...(bad.length > 0 ? { bad } : {}) };
    if (texts.length < size) return;
  }
}

interface Selection {
  readonly items: readonly string[];
  readonly order: RowOrder | undefined;
  readonly filter: PushedFilter;
  readonly position: TablePosition;
}

function selectOf(
  table: Table,
  { items, order, filter, position }: Selection,
): { readonly sql: string; readonly values: readonly (string | null)[] } {
  const values = [...filter.values];
  const conditions = [...filter.conditions];
  if (order !== undefined && position.after !== null) {
    if (position.after.length !== order.names.length) throw connectorError('VS4107', { connector: 'postgres' });
    const parameters = position.after.map((text, i) => `$${values.push(text)}::${order.types[i]}`);
    conditions.push(`(${order.names.join(', ')}) > (${parameters.join(', ')})`);
  }
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const sorted = order === undefined ? '' : ` ORDER BY ${order.names.join(', ')}`;
  const skipped = order === undefined && position.rows > 0 ? ` OFFSET ${position.rows}` : '';
  return { sql: `SELECT ${items.length === 0 ? 'NULL' : items.join(', ')} FROM ${table.path}${where}${sorted}${skipped}`, values };
}

export const TABLE_START: TablePosition = { rows: 0, after: null };

function positionOf(from: Json | undefined): TablePosition {
  if (from === undefined) return TABLE_START;
  const refuse = () => connectorError('VS4107', { connector: 'postgres' });
  if (typeof from !== 'object' || from === null || Array.isArray(from)) throw refuse();
  const { rows, after } = from as { readonly [name: string]: Json };
  const isAfter = after === null || (Array.isArray(after) && after.every((text) => typeof text === 'string'));
  if (!Number.isSafeInteger(rows) || (rows as number) < 0 || !isAfter) throw refuse();
  return { rows: rows as number, after: after as readonly string[] | null };
}
