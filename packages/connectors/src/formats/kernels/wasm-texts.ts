import { Mark, type TextCodes } from '../decode/record-kernel.ts';
import { COLUMN_BYTES, type WasmMemory } from './wasm-memory.ts';

// A table of `intern.as.ts`: eight words, and entries of 48 bytes.
const TABLE_BYTES = 32;
const ENTRY_BYTES = 48;
const START_WORD = 8;
const LENGTH_WORD = 9;
/** Places for each entry: with so many, nearly all texts are found at the first. */
const PLACES_PER_ENTRY = 4;
const FIRST_ENTRIES = 512;
const FIRST_TEXT_BYTES = 8192;

/** Texts of one column by their bytes, within a kernel's memory, and the code that each has outside. */
export class WasmTexts {
  private readonly memory: WasmMemory;
  private readonly column: number;
  private readonly table: number;
  private codes = new Int32Array(FIRST_ENTRIES);
  private known = 0;
  /** Whether id and code have been the same for all texts so far. */
  private isPlain = true;

  constructor(memory: WasmMemory, column: number) {
    this.memory = memory;
    this.column = column;
    this.table = memory.allocate(TABLE_BYTES);
    const places = memory.allocate(FIRST_ENTRIES * PLACES_PER_ENTRY * 4);
    const entries = memory.allocate(FIRST_ENTRIES * ENTRY_BYTES);
    const bytes = memory.allocate(FIRST_TEXT_BYTES);
    memory.words.set([places, FIRST_ENTRIES * PLACES_PER_ENTRY - 1, entries, FIRST_ENTRIES, 0, bytes, 0, FIRST_TEXT_BYTES], this.table / 4);
  }

  intern(from: number, to: number, codes: Int32Array, texts: TextCodes): void {
    const { memory, column, table } = this;
    let row = from;
    for (;;) {
      row = memory.exports.intern(memory.columnsAt + column * COLUMN_BYTES, row, to, memory.idsAt, table);
      if (row === to) break;
      this.grow(row);
    }
    this.learn(texts);
    const first = memory.idsAt / 4;
    const ids = memory.words.subarray(first + from, first + to);
    if (this.isPlain) {
      codes.set(ids, from);
      return;
    }
    const { marks } = memory.columns[column]!;
    for (let i = 0; i < ids.length; i++) if (marks[from + i] === Mark.value) codes[from + i] = this.codes[ids[i] as number] as number;
  }

  /** Gives codes to the texts that are new. */
  private learn(texts: TextCodes): void {
    const { memory, table } = this;
    const word = table / 4;
    const [entries, count, bytes] = [memory.words[word + 2] as number, memory.words[word + 4] as number, memory.words[word + 5] as number];
    for (; this.known < count; this.known++) {
      if (this.known === this.codes.length) {
        const wider = new Int32Array(this.known * 2);
        wider.set(this.codes);
        this.codes = wider;
      }
      const entry = (entries + this.known * ENTRY_BYTES) / 4;
      const start = bytes + (memory.words[entry + START_WORD] as number);
      const code = texts.codeOf(memory.bytes, start, start + (memory.words[entry + LENGTH_WORD] as number));
      if (code !== this.known) this.isPlain = false;
      this.codes[this.known] = code;
    }
  }

  /** Makes room for one more text, that of `row`. */
  private grow(row: number): void {
    const { memory } = this;
    const word = this.table / 4;
    const [entriesAt, entriesMax, count] = [
      memory.words[word + 2] as number,
      memory.words[word + 3] as number,
      memory.words[word + 4] as number,
    ];
    if (count === entriesMax) {
      const entries = memory.allocate(entriesMax * 2 * ENTRY_BYTES);
      memory.bytes.copyWithin(entries, entriesAt, entriesAt + count * ENTRY_BYTES);
      const places = memory.allocate(entriesMax * 2 * PLACES_PER_ENTRY * 4);
      memory.words.set([places, entriesMax * 2 * PLACES_PER_ENTRY - 1, entries, entriesMax * 2], word);
      memory.exports.rehash(this.table);
      return;
    }
    const { refs } = memory.columns[this.column]!;
    const length = (refs[row * 2 + 1] as number) - (refs[row * 2] as number);
    const [bytesAt, used, bytesMax] = [
      memory.words[word + 5] as number,
      memory.words[word + 6] as number,
      memory.words[word + 7] as number,
    ];
    const wider = Math.max(bytesMax * 2, used + length + 64);
    const bytes = memory.allocate(wider);
    memory.bytes.copyWithin(bytes, bytesAt, bytesAt + used);
    memory.words.set([bytes, used, wider], word + 5);
  }
}
