import { jsonText } from '../../../values/json.ts';
import type { Scalar } from '../../../values/types.ts';

/** A scalar as it is, an object or array as its JSON text; NULL for what is missing. */
export function scalarOrText(value: Scalar | undefined): Scalar {
  if (value === undefined) return null;
  return typeof value === 'object' && value !== null ? jsonText(value) : value;
}
