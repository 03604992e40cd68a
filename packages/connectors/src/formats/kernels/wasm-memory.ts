import { INPUT_SLACK, type KernelColumn, type PlannedColumn } from '../decode/record-kernel.ts';
import { POWERS_OF_TEN } from '../decode/scan-number.ts';
import { instantiate, type KernelExports } from './wasm-module.ts';

// The numbers of `layout.as.ts`.
export const COLUMN_BYTES = 64;
export const KEY = 20;
export const KEY_LENGTH = 24;
export const KEY_HEAD = 32;
const UNUSUAL = 40;
const POWERS_AT = 64;
const TAIL_MASKS_AT = 256;
const SQUEEZES_AT = 512;
const LEAST_AT = 768;
const FIRST_FREE = 1024;
const PAGE_BYTES = 65_536;
const FIRST_PAGES = 16;

/** Instances that are not in use. A memory reserves much address space, so one per file would exhaust a process. */
const idle: { readonly memory: WebAssembly.Memory; readonly exports: KernelExports }[] = [];
const IDLE_MAX = 4;

/**
 * Memory of one kernel, given out from its start to its end and never taken back until `release`. Views are made anew whenever it
 * grows, so nobody keeps one over a call that may allocate.
 */
export class WasmMemory {
  readonly exports: KernelExports;
  input: Uint8Array = new Uint8Array(0);
  columns: readonly KernelColumn[] = [];
  bytes: Uint8Array;
  words: Int32Array;
  /** Address of the descriptions of the columns. */
  readonly columnsAt: number;
  /** Address of an id per row. */
  readonly idsAt: number;
  private readonly memory: WebAssembly.Memory;
  private readonly places: { readonly slots: number; readonly marks: number }[] = [];
  private readonly rows: number;
  private free = FIRST_FREE;
  private inputAt = 0;
  private inputBytes = 0;
  private isReleased = false;

  constructor(module: WebAssembly.Module, columns: readonly PlannedColumn[], rows: number, inputBytes: number) {
    const known = idle.pop();
    this.memory = known?.memory ?? new WebAssembly.Memory({ initial: FIRST_PAGES });
    this.exports = known?.exports ?? instantiate(module, this.memory);
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Int32Array(this.memory.buffer);
    this.rows = rows;
    new Float64Array(this.memory.buffer).set(POWERS_OF_TEN, POWERS_AT / 8);
    this.bytes
      .fill(0, TAIL_MASKS_AT, TAIL_MASKS_AT + 16)
      .fill(0xff, TAIL_MASKS_AT + 16, TAIL_MASKS_AT + 32)
      .fill(0, TAIL_MASKS_AT + 32, TAIL_MASKS_AT + 48);
    // Up to the point every byte moves one place to the right.
    for (let i = -16; i < 256; i++) this.bytes[SQUEEZES_AT + i] = (i & 15) <= i >> 4 ? (i & 15) - 1 : i & 15;
    new Float64Array(this.memory.buffer, LEAST_AT).set([0, 0, ...POWERS_OF_TEN.subarray(1, 16)]);
    this.columnsAt = this.allocate(Math.max(1, columns.length) * COLUMN_BYTES);
    this.idsAt = this.allocate(rows * 4);
    columns.forEach((column, c) => {
      const place = { slots: this.allocate(rows * 8), marks: this.allocate(rows) };
      this.places.push(place);
      this.words.set([column.kind, column.scale, column.precision, place.slots, place.marks], (this.columnsAt + c * COLUMN_BYTES) / 4);
    });
    this.placeInput(inputBytes);
  }

  get base(): number {
    return this.inputAt;
  }

  /** Zeroed bytes, aligned to 16. Views are new afterwards. */
  allocate(size: number): number {
    const at = this.free;
    this.free = (at + size + 15) & ~15;
    const missing = this.free - this.memory.buffer.byteLength;
    if (missing > 0) {
      // By halves at least, so that growing stays rare.
      this.memory.grow(Math.ceil(Math.max(missing, this.memory.buffer.byteLength / 2) / PAGE_BYTES));
    }
    if (missing > 0 || this.columns.length !== this.places.length) this.refresh();
    this.bytes.fill(0, at, this.free);
    return at;
  }

  /** Whether a row of the column was marked as something else than a value since the last call. */
  takeUnusual(column: number): boolean {
    const at = (this.columnsAt + column * COLUMN_BYTES + UNUSUAL) / 4;
    const found = this.words[at] !== 0;
    this.words[at] = 0;
    return found;
  }

  growInput(capacity: number): void {
    const kept = this.inputAt;
    const length = this.inputBytes;
    this.placeInput(capacity);
    this.bytes.copyWithin(this.inputAt, kept, kept + length);
  }

  /** Gives the memory to the next kernel; this one must not be used any more. */
  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    if (idle.length < IDLE_MAX && this.memory.buffer.byteLength <= 64 * 1024 * 1024)
      idle.push({ memory: this.memory, exports: this.exports });
  }

  private placeInput(capacity: number): void {
    this.inputAt = this.allocate(capacity + INPUT_SLACK);
    this.inputBytes = capacity;
    this.exports.setInput(this.inputAt);
    this.refresh();
  }

  private refresh(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.input = new Uint8Array(buffer, this.inputAt, this.inputAt === 0 ? 0 : this.inputBytes + INPUT_SLACK);
    this.columns = this.places.map(({ slots, marks }) => ({
      slots: new Float64Array(buffer, slots, this.rows),
      refs: new Int32Array(buffer, slots, this.rows * 2),
      marks: new Uint8Array(buffer, marks, this.rows),
    }));
  }
}
