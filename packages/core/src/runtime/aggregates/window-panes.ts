import { failedUnexpectedly } from '../../diagnostics/codes/runtime.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import { Op } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { GroupKeys } from '../keys/group-keys.ts';
import { KeyNumbers } from '../keys/key-numbers.ts';
import type { Output } from '../operator.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { endsOf, lastEnd, type PaneSchedule } from '../windows/pane-schedule.ts';
import type { AggregatePlan } from './aggregate-plan.ts';
import { GroupBucket, type LastRow } from './group-bucket.ts';
import { groupResults } from './group-store.ts';
import type { ResultRows } from './result-rows.ts';

export interface WindowPanesOptions {
  readonly schedule: PaneSchedule;
  /** State outlives the end of its last window by this much. */
  readonly keepMs: number;
  readonly plan: AggregatePlan;
  readonly keys: GroupKeys;
  readonly last: LastRow;
  readonly results: ResultRows;
  /** A result that could not be calculated. */
  failed(error: VeloError): void;
}

/** The result of one group in one closed window before a late row came. */
export interface Corrected {
  readonly end: number;
  readonly existed: boolean;
  readonly before: readonly Scalar[];
}

/** The panes of a windowed aggregation by start, and what becomes of them as the watermark moves. */
export class WindowPanes {
  /** When the next window closes or the next pane is freed, at the earliest. */
  due = Number.POSITIVE_INFINITY;
  private readonly o: WindowPanesOptions;
  private readonly panes = new Map<number, GroupBucket>();
  private recent: GroupBucket | null = null;

  constructor(options: WindowPanesOptions) {
    this.o = options;
  }

  get groups(): number {
    let groups = 0;
    for (const pane of this.panes.values()) groups += pane.live;
    return groups;
  }

  get bytes(): number {
    let bytes = 0;
    for (const pane of this.panes.values()) bytes += pane.bytes;
    return bytes;
  }

  /** The pane that starts at `start`; made when there is none. */
  at(start: number): GroupBucket {
    if (this.recent !== null && this.recent.start === start) return this.recent;
    let pane = this.panes.get(start);
    if (pane === undefined) {
      pane = this.bucket(start);
      this.panes.set(start, pane);
      this.due = Math.min(this.due, this.endsAfter(start, Number.NEGATIVE_INFINITY)[0] ?? start);
    }
    this.recent = pane;
    return pane;
  }

  /** Closes the windows that end after `before` and not after `time`, in the order of their ends. Returns how many had rows. */
  fire(before: number, time: number, emits: boolean, out: Output): number {
    const ends = new Set<number>();
    for (const pane of this.panes.values()) {
      if (pane.live > 0) for (const end of this.endsAfter(pane.start, before)) if (end <= time) ends.add(end);
    }
    if (emits) for (const end of [...ends].sort((a, b) => a - b)) this.emitWindow(end, out);
    return ends.size;
  }

  /** Frees the panes whose windows are closed for good, and finds out what comes next. */
  free(time: number): void {
    const { keepMs, schedule } = this.o;
    this.recent = null;
    this.due = Number.POSITIVE_INFINITY;
    for (const [start, pane] of this.panes) {
      const until = (this.isWindow ? start + schedule.sizeMs : lastEnd(start, schedule)) + keepMs;
      if (until <= time) {
        pane.close();
        this.panes.delete(start);
      } else this.due = Math.min(this.due, this.endsAfter(start, time)[0] ?? until);
    }
  }

  /** Results of a group in the closed windows that a row of this pane still corrects. */
  corrected(pane: number, keyId: number, watermark: number): Corrected[] {
    return this.endsAfter(pane, watermark - this.o.keepMs)
      .filter((end) => end <= watermark)
      .map((end) => {
        const bucket = this.windowBucket(end, keyId);
        const group = bucket.index.get(keyId);
        const before = group < 0 ? [] : groupResults(bucket.store, group, []);
        this.dispose(bucket);
        return { end, existed: group >= 0, before };
      });
  }

  /** Emits the group anew in windows whose results were taken down before. */
  emitCorrections(corrected: readonly Corrected[], keyId: number, retracts: boolean, out: Output): void {
    const { results, schedule } = this.o;
    for (const { end, existed, before } of corrected) {
      const bounds = { start: end - schedule.sizeMs, end };
      const bucket = this.windowBucket(end, keyId);
      const group = bucket.index.get(keyId);
      if (group >= 0) {
        if (existed && retracts) results.add(Op.updateBefore, bucket, group, bounds, before, out);
        results.add(existed ? Op.updateAfter : Op.insert, bucket, group, bounds, groupResults(bucket.store, group, []), out);
      }
      results.flush(out);
      this.dispose(bucket);
    }
  }

  write(writer: StateWriter): void {
    const keys = new KeyNumbers(this.o.keys.limit);
    const starts = [...this.panes.keys()].sort((a, b) => a - b);
    for (const start of starts) for (const id of this.panes.get(start)!.liveKeys()) keys.add(id);
    this.o.keys.write(writer, keys.ids, keys.ids.length);
    writer.section('panes');
    writer.integer(starts.length);
    for (const start of starts) {
      writer.float(start);
      this.panes.get(start)!.write(writer, keys.numbers);
    }
  }

  read(reader: StateReader): void {
    const ids = this.o.keys.read(reader);
    reader.section('panes');
    for (let left = reader.integer(); left > 0; left--) this.at(reader.float()).read(reader, ids);
  }

  /** The panes of a part, by themselves; whoever asks joins and closes them. `before`: rows that came before the part. */
  readApart(reader: StateReader, before: number): GroupBucket[] {
    const ids = this.o.keys.read(reader);
    reader.section('panes');
    return Array.from({ length: reader.integer() }, () => {
      const pane = this.bucket(reader.float());
      pane.read(reader, ids, before);
      return pane;
    });
  }

  /** Lets go of everything. */
  clear(): void {
    for (const pane of this.panes.values()) pane.close();
    this.panes.clear();
    this.recent = null;
    this.due = Number.POSITIVE_INFINITY;
  }

  /** Each window has a pane to itself. */
  private get isWindow(): boolean {
    return this.o.schedule.paneMs === this.o.schedule.sizeMs;
  }

  private bucket(start: number): GroupBucket {
    const { plan, keys, last } = this.o;
    return new GroupBucket(start, plan, keys, last);
  }

  private endsAfter(start: number, time: number): number[] {
    const { schedule } = this.o;
    if (!this.isWindow) return [...endsOf(start, schedule, time)];
    const end = start + schedule.sizeMs;
    return end > time ? [end] : [];
  }

  private emitWindow(end: number, out: Output): void {
    const { results, schedule } = this.o;
    const bounds = { start: end - schedule.sizeMs, end };
    const bucket = this.windowBucket(end, null);
    for (const group of bucket.inOrder()) {
      this.guard(() => results.add(Op.insert, bucket, group, bounds, groupResults(bucket.store, group, []), out));
    }
    if (this.isWindow) return;
    results.flush(out);
    this.dispose(bucket);
  }

  /** The groups of a window: its pane, or its panes merged (`only`: one group of them) into a bucket to be disposed of. */
  private windowBucket(end: number, only: number | null): GroupBucket {
    const { schedule } = this.o;
    const first = end - schedule.sizeMs;
    if (this.isWindow) return this.panes.get(first) ?? this.bucket(first);
    const merged = this.bucket(first);
    for (let start = first; start < end; start += schedule.paneMs) {
      const pane = this.panes.get(start);
      if (pane === undefined) continue;
      if (only === null) for (const group of pane.inOrder()) this.mergeGroup(merged, pane, group);
      else if (pane.index.get(only) >= 0) this.mergeGroup(merged, pane, pane.index.get(only));
    }
    return merged;
  }

  private mergeGroup(into: GroupBucket, pane: GroupBucket, from: number): void {
    this.guard(() => into.merge(pane, from));
  }

  private dispose(bucket: GroupBucket): void {
    if (!this.isWindow) bucket.close();
  }

  /** One group that cannot be calculated does not keep the others from being emitted. */
  private guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      const known = VeloError.is(error) ? error : failedUnexpectedly(error);
      if (known.reason === 'limit-exceeded') throw known;
      this.o.failed(known);
    }
  }
}
