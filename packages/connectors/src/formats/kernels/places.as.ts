// Places of bytes in a block: every place is found for itself, so that the processor works on many at once instead of waiting for the
// end of one value to look for the next.

/** So many bytes are indexed at a time: their index stays in the first-level cache. */
@inline export const BLOCK: usize = 8192;
/** Of one list of places: an entry a byte, and what is written ahead of the last. */
@inline export const INDEX_BYTES: usize = (BLOCK + 64) * 4;
/** Behind the last place of a list. */
@inline export const NONE: u32 = 0xffffffff;

@inline export function maskOf(p: usize, byte: v128): u64 {
  return (
    <u64>i8x16.bitmask(i8x16.eq(v128.load(p), byte)) |
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(p, 16), byte)) << 16) |
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(p, 32), byte)) << 32) |
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(p, 48), byte)) << 48)
  );
}

@inline export function hasByte(p: usize, byte: v128): bool {
  const low = v128.or(i8x16.eq(v128.load(p), byte), i8x16.eq(v128.load(p, 16), byte));
  const high = v128.or(i8x16.eq(v128.load(p, 32), byte), i8x16.eq(v128.load(p, 48), byte));
  return v128.any_true(v128.or(low, high));
}

/** Writes the places of a mask; four at a time, whatever there are, so that their number need not be guessed. */
@inline export function writePlaces(list: usize, p: usize, bits: u64): usize {
  let m = bits;
  let at = list;
  while (m != 0) {
    store<u32>(at, <u32>(p + <usize>ctz(m)));
    m &= m - 1;
    store<u32>(at, <u32>(p + <usize>ctz(m)), 4);
    m &= m - 1;
    store<u32>(at, <u32>(p + <usize>ctz(m)), 8);
    m &= m - 1;
    store<u32>(at, <u32>(p + <usize>ctz(m)), 12);
    m &= m - 1;
    at += 16;
  }
  return list + (<usize>popcnt(bits) << 2);
}

/** Begin of a value that stands between two listed places, and its end. */
@inline export function startAt(place: usize): usize {
  return <usize>load<u32>(place) + 1;
}

@inline export function endAt(place: usize): usize {
  return <usize>load<u32>(place, 4);
}
