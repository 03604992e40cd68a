/** Numbers keys 0, 1, 2, … in the order in which they are met, for a checkpoint. */
export class KeyNumbers {
  /** Number by key id. */
  readonly numbers: Int32Array;
  private readonly met: Int32Array;
  private count = 0;

  /** `limit`: ids are below it. */
  constructor(limit: number) {
    this.numbers = new Int32Array(limit).fill(-1);
    this.met = new Int32Array(limit);
  }

  /** Key ids in the order of their numbers. */
  get ids(): Int32Array {
    return this.met.subarray(0, this.count);
  }

  add(id: number): void {
    if (this.numbers[id]! >= 0) return;
    this.numbers[id] = this.count;
    this.met[this.count++] = id;
  }
}
