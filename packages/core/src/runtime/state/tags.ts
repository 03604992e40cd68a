/** Bytes that announce what follows in a state. Part of the format: values never change. */
export const TAG = { section: 1, integer: 2, float: 3, boolean: 4, string: 5, scalar: 6, float64s: 7, int32s: 8, bytes: 9 } as const;
export const SCALAR_TAG = {
  null: 0,
  false: 1,
  true: 2,
  integer: 3,
  float: 4,
  bigint: 5,
  string: 6,
  bytes: 7,
  array: 8,
  map: 9,
  struct: 10,
} as const;
/** Nesting of scalars that a reader follows. */
export const SCALAR_DEPTH_MAX = 200;
