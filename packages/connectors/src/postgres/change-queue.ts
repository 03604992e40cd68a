import { databaseError } from '@velostream/core/connect';
import { parseLsn } from './lsn.ts';
import type { Message, ReplicationStream } from './replication-stream.ts';
import type { Table } from './table-catalog.ts';

type Tuple = Readonly<Record<string, string | null | undefined>>;

/** One change of the followed table, or the news that everything before a place is done. */
export type ChangeItem =
  | {
      readonly kind: 'change';
      readonly isUpdate: boolean;
      readonly before: Tuple | null;
      readonly after: Tuple | null;
      /** Place of the commit of its transaction, and the number of the change within it, from one. */
      readonly commit: bigint;
      readonly number: number;
      readonly timeMs: number;
    }
  | { readonly kind: 'done'; readonly lsn: bigint }
  | { readonly kind: 'truncate' };

/**
 * Changes of one table between the server and the reader. Keeps at most `max` items: then the server is paused, and goes on once half of
 * them were taken. Holds no more than what the server had sent when it was paused beyond that. Dropped with its stream.
 */
export class ChangeQueue {
  private readonly table: Table;
  private readonly max: number;
  private readonly isHeartbeatDue: () => boolean;
  private items: ChangeItem[] = [];
  private at = 0;
  private failure: { readonly error: unknown } | null = null;
  private wake: (() => void) | null = null;
  private stream: ReplicationStream | null = null;
  private commit = 0n;
  private number = 0;
  private timeMs = 0;
  private isInTransaction = false;
  private columns: string | null = null;

  constructor(table: Table, max: number, isHeartbeatDue: () => boolean) {
    this.table = table;
    this.max = max;
    this.isHeartbeatDue = isHeartbeatDue;
  }

  attach(stream: ReplicationStream): void {
    this.stream = stream;
    this.isInTransaction = false;
    this.failure = null;
  }

  message(message: Message): void {
    switch (message.tag) {
      case 'begin':
        this.isInTransaction = true;
        this.commit = lsnOf(message.commitLsn);
        this.number = 0;
        this.timeMs = Number(BigInt(message.commitTime as bigint) / 1000n);
        return;
      case 'commit':
        this.isInTransaction = false;
        this.put({ kind: 'done', lsn: lsnOf(message.commitEndLsn) });
        return;
      case 'relation':
        if (this.isOurs(message)) this.checkColumns(message.columns);
        return;
      case 'truncate':
        if (message.relations.some((relation) => this.isOurs(relation))) this.put({ kind: 'truncate' });
        return;
      case 'insert':
        if (this.isOurs(message.relation)) this.change(null, message.new);
        return;
      case 'update':
        if (this.isOurs(message.relation)) this.change(message.old ?? message.key, message.new, true);
        return;
      case 'delete':
        if (this.isOurs(message.relation)) this.change(message.old ?? message.key, null);
        return;
      default:
        return;
    }
  }

  /** Between transactions, everything up to here concerns other tables. */
  keepalive(end: bigint): void {
    if (!this.isInTransaction && this.length === 0 && this.isHeartbeatDue()) this.put({ kind: 'done', lsn: end });
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.signal();
  }

  get length(): number {
    return this.items.length - this.at;
  }

  /** Throws what ended the stream, once all that came before was taken. */
  check(): void {
    if (this.length === 0 && this.failure !== null) throw this.failure.error;
  }

  /** The next item that is there; undefined: none right now. */
  next(): ChangeItem | undefined {
    const item = this.items[this.at];
    if (item === undefined) return undefined;
    this.at++;
    if (this.at >= 4096 || this.at === this.items.length) {
      this.items = this.items.slice(this.at);
      this.at = 0;
    }
    if (this.length <= this.max / 2) this.stream?.resume();
    return item;
  }

  /** Drops what an earlier stream left; its transactions come again. */
  clear(): void {
    this.items = [];
    this.at = 0;
    this.failure = null;
  }

  /** Resolves when something is there, or after `timeoutMs`, or on abort. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.length > 0 || this.failure !== null || signal.aborted) return;
    await new Promise<void>((done) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.wake = null;
        done();
      };
      const timer = setTimeout(finish, timeoutMs);
      signal.addEventListener('abort', finish);
      this.wake = finish;
    });
  }

  private isOurs(relation: { readonly schema: string; readonly name: string }): boolean {
    return relation.schema === this.table.schema && relation.name === this.table.name;
  }

  private change(before: Tuple | null, after: Tuple | null, isUpdate = false): void {
    this.number++;
    this.put({ kind: 'change', isUpdate, before, after, commit: this.commit, number: this.number, timeMs: this.timeMs });
  }

  /** The first description is the table as it was found; a later one that differs would mix up columns. */
  private checkColumns(columns: readonly { readonly name: string; readonly typeOid: number; readonly typeMod: number }[]): void {
    const text = JSON.stringify(columns.map(({ name, typeOid, typeMod }) => [name, typeOid, typeMod]));
    const names = new Set(columns.map(({ name }) => name));
    const gone = this.table.columns.find((column) => !column.isGenerated && !names.has(column.name));
    const table = `${this.table.schema}.${this.table.name}`;
    if (gone !== undefined) this.fail(databaseError('VS4606', { system: 'PostgreSQL', table, change: `column "${gone.name}" is gone` }));
    else if (this.columns !== null && this.columns !== text && !isExtension(this.columns, text)) {
      this.fail(databaseError('VS4606', { system: 'PostgreSQL', table, change: 'a column has another type' }));
    }
    this.columns = text;
  }

  private put(item: ChangeItem): void {
    this.items.push(item);
    if (this.length >= this.max) this.stream?.pause();
    this.signal();
  }

  private signal(): void {
    this.wake?.();
  }
}

/** Whether all columns that were there are there unchanged. */
function isExtension(before: string, after: string): boolean {
  const now = new Set((JSON.parse(after) as unknown[]).map((column) => JSON.stringify(column)));
  return (JSON.parse(before) as unknown[]).every((column) => now.has(JSON.stringify(column)));
}

const lsnOf = (text: string | null): bigint => parseLsn(text ?? '') ?? 0n;
