import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import { noEventTime } from '../../diagnostics/codes/runtime.ts';
import type { WindowRowsNode } from '../../sql/plan/plan.ts';
import { type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { reportRow } from '../rows/record-failure.ts';
import { rowIdentity } from '../rows/row-identity.ts';
import { SlotPool } from '../rows/slot-pool.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { PaneRows } from '../windows/pane-rows.ts';
import { SessionRows } from '../windows/session-rows.ts';
import type { WindowedRow, WindowMembers } from '../windows/window-members.ts';
import { WindowRowsOutput } from '../windows/window-rows-output.ts';

/**
 * Rows of a window as they are, with its bounds. EMIT CHANGES: at once, once per window. EMIT FINAL: when the window closes, in
 * order of arrival; event time is the window's end then. State (EMIT FINAL, and sessions): the rows of open windows, at
 * most `maxGroups`, freed as windows close. A row in time for a closed window alone (allowed lateness) comes out at once.
 * A restored operator goes on exactly as the one that was saved.
 */
export function makeWindowRows(node: WindowRowsNode, context: RuntimeContext, env: CompileEnv): Operator {
  return new WindowRows(node, context, env);
}

class WindowRows implements Operator {
  readonly kind = 'WindowRows';
  readonly metrics = newMetrics();
  private readonly node: WindowRowsNode;
  private readonly context: RuntimeContext;
  private readonly stored: StoredRows;
  private readonly pool = new SlotPool();
  private readonly members: WindowMembers;
  private readonly output: WindowRowsOutput;
  private readonly identity: (batch: RecordBatch, row: number) => string;
  private readonly isFinal: boolean;
  private current = Number.NEGATIVE_INFINITY;

  constructor(node: WindowRowsNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.stored = new StoredRows(node.input.fields);
    this.identity = rowIdentity(node.input.fields);
    this.isFinal = node.emit === 'final';
    this.output = new WindowRowsOutput(context.batchRows, this.metrics);
    const keepMs = node.late === 'update-previous' ? Math.max(node.allowedLatenessMs, sizeOf(node)) : node.allowedLatenessMs;
    const { window } = node;
    this.members = window.kind === 'session' ? new SessionRows(window, keepMs, node.keys, env) : new PaneRows(window, keepMs);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { metrics, members } = this;
    const { watermarks } = batch;
    metrics.rowsIn += to - from;
    members.bind(batch, from, to);
    for (let row = from; row < to; row++) {
      if (watermarks !== null && watermarks[row]! > this.current) this.advance(watermarks[row]!, batch, out);
      const time = batch.meta.eventTime?.[row] ?? Number.NaN;
      const failure = Number.isNaN(time) ? noEventTime() : members.failure(row);
      if (failure !== undefined) {
        reportRow(this, this.context, this.node.input.fields, { batch, row }, failure);
        continue;
      }
      this.place({ batch, row, time }, out);
    }
    this.output.flushRows(batch, out);
    metrics.stateEntries = this.pool.used;
    metrics.stateBytes = this.stored.bytes;
  }

  watermark(_port: number, time: number, out: Output): void {
    if (time > this.current) this.advance(time, null, out);
    this.metrics.watermark = time;
    this.metrics.stateEntries = this.pool.used;
    out.watermark(time);
  }

  end(): void {
    // The watermark of +Infinity that came before has closed every window.
  }

  snapshot(writer: StateWriter): void {
    writer.section('window-rows');
    writer.float(this.current);
    const slots = this.members.slots();
    writeRows(writer, this.stored.view, slots, slots.length);
    this.members.write(writer, new Map(Array.from(slots, (slot, i) => [slot, i] as const)));
  }

  restore(reader: StateReader): void {
    reader.section('window-rows');
    this.current = reader.float();
    this.output.watermark = this.current;
    const rows = readRows(reader);
    const all = Int32Array.from({ length: rows.length }, (_, i) => i);
    this.stored.ensure(rows.length);
    this.stored.copy(rows, all, rows.length, all);
    for (let i = 0; i < rows.length; i++) this.pool.take();
    this.members.read(reader);
  }

  private place(row: WindowedRow, out: Output): void {
    const placed = this.members.placeOf(row, this.current);
    if (placed === 'late') {
      this.late(row, out);
      return;
    }
    if (placed === 'outside') {
      this.metrics.rowsFiltered++;
      return;
    }
    if (placed === 'late-accepted') this.metrics.rowsLateAccepted++;
    this.enter(row, row.time, out);
  }

  private late(row: WindowedRow, out: Output): void {
    const { metrics, node } = this;
    if (node.late === 'include-in-next-window' && Number.isFinite(this.current)) {
      metrics.rowsLateAccepted++;
      this.enter(row, this.current, out);
      return;
    }
    metrics.rowsLate++;
    if (node.late === 'dead-letter') this.context.deadLetter(node.input.fields, row.batch, row.row, 'late');
  }

  private enter({ batch, row }: WindowedRow, time: number, out: Output): void {
    const { members, output } = this;
    const op = batch.ops?.[row] ?? 0;
    const isGone = weightOf(op) < 0;
    if (members.keepsRows || this.isFinal) {
      if (isGone) this.forget(batch, row, time);
      else this.keep(batch, row, time);
    }
    const windows = members.windowsAt(row, time, this.current);
    for (const bounds of windows) {
      const isClosed = members.isClosed(bounds, this.current);
      if (!this.isFinal || isClosed) output.add(batch, row, bounds, op, out);
    }
  }

  private keep(batch: RecordBatch, row: number, time: number): void {
    const { maxGroups } = this.context.limits;
    if (this.pool.used >= maxGroups) {
      throw limitExceeded('maxGroups', maxGroups, maxGroups + 1, 'Use a shorter window, or raise limits.maxGroups.');
    }
    const slot = this.pool.take();
    this.stored.ensure(slot + 1);
    this.stored.put(batch, row, slot);
    this.members.add(row, time, slot, this.current);
  }

  private forget(batch: RecordBatch, row: number, time: number): void {
    const wanted = this.identity(batch, row);
    const slot = this.members.remove(row, time, (candidate) => this.identity(this.stored.view, candidate) === wanted);
    if (slot !== undefined) this.free(slot);
  }

  private free(slot: number): void {
    this.stored.forget(slot);
    this.pool.give(slot);
  }

  private advance(time: number, batch: RecordBatch | null, out: Output): void {
    const { members, output, metrics } = this;
    if (members.isDue(time)) {
      if (batch !== null) output.flushRows(batch, out);
      const closed = members.close(this.current, time);
      metrics.windowsClosed += closed.length;
      if (this.isFinal) for (const { bounds, slots } of closed) output.emitStored(this.stored, slots, bounds, out);
      for (const slot of members.free(time)) this.free(slot);
    }
    this.current = time;
    output.watermark = time;
  }
}

function sizeOf({ window }: WindowRowsNode): number {
  return window.kind === 'session' ? window.gapMs : window.sizeMs;
}
