import type { Dictionary } from '../../values/column.ts';
import type { GroupKeys } from '../keys/group-keys.ts';
import { KeyCache } from '../keys/key-cache.ts';
import type { KeyColumns } from '../rows/key-columns.ts';
import type { GroupBucket } from './group-bucket.ts';
import type { ResultBuffer } from './result-buffer.ts';

const NONE = new Int32Array(0);
const TABLES_MAX = 4;

export interface KernelHost {
  readonly keys: GroupKeys;
  readonly out: ResultBuffer | null;
  /** The bucket for a row at `time`, or null when the row has none (which the host counts or reports). */
  bucketAt(time: number, row: number): GroupBucket | null;
  /** Width of a bucket in ms; NaN: one bucket for everything. */
  readonly paneMs: number;
  /** Throws when no further group may be made. */
  room(): void;
  failed(row: number, error: unknown): void;
  /** Result rows go out. */
  emitted(rows: number): void;
}

/** What a generated aggregation loop works on, and calls for what is rare. Its names are part of the generated source. */
export class KernelState {
  slots: Float64Array = new Float64Array(0);
  /** Group + 1 by key id; null: ask `find`. */
  direct: Int32Array | null = null;
  rows: Float64Array = new Float64Array(0);
  states: readonly unknown[][] = [];
  /** Bounds of the bucket at hand; NaN: none. */
  lo = Number.NaN;
  hi = Number.NaN;
  /** Key columns of the batch at hand. */
  keys: KeyColumns | null = null;
  ids: Int32Array | null = null;
  /** Group + 1 by code of the one key column, in the bucket at hand; as far as it is known. */
  groups: Int32Array = NONE;
  private dictionary: Dictionary | null = null;
  private readonly tabled: GroupBucket[] = [];
  readonly cache: KeyCache;
  readonly out: ResultBuffer | null;
  /** Sequence of the first row of the run. */
  sequence = 0;
  /** Result rows that the last run made. */
  count = 0;
  /** Rows that the predicate of the loop left out in the last run. */
  dropped = 0;
  private bucket: GroupBucket | null = null;
  private readonly host: KernelHost;

  constructor(host: KernelHost) {
    this.host = host;
    this.out = host.out;
    this.cache = new KeyCache(host.keys);
  }

  /** The bucket at hand, for what is remembered of its groups' last rows. */
  get last(): GroupBucket | null {
    return this.bucket;
  }

  /** Before a run. */
  start(sequence: number, keys: KeyColumns, single: GroupBucket | null): void {
    this.sequence = sequence;
    this.count = 0;
    this.lo = Number.NaN;
    this.hi = Number.NaN;
    this.bucket = single;
    this.keys = keys;
    const { columns } = keys;
    const [first] = columns;
    this.dictionary = columns.length === 1 && first!.lane === 'dict' ? first!.dictionary : null;
    if (single !== null) this.refresh(single);
    if (this.dictionary !== null) this.ids = this.host.keys.codeIds(this.dictionary);
    else if (columns.length > 0) this.cache.prepare(columns);
  }

  enter(time: number, row: number): boolean {
    const bucket = this.host.bucketAt(time, row);
    if (bucket === null) return false;
    this.bucket = bucket;
    this.lo = bucket.start;
    this.hi = bucket.start + this.host.paneMs;
    this.refresh(bucket);
    return true;
  }

  /** Group + 1 of a key. */
  find(key: number): number {
    return this.bucket!.index.get(key) + 1;
  }

  add(key: number, sequence: number): number {
    this.host.room();
    const bucket = this.bucket!;
    const group = bucket.add(key, sequence);
    this.refresh(bucket);
    return group;
  }

  undo(group: number): void {
    this.bucket!.remove(group);
  }

  keyOf(row: number): number {
    return this.host.keys.idOf(row);
  }

  failed(row: number, error: unknown): void {
    this.host.failed(row, error);
  }

  private refresh(bucket: GroupBucket): void {
    this.slots = bucket.store.slots;
    this.states = bucket.store.states;
    this.rows = bucket.rows;
    this.direct = bucket.index.array;
    this.groups = this.dictionary === null ? NONE : this.tableOf(bucket, this.dictionary);
  }

  /** Rows go back and forth between few buckets at a time; only these have a table. */
  private tableOf(bucket: GroupBucket, dictionary: Dictionary): Int32Array {
    if (!this.tabled.includes(bucket)) {
      this.tabled.push(bucket);
      if (this.tabled.length > TABLES_MAX) this.tabled.shift()?.forgetCodes();
    }
    return bucket.groupsByCode(dictionary) ?? NONE;
  }
}
