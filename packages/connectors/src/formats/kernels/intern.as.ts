// Codes of text by its bytes; the JavaScript twin is `decode/text-table.ts`.
import { base, HEAD_MASKS, MARKS, SLOTS } from './layout.as.ts';

// A table of texts: places of its parts, as JavaScript laid them out.
const PLACES: usize = 0;
const MASK: usize = 4;
const ENTRIES: usize = 8;
const ENTRIES_MAX: usize = 12;
const COUNT: usize = 16;
const BYTES: usize = 20;
const BYTES_USED: usize = 24;
const BYTES_MAX: usize = 28;

// An entry: 48 bytes. Its text is found in the first 32, zeros behind its end, and as a whole among the bytes of the table.
const SECOND: usize = 16;
const START: usize = 32;
const LENGTH: usize = 36;
const HASH: usize = 40;
/** Texts of up to so many bytes are hashed and compared without a branch: their lengths differ by chance, and a wrong guess costs more. */
const SHORT: usize = 32;

@inline function entry(entries: usize, id: i32): usize {
  return entries + <usize>id * 48;
}

/** The first of 16 bytes, zeros behind them. */
@inline function headOf(p: usize, count: usize): v128 {
  return v128.and(v128.load(p), v128.load(HEAD_MASKS - count));
}

@inline function tailOf(p: usize, length: usize): u64 {
  return load<u64>(p) & (<u64>-1 >> (64 - (<u64>length << 3)));
}

@inline function mixed(h: u64): u64 {
  const x = h * 0x9e3779b97f4a7c15;
  return x ^ (x >> 32);
}

@inline function hashOf(p: usize, length: usize, first: v128, second: v128): u32 {
  // A sum of products by odd numbers: none waits for another one. What stands high in a product depends on all of it.
  let h =
    (i64x2.extract_lane(first, 0) ^ <u64>length) * 0x9e3779b97f4a7c15 +
    i64x2.extract_lane(first, 1) * 0xc2b2ae3d27d4eb4f +
    i64x2.extract_lane(second, 0) * 0x165667b19e3779f9 +
    i64x2.extract_lane(second, 1) * 0x27d4eb2f165667c5;
  if (length > SHORT) {
    let i = SHORT;
    for (; i + 8 <= length; i += 8) h = mixed(h ^ load<u64>(p + i));
    if (i < length) h = mixed(h ^ tailOf(p + i, length - i));
  }
  return <u32>(((h ^ (h >> 32)) * 0x9e3779b97f4a7c15) >> 32);
}

/** What `hashOf` gives for texts of up to 16 bytes, whose second half is zero. */
@inline function shortHash(length: usize, text: v128): u32 {
  const h = (i64x2.extract_lane(text, 0) ^ <u64>length) * 0x9e3779b97f4a7c15 + i64x2.extract_lane(text, 1) * 0xc2b2ae3d27d4eb4f;
  return <u32>(((h ^ (h >> 32)) * 0x9e3779b97f4a7c15) >> 32);
}

/** Whether texts of more than 32 bytes go on alike. */
@inline function isSame(start: usize, p: usize, length: usize): bool {
  let i = SHORT;
  for (; i + 8 <= length; i += 8) if (load<u64>(start + i) != load<u64>(p + i)) return false;
  return i >= length || tailOf(start + i, length - i) == tailOf(p + i, length - i);
}

/**
 * Ids of the text of rows `from … to` into `ids`. Returns `to`, or the row whose new text found no room: JavaScript then
 * makes the table larger and calls again.
 */
export function intern(column: usize, from: i32, to: i32, ids: usize, table: usize): i32 {
  // Codes and names are short: as long as all are, nothing is done for their other half.
  full = false;
  const row = internRows(true, column, from, to, ids, table);
  return row == to || full ? row : internRows(false, column, row, to, ids, table);
}

/** A new text found no room. */
let full: bool = false;

/** Returns the first row that was not taken: its text found no room, or is not short where all must be. */
@inline function internRows(areShort: bool, column: usize, from: i32, to: i32, ids: usize, table: usize): i32 {
  const slots = load<usize>(column, SLOTS);
  const marks = load<usize>(column, MARKS);
  const places = load<usize>(table, PLACES);
  const mask = load<u32>(table, MASK);
  const entries = load<usize>(table, ENTRIES);
  const bytes = load<usize>(table, BYTES);
  let row = from;
  for (; row < to; row++) {
    const id = ids + (<usize>row << 2);
    if (load<u8>(marks + <usize>row) != 0) {
      store<i32>(id, 0);
      continue;
    }
    const slot = slots + (<usize>row << 3);
    const start = load<u32>(slot);
    const p = base + <usize>start;
    const length = <usize>(load<u32>(slot, 4) - start);
    if (areShort && length > 16) break;
    const inFirst: usize = areShort || length < 16 ? length : 16;
    const first = headOf(p, inFirst);
    const second = areShort ? first : headOf(p + 16, (length < SHORT ? length : SHORT) - inFirst);
    const hash = areShort ? shortHash(length, first) : hashOf(p, length, first, second);
    let at = hash & mask;
    while (true) {
      const known = load<i32>(places + (<usize>at << 2)) - 1;
      if (known < 0) {
        const added = add(table, p, length, hash, at);
        if (added < 0) {
          full = true;
          return row;
        }
        store<i32>(id, added);
        break;
      }
      const e = entry(entries, known);
      const isHead = load<usize>(e, LENGTH) == length && !v128.any_true(v128.xor(v128.load(e), first));
      if (isHead && (areShort || isRest(e, bytes, second, p, length))) {
        store<i32>(id, known);
        break;
      }
      at = (at + 1) & mask;
    }
  }
  return row;
}

/** Whether an entry goes on as a text of its length does behind their first 16 bytes, which are alike. */
@inline function isRest(e: usize, bytes: usize, second: v128, p: usize, length: usize): bool {
  if (v128.any_true(v128.xor(v128.load(e, SECOND), second))) return false;
  return length <= SHORT || isSame(bytes + load<usize>(e, START), p, length);
}

function add(table: usize, p: usize, length: usize, hash: u32, at: u32): i32 {
  const id = load<i32>(table, COUNT);
  const start = load<usize>(table, BYTES_USED);
  // Eight bytes to spare, because the ends of texts are read as whole words.
  if (id == load<i32>(table, ENTRIES_MAX) || start + length + 8 > load<usize>(table, BYTES_MAX)) return -1;
  const e = entry(load<usize>(table, ENTRIES), id);
  // What stands behind a longer text is told by its length.
  const inFirst: usize = length < 16 ? length : 16;
  v128.store(e, headOf(p, inFirst));
  v128.store(e, headOf(p + 16, (length < SHORT ? length : SHORT) - inFirst), SECOND);
  store<usize>(e, start, START);
  store<usize>(e, length, LENGTH);
  store<u32>(e, hash, HASH);
  memory.copy(load<usize>(table, BYTES) + start, p, length);
  store<usize>(table, start + length, BYTES_USED);
  store<i32>(table, id + 1, COUNT);
  store<i32>(load<usize>(table, PLACES) + (<usize>at << 2), id + 1);
  return id;
}

/** Fills the empty places of a table from its entries. */
export function rehash(table: usize): void {
  const places = load<usize>(table, PLACES);
  const mask = load<u32>(table, MASK);
  const entries = load<usize>(table, ENTRIES);
  const count = load<i32>(table, COUNT);
  for (let id = 0; id < count; id++) {
    let at = load<u32>(entry(entries, id), HASH) & mask;
    while (load<i32>(places + (<usize>at << 2)) != 0) at = (at + 1) & mask;
    store<i32>(places + (<usize>at << 2), id + 1);
  }
}
