import { type Scalar, type SqlType, textWriter } from '@velostream/core/connect/formats';
import { arrayText } from './array-text.ts';

/** Writer of values as text that the server reads into a column; undefined for what no column holds. Never called with NULL. */
export function valueWriter(type: SqlType): (value: Scalar) => string | undefined {
  switch (type.kind) {
    case 'bytes':
      return (value) => `\\x${Buffer.from(value as Uint8Array).toString('hex')}`;
    case 'float':
      return (value) => (Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : specialFloat(value as number));
    case 'interval':
      return (value) => `${value as number} milliseconds`;
    case 'array': {
      const write = valueWriter(type.element);
      return (value) => {
        const items = (value as readonly Scalar[]).map((item) => (item === null ? null : write(item)));
        return items.includes(undefined) ? undefined : arrayText(items as (string | null)[]);
      };
    }
    case 'string':
    case 'any': {
      const write = textWriter(type);
      return (value) => {
        const text = write(value);
        // The server has no text with a NUL.
        return text?.includes('\0') ? undefined : text;
      };
    }
    default:
      return textWriter(type);
  }
}

const specialFloat = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');

/** The type of a column that is made for values of a type. */
export function serverTypeFor(type: SqlType): string {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'integer':
      return 'bigint';
    case 'float':
      return 'double precision';
    case 'decimal':
      return `numeric(${type.precision},${type.scale})`;
    case 'bytes':
      return 'bytea';
    case 'date':
      return 'date';
    case 'time':
      return 'time';
    case 'timestamp':
      return 'timestamptz';
    case 'interval':
      return 'interval';
    case 'array':
      return type.element.kind === 'array' ? 'jsonb' : `${serverTypeFor(type.element)}[]`;
    case 'json':
    case 'map':
    case 'struct':
      return 'jsonb';
    default:
      return 'text';
  }
}
