import type { Pgoutput } from 'pg-logical-replication';
import { loadDriver } from '../net/load-driver.ts';
import { quoteName } from '../net/quote-name.ts';
import { openConnection, type PostgresConnection, type PostgresContext } from './connection.ts';
import { lsnText, parseLsn } from './lsn.ts';

export type Message = Pgoutput.Message;

/** What the driver's connection has beneath its query interface: the copy stream of replication. */
interface CopyConnection {
  readonly stream: { pause(): void; resume(): void };
  on(event: 'copyData', listener: (message: { readonly chunk: Buffer }) => void): void;
  on(event: 'replicationStart', listener: () => void): void;
  sendCopyFromChunk(chunk: Buffer): void;
}

export interface ReplicationEvents {
  /** A message of a transaction. */
  message(message: Message): void;
  /** The server says how far its log is; everything before has been sent. */
  keepalive(end: bigint): void;
  /** The connection is over; `undefined`: as asked. */
  ended(error: unknown): void;
}

const X_LOG_DATA = 0x77;
const KEEPALIVE = 0x6b;
/** Microseconds from 1970 to 2000, where the server's clock begins. */
const EPOCH_US = 946_684_800_000_000n;

/** Reads one slot. The server is told how far the reader is at a steady pace, also while the reader is busy with what it has. */
export class ReplicationStream {
  private readonly connection: PostgresConnection;
  private readonly copy: CopyConnection;
  private timer: NodeJS.Timeout | null = null;
  private received = 0n;
  private confirmed = 0n;
  private isPaused = false;

  private constructor(connection: PostgresConnection) {
    this.connection = connection;
    this.copy = (connection.client as unknown as { connection: CopyConnection }).connection;
  }

  static async open(context: PostgresContext): Promise<ReplicationStream> {
    return new ReplicationStream(await openConnection(context, { replication: true }));
  }

  /** Makes a slot and gives the snapshot that its changes follow on; the snapshot lives until the next command on this connection. */
  async createSlot(name: string, kind: { readonly temporary: boolean }): Promise<{ readonly start: bigint; readonly snapshot: string }> {
    const sql = `CREATE_REPLICATION_SLOT ${quoteName(name)} ${kind.temporary ? 'TEMPORARY ' : ''}LOGICAL pgoutput EXPORT_SNAPSHOT`;
    try {
      const { rows } = await this.connection.client.query({ text: sql });
      const row = rows[0] as { consistent_point: string; snapshot_name: string };
      return { start: parseLsn(row.consistent_point) ?? 0n, snapshot: row.snapshot_name };
    } catch (error) {
      throw this.connection.coded(error);
    }
  }

  /** Starts to stream; resolves once the server does, rejects where it refuses. */
  async start(
    o: { readonly slot: string; readonly publication: string; readonly from: bigint; readonly statusMs: number },
    events: ReplicationEvents,
  ): Promise<void> {
    const { PgoutputPlugin } = await loadDriver(() => import('pg-logical-replication'), 'pg-logical-replication', 'changes of PostgreSQL');
    const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [o.publication] });
    this.received = o.from;
    this.confirmed = o.from;
    this.copy.on('copyData', ({ chunk }) => {
      try {
        this.take(chunk, plugin, events);
      } catch (error) {
        events.ended(this.connection.coded(error));
      }
    });
    await new Promise<void>((started, refused) => {
      let isStarted = false;
      this.copy.on('replicationStart', () => {
        isStarted = true;
        this.timer = setInterval(() => this.sendStatus(true), o.statusMs);
        started();
      });
      const options = `proto_version '1', publication_names '${quoteName(o.publication).replaceAll("'", "''")}'`;
      const sql = `START_REPLICATION SLOT ${quoteName(o.slot)} LOGICAL ${lsnText(o.from)} (${options})`;
      const over = (error: unknown): void => {
        const coded = error === undefined ? undefined : this.connection.coded(error);
        if (isStarted) events.ended(coded);
        else refused(coded);
      };
      this.connection.client.query(sql).then(() => over(new Error('connection ended by the server')), over);
      this.connection.client.once('end', () => over(new Error('connection ended by the server')));
    });
  }

  /** Changes before this place are never needed again. */
  confirm(lsn: bigint): void {
    if (lsn <= this.confirmed) return;
    this.confirmed = lsn;
    this.sendStatus();
  }

  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.copy.stream.pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.copy.stream.resume();
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.connection.close();
  }

  private take(chunk: Buffer, plugin: { parse(buffer: Buffer): Message }, events: ReplicationEvents): void {
    if (chunk[0] === X_LOG_DATA) {
      const end = chunk.readBigUInt64BE(9);
      if (end > this.received) this.received = end;
      const message = plugin.parse(chunk.subarray(25));
      // Values stay text: the parser's own readers lose digits and microseconds. It keeps the message, and with it this choice.
      if (message.tag === 'relation') for (const column of message.columns) column.parser = (text: unknown) => text;
      events.message(message);
    } else if (chunk[0] === KEEPALIVE) {
      const end = chunk.readBigUInt64BE(1);
      if (end > this.received) this.received = end;
      events.keepalive(end);
      if (chunk[17] === 1) this.sendStatus();
    }
  }

  /** Asked for an answer, the server says how far its log is, even where there is nothing to send. */
  private sendStatus(wantsAnswer = false): void {
    if (this.timer === null || this.connection.isBroken) return;
    const status = Buffer.alloc(34);
    status[0] = 0x72;
    status.writeBigUInt64BE(this.received, 1);
    status.writeBigUInt64BE(this.confirmed, 9);
    status.writeBigUInt64BE(this.confirmed, 17);
    status.writeBigInt64BE(BigInt(Date.now()) * 1000n - EPOCH_US, 25);
    status[33] = wantsAnswer ? 1 : 0;
    this.copy.sendCopyFromChunk(status);
  }
}
