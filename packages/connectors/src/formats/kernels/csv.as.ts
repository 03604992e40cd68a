// The CSV fast path; its JavaScript twin is `csv/csv-script-kernel.ts`.
import { columnsSetup, takeColumns } from './csv-columns.as.ts';
import { decodeRegular, regularRow, regularSetup } from './csv-regular.as.ts';
import {
  COLUMN_BYTES,
  CR,
  IS_DEFERRED,
  IS_NULL,
  IS_VALUE,
  KIND,
  LF,
  STOP_BYTES,
  STOP_RECORD,
  STOP_ROWS,
  setMark,
  setRef,
  TEXT,
} from './layout.as.ts';
import { BLOCK, hasByte, INDEX_BYTES, maskOf, NONE, writePlaces } from './places.as.ts';
import { scanField } from './scan.as.ts';

/** Row after the last one decoded, and byte after its record. */
export let csvRow: i32 = 0;
export let csvAt: usize = 0;

let columns: usize = 0;
/** By field: its column, or -1; as many as there are up to the last wanted field. */
let targets: usize = 0;
/** Places of delimiters, line ends and quotes in the block: addresses, in order, with NONE behind the last. */
let delimiters: usize = 0;
let feeds: usize = 0;
let quotes: usize = 0;
let delimitersEnd: usize = 0;
/**
 * Records of the block that wait for their columns: of each the byte before it, and the ends of its fields up to the last wanted one, the
 * last of a record before its line end.
 */
let records: usize = 0;
let recordBytes: usize = 0;
let recordsMax: i32 = 0;
/** Room for records that wait, when one alone does not need more. */
@inline const WAITING_BYTES: usize = 16384;
let wanted: i32 = 0;
let fieldCount: i32 = 0;
let delimiter: u8 = 44;
let quote: u8 = 34;
let hasQuotes: bool = true;

export function csvSetup(columnsAt: usize, targetsAt: usize, wantedFields: i32, fields: i32, delimiterByte: i32, quoteByte: i32, jobsAt: usize, indexAt: usize): void {
  columns = columnsAt;
  targets = targetsAt;
  wanted = wantedFields;
  fieldCount = fields;
  delimiter = <u8>delimiterByte;
  // Without quotes no byte may count as one: 255 stands in no UTF-8 text.
  hasQuotes = quoteByte >= 0;
  quote = hasQuotes ? <u8>quoteByte : 0xff;
  passes = 0;
  pause = 0;
  let jobCount = 0;
  for (let f = 0; f < wantedFields; f++) {
    const target = load<i32>(targetsAt + (<usize>f << 2));
    if (target < 0) continue;
    const job = jobsAt + (<usize>jobCount << 3);
    jobCount++;
    store<i32>(job, f);
    store<usize>(job, columnsAt + <usize>target * COLUMN_BYTES, 4);
  }
  delimiters = indexAt;
  feeds = delimiters + INDEX_BYTES;
  quotes = feeds + INDEX_BYTES;
  records = quotes + INDEX_BYTES;
  recordBytes = <usize>(wantedFields + 1) << 2;
  recordsMax = recordBytes < WAITING_BYTES ? <i32>(WAITING_BYTES / recordBytes) : 1;
  columnsSetup(jobsAt, jobCount);
  regularSetup(delimiter, quote, fields, wantedFields, delimiters);
}

@inline function fieldEnd(start: usize): usize {
  const d = i8x16.splat(delimiter);
  const n = i8x16.splat(LF);
  let p = start;
  while (true) {
    const x = v128.load(p);
    const m = i8x16.bitmask(v128.or(i8x16.eq(x, d), i8x16.eq(x, n)));
    if (m) return p + ctz(m);
    p += 16;
  }
}

const OPEN: usize = 0;
const HARD: usize = 1;

/** Byte behind a quoted field; OPEN when it is not closed before `to`, HARD for the complete reader. */
function quotedField(start: usize, to: usize, column: usize, row: i32): usize {
  const q = i8x16.splat(quote);
  let p = start + 1;
  let isDoubled = false;
  while (true) {
    const m = i8x16.bitmask(i8x16.eq(v128.load(p), q));
    if (!m) {
      p += 16;
      if (p >= to) return OPEN;
      continue;
    }
    p += ctz(m);
    if (p >= to) return OPEN;
    if (load<u8>(p, 1) != quote) break;
    isDoubled = true;
    p += 2;
  }
  if (column != 0) setRef(column, row, load<i32>(column, KIND) == TEXT && !isDoubled ? IS_VALUE : IS_DEFERRED, start + 1, p);
  const next = load<u8>(p, 1);
  return next == delimiter || next == LF || (next == CR && load<u8>(p, 2) == LF) ? p + 1 : HARD;
}

@inline function plainField(start: usize, column: usize, row: i32): usize {
  const isText = load<i32>(column, KIND) == TEXT;
  if (!isText) {
    const p = scanField(column, row, start);
    if (p != 0) {
      const c = load<u8>(p);
      if (c == delimiter || c == LF || (c == CR && load<u8>(p, 1) == LF)) return p;
    }
  }
  const p = fieldEnd(start);
  const end = p > start && load<u8>(p) == LF && load<u8>(p - 1) == CR ? p - 1 : p;
  if (end == start) setMark(column, row, IS_NULL);
  else setRef(column, row, isText ? IS_VALUE : IS_DEFERRED, start, end);
  return p;
}

/** Goes over `left` fields that nobody wants to the byte behind the line end; HARD when there are more, fewer or quoted ones. */
@inline function restOfRecord(start: usize, left: i32): usize {
  const d = i8x16.splat(delimiter);
  const n = i8x16.splat(LF);
  const q = i8x16.splat(quote);
  let p = start;
  let delimiters = 0;
  while (true) {
    const x = v128.load(p);
    const ends = i8x16.bitmask(i8x16.eq(x, n));
    const before = ends ? (1 << ctz(ends)) - 1 : 0xffff;
    if (i8x16.bitmask(i8x16.eq(x, q)) & before) return HARD;
    delimiters += popcnt(i8x16.bitmask(i8x16.eq(x, d)) & before);
    if (ends) return delimiters == left - 1 ? p + ctz(ends) + 1 : HARD;
    p += 16;
  }
}

/** Field by field to the end of the record, for records with quotes behind the wanted fields. */
function restByField(start: usize, to: usize, left: i32): usize {
  let p = start;
  let f = 0;
  while (true) {
    f++;
    if (load<u8>(p) == quote) {
      p = quotedField(p, to, 0, 0);
      if (p <= HARD) return p;
      if (load<u8>(p) == CR) p++;
    } else p = fieldEnd(p);
    if (load<u8>(p++) == LF) return f == left ? p : HARD;
  }
}

function record(from: usize, to: usize, row: i32): usize {
  let p = from;
  for (let f = 0; f < wanted; f++) {
    const target = load<i32>(targets + (<usize>f << 2));
    const column: usize = target < 0 ? <usize>0 : columns + <usize>target * COLUMN_BYTES;
    if (load<u8>(p) == quote) {
      p = quotedField(p, to, column, row);
      if (p <= HARD) return p;
    } else p = target < 0 ? fieldEnd(p) : plainField(p, column, row);
    let c = load<u8>(p);
    if (c == CR) c = load<u8>(++p);
    p++;
    if (c == LF) return f + 1 == fieldCount ? p : HARD;
  }
  const left = fieldCount - wanted;
  if (left == 0) return HARD;
  const end = restOfRecord(p, left);
  return end == HARD && hasQuotes ? restByField(p, to, left) : end;
}

/**
 * Lists where the fields of a block end: every place is found for itself, so that the processor works on many at once instead of
 * waiting for the end of one field to look for the next. False where a block is better read field by field.
 */
function indexBlock(from: usize, to: usize): bool {
  const d = i8x16.splat(delimiter);
  const n = i8x16.splat(LF);
  const q = i8x16.splat(quote);
  let di = delimiters;
  let ni = feeds;
  let qi = quotes;
  for (let p = from; p < to; p += 64) {
    const within: u64 = to - p < 64 ? (<u64>1 << <u64>(to - p)) - 1 : <u64>-1;
    di = writePlaces(di, p, maskOf(p, d) & within);
    ni = writePlaces(ni, p, maskOf(p, n) & within);
    if (hasByte(p, q)) qi = writePlaces(qi, p, maskOf(p, q) & within);
  }
  delimitersEnd = di;
  store<u32>(di, NONE);
  store<u32>(ni, NONE);
  store<u32>(qi, NONE);
  return ni != feeds && (qi - quotes) <= (ni - feeds) / 2;
}

function takeWaiting(first: i32, count: i32): void {
  if (count > 0) takeColumns(records, recordBytes, first, count);
}

@inline function isBlank(p: usize): bool {
  const c = load<u8>(p);
  return fieldCount != 1 && (c == LF || (c == CR && load<u8>(p, 1) == LF));
}

let stopped: i32 = 0;
let nextRow: i32 = 0;

/** Records of an indexed block from `from` on; returns the byte behind the last one. */
function decodeIndexed(from: usize, to: usize, first: i32, limit: i32): usize {
  let p = from;
  let row = first;
  /** Rows from here on wait in `records`. */
  let begun = first;
  let di = delimiters;
  let ni = feeds;
  let qi = quotes;
  const count = <usize>fieldCount << 2;
  while (true) {
    const feed = load<u32>(ni);
    if (feed == NONE || row == limit) break;
    if (isBlank(p)) {
      p = <usize>feed + 1;
      ni += 4;
      continue;
    }
    if (load<u32>(qi) < feed) {
      takeWaiting(begun, row - begun);
      begun = row;
      const next = record(p, to, row);
      if (next <= HARD) {
        stopped = next == HARD ? STOP_RECORD : STOP_BYTES;
        break;
      }
      p = next;
      row++;
      begun = row;
      while (load<u32>(ni) < p) ni += 4;
      while (load<u32>(di) < p) di += 4;
      while (load<u32>(qi) < p) qi += 4;
      continue;
    }
    // so many delimiters, no more and no less, stand before the line end
    const behind = di + count - 4;
    if (behind > delimitersEnd || load<u32>(behind) < feed || (fieldCount > 1 && load<u32>(behind - 4) > feed)) {
      stopped = STOP_RECORD;
      break;
    }
    const at = records + <usize>(row - begun) * recordBytes;
    store<u32>(at, <u32>p - 1);
    // Four at a time: what is too much is written over, or stands behind the last record.
    for (let i: usize = 4; i < recordBytes; i += 16) v128.store(at + i, v128.load(di + i - 4));
    // A carriage return before the line end is a part of it; an empty record was passed over above.
    if (wanted == fieldCount) store<u32>(at + recordBytes - 4, feed - <u32>(load<u8>(feed - 1) == CR && feed > <u32>p));
    p = <usize>feed + 1;
    row++;
    ni += 4;
    di = behind;
    if (row - begun == recordsMax) {
      takeWaiting(begun, recordsMax);
      begun = row;
    }
  }
  takeWaiting(begun, row - begun);
  nextRow = row;
  return p;
}

/** Records of a block field by field. */
function decodeByField(from: usize, end: usize, to: usize, first: i32, limit: i32): usize {
  let p = from;
  let row = first;
  while (p < end && row < limit) {
    if (isBlank(p)) {
      p += load<u8>(p) == LF ? 1 : 2;
      continue;
    }
    const next = record(p, to, row);
    if (next <= HARD) {
      stopped = next == HARD ? STOP_RECORD : STOP_BYTES;
      break;
    }
    p = next;
    row++;
  }
  nextRow = row;
  return p;
}

/** So many blocks are not tried as regular ones, and how many after the next that is not. */
let passes: i32 = 0;
let pause: i32 = 0;
const PAUSE_MAX: i32 = 64;

const GOES_ON: i32 = -1;

export function csvDecode(from: usize, to: usize, first: i32, limit: i32): i32 {
  let p = from;
  let row = first;
  stopped = GOES_ON;
  while (p < to && stopped == GOES_ON) {
    if (row == limit) {
      stopped = STOP_ROWS;
      break;
    }
    const end = to - p > BLOCK ? p + BLOCK : to;
    if (passes == 0) {
      const next = decodeRegular(p, end, row, limit);
      if (next != 0) {
        p = next;
        row = regularRow;
        pause = 0;
        continue;
      }
      pause = pause < PAUSE_MAX ? pause * 2 + 1 : PAUSE_MAX;
      passes = pause;
    } else passes--;
    p = indexBlock(p, end) ? decodeIndexed(p, to, row, limit) : decodeByField(p, end, to, row, limit);
    row = nextRow;
  }
  csvRow = row;
  csvAt = p;
  return stopped == GOES_ON ? STOP_BYTES : stopped;
}
