// Codes of text by its bytes; the JavaScript twin is `decode/text-table.ts`.
import { base, MARKS, SLOTS } from './layout.as.ts';

// A table of texts: places of its parts, as JavaScript laid them out.
const PLACES: usize = 0;
const MASK: usize = 4;
const ENTRIES: usize = 8;
const ENTRIES_MAX: usize = 12;
const COUNT: usize = 16;
const BYTES: usize = 20;
const BYTES_USED: usize = 24;
const BYTES_MAX: usize = 28;

// An entry: 24 bytes.
const HEAD: usize = 0;
const START: usize = 8;
const LENGTH: usize = 12;
const HASH: usize = 16;

@inline function entry(entries: usize, id: i32): usize {
  return entries + <usize>id * 24;
}

@inline function headOf(p: usize, length: usize): u64 {
  const w = load<u64>(p);
  return length >= 8 ? w : length == 0 ? 0 : w & (<u64>-1 >> (64 - (<u64>length << 3)));
}

@inline function mixed(h: u64): u64 {
  const x = h * 0x9e3779b97f4a7c15;
  return x ^ (x >> 32);
}

@inline function hashOf(p: usize, length: usize, head: u64): u32 {
  let h = mixed(head ^ (<u64>length << 56));
  let i: usize = 8;
  for (; i + 8 <= length; i += 8) h = mixed(h ^ load<u64>(p + i));
  if (i < length) h = mixed(h ^ headOf(p + i, length - i));
  return <u32>h;
}

@inline function isSame(start: usize, p: usize, length: usize): bool {
  let i: usize = 8;
  for (; i + 8 <= length; i += 8) if (load<u64>(start + i) != load<u64>(p + i)) return false;
  return i >= length || headOf(start + i, length - i) == headOf(p + i, length - i);
}

/**
 * Ids of the text of rows `from … to` into `ids`. Returns `to`, or the row whose new text found no room: JavaScript then
 * makes the table larger and calls again.
 */
export function intern(column: usize, from: i32, to: i32, ids: usize, table: usize): i32 {
  const slots = load<usize>(column, SLOTS);
  const marks = load<usize>(column, MARKS);
  const places = load<usize>(table, PLACES);
  const mask = load<u32>(table, MASK);
  const entries = load<usize>(table, ENTRIES);
  const bytes = load<usize>(table, BYTES);
  for (let row = from; row < to; row++) {
    const id = ids + (<usize>row << 2);
    if (load<u8>(marks + <usize>row) != 0) {
      store<i32>(id, 0);
      continue;
    }
    const slot = slots + (<usize>row << 3);
    const p = base + <usize>load<u32>(slot);
    const length = base + <usize>load<u32>(slot, 4) - p;
    const head = headOf(p, length);
    const hash = hashOf(p, length, head);
    let at = hash & mask;
    while (true) {
      const known = load<i32>(places + (<usize>at << 2)) - 1;
      if (known < 0) {
        const added = add(table, p, length, head, hash, at);
        if (added < 0) return row;
        store<i32>(id, added);
        break;
      }
      const e = entry(entries, known);
      if (load<u64>(e, HEAD) == head && load<usize>(e, LENGTH) == length && (length <= 8 || (load<u32>(e, HASH) == hash && isSame(bytes + load<usize>(e, START), p, length)))) {
        store<i32>(id, known);
        break;
      }
      at = (at + 1) & mask;
    }
  }
  return to;
}

function add(table: usize, p: usize, length: usize, head: u64, hash: u32, at: u32): i32 {
  const id = load<i32>(table, COUNT);
  const start = load<usize>(table, BYTES_USED);
  // Eight bytes to spare, because the ends of texts are read as whole words.
  if (id == load<i32>(table, ENTRIES_MAX) || start + length + 8 > load<usize>(table, BYTES_MAX)) return -1;
  const e = entry(load<usize>(table, ENTRIES), id);
  store<u64>(e, head, HEAD);
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
