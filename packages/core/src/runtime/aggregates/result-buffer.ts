import type { Column } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { NO_META, type RecordBatch } from '../../values/record-batch.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import type { GroupKeys } from '../keys/group-keys.ts';

/** Result rows as a generated loop writes them: arrays by column, made anew for every batch that goes out. */
export class ResultBuffer {
  keyIds = new Int32Array(0);
  ops = new Uint8Array(0);
  /** Row of the batch at hand that led to each result. */
  rows = new Int32Array(0);
  starts = new Float64Array(0);
  ends = new Float64Array(0);
  eventTimes = new Float64Array(0);
  timestamps = new Float64Array(0);
  values: Float64Array[] = [];
  nulls: (Uint8Array | null)[] = [];
  /** Values that are no numbers, by row. */
  others: (Scalar[] | null)[] = [];
  private readonly types: readonly SqlType[];
  private readonly windowed: boolean;
  private readonly carries: { readonly timestamp: boolean; readonly headers: boolean };
  private room = 0;

  /** `carries`: what of the input rows goes with the results. */
  constructor(types: readonly SqlType[], windowed: boolean, carries: { readonly timestamp: boolean; readonly headers: boolean }) {
    this.types = types;
    this.windowed = windowed;
    this.carries = carries;
  }

  /** Fresh arrays for so many rows. Keys and rows are not handed on, and may stay. */
  prepare(room: number): void {
    if (this.keyIds.length < room) {
      this.keyIds = new Int32Array(room);
      this.rows = new Int32Array(room);
    }
    this.room = room;
    this.ops = new Uint8Array(room);
    this.eventTimes = new Float64Array(room);
    if (this.carries.timestamp) this.timestamps = new Float64Array(room);
    if (this.windowed) {
      this.starts = new Float64Array(room);
      this.ends = new Float64Array(room);
    }
    this.values = this.types.map(() => new Float64Array(room));
    this.nulls = this.types.map(() => null);
    this.others = this.types.map(() => null);
  }

  setNull(column: number, row: number): void {
    let mask = this.nulls[column]!;
    if (mask === null) {
      mask = new Uint8Array(this.room);
      this.nulls[column] = mask;
    }
    mask[row] = 1;
  }

  /** A value that is no number. */
  setOther(column: number, row: number, value: Scalar): void {
    let others = this.others[column]!;
    if (others === null) {
      others = [];
      this.others[column] = others;
    }
    others[row] = value;
  }

  /** The first `count` rows, which came of `input`. `updates`: operations are told. */
  take(count: number, keys: GroupKeys, input: RecordBatch, updates: boolean): RecordBatch {
    const bounds: Column[] = this.windowed ? [float(this.starts), float(this.ends)] : [];
    const eventTime = this.windowed ? this.ends : input.meta.eventTime === null ? null : this.eventTimes;
    return {
      length: count,
      columns: [...keys.columns(this.keyIds, count), ...bounds, ...this.types.map((type, c) => this.column(type, c, count))],
      meta: {
        ...NO_META,
        eventTime,
        timestamp: this.carries.timestamp && input.meta.timestamp !== null ? this.timestamps : null,
        headers: this.headers(input, count),
      },
      ops: updates && this.ops.some((op) => op !== 0) ? this.ops : null,
      watermarks: this.taken(input.watermarks, count),
    };
  }

  /** Value of column `c` of a row. */
  at(c: number, row: number): Scalar {
    return this.nulls[c]?.[row] === 1 ? null : (this.others[c]?.[row] ?? this.values[c]![row]!);
  }

  private column(type: SqlType, c: number, count: number): Column {
    const others = this.others[c]!;
    const nulls = this.nulls[c]!;
    if (others === null && type.kind !== 'string' && type.kind !== 'boolean') return { lane: 'f64', values: this.values[c]!, nulls };
    // Of a column of texts only NULLs are missing.
    if (type.kind === 'string' && others !== null)
      return { lane: 'str', values: Array.from({ length: count }, (_, row) => (others[row] ?? '') as string), nulls };
    const values = Array.from({ length: count }, (_, row): Scalar => this.at(c, row));
    return columnFromScalars(type, values);
  }

  private taken(values: Float64Array | null, count: number): Float64Array | null {
    if (values === null) return null;
    const into = new Float64Array(count);
    for (let i = 0; i < count; i++) into[i] = values[this.rows[i]!]!;
    return into;
  }

  private headers(input: RecordBatch, count: number) {
    const { headers } = input.meta;
    return headers === null || !this.carries.headers ? null : Array.from({ length: count }, (_, i) => headers[this.rows[i]!] ?? null);
  }
}

const float = (values: Float64Array): Column => ({ lane: 'f64', values, nulls: null });
