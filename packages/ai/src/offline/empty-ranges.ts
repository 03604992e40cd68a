import type { Condition, Filter } from './frame.ts';

const isUpper = (c: Condition): boolean => c.operator === '>' || c.operator === '>=';
const isLower = (c: Condition): boolean => c.operator === '<' || c.operator === '<=';
const keyOf = (c: Condition): string => (c.left.kind === 'column' ? `${c.left.ref.table}.${c.left.ref.name}` : '');

/** Bounds that nothing can meet together were alternatives: above 10 and below 5 of one column is above 10 or below 5. */
export function splitEmptyRanges(filters: readonly Filter[]): Filter[] {
  const out: Filter[] = [];
  for (const filter of filters) {
    const [own] = filter.any;
    const twin =
      own && filter.any.length === 1 && keyOf(own) !== ''
        ? out.findIndex((f) => {
            const [other] = f.any;
            if (!other || f.any.length !== 1 || keyOf(other) !== keyOf(own)) return false;
            const [above, below] = isUpper(own) && isLower(other) ? [own, other] : isLower(own) && isUpper(other) ? [other, own] : [];
            return above !== undefined && below !== undefined && Number(above.values[0]) >= Number(below.values[0]);
          })
        : -1;
    const known = out[twin];
    if (known) out[twin] = { any: [...known.any, ...filter.any] };
    else out.push(filter);
  }
  return out;
}
