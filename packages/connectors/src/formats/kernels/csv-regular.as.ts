// CSV blocks as they mostly are: no quotes, no carriage returns, and the right number of fields in every record.
import { base, CR, FLOAT, INTEGER, IS_NULL, IS_VALUE, KIND, LF, MARKS, SLOTS, setMark, TEXT } from './layout.as.ts';
import { hasByte, maskOf, writePlaces } from './places.as.ts';
import { floatOf, integerOf, takeField } from './scan.as.ts';

/** Row after the last one decoded. */
export let regularRow: i32 = 0;

let delimiter: u8 = 44;
let quote: u8 = 34;
let fieldCount: i32 = 0;
/** The wanted fields, as `csv.as.ts` lists them. */
let jobs: usize = 0;
let jobCount: i32 = 0;
/** Places of delimiters and line ends, and of line ends alone. */
let separators: usize = 0;
let feeds: usize = 0;

export function regularSetup(delimiterByte: u8, quoteByte: u8, fields: i32, jobsAt: usize, wanted: i32, separatorsAt: usize, feedsAt: usize): void {
  delimiter = delimiterByte;
  quote = quoteByte;
  fieldCount = fields;
  jobs = jobsAt;
  jobCount = wanted;
  separators = separatorsAt;
  feeds = feedsAt;
}

/**
 * A block without quotes and carriage returns, whose records all have the right number of fields: delimiters and line ends are in one
 * list, where each field ends `fieldCount` places behind that of the record before. Returns the byte behind its last whole record, or 0
 * where the block is not so.
 */
export function decodeRegular(from: usize, to: usize, first: i32, limit: i32): usize {
  const d = i8x16.splat(delimiter);
  const n = i8x16.splat(LF);
  const q = i8x16.splat(quote);
  const r = i8x16.splat(CR);
  // The first record begins behind what could be the end of another one.
  store<u32>(separators, <u32>from - 1);
  let si = separators + 4;
  let ni = feeds;
  for (let p = from; p < to; p += 64) {
    if (hasByte(p, q) || hasByte(p, r)) return 0;
    const within: u64 = to - p < 64 ? (<u64>1 << <u64>(to - p)) - 1 : <u64>-1;
    const ends = maskOf(p, n) & within;
    si = writePlaces(si, p, (maskOf(p, d) & within) | ends);
    ni = writePlaces(ni, p, ends);
  }
  const found = <i32>((ni - feeds) >> 2);
  const count = found < limit - first ? found : limit - first;
  const step = <usize>fieldCount << 2;
  const recordEnds = separators + step;
  if (count == 0 || separators + <usize>count * step >= si) return 0;
  let differs: u32 = 0;
  for (let i = 0; i < count; i++) differs |= load<u32>(feeds + (<usize>i << 2)) ^ load<u32>(recordEnds + <usize>i * step);
  if (differs) return 0;
  for (let j = 0; j < jobCount; j++) {
    const job = jobs + (<usize>j << 3);
    const column = load<usize>(job, 4);
    memory.fill(load<usize>(column, MARKS) + <usize>first, IS_VALUE, <usize>count);
    const places = separators + (<usize>load<i32>(job) << 2);
    const kind = load<i32>(column, KIND);
    if (kind == TEXT) regularTexts(column, places, step, first, count);
    else if (kind == FLOAT) regularFloats(column, places, step, first, count);
    else if (kind == INTEGER) regularIntegers(column, places, step, first, count);
    else for (let i = 0; i < count; i++) takeField(column, first + i, startAt(places + <usize>i * step), endAt(places + <usize>i * step));
  }
  regularRow = first + count;
  return <usize>load<u32>(feeds + (<usize>(count - 1) << 2)) + 1;
}

@inline function startAt(place: usize): usize {
  return <usize>load<u32>(place) + 1;
}

@inline function endAt(place: usize): usize {
  return <usize>load<u32>(place, 4);
}

function regularTexts(column: usize, places: usize, step: usize, first: i32, count: i32): void {
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  for (let i = 0; i < count; i++, slot += 8, place += step) {
    const s = startAt(place);
    const e = endAt(place);
    store<u32>(slot, <u32>(s - base));
    store<u32>(slot, <u32>(e - base), 4);
    if (s == e) setMark(column, first + i, IS_NULL);
  }
}

function regularFloats(column: usize, places: usize, step: usize, first: i32, count: i32): void {
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  for (let i = 0; i < count; i++, slot += 8, place += step) {
    const value = floatOf(startAt(place), endAt(place));
    if (value == value) store<f64>(slot, value);
    else takeField(column, first + i, startAt(place), endAt(place));
  }
}

function regularIntegers(column: usize, places: usize, step: usize, first: i32, count: i32): void {
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  for (let i = 0; i < count; i++, slot += 8, place += step) {
    const value = integerOf(startAt(place), endAt(place));
    if (value == value) store<f64>(slot, value);
    else takeField(column, first + i, startAt(place), endAt(place));
  }
}
