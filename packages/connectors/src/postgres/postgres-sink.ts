import { randomBytes } from 'node:crypto';
import {
  type CommitContext,
  connectorError,
  databaseError,
  type Field,
  type RecordBatch,
  type RecoveredCommit,
  type Sink,
} from '@velostream/core/connect';
import { Op, typeText } from '@velostream/core/connect/formats';
import { quoteName, quotePath } from '../net/quote-name.ts';
import { ChangeBuffer, scalarsOf, type TextValues } from './change-buffer.ts';
import { claimJob, commitEpoch, committedEpoch, forgetJob } from './commit-table.ts';
import { isTransient, openConnection, type PostgresConnection, type PostgresContext } from './connection.ts';
import { findTable, splitTableName, type Table, type TableColumn } from './table-catalog.ts';
import { serverTypeFor, valueWriter } from './value-text.ts';

/**
 * Writes rows in one transaction per epoch, and the epoch of its job with them: what is committed is there once, and what is not leaves
 * nothing. With a key it updates and deletes by it; without one it adds rows.
 */
export function postgresSink(context: PostgresContext): Sink {
  const writer = new PostgresSink(context);
  return {
    takesChanges: true,
    open: (fields) => writer.open(fields),
    write: ({ batch }) => writer.write(batch),
    commit: (epoch, checkpoint) => writer.commit(epoch, checkpoint),
    // Only a job keeps its epochs beside the rows.
    ...(context.options.job === undefined ? {} : { recover: async () => writer.recovered }),
    close: (outcome) => writer.close(outcome),
  };
}

class PostgresSink {
  private readonly context: PostgresContext;
  private readonly owner = randomBytes(8).toString('hex');
  private connection: PostgresConnection | null = null;
  private fields: readonly Field[] = [];
  private columns: readonly TableColumn[] = [];
  private writers: readonly ReturnType<typeof valueWriter>[] = [];
  private table: Table | null = null;
  private key: readonly number[] = [];
  private buffer = new ChangeBuffer([]);
  private isOpen = false;
  private isInTransaction = false;
  private lastEpoch = 0;
  /** Commits of this run belong to a job that goes on from its checkpoints. */
  private hasCheckpoints = false;
  recovered: RecoveredCommit | null = null;

  constructor(context: PostgresContext) {
    this.context = context;
  }

  async open(fields: readonly Field[]): Promise<void> {
    const { options } = this.context;
    this.fields = fields;
    const connection = await this.connected();
    this.table = await this.target(connection);
    this.columns = fields.map((field) => this.columnFor(field));
    this.writers = fields.map((field, i) => this.writerFor(field, this.columns[i] as TableColumn));
    this.key = this.keyColumns(this.table);
    this.buffer = new ChangeBuffer(this.key);
    if (options.job !== undefined) {
      this.recovered = await claimJob(connection, options.job, this.owner);
      this.lastEpoch = this.recovered?.epoch ?? 0;
    }
    this.isOpen = true;
  }

  async write(batch: RecordBatch): Promise<void> {
    if (!this.isOpen) throw connectorError('VS4401', { name: this.name });
    for (let row = 0; row < batch.length; row++) {
      const op = batch.ops?.[row] ?? Op.insert;
      if (this.key.length === 0 && (op === Op.delete || op === Op.updateBefore)) {
        throw databaseError('VS4607', {
          system: 'PostgreSQL',
          table: this.name,
          problem: 'it has no key, and a row is to be deleted or replaced',
        });
      }
      this.buffer.put(this.textsOf(batch, row), op);
      if (this.buffer.size >= this.context.options.batch_rows) await this.flush();
    }
  }

  async commit(epoch: number, context?: CommitContext): Promise<void> {
    if (!this.isOpen) throw connectorError('VS4401', { name: this.name });
    const { job } = this.context.options;
    if (job !== undefined && epoch <= this.lastEpoch) {
      await this.rollback();
      return;
    }
    await this.flush();
    await this.begin();
    const connection = await this.connected();
    if (job !== undefined) await commitEpoch(connection, { job, owner: this.owner, epoch, checkpoint: context?.checkpoint ?? '' });
    if (context !== undefined) this.hasCheckpoints = true;
    try {
      await connection.write('COMMIT');
    } catch (error) {
      if (job === undefined || !isTransient(error) || !(await this.isCommitted(job, epoch))) throw error;
    }
    this.isInTransaction = false;
    this.lastEpoch = epoch;
  }

  async close(outcome: 'complete' | 'abort'): Promise<void> {
    if (!this.isOpen && this.connection === null) return;
    const { job } = this.context.options;
    const wasOpen = this.isOpen;
    this.isOpen = false;
    try {
      await this.rollback().catch(() => {});
      // A statement that is complete starts anew: its epochs begin at one again.
      if (wasOpen && outcome === 'complete' && job !== undefined && !this.hasCheckpoints)
        await forgetJob(await this.connected(), job, this.owner);
    } finally {
      await this.connection?.close();
      this.connection = null;
    }
  }

  private get name(): string {
    return this.table === null ? (this.context.options.table ?? '') : `${this.table.schema}.${this.table.name}`;
  }

  private async connected(): Promise<PostgresConnection> {
    if (this.connection?.isBroken === false) return this.connection;
    if (this.isInTransaction)
      throw databaseError('VS4502', { system: 'PostgreSQL', target: this.name, problem: 'the connection ended within a transaction' });
    this.connection = await openConnection(this.context);
    return this.connection;
  }

  private async target(connection: PostgresConnection): Promise<Table> {
    const { options } = this.context;
    if (options.table === undefined) throw connectorError('VS4101', { connector: 'postgres', option: 'table', problem: 'it is required' });
    const wanted = splitTableName(options.table, options.schema);
    if (options.create_table) await this.createTable(connection, wanted);
    const found = await findTable(connection, wanted, options);
    if (found === undefined) throw databaseError('VS4601', { system: 'PostgreSQL', table: `${wanted.schema}.${wanted.name}`, known: [] });
    return found;
  }

  private async createTable(
    connection: PostgresConnection,
    { schema, name }: { readonly schema: string; readonly name: string },
  ): Promise<void> {
    const columns = this.fields.map((field) => `${quoteName(field.name)} ${serverTypeFor(field.type)}`);
    const key = this.keyNames();
    if (key.length > 0) columns.push(`PRIMARY KEY (${key.map(quoteName).join(', ')})`);
    await connection.write(`CREATE TABLE IF NOT EXISTS ${quotePath(schema, name)} (${columns.join(', ')})`);
  }

  private keyNames(): readonly string[] {
    return (this.context.options.key ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  }

  private keyColumns(table: Table): readonly number[] {
    const { write_mode: mode } = this.context.options;
    if (mode === 'insert') return [];
    const given = this.keyNames();
    const names = given.length > 0 ? given : table.primaryKey;
    const at = names.map((name) => this.fields.findIndex((field) => field.name === name));
    if (names.length > 0 && !at.includes(-1)) return at;
    if (mode === 'auto' && given.length === 0) return [];
    const problem = names.length === 0 ? 'it has no primary key' : `"${names[at.indexOf(-1)]}" is not among the columns that are written`;
    throw databaseError('VS4607', { system: 'PostgreSQL', table: this.name, problem });
  }

  private columnFor(field: Field): TableColumn {
    const table = this.table as Table;
    const column = table.columns.find(({ name }) => name === field.name);
    if (column === undefined) {
      throw databaseError('VS4612', { system: 'PostgreSQL', table: this.name, problem: `it has no column "${field.name}"` });
    }
    if (column.isGenerated)
      throw databaseError('VS4612', { system: 'PostgreSQL', table: this.name, problem: `column "${field.name}" is generated` });
    return column;
  }

  /** JSON columns take JSON whatever the type of the value. */
  private writerFor(field: Field, column: TableColumn): ReturnType<typeof valueWriter> {
    const isJson = !column.type.isArray && (column.type.name === 'jsonb' || column.type.name === 'json');
    return field.type.kind === 'array' && isJson ? valueWriter({ kind: 'json' }) : valueWriter(field.type);
  }

  private textsOf(batch: RecordBatch, row: number): TextValues {
    return scalarsOf(batch, row).map((value, c) => {
      if (value === null) return null;
      const text = this.writers[c]!(value);
      if (text !== undefined) return text;
      const field = this.fields[c] as Field;
      throw databaseError('VS4608', {
        system: 'PostgreSQL',
        table: this.name,
        column: field.name,
        type: this.columns[c]!.typeText,
        wanted: `a ${typeText(field.type)} with this value`,
      });
    });
  }

  private async begin(): Promise<void> {
    if (this.isInTransaction) return;
    const connection = await this.connected();
    await connection.write('BEGIN');
    this.isInTransaction = true;
  }

  private async rollback(): Promise<void> {
    this.buffer.clear();
    if (!this.isInTransaction) return;
    this.isInTransaction = false;
    if (this.connection?.isBroken === false) await this.connection.write('ROLLBACK');
  }

  private async flush(): Promise<void> {
    if (this.buffer.size === 0) return;
    await this.begin();
    const connection = await this.connected();
    const { removed, written } = this.buffer.take();
    if (removed.length > 0) await this.remove(connection, removed);
    if (written.length > 0) await this.insert(connection, written);
  }

  private async remove(connection: PostgresConnection, rows: readonly TextValues[]): Promise<void> {
    const keys = this.key.map((c) => this.columns[c] as TableColumn);
    const list = keys.map((_, i) => `$${i + 1}::text[]`).join(', ');
    const matches = keys.map((column, i) => `t.${quoteName(column.name)} = k.k${i}::${column.typeText}`).join(' AND ');
    const names = keys.map((_, i) => `k${i}`).join(', ');
    const values = this.key.map((c) => rows.map((row) => row[c] ?? null));
    await connection.write(`DELETE FROM ${(this.table as Table).path} t USING unnest(${list}) AS k(${names}) WHERE ${matches}`, values);
  }

  private async insert(connection: PostgresConnection, rows: readonly TextValues[]): Promise<void> {
    const { columns } = this;
    const path = (this.table as Table).path;
    if (columns.length === 0) return;
    const names = columns.map(({ name }) => quoteName(name)).join(', ');
    const casts = columns.map((column, i) => `v.v${i}::${column.typeText}`).join(', ');
    const lists = columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
    const aliases = columns.map((_, i) => `v${i}`).join(', ');
    const from = `unnest(${lists}) WITH ORDINALITY AS v(${aliases}, place) ORDER BY v.place`;
    const values = columns.map((_, c) => rows.map((row) => row[c] ?? null));
    await connection.write(`INSERT INTO ${path} (${names}) SELECT ${casts} FROM ${from}${this.onConflict()}`, values);
  }

  private onConflict(): string {
    if (this.key.length === 0) return '';
    const keys = this.key.map((c) => quoteName((this.columns[c] as TableColumn).name));
    const others = this.columns.filter((_, c) => !this.key.includes(c)).map(({ name }) => quoteName(name));
    const action = others.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
    return ` ON CONFLICT (${keys.join(', ')}) ${action}`;
  }

  /** Whether a commit whose answer was lost took place. */
  private async isCommitted(job: string, epoch: number): Promise<boolean> {
    this.isInTransaction = false;
    const connection = await this.connected();
    return (await committedEpoch(connection, job, this.owner)) === epoch;
  }
}
