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
import { BLOCK, INDEX_BYTES, maskOf, NONE, writePlaces } from './places.as.ts';
import { floatOf, integerOf, scanDate, scanPlain, scanTimestamp } from './scan.as.ts';

/** Row after the last one decoded, and byte after its record. */
export let jsonRow: i32 = 0;
export let jsonAt: usize = 0;
/** Records that were not laid out like the template, since `jsonTemplate` was called. */
export let jsonMisses: i32 = 0;

const DEPTH_MAX: i32 = 64;
/** One piece of a template: column or -1, length of its bytes, their address; then how to find it, and whether a string follows. */
const PIECE_BYTES: usize = 24;
/** Number of its first quote among those of the record, and where in the piece that stands. */
const PIECE_QUOTE: usize = 12;
const PIECE_OFFSET: usize = 16;
const PIECE_STRING: usize = 20;

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
/** Quotes in a record like the template; 0: its pieces cannot be told by quotes. */
let quoteCount: i32 = 0;
/** Places in the block: quotes, line ends, and bytes that need a closer look (escapes, control characters). */
let quotes: usize = 0;
let quotesEnd: usize = 0;
let feeds: usize = 0;
let odd: usize = 0;

export function jsonSetup(columnsAt: usize, count: i32, indexAt: usize): void {
  columns = columnsAt;
  columnCount = count;
  quotes = indexAt;
  feeds = quotes + INDEX_BYTES;
  odd = feeds + INDEX_BYTES;
}

/** The bytes between the values of the usual record; `absentAt`: columns that it does not have. The last piece ends the record. */
export function jsonTemplate(piecesAt: usize, count: i32, absentAt: usize, absentColumns: i32, quotesOfRecord: i32): void {
  pieces = piecesAt;
  pieceCount = count;
  absent = absentAt;
  absentCount = absentColumns;
  quoteCount = quotesOfRecord;
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
    const length = load<usize>(piece, 4);
    if (!matches(p, load<usize>(piece, 8), length)) return 0;
    p += length;
    if (i + 1 == pieceCount) break;
    const target = load<i32>(piece);
    p = target < 0 ? skipValue(p) : readValue(columnAt(target), row, p);
    if (p == 0) return 0;
    piece += PIECE_BYTES;
  }
  for (let i = 0; i < absentCount; i++) setMark(columnAt(load<i32>(absent + (<usize>i << 2))), row, IS_NULL);
  return p;
}

/** Lists the quotes, line ends and odd bytes of a block; false when no line ends in it. */
function indexBlock(from: usize, to: usize): bool {
  const quote = i8x16.splat(QUOTE);
  const feed = i8x16.splat(LF);
  let qi = quotes;
  let ni = feeds;
  let oi = odd;
  for (let p = from; p < to; p += 64) {
    const within: u64 = to - p < 64 ? (<u64>1 << <u64>(to - p)) - 1 : <u64>-1;
    const ends = maskOf(p, feed) & within;
    qi = writePlaces(qi, p, maskOf(p, quote) & within);
    ni = writePlaces(ni, p, ends);
    const rest = oddMask(p) & within & ~ends;
    if (rest != 0) oi = writePlaces(oi, p, rest);
  }
  quotesEnd = qi;
  store<u32>(qi, NONE);
  store<u32>(ni, NONE);
  store<u32>(oi, NONE);
  return ni != feeds;
}

@inline function oddBits(p: usize): u64 {
  const x = v128.load(p);
  return <u64>i8x16.bitmask(v128.or(i8x16.lt_u(x, i8x16.splat(0x20)), i8x16.eq(x, i8x16.splat(0x5c))));
}

@inline function oddMask(p: usize): u64 {
  return oddBits(p) | (oddBits(p + 16) << 16) | (oddBits(p + 32) << 32) | (oddBits(p + 48) << 48);
}

/** Reads a value whose ends are known, of a column or of none; false when it is not all that stands between them. */
@inline function takeValue(target: i32, isString: bool, start: usize, end: usize, row: i32): bool {
  if (isString) {
    if (end - start < 2 || load<u8>(start) != QUOTE || load<u8>(end - 1) != QUOTE) return false;
    if (target < 0) return true;
    const column = columnAt(target);
    if (load<i32>(column, KIND) != TEXT) return readValue(column, row, start) == end;
    setRef(column, row, IS_VALUE, start + 1, end - 1);
    return true;
  }
  if (target < 0) return skipScalar(start) == end;
  const column = columnAt(target);
  const kind = load<i32>(column, KIND);
  if (kind == FLOAT || kind == INTEGER) {
    const value = kind == FLOAT ? floatOf(start, end) : integerOf(start, end);
    if (value == value) {
      setValue(column, row, value);
      return true;
    }
  }
  return readValue(column, row, start) == end;
}

/** One record laid out like the template, told by the places of its quotes; the byte behind its line end, or 0. */
function followIndexed(from: usize, feed: usize, qi: usize, row: i32): usize {
  const behind = qi + (<usize>quoteCount << 2);
  if (behind > quotesEnd || load<u32>(behind - 4) > <u32>feed || load<u32>(behind) < <u32>feed) return 0;
  const last = pieces + <usize>(pieceCount - 1) * PIECE_BYTES;
  const lastAt = feed + 1 - load<usize>(last, 4);
  if (!matches(lastAt, load<usize>(last, 8), load<usize>(last, 4))) return 0;
  let at = <usize>load<u32>(qi + (load<usize>(pieces, PIECE_QUOTE) << 2)) - load<usize>(pieces, PIECE_OFFSET);
  if (at != from) return 0;
  for (let piece = pieces; piece < last; piece += PIECE_BYTES) {
    const length = load<usize>(piece, 4);
    if (!matches(at, load<usize>(piece, 8), length)) return 0;
    const following = piece + PIECE_BYTES;
    const end =
      following == last
        ? lastAt
        : <usize>load<u32>(qi + (load<usize>(following, PIECE_QUOTE) << 2)) - load<usize>(following, PIECE_OFFSET);
    if (end <= at + length || !takeValue(load<i32>(piece), load<i32>(piece, PIECE_STRING) != 0, at + length, end, row)) return 0;
    at = end;
  }
  for (let i = 0; i < absentCount; i++) setMark(columnAt(load<i32>(absent + (<usize>i << 2))), row, IS_NULL);
  return feed + 1;
}

let stopped: i32 = 0;
let nextRow: i32 = 0;
const GOES_ON: i32 = -1;

/** One record by its bytes; the byte behind its line end, or 0. */
function anyRecord(p: usize, row: i32): usize {
  const next = pieceCount > 0 ? follow(p, row) : 0;
  if (next != 0) return next;
  jsonMisses++;
  return walk(p, row);
}

/** Records of an indexed block from `from` on; returns the byte behind the last one. */
function decodeIndexed(from: usize, first: i32, limit: i32): usize {
  let p = from;
  let row = first;
  let qi = quotes;
  let ni = feeds;
  let oi = odd;
  while (true) {
    const feed = <usize>load<u32>(ni);
    if (<u32>feed == NONE || row == limit) break;
    if (p == feed) {
      p++;
      ni += 4;
      continue;
    }
    // a carriage return before the line end is usual
    if (<usize>load<u32>(oi) == feed - 1 && load<u8>(feed - 1) == 0x0d) oi += 4;
    let next: usize = load<u32>(oi) > <u32>feed ? followIndexed(p, feed, qi, row) : 0;
    if (next != 0) qi += <usize>quoteCount << 2;
    else {
      next = anyRecord(p, row);
      if (next == 0) {
        stopped = STOP_RECORD;
        break;
      }
      while (load<u32>(qi) < <u32>next) qi += 4;
      while (load<u32>(oi) < <u32>next) oi += 4;
    }
    p = next;
    row++;
    while (load<u32>(ni) < <u32>p) ni += 4;
  }
  nextRow = row;
  return p;
}

function decodeByRecord(from: usize, end: usize, first: i32, limit: i32): usize {
  let p = from;
  let row = first;
  while (p < end && row < limit) {
    if (load<u8>(p) == LF) {
      p++;
      continue;
    }
    const next = anyRecord(p, row);
    if (next == 0) {
      stopped = STOP_RECORD;
      break;
    }
    p = next;
    row++;
  }
  nextRow = row;
  return p;
}

export function jsonDecode(from: usize, to: usize, first: i32, limit: i32): i32 {
  let p = from;
  let row = first;
  stopped = GOES_ON;
  while (p < to && stopped == GOES_ON) {
    if (row == limit) {
      stopped = STOP_ROWS;
      break;
    }
    const end = to - p > BLOCK ? p + BLOCK : to;
    p = quoteCount > 0 && indexBlock(p, end) ? decodeIndexed(p, row, limit) : decodeByRecord(p, end, row, limit);
    row = nextRow;
  }
  jsonRow = row;
  jsonAt = p;
  return stopped == GOES_ON ? STOP_BYTES : stopped;
}
