import { dynamicText } from '../../../values/scalar-text.ts';
import type { Scalar } from '../../../values/types.ts';

/** Keys and values of headers are text; NULL is written as `null`. */
export const headerText = (value: Scalar): string => (value === null ? 'null' : dynamicText(value));
