import { grownFloats } from '../rows/slot-pool.ts';

/** Slots by the time they fall due; ties in slot order, which is the order of arrival. A binary heap. */
export class DueHeap {
  size = 0;
  private times = new Float64Array(64);
  /** Doubles: numbers that only grow may pass 2^31. */
  private slots = new Float64Array(64);

  /** Time of the first one; +Infinity when empty. */
  get firstDue(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.times[0]!;
  }

  get firstSlot(): number {
    return this.slots[0]!;
  }

  push(time: number, slot: number): void {
    if (this.size === this.slots.length) {
      this.times = grownFloats(this.times, this.size * 2);
      this.slots = grownFloats(this.slots, this.size * 2);
    }
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(time, slot, parent)) break;
      this.move(parent, at);
      at = parent;
    }
    this.times[at] = time;
    this.slots[at] = slot;
  }

  pop(): number {
    const first = this.slots[0]!;
    const last = --this.size;
    if (last === 0) return first;
    const time = this.times[last]!;
    const slot = this.slots[last]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.isBefore(this.times[child + 1]!, this.slots[child + 1]!, child)) child++;
      if (this.isBefore(time, slot, child)) break;
      this.move(child, at);
      at = child;
    }
    this.times[at] = time;
    this.slots[at] = slot;
    return first;
  }

  clear(): void {
    this.size = 0;
  }

  private isBefore(time: number, slot: number, at: number): boolean {
    const other = this.times[at]!;
    return time < other || (time === other && slot < this.slots[at]!);
  }

  private move(from: number, to: number): void {
    this.times[to] = this.times[from]!;
    this.slots[to] = this.slots[from]!;
  }
}
