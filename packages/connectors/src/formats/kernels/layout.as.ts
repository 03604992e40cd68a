// Addresses within the memory that JavaScript lays out; `wasm-memory.ts` has the same numbers.

/** One column: 64 bytes. */
@inline export const COLUMN_BYTES: usize = 64;
@inline export const KIND: usize = 0;
@inline export const SCALE: usize = 4;
@inline export const PRECISION: usize = 8;
@inline export const SLOTS: usize = 12;
@inline export const MARKS: usize = 16;
/** Key of a JSON member: address, length, the record in which it was last seen, first eight bytes. */
@inline export const KEY: usize = 20;
@inline export const KEY_LENGTH: usize = 24;
@inline export const SEEN: usize = 28;
@inline export const KEY_HEAD: usize = 32;
/** Not 0: some row was marked as something else than a value since JavaScript last looked. */
@inline export const UNUSUAL: usize = 40;

@inline export const FLOAT: i32 = 0;
@inline export const INTEGER: i32 = 1;
@inline export const DECIMAL: i32 = 2;
@inline export const BOOLEAN: i32 = 3;
@inline export const TEXT: i32 = 4;
@inline export const TIMESTAMP: i32 = 5;
@inline export const DATE: i32 = 6;

@inline export const IS_VALUE: u8 = 0;
@inline export const IS_NULL: u8 = 1;
@inline export const IS_DEFERRED: u8 = 2;

@inline export const STOP_BYTES: i32 = 0;
@inline export const STOP_ROWS: i32 = 1;
@inline export const STOP_RECORD: i32 = 2;

@inline export const LF: u8 = 0x0a;
@inline export const CR: u8 = 0x0d;
@inline export const QUOTE: u8 = 0x22;

/** Powers of ten up to 10^22 as doubles, put there by JavaScript. */
@inline export const POWERS: usize = 64;
/** 16 bytes of zeros, then 16 of ones: from `TAIL_MASKS + n` on a mask for the last n of 16 bytes. Put there by JavaScript. */
@inline export const TAIL_MASKS: usize = 256;
/** From `HEAD_MASKS - n` on a mask for the first n of 16 bytes: zeros follow the ones. */
@inline export const HEAD_MASKS: usize = 288;
/** By place of a point in 16 bytes: how the others move together, 16 bytes each; before them, how nothing moves. Put there by JavaScript. */
@inline export const SQUEEZES: usize = 512;

/** By number of digits before the point: the least number that has them, zero for one digit. Put there by JavaScript. */
@inline export const LEAST: usize = 768;

/** Address of the input; places in it are told from there. */
export let base: usize = 0;

export function setInput(at: usize): void {
  base = at;
}

@inline export function setMark(column: usize, row: i32, mark: u8): void {
  store<u8>(load<usize>(column, MARKS) + <usize>row, mark);
  if (mark != IS_VALUE) store<i32>(column, 1, UNUSUAL);
}

@inline export function setValue(column: usize, row: i32, value: f64): void {
  store<f64>(load<usize>(column, SLOTS) + (<usize>row << 3), value);
  setMark(column, row, IS_VALUE);
}

@inline export function setRef(column: usize, row: i32, mark: u8, start: usize, end: usize): void {
  const slot = load<usize>(column, SLOTS) + (<usize>row << 3);
  store<u32>(slot, <u32>(start - base));
  store<u32>(slot, <u32>(end - base), 4);
  setMark(column, row, mark);
}
