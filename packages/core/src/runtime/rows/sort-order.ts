import type { SortKey } from '../../sql/bind/expression.ts';
import { comparatorOf } from '../../values/compare.ts';
import type { Scalar } from '../../values/types.ts';

/** Order of two rows by their evaluated sort keys: negative, 0 or positive. */
export type RowOrder = (a: readonly Scalar[], b: readonly Scalar[]) => number;

/** Order of two values of one sort key, direction and place of NULLs included. */
export type ValueOrder = (a: Scalar, b: Scalar) => number;

export function valueOrder(key: SortKey): ValueOrder {
  const compare = comparatorOf(key.expr.type);
  const sign = key.descending ? -1 : 1;
  const nullSide = key.nullsFirst ? -1 : 1;
  return (a, b) => {
    if (a === null) return b === null ? 0 : nullSide;
    return b === null ? -nullSide : sign * compare(a, b);
  };
}

export function rowOrder(keys: readonly SortKey[]): RowOrder {
  const orders = keys.map(valueOrder);
  if (orders.length === 1) {
    const only = orders[0]!;
    return (a, b) => only(a[0]!, b[0]!);
  }
  return (a, b) => {
    for (let k = 0; k < orders.length; k++) {
      const order = orders[k]!(a[k]!, b[k]!);
      if (order !== 0) return order;
    }
    return 0;
  };
}
