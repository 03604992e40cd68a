import { connectorError } from '@velostream/core/connect';
import type { Scalar } from '@velostream/core/connect/formats';
import { bigEndian } from '../columnar/exact-column.ts';
import type { AvroType } from './avro-schema.ts';

const DAY_MS = 86_400_000;

/** The default of a field, as its schema writes it in JSON, in scalar form. */
export function fallbackScalar(type: AvroType, value: unknown): Scalar {
  const refuse = () => connectorError('VS4314', { format: 'Avro', problem: `default ${JSON.stringify(value)} is no ${type.kind}` });
  switch (type.kind) {
    case 'null':
      if (value !== null) throw refuse();
      return null;
    case 'boolean':
      if (typeof value !== 'boolean') throw refuse();
      return value;
    case 'int':
    case 'long':
      if (typeof value !== 'number') throw refuse();
      return type.logical === 'date' ? value * DAY_MS : type.logical?.endsWith('micros') ? value / 1000 : value;
    case 'float':
    case 'double':
      if (typeof value !== 'number') throw refuse();
      return value;
    case 'string':
    case 'enum':
      if (typeof value !== 'string') throw refuse();
      return value;
    case 'bytes':
    case 'fixed': {
      // One character per byte, says the specification.
      if (typeof value !== 'string') throw refuse();
      const bytes = Uint8Array.from(value, (c) => c.charCodeAt(0));
      return type.logical === 'decimal' ? bigEndian(bytes, 0, bytes.length) : bytes;
    }
    case 'array':
      if (!Array.isArray(value)) throw refuse();
      return value.map((item) => fallbackScalar(type.items, item));
    case 'map':
      if (typeof value !== 'object' || value === null) throw refuse();
      return new Map(Object.entries(value).map(([key, item]) => [key, fallbackScalar(type.values, item)]));
    case 'record': {
      if (typeof value !== 'object' || value === null) throw refuse();
      const given = new Map(Object.entries(value));
      const struct: Record<string, Scalar> = Object.create(null);
      for (const field of type.fields) struct[field.name] = fallbackScalar(field.type, given.get(field.name) ?? field.fallback);
      return struct;
    }
    case 'union': {
      // The first branch by the older rule; any that fits by the newer one.
      for (const branch of type.branches) {
        try {
          return fallbackScalar(branch, value);
        } catch {
          // The next branch may take it.
        }
      }
      throw refuse();
    }
  }
}
