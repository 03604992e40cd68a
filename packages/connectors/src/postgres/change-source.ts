import { type BadRecord, databaseError, type ReadRequest, type SourceBatch } from '@velostream/core/connect';
import { Op } from '@velostream/core/connect/formats';
import { BatchRows } from '../tables/batch-rows.ts';
import { type TablePosition, tableBatches } from './batch-source.ts';
import { type ChangePosition, fromOffset, toOffset } from './change-position.ts';
import { type ChangeItem, ChangeQueue } from './change-queue.ts';
import { isTransient, openConnection, type PostgresContext, retrying, withConnection } from './connection.ts';
import { lsnText } from './lsn.ts';
import { ReplicationStream } from './replication-stream.ts';
import { rowReader } from './row-reader.ts';
import { checkReplication, checkSlot, ensurePublication, findSlot, slotLost, streamRefusal, temporarySlot } from './slots.ts';
import { keyOrder, seenChanges } from './snapshot-views.ts';
import { type Table, theTable } from './table-catalog.ts';

/** Tells the server that changes up to a position are never asked for again. */
export type Confirm = { latest: ((done: bigint) => void) | null };

/**
 * A snapshot of the table and then its changes, as rows with `ops`. Every transaction comes once: a position names the last transaction
 * that is done and how much of the next one was handed on, and what the server sends again after a break is left out by it. The server
 * keeps what was not confirmed; nothing else is kept here but the queue between the two.
 */
export async function* followTable(context: PostgresContext, request: ReadRequest, confirm: Confirm): AsyncGenerator<SourceBatch> {
  const { signal } = request;
  const from = request.from === undefined ? undefined : fromOffset(request.from);
  if (signal.aborted) return;
  const follower = new Follower(context, request, confirm);
  try {
    yield* follower.run(from);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await follower.close();
  }
}

class Follower {
  private readonly context: PostgresContext;
  private readonly request: ReadRequest;
  private readonly confirm: Confirm;
  private readonly isTemporary: boolean;
  private readonly isDelivered: boolean;
  private stream: ReplicationStream | null = null;
  private publication = '';
  private slot = '';

  constructor(context: PostgresContext, request: ReadRequest, confirm: Confirm) {
    const { slot, acknowledge } = context.options;
    this.context = context;
    this.request = request;
    this.confirm = confirm;
    this.isTemporary = slot === undefined;
    this.isDelivered = acknowledge === 'delivered' || (acknowledge === 'auto' && slot === undefined);
  }

  async *run(from: ChangePosition | undefined): AsyncGenerator<SourceBatch> {
    const { options } = this.context;
    const table = await this.prepare();
    const queue = new ChangeQueue(table, options.max_queued_changes, this.heartbeat());
    if (from !== undefined) this.checkResume(from, table);
    if (from?.phase === 'changes') {
      await this.reconnect(queue, from.done);
      yield* this.changes(table, queue, from);
      return;
    }
    let position: ChangePosition | undefined;
    for await (const step of from === undefined ? this.begin(table, queue) : this.goOn(table, queue, from)) {
      yield step.batch;
      position = step.position;
    }
    if (position !== undefined && !this.request.signal.aborted) yield* this.changes(table, queue, position);
  }

  async close(): Promise<void> {
    this.confirm.latest = null;
    await this.stream?.close();
    this.stream = null;
  }

  private async prepare(): Promise<Table> {
    const { options } = this.context;
    return withConnection(this.context, this.request.signal, async (connection) => {
      const table = await theTable(connection, options);
      if (table.kind !== 'r' && table.kind !== 'p') {
        throw databaseError('VS4604', { setting: `"${table.name}"`, value: 'a view or foreign table', wanted: 'a table' });
      }
      await checkReplication(connection);
      this.publication = await ensurePublication(connection, table, options);
      return table;
    });
  }

  private checkResume(from: ChangePosition, table: Table): void {
    this.slot = from.slot;
    if (from.phase === 'snapshot' && (from.after === null || keyOrder(table) === undefined))
      throw slotLost(
        from.slot,
        'reading was interrupted within the snapshot, and the table has no key of whole numbers or uuids to go on behind',
      );
    if (this.isTemporary || from.slot !== this.context.options.slot) throw slotLost(from.slot, 'it ended with its reader');
  }

  /** A new slot, and the rows that are there before its first change. */
  private async *begin(
    table: Table,
    queue: ChangeQueue,
  ): AsyncGenerator<{ readonly batch: SourceBatch; readonly position: ChangePosition }> {
    const { options } = this.context;
    this.slot = options.slot ?? temporarySlot();
    this.stream = await ReplicationStream.open(this.context);
    await this.dropLeftover();
    const { start, snapshot } = await this.stream
      .createSlot(this.slot, { temporary: this.isTemporary })
      .catch((error: unknown) => Promise.reject(streamRefusal(error, this.slot)));
    let position: ChangePosition = { slot: this.slot, rows: 0, phase: 'snapshot', done: start, partial: null, after: null, views: [] };
    if (options.snapshot === 'initial') {
      for await (const step of this.snapshot(table, { name: snapshot, position, onSeen: () => this.connect(queue, start) })) {
        position = step.position;
        yield step;
      }
    } else await this.connect(queue, start);
    yield this.behindSnapshot(position);
  }

  /**
   * The rest of a snapshot that was interrupted, as the table is now. What changed meanwhile is in the log that the slot kept: in rows that
   * were read before it is still to be done, in the rest of them it is seen already.
   */
  private async *goOn(
    table: Table,
    queue: ChangeQueue,
    from: ChangePosition,
  ): AsyncGenerator<{ readonly batch: SourceBatch; readonly position: ChangePosition }> {
    // A slot of its own, gone with its connection: the server tells the exact place of a snapshot in the log with a slot and not otherwise.
    const viewer = await ReplicationStream.open(this.context);
    try {
      const { start, snapshot } = await viewer.createSlot(temporarySlot(), { temporary: true });
      let position: ChangePosition = { ...from, views: [...from.views, { after: from.after ?? [], lsn: start }] };
      for await (const step of this.snapshot(table, { name: snapshot, position, onSeen: () => this.reconnect(queue, from.done) })) {
        position = step.position;
        yield step;
      }
      yield this.behindSnapshot(position);
    } finally {
      await viewer.close();
    }
  }

  private behindSnapshot(last: ChangePosition) {
    const position: ChangePosition = { ...last, phase: 'changes', after: null };
    return { batch: this.emptyBatch(position), position };
  }

  /** A slot of this name without a position belongs to an earlier run that nobody goes on with; one in use is somebody else's. */
  private async dropLeftover(): Promise<void> {
    if (this.isTemporary) return;
    await withConnection(this.context, this.request.signal, async (connection) => {
      const slot = await findSlot(connection, this.slot);
      if (slot === undefined) return;
      if (slot.isActive) throw databaseError('VS4603', { slot: this.slot });
      this.context.host.warn(`replication slot "${this.slot}" of an earlier run is dropped, because reading starts without a checkpoint`);
      await connection.rows('SELECT pg_drop_replication_slot($1)', [this.slot]);
    });
  }

  /** `onSeen` runs once the snapshot is held here: the slot may then be streamed from, which marks it as in use. */
  private async *snapshot(
    table: Table,
    { name, position, onSeen }: { readonly name: string; readonly position: ChangePosition; readonly onSeen: () => Promise<void> },
  ): AsyncGenerator<{ readonly batch: SourceBatch; readonly position: ChangePosition }> {
    const connection = await openConnection(this.context);
    const stop = (): void => void connection.close();
    this.request.signal.addEventListener('abort', stop);
    try {
      await connection.write('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // The name comes from the server: hexadecimal digits and dashes.
      await connection.write(`SET TRANSACTION SNAPSHOT '${name.replaceAll(/[^0-9A-Za-z-]/g, '')}'`);
      await onSeen();
      const request = { ...this.request, predicates: [] };
      const start: TablePosition = { rows: position.rows, after: position.after };
      for await (const batch of tableBatches(connection, table, this.context, { request, position: start })) {
        // `tableBatches` writes these.
        const { rows, after } = batch.next as unknown as TablePosition;
        const next: ChangePosition = { ...position, rows, after };
        yield { batch: { ...batch, next: toOffset(next) }, position: next };
      }
    } finally {
      this.request.signal.removeEventListener('abort', stop);
      await connection.close();
    }
  }

  private async *changes(table: Table, queue: ChangeQueue, start: ChangePosition): AsyncGenerator<SourceBatch> {
    const { options } = this.context;
    const { signal } = this.request;
    const batches = new ChangeBatches(table, this.context, this.request, start);
    this.confirm.latest = (done) => this.stream?.confirm(done);
    while (!signal.aborted) {
      try {
        await queue.wait(options.heartbeat_ms, signal);
        if (signal.aborted) return;
        const batch = batches.take(queue);
        if (batch === undefined) continue;
        yield batch;
        // Whoever asks for more has taken what came before.
        if (this.isDelivered) this.stream?.confirm(batches.position.done);
      } catch (error) {
        if (!isTransient(error) || signal.aborted) throw error;
        if (this.isTemporary) throw slotLost(this.slot, 'the connection ended, and the slot with it; name a slot to go on after that');
        this.context.host.warn(
          `the connection for slot "${this.slot}" ended; reading goes on at ${lsnText(batches.position.done)} once the server answers`,
        );
        await this.reconnect(queue, batches.position.done);
      }
    }
  }

  /** Says now and then, and not for every sign of life of the server, that it is time. */
  private heartbeat(): () => boolean {
    const { host, options } = this.context;
    let last = host.now();
    return () => {
      if (host.now() - last < options.heartbeat_ms) return false;
      last = host.now();
      return true;
    };
  }

  /** Streams from a slot that is there already, as soon as the server answers. */
  private async reconnect(queue: ChangeQueue, done: bigint): Promise<void> {
    await this.stream?.close();
    queue.clear();
    await retrying(this.context, this.request.signal, async () => {
      await withConnection(this.context, this.request.signal, (connection) => checkSlot(connection, this.slot, done));
      this.stream = null;
      await this.connect(queue, done);
    });
  }

  private async connect(queue: ChangeQueue, from: bigint): Promise<void> {
    const { options } = this.context;
    this.stream ??= await ReplicationStream.open(this.context);
    const { stream, slot, publication } = this;
    queue.attach(stream);
    try {
      await stream.start(
        { slot, publication, from, statusMs: options.status_interval_ms },
        { message: (message) => queue.message(message), keepalive: (end) => queue.keepalive(end), ended: (error) => queue.fail(error) },
      );
    } catch (error) {
      await stream.close();
      this.stream = null;
      throw streamRefusal(error, slot);
    }
  }

  private emptyBatch(position: ChangePosition): SourceBatch {
    return { batch: new BatchRows(this.request.fields, this.request.system, 1).take(), next: toOffset(position) };
  }
}

type Change = Extract<ChangeItem, { kind: 'change' }>;

/** Makes batches of changes and keeps the position behind them. */
class ChangeBatches {
  position: ChangePosition;
  private readonly table: Table;
  private readonly context: PostgresContext;
  private readonly request: ReadRequest;
  private readonly rows: BatchRows;
  private readonly read: ReturnType<typeof rowReader>;
  private readonly names: readonly string[];
  private readonly isFull: boolean;
  private isSeen: ReturnType<typeof seenChanges>;

  constructor(table: Table, context: PostgresContext, request: ReadRequest, start: ChangePosition) {
    this.table = table;
    this.context = context;
    this.request = request;
    this.position = start;
    this.rows = new BatchRows(request.fields, request.system, request.maxBatchRows);
    this.read = rowReader(table, request.fields);
    this.names = request.fields.map(({ name }) => name);
    this.isFull = table.replicaIdentity === 'f';
    this.isSeen = seenChanges(table, start.views);
  }

  /** A batch of what is there; undefined when none of it is news. */
  take(queue: ChangeQueue): SourceBatch | undefined {
    const { maxBatchRows } = this.request;
    const before = this.position;
    const bad: BadRecord[] = [];
    queue.check();
    for (let item = queue.next(); item !== undefined; item = queue.next()) {
      if (item.kind === 'truncate') this.truncated();
      else if (item.kind === 'done') this.done(item.lsn);
      else if (!this.isRepeated(item)) this.add(item, bad);
      // An update is two rows that stay together.
      if (this.rows.length + 2 > maxBatchRows && this.rows.length > 0) break;
    }
    if (this.rows.length === 0 && bad.length === 0 && before === this.position) return undefined;
    return { batch: this.rows.take(), next: toOffset(this.position), ...(bad.length > 0 ? { bad } : {}) };
  }

  private done(lsn: bigint): void {
    if (lsn <= this.position.done) return;
    const views = this.position.views.filter((view) => view.lsn > lsn);
    if (views.length < this.position.views.length) this.isSeen = seenChanges(this.table, views);
    this.position = { ...this.position, done: lsn, partial: null, views };
  }

  private isRepeated({ commit, number }: Change): boolean {
    if (commit < this.position.done) return true;
    const { partial } = this.position;
    return partial !== null && partial.commit === commit && number <= partial.changes;
  }

  private add(change: Change, bad: BadRecord[]): void {
    const { commit, number, timeMs } = change;
    // A side that a later snapshot has seen is not told again; an update of which one side is left is an insertion or a deletion.
    const before = change.before !== null && this.isSeen(change.before, commit) ? null : change.before;
    const after = change.after !== null && this.isSeen(change.after, commit) ? null : change.after;
    if (before === null && after === null) {
      this.position = { ...this.position, partial: { commit, changes: number } };
      return;
    }
    const place = (): string => `${lsnText(commit)} change ${number}`;
    const meta = () => {
      const offset = this.position.rows;
      this.position = { ...this.position, rows: offset + 1 };
      return { offset, timestamp: timeMs };
    };
    this.position = { ...this.position, partial: { commit, changes: number } };
    const old = before === null || !(this.isFull || after === null) ? null : this.read(this.textsOf(before, !this.isFull), place);
    const now = after === null ? null : this.read(this.textsOf(after, false), place);
    for (const result of [old, now]) {
      if (result !== null && 'bad' in result) {
        bad.push(result.bad);
        return;
      }
    }
    if (old !== null && 'values' in old) this.rows.add(old.values, meta(), now === null ? Op.delete : Op.updateBefore);
    else if (after !== null && before !== null && !this.isFull) this.moved(before, after, place, meta);
    if (now !== null && 'values' in now)
      this.rows.add(now.values, meta(), change.isUpdate && before === change.before ? Op.updateAfter : Op.insert);
  }

  /** Without the whole old row, an update of the key is a deletion of the old key. */
  private moved(
    before: NonNullable<Change['before']>,
    after: NonNullable<Change['after']>,
    place: () => string,
    meta: () => { offset: number; timestamp: number },
  ): void {
    if (this.table.primaryKey.every((name) => before[name] === after[name] || before[name] === undefined)) return;
    const result = this.read(this.textsOf(before, true), place);
    if ('values' in result) this.rows.add(result.values, meta(), Op.delete);
  }

  /** Values in the order of the fields; columns that only the key was sent of are NULL. */
  private textsOf(tuple: Readonly<Record<string, string | null | undefined>>, isKeyOnly: boolean): readonly (string | null | undefined)[] {
    return this.names.map((name) => (isKeyOnly ? (tuple[name] ?? null) : tuple[name]));
  }

  private truncated(): void {
    const table = `${this.table.schema}.${this.table.name}`;
    if (this.context.options.on_truncate === 'stop') throw databaseError('VS4609', { system: 'PostgreSQL', table });
    this.context.host.warn(`table "${table}" was truncated; rows that were read stay`);
  }
}
