import type { VeloError } from '@velostream/core/connect';
import { type Column, type Field, NO_META, type RecordBatch, type Scalar, takeBatch } from '@velostream/core/connect/formats';
import { misfit, notUtf8 } from './bad-record.ts';
import { type KernelColumn, Kind, Mark, type PlannedColumn, type RecordKernel } from './record-kernel.ts';
import { TextColumn } from './text-column.ts';

/** Reads the bytes of one value completely: null for NULL, undefined when it does not fit the column. */
export type ReadDeferred = (column: number, bytes: Uint8Array, start: number, end: number) => Scalar | undefined;

/** Gets a row whose value does not fit; the row is left out of the batch. */
export type OnMisfit = (row: number, error: VeloError, at: number) => void;

export interface BlockOptions {
  readonly fields: readonly Field[];
  readonly plan: readonly PlannedColumn[];
  readonly kernel: RecordKernel;
  readonly capacity: number;
  readonly readDeferred: ReadDeferred;
  /** Columns that the records do not have: NULL in every row. */
  readonly absent: readonly number[];
  /** Columns are views of the kernel's memory, good until the next batch is begun. */
  readonly lent: boolean;
}

/** The rows of one batch while it is being filled: turns slots of a kernel into columns, that own their memory unless they are lent. */
export class BatchBlock {
  private readonly fields: readonly Field[];
  private readonly plan: readonly PlannedColumn[];
  private readonly kernel: RecordKernel;
  private readonly readDeferred: ReadDeferred;
  private readonly texts: readonly (TextColumn | null)[];
  /** Values that no slot can hold: wide integers, or all values of kind `other`. By column, then row. */
  private readonly odd: Map<number, Scalar>[];
  private readonly dropped = new Set<number>();

  private readonly lent: boolean;
  private readonly absent: readonly number[];
  /** By column: whether the batch at hand may have a NULL in it. */
  private readonly mayBeNull: boolean[];

  constructor(o: BlockOptions) {
    this.fields = o.fields;
    this.plan = o.plan;
    this.kernel = o.kernel;
    this.readDeferred = o.readDeferred;
    this.lent = o.lent;
    this.absent = o.absent;
    this.mayBeNull = o.plan.map(() => false);
    this.texts = o.plan.map((column) => (column.kind === Kind.text ? new TextColumn(o.capacity, o.lent) : null));
    this.odd = o.plan.map(() => new Map());
  }

  /** Completes what the kernel decoded into rows `from … to`, while the bytes are still there. */
  resolve(from: number, to: number, onMisfit: OnMisfit): void {
    for (const c of this.absent) {
      this.kernel.columns[c]!.marks.fill(Mark.null, from, to);
      this.mayBeNull[c] = true;
    }
    for (let c = 0; c < this.plan.length; c++) {
      const areValues = this.kernel.takeUnusual?.(c) === false;
      this.texts[c]?.take(this.kernel, c, { from, to, areValues }, (row) =>
        this.drop(row, notUtf8(this.fields[c]!), this.kernel.columns[c]!.refs[row * 2]!, onMisfit),
      );
      if (areValues) continue;
      this.mayBeNull[c] = true;
      this.readRest(c, from, to, onMisfit);
    }
  }

  /** Values that the kernel left to the complete reader. */
  private readRest(c: number, from: number, to: number, onMisfit: OnMisfit): void {
    // Only now: taking texts may give the kernel more memory, and new views of it.
    const { marks, refs } = this.kernel.columns[c]!;
    for (let row = marks.indexOf(Mark.deferred, from); row >= 0 && row < to; row = marks.indexOf(Mark.deferred, row + 1)) {
      const start = refs[row * 2] as number;
      const end = refs[row * 2 + 1] as number;
      const value = this.readDeferred(c, this.kernel.input, start, end);
      if (value !== undefined) this.set(c, row, value);
      else this.drop(row, misfit(this.fields[c]!, this.kernel.input, start, end), start, onMisfit);
    }
  }

  /** Puts a value in scalar form into a row. */
  set(c: number, row: number, value: Scalar): void {
    const { slots, marks } = this.kernel.columns[c] as KernelColumn;
    if (value === null) {
      marks[row] = Mark.null;
      this.mayBeNull[c] = true;
      return;
    }
    marks[row] = Mark.value;
    const text = this.texts[c];
    if (typeof value === 'number' && this.plan[c]!.kind !== Kind.other) slots[row] = value;
    else if (typeof value === 'boolean' && this.plan[c]!.kind === Kind.boolean) slots[row] = value ? 1 : 0;
    else if (text && typeof value === 'string') text.set(row, value);
    else this.odd[c]!.set(row, value);
  }

  /** The batch of the first `rows` rows without the dropped ones, and which rows those are (null: all). */
  finish(rows: number): { readonly batch: RecordBatch; readonly kept: Int32Array | null } {
    const columns = this.plan.map((_, c) => this.column(c, rows));
    const whole: RecordBatch = { length: rows, columns, meta: NO_META, ops: null, watermarks: null };
    for (const values of this.odd) values.clear();
    if (this.dropped.size === 0) return { batch: whole, kept: null };
    const kept = Int32Array.from(Array.from({ length: rows }, (_, i) => i).filter((row) => !this.dropped.has(row)));
    this.dropped.clear();
    return { batch: takeBatch(whole, kept, kept.length), kept };
  }

  private drop(row: number, error: VeloError, at: number, onMisfit: OnMisfit): void {
    // The row stays in place until the batch is finished; whatever its slot holds is marked NULL.
    this.kernel.columns.forEach((column, c) => {
      if (column.marks[row] !== Mark.deferred) return;
      column.marks[row] = Mark.null;
      this.mayBeNull[c] = true;
    });
    if (this.dropped.has(row)) return;
    this.dropped.add(row);
    onMisfit(row, error, at);
  }

  private column(c: number, rows: number): Column {
    const { slots, marks } = this.kernel.columns[c]!;
    const firstNull = this.mayBeNull[c] ? marks.indexOf(Mark.null) : -1;
    this.mayBeNull[c] = false;
    const nulls = firstNull >= 0 && firstNull < rows ? (this.lent ? marks.subarray(0, rows) : marks.slice(0, rows)) : null;
    const text = this.texts[c];
    if (text) return text.finish(rows, nulls);
    const odd = this.odd[c]!;
    const { kind } = this.plan[c]!;
    if (kind === Kind.boolean) return { lane: 'bool', values: new Uint8Array(slots.subarray(0, rows)), nulls };
    if (kind !== Kind.other && odd.size === 0)
      return { lane: 'f64', values: this.lent ? slots.subarray(0, rows) : slots.slice(0, rows), nulls };
    if (kind !== Kind.other && fits64(odd)) return { lane: 'i64', values: wideColumn(slots, odd, rows, nulls), nulls };
    const valueAt = (_: unknown, row: number): Scalar => (nulls?.[row] === 1 ? null : (odd.get(row) ?? (slots[row] as number)));
    return otherColumn(this.fields[c]!, Array.from({ length: rows }, valueAt), nulls);
  }
}

const fits64 = (odd: ReadonlyMap<number, Scalar>): boolean =>
  [...odd.values()].every((value) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value);

function wideColumn(
  slots: Float64Array,
  odd: ReadonlyMap<number, Scalar>,
  rows: number,
  nulls: Uint8Array | null,
): BigInt64Array<ArrayBuffer> {
  const values = new BigInt64Array(rows);
  for (let row = 0; row < rows; row++) {
    if (nulls?.[row] === 1) continue;
    const wide = odd.get(row);
    values[row] = typeof wide === 'bigint' ? wide : BigInt(slots[row] as number);
  }
  return values;
}

/** Times and intervals have the lane of numbers; decimals with many digits have it while they are safe. */
function otherColumn(field: Field, values: readonly Scalar[], nulls: Uint8Array | null): Column {
  const isNumeric = ['time', 'interval', 'decimal'].includes(field.type.kind);
  if (isNumeric && values.every((v) => v === null || typeof v === 'number')) {
    return { lane: 'f64', values: Float64Array.from(values, (v) => (v as number | null) ?? 0), nulls };
  }
  if (isNumeric && values.every((v) => v === null || typeof v === 'number' || (typeof v === 'bigint' && BigInt.asIntN(64, v) === v))) {
    return { lane: 'i64', values: BigInt64Array.from(values, (v) => BigInt((v as number | bigint | null) ?? 0)), nulls };
  }
  return { lane: 'boxed', values, nulls };
}
