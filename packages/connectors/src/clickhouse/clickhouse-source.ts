import {
  type BadRecord,
  connectorError,
  databaseError,
  type Field,
  type Json,
  type PushedPredicate,
  type ReadRequest,
  type Source,
  type SourceBatch,
} from '@velostream/core/connect';
import { parseJsonExact, type Scalar, textWriter, typeText } from '@velostream/core/connect/formats';
import { BatchRows } from '../tables/batch-rows.ts';
import { oneReader } from '../tables/one-reader.ts';
import { type ClickHouse, type ClickHouseContext, openClickHouse, quoted, withClickHouse } from './clickhouse-client.ts';
import { needsText, valueReader } from './column-types.ts';
import { isMergeTree, type Table, type TableColumn, theTable } from './table-catalog.ts';

/** A table read once, in the order of its sorting key, as the server sends it. */
export function clickHouseSource(context: ClickHouseContext): Source {
  if (context.options.table === undefined)
    throw connectorError('VS4101', { connector: 'clickhouse', option: 'table', problem: 'it is required' });
  return {
    describe: () =>
      withClickHouse(context, async (server) => {
        const table = await theTable(server, context.options);
        return { fields: table.columns.map(({ field }) => field), bounded: true, origin: 'declared' };
      }),
    read: oneReader('clickhouse', (request) => readTable(context, request)),
  };
}

/** Where reading stands: rows so far, and the place of the last one as texts of the ordering columns. */
interface TablePosition {
  readonly rows: number;
  readonly after: readonly string[] | null;
}

function positionOf(from: Json | undefined): TablePosition {
  if (from === undefined) return { rows: 0, after: null };
  const { rows, after } = (typeof from === 'object' && from !== null && !Array.isArray(from) ? from : {}) as {
    readonly [name: string]: Json;
  };
  const isAfter = after === null || (Array.isArray(after) && after.every((text) => typeof text === 'string'));
  if (!Number.isSafeInteger(rows) || (rows as number) < 0 || !isAfter) throw connectorError('VS4107', { connector: 'clickhouse' });
  return { rows: rows as number, after: after as readonly string[] | null };
}

/** What rows are ordered by. The place within the parts of the table tells rows of equal keys apart; a merge in between moves them. */
interface RowOrder {
  readonly names: readonly string[];
  readonly types: readonly string[];
}

function orderOf(table: Table, isFinal: boolean): RowOrder | undefined {
  if (!isMergeTree(table) || isFinal) return undefined;
  const types = table.sortingKey.map((name) => table.columns.find((column) => column.name === name)?.typeText ?? 'String');
  return { names: [...table.sortingKey.map(quoted), '_part', '_part_offset'], types: [...types, 'String', 'UInt64'] };
}

async function* readTable(context: ClickHouseContext, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const position = positionOf(request.from);
  const { signal } = request;
  if (signal.aborted) return;
  const server = await openClickHouse(context);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort);
  try {
    const table = await theTable(server, context.options);
    const order = orderOf(table, context.options.final);
    if (order !== undefined && position.after !== null) await checkPart(server, table, position.after.at(-2) ?? '');
    for await (const batch of batchesOf({ server, table, order, context, signal: stop.signal }, request, position)) {
      yield batch;
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort();
    await server.close();
  }
}

/** Parts are merged in the background; after that a saved place names nothing any more. */
async function checkPart(server: ClickHouse, table: Table, part: string): Promise<void> {
  const rows = await server.rows(
    'SELECT 1 FROM system.parts WHERE active AND database = {database:String} AND table = {name:String} AND name = {part:String}',
    {
      database: table.database,
      name: table.name,
      part,
    },
  );
  if (rows.length === 0)
    throw databaseError('VS4606', { system: 'ClickHouse', table: `${table.database}.${table.name}`, change: 'its parts were merged' });
}

interface Reading {
  readonly server: ClickHouse;
  readonly table: Table;
  readonly order: RowOrder | undefined;
  readonly context: ClickHouseContext;
  readonly signal: AbortSignal;
}

async function* batchesOf(
  { server, table, order, context, signal }: Reading,
  request: ReadRequest,
  position: TablePosition,
): AsyncGenerator<SourceBatch> {
  const { fields, maxBatchRows } = request;
  const columns = columnsFor(table, fields);
  const parameters: Record<string, unknown> = Object.create(null);
  const conditions = pushedConditions(table, request.predicates, parameters);
  if (order !== undefined && position.after !== null) conditions.push(afterCondition(order, position.after, parameters));
  const keys = order?.names.map((name, i) => `toString(${name}) AS velo_key_${i}`) ?? [];
  const items = [
    ...keys,
    ...columns.map((column) => (needsText(column.typeText) ? `toString(${quoted(column.name)})` : quoted(column.name))),
  ];
  const query = [
    `SELECT ${items.length === 0 ? '1' : items.join(', ')} FROM ${table.path}${context.options.final ? ' FINAL' : ''}`,
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    order === undefined ? '' : `ORDER BY ${order.names.join(', ')}`,
    order === undefined && position.rows > 0 ? `LIMIT 18446744073709551615 OFFSET ${position.rows}` : '',
  ].join(' ');
  // Without an order of its own, one thread gives the rows of a table that does not change in the same order again.
  const settings = order === undefined ? { max_threads: 1 } : { optimize_read_in_order: 1 as const };
  const read = rowReader(table, fields, keys.length);
  const rows = new BatchRows(fields, request.system, maxBatchRows);
  const now = context.host.now();
  let bad: BadRecord[] = [];
  let count = position.rows;
  let after = position.after;
  const take = (): SourceBatch => {
    const found = bad;
    bad = [];
    return {
      batch: rows.take(),
      next: { rows: count, after: after === null ? null : [...after] },
      ...(found.length > 0 ? { bad: found } : {}),
    };
  };
  for await (const texts of server.stream(query, { parameters, settings, signal })) {
    for (const text of texts) {
      const offset = count++;
      const { key, result } = read(text, offset);
      if (key.length > 0) after = key;
      if ('bad' in result) bad.push(result.bad);
      else rows.add(result.values, { offset, timestamp: now });
      if (rows.length >= maxBatchRows) yield take();
    }
    if (rows.length > 0) yield take();
  }
  if (rows.length > 0 || bad.length > 0) yield take();
}

const columnsFor = (table: Table, fields: readonly Field[]): readonly TableColumn[] =>
  fields.map((field) => {
    const column = table.columns.find(({ name }) => name === field.name);
    if (column === undefined) throw connectorError('VS4108', { column: field.name, connector: 'clickhouse' });
    return column;
  });

type RowResult = { readonly values: readonly Scalar[] } | { readonly bad: BadRecord };

export function rowReader(
  table: Table,
  fields: readonly Field[],
  skip: number,
): (text: string, offset: number) => { readonly key: readonly string[]; readonly result: RowResult } {
  const readers = fields.map((field) => valueReader(field.type));
  const hasJson = fields.some(({ type }) => JSON.stringify(type).includes('"json"'));
  const parse = hasJson ? parseJsonExact : (text: string): unknown => JSON.parse(text);
  const name = `${table.database}.${table.name}`;
  return (text, offset) => {
    const all = parse(text) as readonly unknown[];
    const key = all.slice(0, skip) as readonly string[];
    const values: Scalar[] = [];
    for (let c = 0; c < readers.length; c++) {
      const given = all[skip + c];
      const value = given === null ? null : readers[c]!(given);
      if (value === undefined) {
        const params = {
          system: 'ClickHouse',
          table: name,
          column: fields[c]!.name,
          value: JSON.stringify(given)?.slice(0, 80) ?? '',
          type: typeText(fields[c]!.type),
        };
        return {
          key,
          result: { bad: { error: databaseError('VS4611', params), position: `${name} row ${offset + 1}`, sample: text.slice(0, 200) } },
        };
      }
      values.push(value);
    }
    return { key, result: { values } };
  };
}

function afterCondition(order: RowOrder, after: readonly string[], parameters: Record<string, unknown>): string {
  if (after.length !== order.names.length) throw connectorError('VS4107', { connector: 'clickhouse' });
  const values = after.map((text, i) => {
    parameters[`after_${i}`] = text;
    return `CAST({after_${i}:String} AS ${order.types[i]})`;
  });
  return `(${order.names.join(', ')}) > (${values.join(', ')})`;
}

/** Types that the server compares as we do; of text only equality is handed over. */
const ORDERED = new Set(['integer', 'decimal', 'timestamp', 'date']);

/** What of the predicates the server can apply. Values travel as parameters, names come from the catalog and are quoted. */
function pushedConditions(table: Table, predicates: readonly PushedPredicate[], parameters: Record<string, unknown>): string[] {
  const conditions: string[] = [];
  for (const [n, { column: name, op, values }] of predicates.entries()) {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined) continue;
    const path = quoted(name);
    if (op === 'is-null') conditions.push(`isNull(${path})`);
    else if (op === 'is-not-null') conditions.push(`isNotNull(${path})`);
    else {
      const { type } = column.field;
      const isEquality = op === '=' || op === '!=' || op === 'in';
      const isText = type.kind === 'string' && /^(?:LowCardinality\()?(?:Nullable\()?String\)*$/.test(column.typeText);
      if (!(ORDERED.has(type.kind) || (isEquality && (isText || type.kind === 'boolean')))) continue;
      const casts = values.map((value, i) => parameterOf(column, value, `p_${n}_${i}`, parameters));
      if (casts.length === 0 || casts.includes(undefined) || (op !== 'in' && casts.length !== 1)) continue;
      conditions.push(op === 'in' ? `${path} IN (${casts.join(', ')})` : `${path} ${op} ${casts[0]}`);
    }
  }
  return conditions;
}

function parameterOf(
  { field: { type } }: TableColumn,
  value: Scalar,
  name: string,
  parameters: Record<string, unknown>,
): string | undefined {
  if (type.kind === 'decimal') return decimalParameter(value, name, parameters);
  const isNumber = typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
  if (type.kind === 'string' ? typeof value !== 'string' : type.kind === 'boolean' ? typeof value !== 'boolean' : !isNumber)
    return undefined;
  const text = textWriter(type)(value);
  if (text === undefined) return undefined;
  parameters[name] = text;
  switch (type.kind) {
    case 'timestamp':
      return `toDateTime64({${name}:String}, 6, 'UTC')`;
    case 'date':
      return `toDate32({${name}:String})`;
    case 'integer':
      return `toInt64({${name}:String})`;
    case 'boolean':
      return `(${value === true ? 'true' : 'false'})`;
    default:
      return `{${name}:String}`;
  }
}

/** With the digits of the constant itself, so that it is not rounded to those of the column. */
function decimalParameter(value: Scalar, name: string, parameters: Record<string, unknown>): string | undefined {
  const match = typeof value === 'string' ? /^-?\d{1,38}(?:\.(\d{1,38}))?$/.exec(value) : null;
  if (match === null) return undefined;
  parameters[name] = value;
  return `toDecimal256({${name}:String}, ${match[1]?.length ?? 0})`;
}
