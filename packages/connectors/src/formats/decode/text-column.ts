import { type Column, createDictionary, type Dictionary } from '@velostream/core/connect/formats';
import { type KernelColumn, Mark, type RecordKernel, type TextCodes } from './record-kernel.ts';
import { createUtf8, type Utf8 } from './utf8.ts';

/** Texts of a column are watched in stretches of so many values. */
const STRETCH = 1 << 14;
/** The first stretch is short: a column of texts that never repeat is told early. */
const FIRST_STRETCH = 1 << 12;
const NEARLY_ALL = 0.95;
/** Beyond the first stretches, so many new texts among the values of one cost more than the known ones save. */
const MOSTLY_NEW = 0.2;
const DICTIONARY_MAX = 1 << 20;

/** Rows `from … to` of the batch at hand. `areValues`: none has another mark than that of a value. */
export interface TakenRows {
  readonly from: number;
  readonly to: number;
  readonly areValues: boolean;
}

/**
 * Text of one column. Starts with a dictionary, found by bytes so that known texts cost no string; once texts hardly repeat (nearly all of
 * the first 4,096 values are new, or a fifth of a later stretch), or there are more than 1,048,576 of them, following batches hold
 * plain strings.
 */
export class TextColumn implements TextCodes {
  private dictionary: Dictionary = createDictionary();
  private readonly utf8: Utf8 = createUtf8();
  private codes: Int32Array;
  private plain: string[] | null = null;
  /** Values of the stretch at hand, the texts that were known before it, and how many stretches have gone. */
  private seen = 0;
  private knownBefore = 0;
  private stretches = 0;
  private readonly capacity: number;
  private readonly lent: boolean;
  /** Some bytes were not UTF-8. */
  private hasInvalid = false;

  constructor(capacity: number, lent: boolean) {
    this.capacity = capacity;
    this.lent = lent;
    this.codes = new Int32Array(capacity);
  }

  get size(): number {
    return this.dictionary.size;
  }

  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const text = this.utf8.read(bytes, start, end);
    if (text !== undefined) return this.dictionary.add(text);
    this.hasInvalid = true;
    return -1;
  }

  /** Takes over what the kernel found for some rows; `invalid` gets the rows whose bytes are not UTF-8. */
  take(kernel: RecordKernel, column: number, { from, to, areValues }: TakenRows, invalid: (row: number) => void): void {
    if (this.plain !== null) {
      this.takePlain(kernel.input, kernel.columns[column]!, from, to, this.plain, invalid);
      return;
    }
    kernel.intern(column, from, to, this.codes, this);
    if (areValues && !this.hasInvalid) {
      this.seen += to - from;
      return;
    }
    const { marks } = kernel.columns[column]!;
    for (let row = from; row < to; row++) {
      if (marks[row] !== Mark.value) continue;
      this.seen++;
      if ((this.codes[row] as number) < 0) invalid(row);
    }
  }

  /** Text that the complete reader made. */
  set(row: number, text: string): void {
    if (this.plain !== null) this.plain[row] = text;
    else {
      this.seen++;
      this.codes[row] = this.dictionary.add(text);
    }
  }

  finish(rows: number, nulls: Uint8Array | null): Column {
    const { plain, dictionary, codes } = this;
    if (plain !== null) {
      this.plain = new Array<string>(this.capacity).fill('');
      plain.length = rows;
      return { lane: 'str', values: plain, nulls };
    }
    // Rows without text keep whatever an earlier batch left there; codes must stay within the dictionary.
    if (!this.lent) this.codes = new Int32Array(this.capacity);
    if (this.hardlyRepeats()) {
      this.plain = new Array<string>(this.capacity).fill('');
      this.dictionary = createDictionary();
    }
    return { lane: 'dict', values: codes, nulls, dictionary };
  }

  /** Whether the stretch that ends here, if one does, had too many new texts. */
  private hardlyRepeats(): boolean {
    const isFirst = this.stretches === 0;
    if (this.seen < (isFirst ? FIRST_STRETCH : STRETCH)) return false;
    const { size } = this.dictionary;
    const share = (size - this.knownBefore) / this.seen;
    this.seen = 0;
    this.knownBefore = size;
    this.stretches++;
    // The second stretch still meets many texts of a common kind for the first time.
    return size > DICTIONARY_MAX || share > (this.stretches < 3 ? NEARLY_ALL : MOSTLY_NEW);
  }

  private takePlain(
    input: Uint8Array,
    column: KernelColumn,
    from: number,
    to: number,
    plain: string[],
    invalid: (row: number) => void,
  ): void {
    const { refs, marks } = column;
    for (let row = from; row < to; row++) {
      if (marks[row] !== Mark.value) continue;
      const text = this.utf8.read(input, refs[row * 2] as number, refs[row * 2 + 1] as number);
      if (text === undefined) invalid(row);
      else plain[row] = text;
    }
  }
}
