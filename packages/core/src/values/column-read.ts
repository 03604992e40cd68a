import type { Column } from './column.ts';
import type { Scalar } from './types.ts';

/** Whether row `index` of a column is NULL. */
export const isNullAt = (column: Column, index: number): boolean => column.nulls !== null && column.nulls[index] === 1;

/** 64-bit integer in scalar form: `number` while safe, else `bigint`. */
export const narrowed = (value: bigint): number | bigint =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;

/** Value of row `index` in scalar form (see `types.ts`); NULL is `null`. Decimals come unscaled. */
export function scalarAt(column: Column, index: number): Scalar {
  if (column.nulls !== null && column.nulls[index] === 1) return null;
  switch (column.lane) {
    case 'f64':
      return column.values[index] as number;
    case 'dict':
      return column.dictionary.at(column.values[index] as number);
    case 'str':
      return column.values[index] as string;
    case 'bool':
      return column.values[index] === 1;
    case 'i64':
      return narrowed(column.values[index] as bigint);
    case 'boxed':
      return column.values[index] as Scalar;
  }
}
