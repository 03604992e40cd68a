// The JSON-lines fast path; its JavaScript twin is `jsonl/jsonl-script-kernel.ts`.
import {
  COLUMN_BYTES,
  DATE,
  FLOAT,
  INTEGER,
  IS_DEFERRED,
  IS_NULL,
  IS_VALUE,
  KEY,
  KEY_HEAD,
  KEY_LENGTH,
  KIND,
  LF,
  QUOTE,
  SEEN,
  STOP_BYTES,
  STOP_RECORD,
  STOP_ROWS,
  setMark,
  setRef,
  setValue,
  TEXT,
  TIMESTAMP,
} from './layout.as.ts';
import { floatOf, integerOf, numberEnd, scanDate, scanPlain, scanTimestamp } from './scan.as.ts';

/** Row after the last one decoded, and byte after its record. */
export let jsonRow: i32 = 0;
export let jsonAt: usize = 0;
/** Records that were not laid out like the template, since `jsonTemplate` was called. */
export let jsonMisses: i32 = 0;

const DEPTH_MAX: i32 = 64;
/**
 * One piece of a template: the bytes between two values, quotes of strings left to the values. Then what to do at its end, and the same
 * bytes together with those quotes, as they are compared where the value is known to be a string or not.
 */
const PIECE_BYTES: usize = 32;
const PIECE_TARGET: usize = 0;
const PIECE_LENGTH: usize = 4;
const PIECE_AT: usize = 8;
const PIECE_ACTION: usize = 12;
const PIECE_COLUMN: usize = 16;
const WHOLE_LENGTH: usize = 20;
const WHOLE_AT: usize = 24;
/** Bits of the first 16 bytes that count. */
const WHOLE_MASK: usize = 28;

// What stands behind a piece. A value that is none of these is read by `readValue` or passed over by `skipValue`.
const TAKE_STRING: i32 = 0;
const PASS_STRING: i32 = 1;
const TAKE_FLOAT: i32 = 2;
const TAKE_INTEGER: i32 = 3;
const TAKE_ANY: i32 = 4;
const PASS_ANY: i32 = 5;
const END: i32 = 6;

let columns: usize = 0;
let columnCount: i32 = 0;
let stamp: i32 = 0;
/** Column after the one whose key was found last: keys mostly come in one order. */
let expected: i32 = 0;
let hadEscape: bool = false;

let pieces: usize = 0;
let pieceCount: i32 = 0;
let absent: usize = 0;
let absentCount: i32 = 0;

export function jsonSetup(columnsAt: usize, count: i32): void {
  columns = columnsAt;
  columnCount = count;
}

/** The bytes between the values of the usual record; `absentAt`: columns that it does not have. The last piece ends the record. */
export function jsonTemplate(piecesAt: usize, count: i32, absentAt: usize, absentColumns: i32): void {
  pieces = piecesAt;
  pieceCount = count;
  absent = absentAt;
  absentCount = absentColumns;
  jsonMisses = 0;
}

@inline function isSpace(c: u8): bool {
  return c == 0x20 || c == 0x09 || c == 0x0d;
}

@inline function isValueEnd(c: u8): bool {
  return c == 0x2c || c == 0x7d || c == 0x5d || c == LF || isSpace(c);
}

@inline function skipSpace(start: usize): usize {
  let p = start;
  while (isSpace(load<u8>(p))) p++;
  return p;
}

/** Byte behind the closing quote of a string whose content starts at `start`, or 0. */
@inline function skipString(start: usize): usize {
  const q = i8x16.splat(QUOTE);
  const b = i8x16.splat(0x5c);
  const control = i8x16.splat(0x20);
  let p = start;
  while (true) {
    const x = v128.load(p);
    const m = i8x16.bitmask(v128.or(v128.or(i8x16.eq(x, q), i8x16.eq(x, b)), i8x16.lt_u(x, control)));
    if (!m) {
      p += 16;
      continue;
    }
    p += ctz(m);
    const c = load<u8>(p);
    if (c == QUOTE) return p + 1;
    if (c < 0x20 || load<u8>(p, 1) < 0x20) return 0;
    hadEscape = true;
    p += 2;
  }
}

/** Byte behind a number or word, or 0. */
@inline function skipScalar(start: usize): usize {
  const c = load<u8>(start);
  let p = start;
  if (c == 0x2d || <u32>c - 48 <= 9) {
    const zero = i8x16.splat(0x30);
    const nine = i8x16.splat(9);
    const minus = i8x16.splat(0x2d);
    const plus = i8x16.splat(0x2b);
    const point = i8x16.splat(0x2e);
    const lower = i8x16.splat(0x20);
    const e = i8x16.splat(0x65);
    while (true) {
      const x = v128.load(p);
      const digits = i8x16.le_u(i8x16.sub(x, zero), nine);
      const signs = v128.or(v128.or(i8x16.eq(x, minus), i8x16.eq(x, plus)), i8x16.eq(x, point));
      const m = ~i8x16.bitmask(v128.or(v128.or(digits, signs), i8x16.eq(v128.or(x, lower), e))) & 0xffff;
      if (m) {
        p += ctz(m);
        break;
      }
      p += 16;
    }
  } else {
    const word = load<u32>(start);
    if (word == 0x65757274 || word == 0x6c6c756e) p += 4;
    else if (word == 0x736c6166 && load<u8>(start, 4) == 0x65) p += 5;
    else return 0;
  }
  return isValueEnd(load<u8>(p)) ? p : 0;
}

/** Byte behind an array or object, or 0. Open brackets are bits: 1 for an object. */
function skipCollection(start: usize): usize {
  let kinds: u64 = 0;
  let depth: i32 = 0;
  let p = start;
  while (true) {
    const c = load<u8>(p);
    if (c == QUOTE) {
      p = skipString(p + 1);
      if (p == 0) return 0;
      continue;
    }
    if (c == 0x7b || c == 0x5b) {
      if (depth == DEPTH_MAX) return 0;
      kinds = (kinds << 1) | <u64>(c == 0x7b);
      depth++;
    } else if (c == 0x7d || c == 0x5d) {
      if ((kinds & 1) != <u64>(c == 0x7d)) return 0;
      kinds >>= 1;
      if (--depth == 0) return p + 1;
    } else if (c == LF) return 0;
    p++;
  }
}

@inline function skipValue(p: usize): usize {
  const c = load<u8>(p);
  if (c == QUOTE) return skipString(p + 1);
  return c == 0x7b || c == 0x5b ? skipCollection(p) : skipScalar(p);
}

/** Reads the value at `p` into a column; the byte behind it, or 0. */
function readValue(column: usize, row: i32, p: usize): usize {
  const kind = load<i32>(column, KIND);
  const c = load<u8>(p);
  if (kind == TEXT && c == QUOTE) {
    hadEscape = false;
    const end = skipString(p + 1);
    if (end == 0) return 0;
    if (hadEscape) setRef(column, row, IS_DEFERRED, p, end);
    else setRef(column, row, IS_VALUE, p + 1, end - 1);
    return end;
  }
  if (c == 0x6e) {
    const end = skipScalar(p);
    if (end != 0) setMark(column, row, IS_NULL);
    return end;
  }
  if (kind != TEXT) {
    let end: usize = 0;
    if (c != QUOTE) end = kind == DATE ? 0 : scanPlain(column, row, p);
    else if (kind == TIMESTAMP || kind == DATE) {
      end = kind == DATE ? scanDate(column, row, p + 1) : scanTimestamp(column, row, p + 1);
      if (end != 0) end = load<u8>(end) == QUOTE ? end + 1 : 0;
    }
    if (end != 0 && isValueEnd(load<u8>(end))) return end;
  }
  const end = skipValue(p);
  if (end != 0) setRef(column, row, IS_DEFERRED, p, end);
  return end;
}

@inline function columnAt(c: i32): usize {
  return columns + <usize>c * COLUMN_BYTES;
}

/** First eight bytes of a key, the rest of the word zero. */
@inline function headOf(p: usize, length: usize): u64 {
  const w = load<u64>(p);
  return length >= 8 ? w : length == 0 ? 0 : w & (<u64>-1 >> (64 - (<u64>length << 3)));
}

@inline function isKey(column: usize, p: usize, length: usize, head: u64): bool {
  if (load<usize>(column, KEY_LENGTH) != length || load<u64>(column, KEY_HEAD) != head) return false;
  const key = load<usize>(column, KEY);
  for (let i: usize = 8; i < length; i++) if (load<u8>(key + i) != load<u8>(p + i)) return false;
  return true;
}

function findColumn(p: usize, length: usize): i32 {
  const head = headOf(p, length);
  if (expected < columnCount && isKey(columnAt(expected), p, length, head)) return expected++;
  for (let c = 0; c < columnCount; c++) {
    if (isKey(columnAt(c), p, length, head)) {
      expected = c + 1;
      return c;
    }
  }
  return -1;
}

/** One record with its members in any order; the byte behind its line end, or 0. */
function walk(from: usize, row: i32): usize {
  let p = skipSpace(from);
  if (load<u8>(p) != 0x7b) return 0;
  stamp++;
  expected = 0;
  p = skipSpace(p + 1);
  if (load<u8>(p) == 0x7d) p++;
  else {
    while (true) {
      if (load<u8>(p) != QUOTE) return 0;
      hadEscape = false;
      const keyEnd = skipString(p + 1);
      if (keyEnd == 0 || hadEscape) return 0;
      const target = findColumn(p + 1, keyEnd - p - 2);
      p = skipSpace(keyEnd);
      if (load<u8>(p) != 0x3a) return 0;
      p = skipSpace(p + 1);
      if (target < 0) p = skipValue(p);
      else {
        store<i32>(columnAt(target), stamp, SEEN);
        p = readValue(columnAt(target), row, p);
      }
      if (p == 0) return 0;
      p = skipSpace(p);
      const c = load<u8>(p++);
      if (c == 0x7d) break;
      if (c != 0x2c) return 0;
      p = skipSpace(p);
    }
  }
  p = skipSpace(p);
  if (load<u8>(p) != LF) return 0;
  for (let c = 0; c < columnCount; c++) if (load<i32>(columnAt(c), SEEN) != stamp) setMark(columnAt(c), row, IS_NULL);
  return p + 1;
}

/** Whether `length` bytes are those of a piece, whose bytes are filled up to sixteens. */
@inline function matches(p: usize, bytes: usize, length: usize): bool {
  let i: usize = 0;
  while (true) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(p + i), v128.load(bytes + i)));
    const left = length - i;
    if (left <= 16) return (~same & ((1 << <i32>left) - 1)) == 0;
    if (same != 0xffff) return false;
    i += 16;
  }
}

/** One record laid out like the template; the byte behind its line end, or 0. */
function follow(from: usize, row: i32): usize {
  let p = from;
  let piece = pieces;
  for (let i = 0; i < pieceCount; i++) {
    const length = load<usize>(piece, PIECE_LENGTH);
    if (!matches(p, load<usize>(piece, PIECE_AT), length)) return 0;
    p += length;
    if (i + 1 == pieceCount) break;
    const target = load<i32>(piece, PIECE_TARGET);
    p = target < 0 ? skipValue(p) : readValue(columnAt(target), row, p);
    if (p == 0) return 0;
    piece += PIECE_BYTES;
  }
  for (let i = 0; i < absentCount; i++) setMark(columnAt(load<i32>(absent + (<usize>i << 2))), row, IS_NULL);
  return p;
}

/** Bits of the bytes that end a string or cannot stand in one as they are. */
@inline function stringEnds(p: usize): i32 {
  const x = v128.load(p);
  const ends = v128.or(i8x16.eq(x, i8x16.splat(QUOTE)), i8x16.eq(x, i8x16.splat(0x5c)));
  return i8x16.bitmask(v128.or(ends, i8x16.le_u(x, i8x16.splat(0x1f))));
}

/** First byte from `start` on that ends a string or cannot stand in one: what it is, the next piece finds out. */
@inline function stringEnd(start: usize): usize {
  let p = start;
  let ends = stringEnds(p);
  while (ends == 0) {
    p += 16;
    ends = stringEnds(p);
  }
  return p + <usize>ctz(ends);
}

/**
 * One record laid out like the template, with values of the kinds that its values have; the byte behind its line end, or 0. Nobody asks
 * what a value ended with: whatever it is, it must be the first byte of the next piece.
 */
@inline function followFast(from: usize, row: i32): usize {
  let p = from;
  let piece = pieces;
  while (true) {
    const bytes = load<usize>(piece, WHOLE_AT);
    const length = load<usize>(piece, WHOLE_LENGTH);
    const differs = ~i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(bytes)));
    if (differs & load<i32>(piece, WHOLE_MASK)) return 0;
    if (length > 16 && !matches(p + 16, bytes + 16, length - 16)) return 0;
    p += length;
    const action = load<i32>(piece, PIECE_ACTION);
    const column = load<usize>(piece, PIECE_COLUMN);
    piece += PIECE_BYTES;
    if (action == PASS_STRING) {
      p = stringEnd(p);
      continue;
    }
    if (action == TAKE_STRING) {
      const end = stringEnd(p);
      setRef(column, row, IS_VALUE, p, end);
      p = end;
      continue;
    }
    if (action == TAKE_FLOAT || action == TAKE_INTEGER) {
      const end = numberEnd(p);
      const value = action == TAKE_FLOAT ? floatOf(p, end) : integerOf(p, end);
      if (value == value) {
        setValue(column, row, value);
        p = end;
        continue;
      }
    }
    if (action == END) break;
    if (action == PASS_ANY) p = skipValue(p);
    else p = readValue(column, row, p);
    if (p == 0) return 0;
  }
  for (let i = 0; i < absentCount; i++) setMark(columnAt(load<i32>(absent + (<usize>i << 2))), row, IS_NULL);
  return p;
}

/** One record by its bytes; the byte behind its line end, or 0. */
function anyRecord(p: usize, row: i32): usize {
  const next = pieceCount > 0 ? follow(p, row) : 0;
  if (next != 0) return next;
  jsonMisses++;
  return walk(p, row);
}

export function jsonDecode(from: usize, to: usize, first: i32, limit: i32): i32 {
  let p = from;
  let row = first;
  let stop = STOP_BYTES;
  while (p < to) {
    if (row == limit) {
      stop = STOP_ROWS;
      break;
    }
    let next: usize = pieceCount > 0 ? followFast(p, row) : 0;
    if (next == 0) {
      if (load<u8>(p) == LF) {
        p++;
        continue;
      }
      next = anyRecord(p, row);
      if (next == 0) {
        stop = STOP_RECORD;
        break;
      }
    }
    p = next;
    row++;
  }
  jsonRow = row;
  jsonAt = p;
  return stop;
}
