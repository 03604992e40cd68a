/** Gives out slot numbers, smallest number of different ones: a freed slot is given again. */
export class SlotPool {
  /** Slots are below this. */
  limit = 0;
  private free = new Int32Array(16);
  private freeCount = 0;

  /** Slots in use. */
  get used(): number {
    return this.limit - this.freeCount;
  }

  take(): number {
    return this.freeCount > 0 ? this.free[--this.freeCount]! : this.limit++;
  }

  give(slot: number): void {
    if (this.freeCount === this.free.length) this.free = grownInts(this.free, this.freeCount * 2);
    this.free[this.freeCount++] = slot;
  }

  clear(): void {
    this.limit = 0;
    this.freeCount = 0;
  }
}

/** A longer copy; new elements are `fill`. */
export function grownInts(values: Int32Array, length: number, fill = 0): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  if (fill !== 0) next.fill(fill, values.length);
  next.set(values);
  return next;
}

export function grownFloats(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(length);
  next.set(values);
  return next;
}

export function grownBytes(values: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(length);
  next.set(values);
  return next;
}
