import { type KernelColumn, Mark, type TextCodes } from './record-kernel.ts';

/** Codes of byte strings: open addressing over hashes, with the bytes of all entries in one array. */
export interface TextTable {
  slots: Int32Array;
  hashes: Int32Array;
  /** Start of each entry in `bytes`; one more than there are entries. */
  starts: Int32Array;
  codes: Int32Array;
  size: number;
  bytes: Uint8Array;
}

export const textTable = (): TextTable => ({
  slots: new Int32Array(1024).fill(-1),
  hashes: new Int32Array(512),
  starts: new Int32Array(513),
  codes: new Int32Array(512),
  size: 0,
  bytes: new Uint8Array(8192),
});

/** Codes for the text of rows `from … to`, found without making strings of what is known. */
export function internColumn(
  table: TextTable,
  input: Uint8Array,
  column: KernelColumn,
  from: number,
  to: number,
  codes: Int32Array,
  texts: TextCodes,
): void {
  const { refs, marks } = column;
  for (let row = from; row < to; row++) {
    if (marks[row] === Mark.value) codes[row] = lookup(table, input, refs[row * 2] as number, refs[row * 2 + 1] as number, texts);
  }
}

function lookup(table: TextTable, input: Uint8Array, start: number, end: number, texts: TextCodes): number {
  const { slots, hashes, starts, bytes } = table;
  let hash = end - start;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (input[i] as number)) | 0;
  const mask = slots.length - 1;
  for (let at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
    const entry = slots[at] as number;
    if (entry < 0) return insert(table, input, start, end, hash, at, texts);
    if (hashes[entry] !== hash) continue;
    const first = starts[entry] as number;
    if ((starts[entry + 1] as number) - first !== end - start) continue;
    let i = start;
    for (let j = first; i < end && bytes[j] === input[i]; j++) i++;
    if (i === end) return table.codes[entry] as number;
  }
}

function insert(table: TextTable, input: Uint8Array, start: number, end: number, hash: number, at: number, texts: TextCodes): number {
  const code = texts.codeOf(input, start, end);
  if (code < 0) return code;
  const entry = table.size;
  const length = end - start;
  const first = table.starts[entry] as number;
  if (first + length > table.bytes.length)
    table.bytes = widened(table.bytes, new Uint8Array(Math.max(table.bytes.length * 2, first + length)));
  if (entry === table.hashes.length) {
    table.hashes = widened(table.hashes, new Int32Array(entry * 2));
    table.codes = widened(table.codes, new Int32Array(entry * 2));
    table.starts = widened(table.starts, new Int32Array(entry * 2 + 1));
  }
  table.bytes.set(input.subarray(start, end), first);
  table.starts[entry + 1] = first + length;
  table.hashes[entry] = hash;
  table.codes[entry] = code;
  table.slots[at] = entry;
  table.size++;
  if (table.size * 2 > table.slots.length) rehash(table);
  return code;
}

function rehash(table: TextTable): void {
  const slots = new Int32Array(table.slots.length * 2).fill(-1);
  const mask = slots.length - 1;
  for (let entry = 0; entry < table.size; entry++) {
    const hash = table.hashes[entry] as number;
    let at = (hash ^ (hash >>> 15)) & mask;
    while ((slots[at] as number) >= 0) at = (at + 1) & mask;
    slots[at] = entry;
  }
  table.slots = slots;
}

function widened<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
