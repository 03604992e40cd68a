import type { Encoder } from '@velostream/core/connect';
import { type Field, fullTimestamp, jsonTextOf, type Scalar, type SqlType, scalarAt, textWriter } from '@velostream/core/connect/formats';

/**
 * Encoder of JSON lines that `jsonl().decoder` reads back. Every column stands in every record, NULL as `null`. Decimals are strings
 * with all digits of their scale, times are text, bytes are base64, a non-finite FLOAT is `null`.
 */
export function jsonlEncoder(fields: readonly Field[]): Encoder {
  const utf8 = new TextEncoder();
  const keys = fields.map((field, i) => `${i === 0 ? '{' : ','}${JSON.stringify(field.name)}:`);
  const writers = fields.map((field) => valueWriter(field.type));
  const close = fields.length === 0 ? '{}\n' : '}\n';
  return {
    start: () => new Uint8Array(0),
    encode(batch) {
      let text = '';
      for (let row = 0; row < batch.length; row++) {
        for (let c = 0; c < keys.length; c++) text += keys[c] + writers[c]!(scalarAt(batch.columns[c]!, row));
        text += close;
      }
      return utf8.encode(text);
    },
    finish: () => new Uint8Array(0),
  };
}

function valueWriter(type: SqlType): (value: Scalar) => string {
  switch (type.kind) {
    case 'integer':
    case 'boolean':
    case 'interval':
      return (value) => String(value);
    case 'float':
      return (value) => (Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : 'null');
    case 'string':
      return (value) => JSON.stringify(value);
    case 'timestamp':
      return (value) => (value === null ? 'null' : `"${fullTimestamp(value as number)}"`);
    case 'decimal':
    case 'date':
    case 'time':
    case 'bytes': {
      const write = textWriter(type);
      return (value) => (value === null ? 'null' : `"${write(value)}"`);
    }
    default:
      return jsonTextOf(type);
  }
}
