import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { Expr, OverCall } from '../../sql/bind/expression.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { expressionKey } from '../aggregates/expression-key.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { type KeyReader, makeKeyReader } from '../rows/key-columns.ts';
import { type KeyLookup, KeyTable } from '../rows/key-table.ts';
import { valueOrder } from '../rows/sort-order.ts';
import { makeValueReaders, type ValueReader } from '../rows/value-reader.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import type { CallValue } from './call-value.ts';
import { callValue } from './call-values.ts';
import { type FrameBounds, type FrameRange, makeFrameBounds } from './frame-bounds.ts';
import { type BufferShape, PartitionBuffer } from './partition-buffer.ts';

interface PlacedCall {
  /** Column among the results of the operator. */
  readonly result: number;
  readonly value: CallValue<unknown>;
  readonly bounds: FrameBounds;
  readonly onBufferFull: boolean;
}

interface Partition {
  buffer: PartitionBuffer;
  /** By call of the group. */
  readonly states: unknown[];
}

/** OVER calls that share one buffer per partition: the same PARTITION BY, ORDER BY, size and EXPIRE. */
export class OverGroup {
  private readonly bufferRows: number;
  private readonly expireAfterMs: number | null;
  private readonly shape: BufferShape;
  private readonly calls: readonly PlacedCall[];
  private readonly partitionReader: KeyReader;
  private readonly keyTable: KeyTable;
  private readonly readInputs: (batch: RecordBatch) => readonly ValueReader[];
  private readonly readKeys: (batch: RecordBatch) => readonly ValueReader[];
  private readonly range: FrameRange = { start: 0, end: 0 };
  private partitions: (Partition | undefined)[] = [];
  private lookup: KeyLookup = () => -1;
  private offset = 0;
  private failed: ReadonlyMap<number, unknown> | null = null;
  /** The partitions are looked through for expired ones when there are this many. */
  private sweepAt = SWEEP_MIN;
  private last: { readonly partition: Partition; readonly before: PartitionBuffer; readonly lastTime: number } | null = null;
  /** Rows in all buffers. */
  private rowsHeld = 0;
  /** Of the row at hand. */
  private readonly values: Scalar[];
  private readonly keys: Scalar[];
  private inputReaders: readonly ValueReader[] = [];
  private keyReaders: readonly ValueReader[] = [];

  constructor(calls: readonly { readonly call: OverCall; readonly result: number }[], env: CompileEnv) {
    const { partitionBy, orderBy, bufferRows, expireAfterMs } = calls[0]!.call;
    this.bufferRows = bufferRows;
    this.expireAfterMs = expireAfterMs;
    this.partitionReader = makeKeyReader(partitionBy, env);
    this.keyTable = new KeyTable(
      partitionBy.map((expr) => expr.type),
      { nulls: 'equal' },
    );
    this.readKeys = makeValueReaders(
      orderBy.map((key) => key.expr),
      env,
    );
    const inputs = new DistinctInputs();
    this.calls = calls.map(({ call, result }) => ({
      result,
      value: callValue(
        call,
        { args: call.args.map((arg) => inputs.add(arg)), filter: call.filter === null ? -1 : inputs.add(call.filter) },
        orderBy.length > 0,
      ),
      bounds: makeFrameBounds(call.frame, orderBy),
      onBufferFull: call.emit === 'on-buffer-full',
    }));
    this.readInputs = makeValueReaders(inputs.exprs, env);
    this.values = inputs.exprs.map(() => null);
    this.shape = {
      inputs: inputs.exprs.length,
      orders: orderBy.map(valueOrder),
      keepsTimes: this.calls.some((call) => call.value.readsTimes === true),
    };
    this.keys = orderBy.map(() => null);
  }

  /** Partitions held. */
  get size(): number {
    return this.keyTable.size;
  }

  /** Estimate of the bytes held. */
  get bytes(): number {
    const { inputs, orders } = this.shape;
    return this.keyTable.bytes + this.keyTable.size * 400 + this.rowsHeld * 8 * (inputs + orders.length + 1);
  }

  bind(batch: RecordBatch, from: number, to: number): void {
    const { columns, offset, failed } = this.partitionReader(batch, from, to);
    this.offset = offset;
    this.failed = failed;
    this.lookup = this.keyTable.bind(columns);
    this.inputReaders = this.readInputs(batch);
    this.keyReaders = this.readKeys(batch);
  }

  /** Calculates what the row brings, for `take`. Throws what is wrong with it; nothing has changed then. */
  calculate(row: number): void {
    const failure = this.failed?.get(row);
    if (failure !== undefined) throw failure;
    const { values, inputReaders, keys, keyReaders } = this;
    for (let i = 0; i < values.length; i++) values[i] = inputReaders[i]!(row);
    for (let k = 0; k < keys.length; k++) keys[k] = keyReaders[k]!(row);
  }

  /**
   * Takes the row that was calculated last into its partition and writes the results of the calls. `false`: the buffer of a call with ON BUFFER FULL is
   * not full. A failing call takes the row out again, and throws.
   */
  take(row: number, time: number, watermark: number, groupsMax: number, results: Scalar[]): boolean {
    const partition = this.partitionOf(this.lookup(row - this.offset, true), groupsMax);
    const before = partition.buffer;
    this.expire(partition, time, watermark);
    const { buffer, states } = partition;
    buffer.begin();
    if (buffer.size >= this.bufferRows && buffer.size > 0) this.evict(partition);
    else this.rowsHeld++;
    const position = buffer.insert(this.values, this.keys, time);
    let isFull = true;
    try {
      for (let c = 0; c < this.calls.length; c++) {
        const call = this.calls[c]!;
        call.bounds(buffer, position, this.range);
        results[call.result] = call.value.evaluate(states[c], buffer, position, this.range);
        if (call.onBufferFull && buffer.size < this.bufferRows) isFull = false;
      }
    } catch (error) {
      this.undo(partition, before);
      throw error;
    }
    this.last = { partition, before, lastTime: buffer.lastTime };
    buffer.lastTime = time;
    return isFull;
  }

  /** Takes the row of the last `take` out again: another group has refused it. */
  undoLast(): void {
    const { last } = this;
    if (last === null) return;
    last.partition.buffer.lastTime = last.lastTime;
    this.undo(last.partition, last.before);
    this.last = null;
  }

  private undo(partition: Partition, before: PartitionBuffer): void {
    const { buffer } = partition;
    this.rowsHeld -= buffer.size;
    buffer.undo();
    // An expired buffer comes back; whatever was calculated since is calculated anew.
    before.epoch = buffer.epoch + 1;
    partition.buffer = before;
    this.rowsHeld += before.size;
  }

  /** Frees partitions whose buffers the next row would clear anyway. */
  freeExpired(watermark: number): void {
    if (this.expireAfterMs === null || this.keyTable.size < this.sweepAt) return;
    for (let id = 0; id < this.keyTable.limit; id++) {
      const partition = this.partitions[id];
      if (partition === undefined || !(watermark - partition.buffer.lastTime > this.expireAfterMs)) continue;
      this.rowsHeld -= partition.buffer.size;
      this.partitions[id] = undefined;
      this.keyTable.release(id);
    }
    this.sweepAt = Math.max(SWEEP_MIN, 2 * this.keyTable.size);
  }

  write(writer: StateWriter): void {
    const ids = Int32Array.from({ length: this.keyTable.limit }, (_, id) => id).filter((id) => this.partitions[id] !== undefined);
    this.keyTable.write(writer, ids, ids.length);
    for (const id of ids) {
      const { buffer, states } = this.partitions[id]!;
      writer.integer(buffer.arrivals);
      writer.float(buffer.lastTime);
      writer.integer(buffer.size);
      writer.integer(buffer.width);
      for (let i = 0; i < buffer.size; i++) for (const value of buffer.row(i)) writer.scalar(value);
      for (const [c, call] of this.calls.entries()) call.value.write(states[c], writer, buffer);
    }
  }

  restore(reader: StateReader): void {
    const count = this.keyTable.read(reader);
    for (let id = 0; id < count; id++) {
      const partition = this.newPartition();
      const { buffer, states } = partition;
      this.partitions[id] = partition;
      const arrivals = reader.integer();
      buffer.lastTime = reader.float();
      const size = reader.integer();
      const width = reader.integer();
      buffer.restore(
        arrivals,
        Array.from({ length: size }, () => Array.from({ length: width }, () => reader.scalar())),
      );
      this.rowsHeld += size;
      for (const [c, call] of this.calls.entries()) call.value.read(states[c], reader, buffer);
    }
    this.sweepAt = Math.max(SWEEP_MIN, 2 * this.keyTable.size);
  }

  private partitionOf(id: number, groupsMax: number): Partition {
    const known = this.partitions[id];
    if (known !== undefined) return known;
    if (this.keyTable.size > groupsMax) {
      throw limitExceeded(
        'maxGroups',
        groupsMax,
        this.keyTable.size,
        'Use EXPIRE AFTER, partition by less, or raise the limit "maxGroups".',
      );
    }
    const made = this.newPartition();
    this.partitions[id] = made;
    return made;
  }

  private newPartition(): Partition {
    return { buffer: new PartitionBuffer(this.shape), states: this.calls.map((call) => call.value.create()) };
  }

  /**
   * The gap to the partition's last row is too long, so the buffer starts afresh. A late row does not bring back what the
   * watermark says is gone: that is what lets partitions be freed.
   */
  private expire(partition: Partition, time: number, watermark: number): void {
    const { buffer } = partition;
    if (this.expireAfterMs === null || buffer.size === 0) return;
    if (!(time - buffer.lastTime > this.expireAfterMs || watermark - buffer.lastTime > this.expireAfterMs)) return;
    this.rowsHeld -= buffer.size;
    partition.buffer = new PartitionBuffer(this.shape);
    partition.buffer.epoch = buffer.epoch + 1;
  }

  private evict({ buffer, states }: Partition): void {
    if (buffer.evictsFront) for (let c = 0; c < this.calls.length; c++) this.calls[c]!.value.leave(states[c], buffer);
    buffer.evict();
  }
}

const SWEEP_MIN = 1024;

/** Expressions that are calculated once per row, whoever uses them. */
class DistinctInputs {
  readonly exprs: Expr[] = [];
  private readonly known = new Map<string, number>();

  add(expr: Expr): number {
    const key = expressionKey(expr);
    const found = key === null ? undefined : this.known.get(key);
    if (found !== undefined) return found;
    const index = this.exprs.push(expr) - 1;
    if (key !== null) this.known.set(key, index);
    return index;
  }
}
