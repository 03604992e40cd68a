import { compareText } from './compare.ts';
import { decimalTextTrimmed } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { dynamicKind, entriesOf, type Keyed } from './scalar-shape.ts';
import type { Scalar, SqlType } from './types.ts';

/**
 * Canonical text of a value for grouping, joining and DISTINCT: equal values have equal text, whatever their type
 * says (1, 1.0 and 1.00 are one key; -0 is 0; NaN is one value; DATE equals the TIMESTAMP of its midnight), and no
 * text is the beginning of another, so that texts of several columns may simply be joined.
 */
export function keyFunction(type: SqlType): (value: Scalar) => string {
  switch (type.kind) {
    case 'decimal': {
      const { scale } = type;
      return (v) => (v === null ? '~' : `${decimalTextTrimmed(v as Exact, scale)};`);
    }
    case 'array': {
      const element = keyFunction(type.element);
      return (v) => (v === null ? '~' : `[${(v as readonly Scalar[]).map(element).join('')}]`);
    }
    case 'map': {
      const value = keyFunction(type.value);
      return (v) => (v === null ? '~' : keyedKey(v as Keyed, () => value));
    }
    case 'struct': {
      const fields = new Map(type.fields.map((field) => [field.name, keyFunction(field.type)]));
      return (v) => (v === null ? '~' : keyedKey(v as Keyed, (name) => fields.get(name) ?? dynamicKey));
    }
    default:
      return dynamicKey;
  }
}

/** As `keyFunction(type)(value)`. */
export const keyOf = (type: SqlType, value: Scalar): string => keyFunction(type)(value);

function dynamicKey(v: Scalar): string {
  if (typeof v === 'string') return `s${v.length}:${v}`;
  if (typeof v === 'number') return `${numberKey(v)};`;
  switch (dynamicKind(v)) {
    case 'null':
      return '~';
    case 'boolean':
      return v === true ? 'T' : 'F';
    case 'number':
      return `${v as bigint};`;
    case 'bytes':
      return `b${(v as Uint8Array).length}:${Array.from(v as Uint8Array, (x) => String.fromCharCode(x)).join('')}`;
    case 'array':
      return `[${(v as readonly Scalar[]).map(dynamicKey).join('')}]`;
    default:
      return keyedKey(v as Keyed, () => dynamicKey);
  }
}

function keyedKey(value: Keyed, keyFor: (name: string) => (value: Scalar) => string): string {
  const entries = entriesOf(value).sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([name, item]) => `${name.length}:${name}${keyFor(name)(item)}`).join('')}}`;
}

/** Doubles as decimals write them, so that 1e-7 and 0.0000001 meet. */
function numberKey(value: number): string {
  if (Number.isSafeInteger(value)) return String(value + 0);
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [mantissa, exponent] = text.split('e-') as [string, string];
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '');
  return `${negative ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}
