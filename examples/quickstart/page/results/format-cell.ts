import { isNumber, isTime, isWhole, type TypedColumn } from '../column-kinds.ts';
import { numberText, timeText } from '../text.ts';

/** One value as a reader of the table wants it. */
export function formatCell(value: unknown, column: TypedColumn): string {
  if (value === null || value === undefined) return '∅';
  if (typeof value === 'number') {
    if (isTime(column)) return timeText(value);
    return isNumber(column) ? numberText(value, isWhole(column)) : String(value);
  }
  if (typeof value === 'object')
    return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
  return String(value);
}
