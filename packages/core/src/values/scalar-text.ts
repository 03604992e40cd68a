import { decimalText } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { entriesOf, type Keyed } from './scalar-shape.ts';
import { dateText, intervalText, timestampText, timeText } from './time-text.ts';
import type { Scalar, SqlType } from './types.ts';

/**
 * Text form of a value that is not NULL, as `||` and CAST AS STRING print it: decimals with all digits of their scale,
 * floats in their shortest form, `[a, b]`, `{k: v}`; NULL inside a collection prints as `NULL`.
 */
export function textFunction(type: SqlType): (value: Scalar) => string {
  switch (type.kind) {
    case 'string':
      return (v) => v as string;
    case 'decimal': {
      const { scale } = type;
      return (v) => decimalText(v as Exact, scale);
    }
    case 'date':
      return (v) => dateText(v as number);
    case 'time':
      return (v) => timeText(v as number);
    case 'timestamp':
      return (v) => timestampText(v as number);
    case 'interval':
      return (v) => intervalText(v as number);
    case 'array': {
      const element = textFunction(type.element);
      return (v) => listText(v as readonly Scalar[], element);
    }
    case 'map': {
      const item = textFunction(type.value);
      return (v) => keyedText(v as Keyed, () => item);
    }
    case 'struct': {
      const fields = new Map(type.fields.map((field) => [field.name, textFunction(field.type)]));
      return (v) => keyedText(v as Keyed, (name) => fields.get(name) ?? dynamicText);
    }
    default:
      return dynamicText;
  }
}

/** As `textFunction(type)(value)`. */
export const scalarText = (type: SqlType, value: Scalar): string => textFunction(type)(value);

/** Text of a value whose type is known only now. */
export function dynamicText(value: Scalar): string {
  if (value === null || typeof value !== 'object') return value === null ? 'NULL' : String(value);
  if (Array.isArray(value)) return listText(value, dynamicText);
  return value instanceof Uint8Array ? bytesText(value) : keyedText(value as Keyed, () => dynamicText);
}

/** UTF-8; what is not becomes U+FFFD. */
export const bytesText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const listText = (values: readonly Scalar[], element: (value: Scalar) => string): string =>
  `[${values.map((v) => (v === null ? 'NULL' : element(v))).join(', ')}]`;

const keyedText = (value: Keyed, textFor: (name: string) => (value: Scalar) => string): string =>
  `{${entriesOf(value)
    .map(([k, v]) => `${k}: ${v === null ? 'NULL' : textFor(k)(v)}`)
    .join(', ')}}`;
