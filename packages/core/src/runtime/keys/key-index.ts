import { grownInts } from '../rows/slot-pool.ts';

/** Below this many keys an array by key id is always small enough. */
const DIRECT_MAX = 1 << 16;
/** … and above it, an array may have this many entries per group. */
const ENTRIES_PER_GROUP = 8;

/** Group number by key id within one window: an array while ids are dense, a hash map when few of many keys occur. */
export class KeyIndex {
  private direct: Int32Array | null = new Int32Array(64);
  private sparse: Map<number, number> | null = null;
  private size = 0;

  /** Group of a key, or -1. */
  get(key: number): number {
    const { direct } = this;
    if (direct !== null) return key < direct.length ? direct[key]! - 1 : -1;
    return this.sparse!.get(key) ?? -1;
  }

  set(key: number, group: number): void {
    this.size++;
    if (this.direct === null) {
      this.sparse!.set(key, group);
      return;
    }
    if (key >= this.direct.length && !this.widen(key)) {
      this.sparse!.set(key, group);
      return;
    }
    this.direct[key] = group + 1;
  }

  delete(key: number): void {
    this.size--;
    if (this.direct === null) this.sparse!.delete(key);
    else this.direct[key] = 0;
  }

  /** Group + 1 by key id; null when the array was given up. Keys beyond its end have no group. */
  get array(): Int32Array | null {
    return this.direct;
  }

  get bytes(): number {
    return this.direct?.byteLength ?? this.sparse!.size * 40;
  }

  /** Makes the array reach `key`, or gives it up for a map. */
  private widen(key: number): boolean {
    const old = this.direct!;
    if (key < DIRECT_MAX || key < this.size * ENTRIES_PER_GROUP) {
      this.direct = grownInts(old, Math.max(key + 1, old.length * 2));
      return true;
    }
    this.sparse = new Map();
    for (let k = 0; k < old.length; k++) if (old[k]! > 0) this.sparse.set(k, old[k]! - 1);
    this.direct = null;
    return false;
  }
}
