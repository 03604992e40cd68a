import { noEventTime } from '../../diagnostics/codes/runtime.ts';
import type { VeloError } from '../../diagnostics/velo-error.ts';
import type { AggregateNode, PlanWindow } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { applyRow, type InputRow, isUpdate, type RowTarget, replaceRow } from '../aggregates/apply-row.ts';
import { ChangeEmitter } from '../aggregates/change-emitter.ts';
import { FastRows } from '../aggregates/fast-rows.ts';
import type { GroupBucket } from '../aggregates/group-bucket.ts';
import type { KernelHost } from '../aggregates/kernel-state.ts';
import { ResultRows } from '../aggregates/result-rows.ts';
import { SLOW_ROWS, type WhereRows } from '../aggregates/where-rows.ts';
import { WindowPanes } from '../aggregates/window-panes.ts';
import { isVolatile } from '../compile/codegen/used-columns.ts';
import { newMetrics, type Operator, type OperatorParts, type Output, type ReadPart, type RuntimeContext } from '../operator.ts';
import type { KeyColumns } from '../rows/key-columns.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { firstStart, lastEnd, lastStart, nextEnd, openFrom, type PaneSchedule, paneSchedule, paneStart } from '../windows/pane-schedule.ts';
import { type AggregateEnv, type AggregateRows, aggregateRows, checkGroups, inputsOf } from './aggregate-rows.ts';

/**
 * GROUP BY with TUMBLING or SLIDING. A window closes when the watermark reaches its end. State: one entry per group and pane
 * (EMIT FINAL: panes of gcd(size, advance) that overlapping windows share; EMIT CHANGES: a pane per window), at most
 * `maxGroups` in all, freed when the watermark reaches the end of the last window of the pane plus the allowed lateness
 * (plus one window size under `update-previous`, which corrects windows that are closed). A restored operator goes on bit by
 * bit as the one that was saved. Under `include-in-next-window` a row that is too late counts at the time of the watermark.
 */
export function makeWindowAggregate(
  node: AggregateNode & { readonly window: Exclude<PlanWindow, { kind: 'session' }> },
  context: RuntimeContext,
  env: AggregateEnv,
): Operator {
  return new WindowAggregate(node, context, env);
}

interface At {
  readonly batch: RecordBatch;
  readonly row: number;
  readonly keys: KeyColumns;
}

interface Placed {
  readonly input: InputRow;
  readonly time: number;
}

class WindowAggregate implements Operator {
  readonly kind = 'WindowAggregate';
  readonly metrics = newMetrics();
  private readonly node: AggregateNode;
  private readonly context: RuntimeContext;
  private readonly rows: AggregateRows;
  private readonly schedule: PaneSchedule;
  private readonly keepMs: number;
  private readonly panes: WindowPanes;
  private readonly results: ResultRows;
  private readonly target: RowTarget;
  /** Null: rows go one by one. */
  private readonly fast: FastRows | null;
  private readonly where: WhereRows | null;
  /** Loops that test the filter beneath as well. */
  private readonly filtering: FastRows | null;
  /** Batch at hand of the generated loops. */
  private batch: RecordBatch | null = null;
  private sequence = 0;
  /** Watermark in force. */
  private current = Number.NEGATIVE_INFINITY;
  /** One part of the input is taken: nothing comes out, no window is freed. */
  private isHeld = false;
  /** A row of the part came when some of its windows had closed. */
  private wasPartlyLate = false;
  readonly byPart: OperatorParts = {
    hold: () => {
      this.isHeld = true;
    },
    startAt: (watermark) => {
      this.current = watermark;
    },
    take: (writer) => this.takePart(writer),
    read: (reader) => this.readPart(reader),
  };

  constructor(
    node: AggregateNode & { readonly window: Exclude<PlanWindow, { kind: 'session' }> },
    context: RuntimeContext,
    env: AggregateEnv,
  ) {
    this.node = node;
    this.context = context;
    this.rows = aggregateRows(node, env);
    this.schedule = paneSchedule(node.window, node.emit === 'final' && !this.rows.plan.ordered);
    const { sizeMs } = this.schedule;
    this.keepMs = node.late === 'update-previous' ? Math.max(node.allowedLatenessMs, sizeMs) : node.allowedLatenessMs;
    const { keys, plan, last, add, retract, maxGroups } = this.rows;
    const { metrics } = this;
    const updates = node.changes !== 'append';
    this.results = new ResultRows({ fields: node.fields, keys, windowed: true, updates, batchRows: context.batchRows, metrics });
    const failed = (error: VeloError): void => {
      metrics.rowErrors++;
      context.recordError({ error, operator: this.kind, sample: {} });
    };
    this.panes = new WindowPanes({ schedule: this.schedule, keepMs: this.keepMs, plan, keys, last, results: this.results, failed });
    const options = { retracts: node.changes === 'retract', perBatch: context.changes === 'per-batch', keepsEmpty: false };
    const changes = node.emit === 'changes' ? new ChangeEmitter(this.results, options) : null;
    // Rows that go into several panes, and results that depend on their order, go one by one.
    const suits = FastRows.suits({ node, plan, context }) && this.schedule.advanceMs >= this.schedule.paneMs;
    this.fast = suits ? new FastRows({ node, plan, context, env: env.env, touches: last }, this.host()) : null;
    this.where = env.where ?? null;
    const fused = suits && this.where !== null && !isVolatile(this.where.predicate);
    this.filtering = fused
      ? new FastRows({ node, plan, context, env: env.env, touches: last, where: this.where!.predicate }, this.host())
      : null;
    this.target = { keys, add, retract, changes, keepsEmpty: false, room: () => checkGroups(this.panes.groups + 1, maxGroups) };
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { where } = this;
    if (where === null) this.take(batch, from, to, out);
    else this.filtered(where, batch, from, to, out);
  }

  /** Tests and adds rows in one loop, as far as that goes. */
  private filtered(where: WhereRows, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { rows, filtering } = this;
    const slow = (first: number, end: number): void => where.pass(batch, first, end, (b) => this.take(b, 0, b.length, out));
    const isFast = filtering !== null && batch.ops === null && batch.meta.eventTime !== null && !(rows.calculatesKeys && where.dropsMost);
    const keys = isFast ? rows.readKeys(batch, from, to) : null;
    const at = keys === null ? null : { batch, keys, bucket: null, out };
    if (keys === null || keys.failed !== null || !filtering!.takes(at!)) {
      slow(from, to);
      return;
    }
    for (let row = from; row < to; ) {
      const end = this.plainEnd(batch, row, to);
      let taken = row;
      if (end > row) {
        rows.keys.bind(keys);
        this.batch = batch;
        taken = filtering!.run(at!, row, end, this.sequence);
        const { dropped } = filtering!;
        where.tested(taken - row, dropped);
        this.metrics.rowsIn += taken - row - dropped;
        this.sequence += taken - row;
        this.passed(batch, row, taken);
      }
      row = Math.min(to, taken < end ? taken + SLOW_ROWS : taken === to ? to : taken + 1);
      if (taken < row) slow(taken, row);
    }
    this.flush(out);
    this.measure();
  }

  private take(batch: RecordBatch, from: number, to: number, out: Output): void {
    const { rows, fast } = this;
    const keys = rows.readKeys(batch, from, to);
    rows.keys.bind(keys);
    this.metrics.rowsIn += to - from;
    this.batch = batch;
    const isFast = fast !== null && keys.failed === null && batch.ops === null && batch.meta.eventTime !== null;
    const at = { batch, keys, bucket: null, out };
    for (let row = from; row < to; ) {
      if (isFast) {
        const end = this.plainEnd(batch, row, to);
        const taken = end === row ? row : fast.run(at, row, end, this.sequence);
        this.sequence += taken - row;
        this.passed(batch, row, taken);
        row = taken;
        if (row === to) break;
      }
      const here = { batch, row, keys };
      if (isUpdate(batch, row, to) && this.takeUpdate(here, out)) {
        row += 2;
        continue;
      }
      this.takeRow(here, out);
      row++;
      if (isFast) this.flush(out);
    }
    this.flush(out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    if (time > this.current) this.advance(time, out);
    this.metrics.watermark = time;
    if (this.where !== null) this.where.metrics.watermark = time;
    this.measure();
    out.watermark(time);
  }

  end(): void {
    // The watermark of +Infinity that came before has closed every window.
  }

  snapshot(writer: StateWriter): void {
    writer.section('window-aggregate');
    writer.integer(this.sequence);
    writer.float(this.current);
    this.panes.write(writer);
  }

  restore(reader: StateReader): void {
    reader.section('window-aggregate');
    this.sequence = reader.integer();
    this.current = reader.float();
    this.results.watermark = this.current;
    this.panes.read(reader);
    this.measure();
  }

  private takeRow(at: At, out: Output): void {
    const { batch, row } = at;
    const { watermarks } = batch;
    if (watermarks !== null && watermarks[row]! > this.current) this.advance(watermarks[row]!, out);
    const placed = this.placed(at);
    if (placed === undefined) return;
    try {
      this.place(placed.input, placed.time, out);
    } catch (error) {
      this.report(at, error);
    }
  }

  /**
   * The row at hand leaves, the next one comes in its place: a window that holds both is told once. False: they go one by one, as where
   * nothing is told as rows come, or a window closes between them.
   */
  private takeUpdate(at: At, out: Output): boolean {
    const { changes } = this.target;
    const { batch, row } = at;
    const { watermarks } = batch;
    if (changes === null || changes.isBatched || (watermarks !== null && watermarks[row + 1]! > Math.max(this.current, watermarks[row]!)))
      return false;
    if (watermarks !== null && watermarks[row]! > this.current) this.advance(watermarks[row]!, out);
    const next = { ...at, row: row + 1 };
    const old = this.placed(at);
    const { keys } = this.rows;
    if (old !== undefined) keys.retain(old.input.keyId);
    const fresh = this.placed(next);
    if (fresh !== undefined) keys.retain(fresh.input.keyId);
    try {
      if (old !== undefined && fresh !== undefined) this.replace(old, fresh, out);
      else {
        const alone = old ?? fresh;
        if (alone !== undefined) this.place(alone.input, alone.time, out);
      }
    } catch (error) {
      this.report(next, error);
    } finally {
      if (old !== undefined) keys.release(old.input.keyId);
      if (fresh !== undefined) keys.release(fresh.input.keyId);
    }
    return true;
  }

  /** Window by window in order of start; where rows are told as they come, panes are windows. */
  private replace(old: Placed, fresh: Placed, out: Output): void {
    const { schedule, panes, target } = this;
    const [oldFirst, oldLast] = [firstStart(old.time, schedule), lastStart(old.time, schedule)];
    const [first, last] = [firstStart(fresh.time, schedule), lastStart(fresh.time, schedule)];
    if (oldLast < first || last < oldFirst) {
      // No window holds both; between them may be years, which are not gone through.
      const [early, late] = oldFirst <= first ? [old, fresh] : [fresh, old];
      this.place(early.input, early.time, out);
      this.place(late.input, late.time, out);
      return;
    }
    for (let start = Math.min(oldFirst, first); start <= Math.max(oldLast, last); start += schedule.advanceMs) {
      const leaves = start >= oldFirst && start <= oldLast;
      const comes = start >= first && start <= last;
      const end = start + schedule.sizeMs;
      if (!leaves || !comes) this.placeIn(start, (leaves ? old : fresh).input, out);
      else if (this.current < end + this.keepMs) replaceRow(target, panes.at(start), old.input, fresh.input, { start, end }, out);
    }
  }

  /** A row with its inputs, and the time at which it counts; undefined when it is late or in no window, or was reported. */
  private placed(at: At): Placed | undefined {
    const { batch, row } = at;
    const sequence = this.sequence++;
    const eventTime = batch.meta.eventTime?.[row] ?? Number.NaN;
    if (Number.isNaN(eventTime)) {
      this.report(at, noEventTime());
      return undefined;
    }
    const time = this.placeOf(eventTime, batch, row);
    if (time === undefined) return undefined;
    const inputs = inputsOf(this, this.context, this.node, this.rows, at);
    if (inputs === undefined) return undefined;
    return { input: { batch, row, inputs, keyId: this.rows.keys.idOf(row), sequence, eventTime }, time };
  }

  private report(at: At, error: unknown): void {
    reportRow(this, this.context, this.node.input.fields, at, error);
  }

  /** How far rows go into open windows alone, and no window closes between them. */
  private plainEnd(batch: RecordBatch, from: number, to: number): number {
    const { watermarks } = batch;
    if (watermarks === null) return to;
    const times = batch.meta.eventTime!;
    const closing = nextEnd(this.current, this.schedule);
    const open = openFrom(this.current, this.schedule);
    let row = from;
    while (row < to && watermarks[row]! < closing && !(times[row]! < open)) row++;
    return row;
  }

  /** The watermark moved within a window while rows `from` to `to` went by. */
  private passed({ watermarks }: RecordBatch, from: number, to: number): void {
    if (watermarks === null || to === from) return;
    const last = watermarks[to - 1]!;
    if (last > this.current) {
      this.current = last;
      this.results.watermark = last;
    }
  }

  private host(): Omit<KernelHost, 'out'> {
    const { schedule } = this;
    const report = (row: number, error: unknown): void =>
      reportRow(this, this.context, this.node.input.fields, { batch: this.batch!, row }, error);
    return {
      keys: this.rows.keys,
      paneMs: schedule.paneMs,
      bucketAt: (time, row) => {
        if (Number.isNaN(time)) report(row, noEventTime());
        else if (firstStart(time, schedule) > lastStart(time, schedule)) this.metrics.rowsFiltered++;
        else return this.panes.at(paneStart(time, schedule));
        return null;
      },
      room: () => this.target.room(),
      failed: report,
      emitted: (rows) => {
        this.metrics.rowsOut += rows;
      },
    };
  }

  /** The time at which a row counts; undefined when it is too late for every window. */
  private placeOf(time: number, batch: RecordBatch, row: number): number | undefined {
    const { metrics, schedule, current: w } = this;
    if (firstStart(time, schedule) > lastStart(time, schedule)) {
      // Between the windows of a SLIDING whose advance exceeds its size.
      metrics.rowsFiltered++;
      return undefined;
    }
    const end = lastEnd(time, schedule);
    if (end > w) return time;
    if (w < end + this.keepMs) {
      metrics.rowsLateAccepted++;
      return time;
    }
    if (this.node.late === 'include-in-next-window' && Number.isFinite(w)) {
      metrics.rowsLateAccepted++;
      return w;
    }
    metrics.rowsLate++;
    if (this.node.late === 'dead-letter') this.context.deadLetter(this.node.input.fields, batch, row, 'late');
    return undefined;
  }

  private place(input: InputRow, time: number, out: Output): void {
    const { schedule, panes, target, current: w } = this;
    const first = firstStart(time, schedule);
    const last = lastStart(time, schedule);
    if (schedule.paneMs === schedule.sizeMs) {
      for (let start = first; start <= last; start += schedule.advanceMs) this.placeIn(start, input, out);
    } else {
      const pane = paneStart(time, schedule);
      if (first + schedule.sizeMs > w) applyRow(target, panes.at(pane), input, NO_BOUNDS, out);
      else {
        this.wasPartlyLate = true;
        this.correct(input, pane, out);
      }
    }
  }

  /** Takes a row into one window, unless that is closed for good. */
  private placeIn(start: number, input: InputRow, out: Output): void {
    const end = start + this.schedule.sizeMs;
    const isOpen = end > this.current;
    if (!isOpen && this.current >= end + this.keepMs) return;
    if (isOpen || this.target.changes !== null) applyRow(this.target, this.panes.at(start), input, { start, end }, out);
    else this.correct(input, start, out);
  }

  /** A row in time for windows that are closed already: its group is emitted anew for them. */
  private correct(input: InputRow, pane: number, out: Output): void {
    const corrected = this.panes.corrected(pane, input.keyId, this.current);
    applyRow(this.target, this.panes.at(pane), input, NO_BOUNDS, out);
    this.panes.emitCorrections(corrected, input.keyId, this.node.changes === 'retract', out);
  }

  /** Moves the watermark: closes what is due. It is passed on by `watermark`, after all rows. */
  private advance(time: number, out: Output): void {
    const { panes } = this;
    if (time >= panes.due && !this.isHeld) {
      this.target.changes?.flush(out);
      this.metrics.windowsClosed += panes.fire(this.current, time, this.node.emit === 'final', out);
      this.results.flush(out);
      panes.free(time);
    }
    this.current = time;
    this.results.watermark = time;
  }

  private takePart(writer: StateWriter): void {
    writer.section('window-part');
    writer.integer(this.sequence);
    writer.boolean(this.wasPartlyLate || (this.metrics.rowErrors > 0 && this.rows.plan.sets.some((set) => set.checked)));
    this.panes.write(writer);
    this.panes.clear();
    this.sequence = 0;
    this.current = Number.NEGATIVE_INFINITY;
    this.wasPartlyLate = false;
  }

  private readPart(reader: StateReader): ReadPart {
    const { panes, schedule, target } = this;
    reader.section('window-part');
    const rows = reader.integer();
    const isSpecial = reader.boolean();
    const read = panes.readApart(reader, this.sequence);
    const drop = (): void => {
      for (const pane of read) pane.close();
    };
    const fits = (pane: GroupBucket): boolean =>
      firstStart(pane.start, schedule) + schedule.sizeMs > this.current && !panes.at(pane.start).isNearLimit(pane);
    const join = (): void => {
      for (const pane of read) panes.at(pane.start).join(pane, target.room);
      drop();
      this.sequence += rows;
      this.measure();
    };
    return { fits: !isSpecial && read.every(fits), join, drop };
  }

  private flush(out: Output): void {
    if (this.target.changes === null) this.results.flush(out);
    else this.target.changes.flush(out);
  }

  private measure(): void {
    this.metrics.stateEntries = this.panes.groups;
    this.metrics.stateBytes = this.panes.bytes + this.rows.keys.bytes;
  }
}

const NO_BOUNDS = { start: Number.NaN, end: Number.NaN };
