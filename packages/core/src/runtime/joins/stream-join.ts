import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { JoinNode } from '../../sql/plan/plan.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import { type CompileEnv, compilePairExpression, type PairExpression } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { reportRow } from '../rows/record-failure.ts';
import { sameRow } from '../rows/same-row.ts';
import { grownInts } from '../rows/slot-pool.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { DueHeap } from './due-heap.ts';
import { countEvicted, countRows, newJoinCounts } from './join-counts.ts';
import { JoinEmitter } from './join-emitter.ts';
import { JoinKeys } from './join-keys.ts';
import { JoinSide } from './join-side.ts';
import type { JoinTiming, SideTiming } from './join-timing.ts';
import { makeRowTimes, type RowTimes } from './row-times.ts';

/** One input of the join, with what differs by side. */
interface Input {
  readonly side: JoinSide;
  readonly times: RowTimes;
  readonly timing: SideTiming;
  /** Rows without a match are emitted padded. */
  readonly isOuter: boolean;
  /** Rows in the order in which they fall due; only for an outer side. */
  readonly due: DueHeap;
  watermark: number;
}

/**
 * Joins two streams whose rows match by key and by time: within an interval, in the same window, or without a bound. A pair comes
 * out when its second row arrives, pairs of one row in the arrival order of their partners. The unmatched row of an outer
 * side comes out padded when the watermark (the lower of both sides) passes the last time a partner could have, or at the
 * end; rows that fall due together in the order of that time, then left before right. A retraction takes a row away: its
 * pairs are deleted.
 *
 * A row that arrives after it should have been released is late: it joins what is still held and is not kept (`rowsLate`;
 * `rowsLateAccepted` if it found a partner).
 *
 * State: the rows of both sides until they fall due; an unbounded join keeps them for ever. Bound: `maxJoinRows` per side,
 * `maxJoinFanout` pairs per row, then a coded error. The watermark passed on is held back by as much as a padded row may
 * lag. A restored operator holds the same rows in the same order.
 */
export class StreamJoin implements Operator {
  readonly kind = 'join';
  private readonly counts = newJoinCounts();
  readonly metrics = { ...newMetrics(), join: this.counts };
  private readonly node: JoinNode;
  private readonly timing: JoinTiming;
  private readonly context: RuntimeContext;
  private readonly inputs: readonly [Input, Input];
  private readonly keys: JoinKeys;
  private readonly residual: PairExpression | null;
  private readonly emitter: JoinEmitter;
  private readonly isAppend: boolean;
  /** Slots found for the row at hand, newest first. */
  private found = new Int32Array(256);
  /** The lower of both watermarks, as of the row at hand. */
  private combined = Number.NEGATIVE_INFINITY;
  /** What of it may be passed on: no row to come is behind this, unless it is late. */
  private lowest = Number.NEGATIVE_INFINITY;
  /** Rows come with the watermark in force before them, so that ours can tell theirs. */
  private isExact = false;

  constructor(node: JoinNode, timing: JoinTiming, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.timing = timing;
    this.context = context;
    const times = (time: JoinNode['leftTime']): RowTimes => (node.match.kind === 'unbounded' ? () => () => 0 : makeRowTimes(time, env));
    const input = (port: 0 | 1): Input => ({
      side: new JoinSide(port === 0 ? node.left.fields : node.right.fields),
      times: times(port === 0 ? node.leftTime : node.rightTime),
      timing: timing.sides[port],
      isOuter: node.join === 'full' || node.join === (port === 0 ? 'left' : 'right'),
      due: new DueHeap(),
      watermark: Number.NEGATIVE_INFINITY,
    });
    this.inputs = [input(0), input(1)];
    this.isAppend = node.left.changes === 'append' && node.right.changes === 'append';
    this.keys = new JoinKeys(node.keys, env);
    this.residual = node.residual === null ? null : compilePairExpression(node.residual, node.left.fields.length, env);
    this.emitter = new JoinEmitter([this.inputs[0].side, this.inputs[1].side], node.left.fields, node.right.fields);
  }

  process(port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    countRows(this.counts, port, to - from);
    const input = this.inputs[port]!;
    const keys = this.keys.read(port, batch, from, to);
    const timeOf = input.times(batch);
    this.isExact = batch.watermarks !== null;
    this.begin(port, batch, out);
    for (let row = from; row < to; row++) {
      if (batch.watermarks !== null) this.advance(port, batch.watermarks[row]!);
      try {
        const failure = keys.failed?.get(row);
        if (failure !== undefined) throw failure;
        this.take(port, batch, row, keys.ids[row - from]!, timeOf(row));
      } catch (error) {
        reportRow(this, this.context, port === 0 ? this.node.left.fields : this.node.right.fields, { batch, row }, error);
      }
    }
    this.emitter.flush();
    input.side.copyPending(batch);
    this.keys.settle();
    this.measure();
  }

  watermark(port: number, time: number, out: Output): void {
    this.begin(port, null, out);
    this.advance(port, time);
    this.emitter.flush();
    if (this.combined === Number.POSITIVE_INFINITY) this.clear();
    this.keys.settle();
    this.measure();
    if (this.lowest <= this.metrics.watermark) return;
    this.metrics.watermark = this.lowest;
    out.watermark(this.lowest);
  }

  end(): void {
    // The watermark of +Infinity has released everything.
  }

  snapshot(writer: StateWriter): void {
    writer.section('join');
    writer.float(this.combined);
    writer.float(this.lowest);
    writer.float(this.metrics.watermark);
    writer.boolean(this.isExact);
    for (const input of this.inputs) {
      const { side } = input;
      const slots = Int32Array.from({ length: side.count }, (_, slot) => slot).filter((slot) => this.isHeld(input, slot));
      writer.float(input.watermark);
      writeRows(writer, side.rows.view, slots, slots.length);
      writer.float64s(
        Float64Array.from(slots, (slot) => side.times[slot]!),
        slots.length,
      );
      writer.int32s(
        slots.map((slot) => side.matches[slot]!),
        slots.length,
      );
    }
  }

  restore(reader: StateReader): void {
    reader.section('join');
    this.combined = reader.float();
    this.lowest = reader.float();
    this.metrics.watermark = reader.float();
    this.isExact = reader.boolean();
    for (const [port, input] of this.inputs.entries()) {
      input.watermark = reader.float();
      const batch = readRows(reader);
      const times = reader.float64s();
      const matches = reader.int32s();
      const keys = this.keys.read(port, batch, 0, batch.length);
      for (let row = 0; row < batch.length; row++) {
        if (input.side.count === input.side.capacity) this.makeRoom(input, batch);
        const slot = this.store(input, row, keys.ids[row]!, times[row]!);
        input.side.matches[slot] = matches[row]!;
      }
      input.side.copyPending(batch);
    }
    this.measure();
  }

  private begin(port: number, batch: RecordBatch | null, out: Output): void {
    const target = { metrics: this.metrics, batchRows: this.context.batchRows, out };
    this.emitter.begin({ port, batch, isExact: this.isExact, target });
  }

  private take(port: number, batch: RecordBatch, row: number, key: number, time: number): void {
    const input = this.inputs[port]!;
    const other = this.inputs[1 - port]!;
    if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) {
      this.takeAway(port, batch, row, key, time);
      return;
    }
    const found = this.match(port, batch, row, key, time);
    if (found === 0) this.counts.misses++;
    else this.counts.matches += found;
    this.emitPairs(port, row, found, 1);
    if (!this.isDue(input.timing.dueAt(time))) {
      if (key < 0 && !input.isOuter) {
        this.metrics.rowsFiltered++;
        return;
      }
      // With the other side at its end, an inner row has met all it can meet.
      if (!input.isOuter && this.isAppend && other.watermark === Number.POSITIVE_INFINITY) return;
      this.makeRoomFor(input, batch);
      input.side.matches[this.store(input, row, key, time)] = found;
      return;
    }
    if (found === 0 && input.isOuter && this.timing.padsLate) this.emitter.pair(row, -1, Op.insert, this.lowest);
    if (time >= this.combined) return;
    if (found === 0) this.metrics.rowsLate++;
    else this.metrics.rowsLateAccepted++;
  }

  /** A retraction: the newest row that equals it goes, with its pairs. */
  private takeAway(port: number, batch: RecordBatch, row: number, key: number, time: number): void {
    const input = this.inputs[port]!;
    const { side } = input;
    side.copyPending(batch);
    const slot = this.findStored(input, batch, row, key, time);
    if (slot < 0) {
      this.metrics.rowsLate++;
      return;
    }
    const found = this.match(port, batch, row, key, time);
    side.dead[slot] = 1;
    this.emitPairs(port, row, found, -1);
  }

  private findStored(input: Input, batch: RecordBatch, row: number, key: number, time: number): number {
    const { side } = input;
    const { view } = side.rows;
    for (let slot = side.head(key); slot >= 0; slot = side.prev[slot]!) {
      if (side.times[slot] === time && this.isHeld(input, slot) && sameRow(view, slot, batch, row)) return slot;
    }
    return -1;
  }

  /** Fills `found` with the partners of a row. Nothing has changed yet: a residual that fails leaves no trace. */
  private match(port: number, batch: RecordBatch, row: number, key: number, time: number): number {
    if (key < 0) return 0;
    const input = this.inputs[port]!;
    const other = this.inputs[1 - port]!;
    const { times, chainMax, prev, dead, rows } = other.side;
    const first = input.timing.firstPartner(time);
    const last = input.timing.lastPartner(time);
    const { accepts } = this.timing;
    const partnerTiming = other.timing;
    const { residual } = this;
    const view = residual === null ? null : rows.view;
    let found = 0;
    for (let slot = other.side.head(key); slot >= 0 && chainMax[slot]! >= first; slot = prev[slot]!) {
      const partner = times[slot]!;
      if (partner < first || partner > last || dead[slot] === 1 || this.isDue(partnerTiming.dueAt(partner))) continue;
      if (accepts !== null && !accepts(time, partner, this.combined)) continue;
      if (residual !== null && view !== null) {
        const passes = port === 0 ? residual(batch, row, view, slot) : residual(view, slot, batch, row);
        if (passes !== true) continue;
      }
      if (found === this.found.length) this.growFound(found);
      this.found[found++] = slot;
    }
    return found;
  }

  private growFound(observed: number): void {
    const allowed = this.context.limits.maxJoinFanout;
    if (observed >= allowed) {
      throw limitExceeded(
        'maxJoinFanout',
        allowed,
        observed + 1,
        'Join by more columns or a shorter interval, or raise the limit "maxJoinFanout".',
      );
    }
    this.found = grownInts(this.found, observed * 2);
  }

  private emitPairs(port: number, row: number, found: number, weight: 1 | -1): void {
    const allowed = this.context.limits.maxJoinFanout;
    if (found > allowed) this.growFound(found);
    const { matches } = this.inputs[1 - port]!.side;
    const op = weight > 0 ? Op.insert : Op.delete;
    for (let i = found - 1; i >= 0; i--) {
      const slot = this.found[i]!;
      matches[slot]! += weight;
      this.emitter.pair(row, slot, op, this.lowest);
    }
  }

  private store(input: Input, row: number, key: number, time: number): number {
    const slot = input.side.append(row, key, time);
    this.keys.hold(key);
    if (input.isOuter) input.due.push(input.timing.dueAt(time), slot);
    return slot;
  }

  private makeRoomFor(input: Input, batch: RecordBatch): void {
    const { side } = input;
    const allowed = this.context.limits.maxJoinRows;
    if (side.count < side.capacity && side.count < allowed) return;
    this.makeRoom(input, batch);
    if (side.count >= allowed) {
      throw limitExceeded('maxJoinRows', allowed, side.count + 1, 'Join over a shorter interval, or raise the limit "maxJoinRows".');
    }
  }

  private makeRoom(input: Input, batch: RecordBatch): void {
    const { side, due } = input;
    const before = side.count;
    this.emitter.flush();
    side.copyPending(batch);
    side.compact(
      (slot) => this.isHeld(input, slot),
      (key) => this.keys.drop(key),
    );
    countEvicted(this.counts, input === this.inputs[0] ? 0 : 1, before - side.count);
    if (!input.isOuter) return;
    due.clear();
    for (let slot = 0; slot < side.count; slot++) due.push(input.timing.dueAt(side.times[slot]!), slot);
  }

  private isHeld(input: Input, slot: number): boolean {
    return input.side.dead[slot] === 0 && !this.isDue(input.timing.dueAt(input.side.times[slot]!));
  }

  /** What falls due goes out, ahead of what the next rows bring. */
  private advance(port: number, time: number): void {
    const [left, right] = this.inputs;
    const input = this.inputs[port]!;
    if (time > input.watermark) input.watermark = time;
    const next = Math.min(left.watermark, right.watermark);
    if (next <= this.combined) return;
    const before = this.lowest;
    this.combined = next;
    this.lowest = this.timing.held(next, [left.isOuter, right.isOuter]);
    const isEnd = next === Number.POSITIVE_INFINITY;
    while (left.due.size + right.due.size > 0) {
      const port = left.due.size > 0 && (right.due.size === 0 || left.due.firstDue <= right.due.firstDue) ? 0 : 1;
      const { due, side } = this.inputs[port];
      if (!isEnd && !this.isDue(due.firstDue)) break;
      const slot = due.pop();
      if (side.dead[slot] === 0 && side.matches[slot] === 0) this.emitter.unmatched(port, slot, before);
    }
  }

  private isDue(due: number): boolean {
    return this.combined > due || (this.timing.dueWhenReached && this.combined === due);
  }

  private clear(): void {
    for (const [port, { side, due }] of this.inputs.entries()) {
      countEvicted(this.counts, port, side.count);
      side.clear();
      due.clear();
    }
    this.keys.clear();
  }

  private measure(): void {
    const [left, right] = this.inputs;
    const { counts } = this;
    counts.leftHeld = left.side.count;
    counts.rightHeld = right.side.count;
    counts.keys = this.keys.table.size;
    counts.heldMax = this.context.limits.maxJoinRows;
    this.metrics.stateEntries = counts.leftHeld + counts.rightHeld;
    this.metrics.stateBytes = left.side.bytes + right.side.bytes + this.keys.table.bytes;
  }
}
