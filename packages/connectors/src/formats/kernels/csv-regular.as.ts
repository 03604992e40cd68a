// CSV blocks as they mostly are: no quotes, and the right number of fields in every record.
import { takeColumns } from './csv-columns.as.ts';
import { CR, LF } from './layout.as.ts';
import { maskOf, writePlaces } from './places.as.ts';

/** Row after the last one decoded. */
export let regularRow: i32 = 0;

let delimiter: u8 = 44;
let quote: u8 = 34;
let fieldCount: i32 = 0;
/** A carriage return before a line end is no part of the last field. */
let isLastWanted: bool = false;
/** Places of delimiters and line ends. */
let separators: usize = 0;

export function regularSetup(delimiterByte: u8, quoteByte: u8, fields: i32, wanted: i32, separatorsAt: usize): void {
  delimiter = delimiterByte;
  quote = quoteByte;
  fieldCount = fields;
  isLastWanted = wanted == fields;
  separators = separatorsAt;
}

/**
 * A block without quotes, whose records all have the right number of fields: delimiters and line ends are in one list, where each field ends `fieldCount` places behind that of the record before. Returns the byte behind its last whole record, or 0
 * where the block is not so.
 */
export function decodeRegular(from: usize, to: usize, first: i32, limit: i32): usize {
  const found = listRecords(from, to);
  const count = found < limit - first ? found : limit - first;
  if (count == 0) return 0;
  const step = <usize>fieldCount << 2;
  takeColumns(separators, step, first, count);
  regularRow = first + count;
  return <usize>load<u32>(separators + <usize>count * step) + 1;
}

/** Lists the ends of fields, the byte before the first record in front; how many records there are, or 0 where the block is not so. */
function listRecords(from: usize, to: usize): i32 {
  const d = i8x16.splat(delimiter);
  const n = i8x16.splat(LF);
  const q = i8x16.splat(quote);
  // The first record begins behind what could be the end of another one.
  store<u32>(separators, <u32>from - 1);
  let si = separators + 4;
  // Line ends by place among 64 bytes, at most 128 each.
  let n0 = i8x16.splat(0);
  let n1 = n0;
  let n2 = n0;
  let n3 = n0;
  let odd = n0;
  let p = from;
  const whole = from + ((to - from) & ~63);
  for (; p < whole; p += 64) {
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    const x2 = v128.load(p, 32);
    const x3 = v128.load(p, 48);
    const e0 = i8x16.eq(x0, n);
    const e1 = i8x16.eq(x1, n);
    const e2 = i8x16.eq(x2, n);
    const e3 = i8x16.eq(x3, n);
    n0 = i8x16.sub(n0, e0);
    n1 = i8x16.sub(n1, e1);
    n2 = i8x16.sub(n2, e2);
    n3 = i8x16.sub(n3, e3);
    odd = v128.or(odd, v128.or(v128.or(i8x16.eq(x0, q), i8x16.eq(x1, q)), v128.or(i8x16.eq(x2, q), i8x16.eq(x3, q))));
    const bits =
      <u64>i8x16.bitmask(v128.or(e0, i8x16.eq(x0, d))) |
      (<u64>i8x16.bitmask(v128.or(e1, i8x16.eq(x1, d))) << 16) |
      (<u64>i8x16.bitmask(v128.or(e2, i8x16.eq(x2, d))) << 32) |
      (<u64>i8x16.bitmask(v128.or(e3, i8x16.eq(x3, d))) << 48);
    si = writePlaces(si, p, bits);
  }
  if (v128.any_true(odd)) return 0;
  let found = <i32>(sumOf(n0) + sumOf(n1) + sumOf(n2) + sumOf(n3));
  if (p < to) {
    const within = (<u64>1 << <u64>(to - p)) - 1;
    const ends = maskOf(p, n) & within;
    if (maskOf(p, q) & within) return 0;
    si = writePlaces(si, p, (maskOf(p, d) & within) | ends);
    found += <i32>popcnt(ends);
  }
  const step = <usize>fieldCount << 2;
  if (separators + <usize>found * step >= si) return 0;
  // So many line ends are where a record ends that none is left for elsewhere.
  const ends = separators + step;
  let differs: u32 = 0;
  let returns: u32 = 0;
  for (let i = 0; i < found; i++) {
    const end = <usize>load<u32>(ends + <usize>i * step);
    differs |= <u32>load<u8>(end) ^ LF;
    returns |= <u32>(load<u8>(end - 1) == CR);
  }
  if (returns && isLastWanted) return 0;
  return differs ? 0 : found;
}

@inline function sumOf(bytes: v128): u64 {
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return <u64>i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}
