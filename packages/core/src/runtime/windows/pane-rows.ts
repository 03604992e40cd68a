import type { PlanWindow } from '../../sql/plan/plan.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { endsOf, firstStart, lastEnd, lastStart, type PaneSchedule, paneSchedule } from './pane-schedule.ts';
import type { ClosedWindow, WindowBounds, WindowedRow, WindowMembers } from './window-members.ts';

interface Member {
  readonly slot: number;
  readonly sequence: number;
}

/** Rows by pane, for TUMBLING and SLIDING: overlapping windows share panes, so that each row is stored once. */
export class PaneRows implements WindowMembers {
  readonly keepsRows = false;
  private readonly schedule: PaneSchedule;
  private readonly keepMs: number;
  private readonly panes = new Map<number, Member[]>();
  private due = Number.POSITIVE_INFINITY;
  private sequence = 0;

  constructor(window: Exclude<PlanWindow, { kind: 'session' }>, keepMs: number) {
    this.schedule = paneSchedule(window, true);
    this.keepMs = keepMs;
  }

  bind(): void {
    // Windows go by time alone.
  }

  failure(): undefined {
    return undefined;
  }

  placeOf({ time }: WindowedRow, watermark: number) {
    const { schedule } = this;
    if (firstStart(time, schedule) > lastStart(time, schedule)) return 'outside';
    const end = lastEnd(time, schedule);
    return end > watermark ? 'open' : watermark < end + this.keepMs ? 'late-accepted' : 'late';
  }

  add(_row: number, time: number, slot: number): void {
    const start = this.paneAt(time);
    const rows = this.panes.get(start);
    const member = { slot, sequence: this.sequence++ };
    if (rows !== undefined) rows.push(member);
    else {
      this.panes.set(start, [member]);
      const [first] = endsOf(start, this.schedule, Number.NEGATIVE_INFINITY);
      this.due = Math.min(this.due, first ?? start);
    }
  }

  remove(_row: number, time: number, matches: (slot: number) => boolean): number | undefined {
    const rows = this.panes.get(this.paneAt(time)) ?? [];
    const at = rows.findIndex(({ slot }) => matches(slot));
    return at < 0 ? undefined : rows.splice(at, 1)[0]!.slot;
  }

  windowsAt(_row: number, time: number, watermark: number): WindowBounds[] {
    const { schedule, keepMs } = this;
    const windows: WindowBounds[] = [];
    for (let start = firstStart(time, schedule); start <= lastStart(time, schedule); start += schedule.advanceMs) {
      const end = start + schedule.sizeMs;
      if (end > watermark || watermark < end + keepMs) windows.push({ start, end });
    }
    return windows;
  }

  isClosed(bounds: WindowBounds, watermark: number): boolean {
    return bounds.end <= watermark;
  }

  isDue(time: number): boolean {
    return time >= this.due;
  }

  close(before: number, time: number): ClosedWindow[] {
    const ends = new Set<number>();
    for (const [start, rows] of this.panes) {
      if (rows.length > 0) for (const end of endsOf(start, this.schedule, before)) if (end <= time) ends.add(end);
    }
    return [...ends].sort((a, b) => a - b).map((end) => this.windowEnding(end));
  }

  *free(time: number): Generator<number> {
    this.due = Number.POSITIVE_INFINITY;
    for (const [start, rows] of this.panes) {
      const until = lastEnd(start, this.schedule) + this.keepMs;
      if (until <= time) {
        this.panes.delete(start);
        for (const { slot } of rows) yield slot;
        continue;
      }
      const [next] = endsOf(start, this.schedule, time);
      this.due = Math.min(this.due, next ?? until);
    }
  }

  slots(): Int32Array {
    return Int32Array.from([...this.panes.values()].flatMap((rows) => rows.map(({ slot }) => slot)));
  }

  write(writer: StateWriter, numbers: ReadonlyMap<number, number>): void {
    writer.section('pane-rows');
    writer.integer(this.sequence);
    writer.integer(this.panes.size);
    for (const [start, rows] of this.panes) {
      writer.float(start);
      const slots = Int32Array.from(rows, ({ slot }) => numbers.get(slot)!);
      writer.int32s(slots, slots.length);
      const sequences = Float64Array.from(rows, ({ sequence }) => sequence);
      writer.float64s(sequences, sequences.length);
    }
  }

  read(reader: StateReader): void {
    reader.section('pane-rows');
    this.sequence = reader.integer();
    for (let left = reader.integer(); left > 0; left--) {
      const start = reader.float();
      const slots = reader.int32s();
      const sequences = reader.float64s();
      this.panes.set(
        start,
        Array.from(slots, (slot, i) => ({ slot, sequence: sequences[i]! })),
      );
      const [first] = endsOf(start, this.schedule, Number.NEGATIVE_INFINITY);
      this.due = Math.min(this.due, first ?? start);
    }
  }

  private paneAt(time: number): number {
    return Math.floor(time / this.schedule.paneMs) * this.schedule.paneMs;
  }

  private windowEnding(end: number): ClosedWindow {
    const { sizeMs, paneMs } = this.schedule;
    const members: Member[] = [];
    for (let start = end - sizeMs; start < end; start += paneMs) members.push(...(this.panes.get(start) ?? []));
    members.sort((a, b) => a.sequence - b.sequence);
    return { bounds: { start: end - sizeMs, end }, slots: Int32Array.from(members, ({ slot }) => slot) };
  }
}
