// The CSV fast path; its JavaScript twin is `csv/csv-script-kernel.ts`.
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
import { scanField } from './scan.as.ts';

/** Row after the last one decoded, and byte after its record. */
export let csvRow: i32 = 0;
export let csvAt: usize = 0;

let columns: usize = 0;
/** By field: its column, or -1; as many as there are up to the last wanted field. */
let targets: usize = 0;
let wanted: i32 = 0;
let fieldCount: i32 = 0;
let delimiter: u8 = 44;
let quote: u8 = 34;
let hasQuotes: bool = true;

export function csvSetup(columnsAt: usize, targetsAt: usize, wantedFields: i32, fields: i32, delimiterByte: i32, quoteByte: i32): void {
  columns = columnsAt;
  targets = targetsAt;
  wanted = wantedFields;
  fieldCount = fields;
  delimiter = <u8>delimiterByte;
  // Without quotes no byte may count as one: 255 stands in no UTF-8 text.
  hasQuotes = quoteByte >= 0;
  quote = hasQuotes ? <u8>quoteByte : 0xff;
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

export function csvDecode(from: usize, to: usize, first: i32, limit: i32): i32 {
  let p = from;
  let row = first;
  let stop = STOP_BYTES;
  while (p < to) {
    if (row == limit) {
      stop = STOP_ROWS;
      break;
    }
    const c = load<u8>(p);
    if (fieldCount != 1 && (c == LF || (c == CR && load<u8>(p, 1) == LF))) {
      p += c == LF ? 1 : 2;
      continue;
    }
    const next = record(p, to, row);
    if (next <= HARD) {
      stop = next == HARD ? STOP_RECORD : STOP_BYTES;
      break;
    }
    p = next;
    row++;
  }
  csvRow = row;
  csvAt = p;
  return stop;
}
