import { createHash, randomBytes } from 'node:crypto';
import { connectorError, databaseError, type Field, type RecordBatch, type Sink, VeloError, waitFor } from '@velostream/core/connect';
import { DATE, type Scalar, type SqlType, scalarAt, textWriter, typeText } from '@velostream/core/connect/formats';
import { type ClickHouse, type ClickHouseContext, openClickHouse, quoted } from './clickhouse-client.ts';
import { findTable, splitTableName, type Table, theTable } from './table-catalog.ts';

/**
 * Adds rows at each commit, in inserts that carry a deduplication token made of job, epoch, place and content: an insert that is sent again,
 * by a retry or after a crash, adds nothing in a table that deduplicates. Keeps the rows of an epoch until its commit, at most
 * `max_epoch_rows`; they are gone after it.
 */
export function clickHouseSink(context: ClickHouseContext): Sink {
  const writer = new ClickHouseSink(context);
  return {
    open: (fields) => writer.open(fields),
    write: ({ batch }) => writer.write(batch),
    commit: (epoch) => writer.commit(epoch),
    close: () => writer.close(),
  };
}

type JsonRow = readonly unknown[];

class ClickHouseSink {
  private readonly context: ClickHouseContext;
  /** Without a job no other run may take these rows for its own. */
  private readonly run = randomBytes(8).toString('hex');
  private server: ClickHouse | null = null;
  private table: Table | null = null;
  private fields: readonly Field[] = [];
  private writers: readonly ((value: Scalar) => unknown)[] = [];
  private rows: JsonRow[] = [];
  private lastEpoch = 0;

  constructor(context: ClickHouseContext) {
    this.context = context;
  }

  async open(fields: readonly Field[]): Promise<void> {
    const { options, host } = this.context;
    if (options.table === undefined)
      throw connectorError('VS4101', { connector: 'clickhouse', option: 'table', problem: 'it is required' });
    this.fields = fields;
    const server = await openClickHouse(this.context);
    this.server = server;
    if (options.create_table) await server.run(createStatement(options.table, this.context, fields));
    const table = (await findTable(server, splitTableName(options.table, options.database))) ?? (await theTable(server, options));
    this.table = table;
    for (const field of fields) {
      const column = table.columns.find(({ name }) => name === field.name);
      if (column === undefined || column.isComputed) {
        const problem = column === undefined ? `it has no column "${field.name}"` : `column "${field.name}" is computed`;
        throw databaseError('VS4612', { system: 'ClickHouse', table: this.name, problem });
      }
    }
    this.writers = fields.map(({ type }) => jsonWriter(type));
    if (options.job !== undefined && !deduplicates(table)) {
      host.warn(
        `table "${this.name}" does not deduplicate inserts, so rows are at least once; set non_replicated_deduplication_window for it`,
      );
    }
  }

  async write(batch: RecordBatch): Promise<void> {
    this.mustBeOpen();
    const { max_epoch_rows: most } = this.context.options;
    if (this.rows.length + batch.length > most) {
      throw databaseError('VS4612', {
        system: 'ClickHouse',
        table: this.name,
        problem: `one epoch has more than ${most} rows; commit more often`,
      });
    }
    for (let row = 0; row < batch.length; row++) {
      this.rows.push(batch.columns.map((column, c) => this.valueOf(scalarAt(column, row), c)));
    }
  }

  async commit(epoch: number): Promise<void> {
    const server = this.mustBeOpen();
    const { options } = this.context;
    const rows = this.rows;
    this.rows = [];
    if (epoch <= this.lastEpoch) return;
    const columns = this.fields.map(({ name }) => quoted(name));
    for (let at = 0, place = 0; at < rows.length; at += options.batch_rows, place++) {
      const part = rows.slice(at, at + options.batch_rows);
      const content = createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 24);
      const token = `velo:${options.job ?? this.run}:${epoch}:${place}:${content}`;
      await this.insert(server, { columns, rows: part, token });
    }
    this.lastEpoch = epoch;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    this.rows = [];
    await server?.close();
  }

  private get name(): string {
    return this.table === null ? (this.context.options.table ?? '') : `${this.table.database}.${this.table.name}`;
  }

  private mustBeOpen(): ClickHouse {
    if (this.server === null) throw connectorError('VS4401', { name: this.name });
    return this.server;
  }

  private valueOf(value: Scalar, c: number): unknown {
    if (value === null) return null;
    const written = this.writers[c]!(value);
    if (written !== undefined) return written;
    const field = this.fields[c] as Field;
    throw databaseError('VS4608', {
      system: 'ClickHouse',
      table: this.name,
      column: field.name,
      type: 'its type',
      wanted: `a ${typeText(field.type)} with this value`,
    });
  }

  private async insert(
    server: ClickHouse,
    o: { readonly columns: readonly string[]; readonly rows: readonly JsonRow[]; readonly token: string },
  ): Promise<void> {
    const { retries } = this.context.options;
    const settings = { insert_deduplicate: 1 as const, insert_deduplication_token: o.token, async_insert: 0 as const };
    for (let attempt = 0; ; attempt++) {
      try {
        await server.insert((this.table as Table).path, { columns: o.columns, rows: o.rows, settings });
        return;
      } catch (error) {
        // The token makes it safe to send it again when nobody knows whether it arrived.
        if (attempt >= retries || !VeloError.is(error) || (error.code !== 'VS4502' && error.code !== 'VS4506')) throw error;
        const most = Math.min(5000, 100 * 2 ** attempt);
        await waitFor(most / 2 + (Math.random() * most) / 2, new AbortController().signal);
      }
    }
  }
}

const deduplicates = (table: Table): boolean =>
  table.engine.startsWith('Replicated') ||
  table.engine.startsWith('Shared') ||
  /non_replicated_deduplication_window\s*=\s*[1-9]/.test(table.createQuery);

function createStatement(table: string, { options }: ClickHouseContext, fields: readonly Field[]): string {
  const { database, name } = splitTableName(table, options.database);
  const key = (options.key ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const isKey = new Set(key);
  const columns = fields.map((field) => `${quoted(field.name)} ${serverTypeFor(field.type, field.nullable && !isKey.has(field.name))}`);
  const order = key.length === 0 ? 'tuple()' : `(${key.map(quoted).join(', ')})`;
  return `CREATE TABLE IF NOT EXISTS ${quoted(database)}.${quoted(name)} (${columns.join(', ')}) ENGINE = MergeTree ORDER BY ${order} SETTINGS non_replicated_deduplication_window = 10000`;
}

/** The type of a column that is made for values of a type. */
export function serverTypeFor(type: SqlType, nullable: boolean): string {
  const plain = plainType(type);
  return nullable && !/^(?:Array|Map|Tuple|JSON)/.test(plain) ? `Nullable(${plain})` : plain;
}

function plainType(type: SqlType): string {
  switch (type.kind) {
    case 'boolean':
      return 'Bool';
    case 'integer':
    case 'interval':
    case 'time':
      return 'Int64';
    case 'float':
      return 'Float64';
    case 'decimal':
      return `Decimal(${type.precision}, ${type.scale})`;
    case 'date':
      return 'Date32';
    case 'timestamp':
      return "DateTime64(6, 'UTC')";
    case 'array':
      return `Array(${serverTypeFor(type.element, true)})`;
    case 'map':
      return `Map(String, ${serverTypeFor(type.value, true)})`;
    default:
      return 'String';
  }
}

/** Writer of values as JSON that the server reads; undefined for what no column holds. */
function jsonWriter(type: SqlType): (value: Scalar) => unknown {
  switch (type.kind) {
    case 'boolean':
      return (value) => value;
    case 'float':
      return (value) =>
        Number.isFinite(value)
          ? Object.is(value, -0)
            ? '-0'
            : value
          : Number.isNaN(value)
            ? 'nan'
            : (value as number) > 0
              ? 'inf'
              : '-inf';
    case 'integer':
    case 'interval':
    case 'time':
      return String;
    case 'date':
      return textWriter(DATE);
    case 'timestamp': {
      const write = textWriter(type);
      return (value) => `${write(value)?.replace(' ', 'T')}Z`;
    }
    case 'array': {
      const write = orNull(jsonWriter(type.element));
      return (value) => (value as readonly Scalar[]).map(write);
    }
    case 'map': {
      const write = orNull(jsonWriter(type.value));
      return (value) => Object.fromEntries([...(value as ReadonlyMap<string, Scalar>)].map(([key, item]) => [key, write(item)]));
    }
    default:
      return textWriter(type);
  }
}

const orNull =
  (write: (value: Scalar) => unknown) =>
  (value: Scalar): unknown =>
    value === null ? null : write(value);
