import { connectorError, type Field } from '@velostream/core/connect';
import { jsonTextOf, type Scalar, type SqlType, typeText } from '@velostream/core/connect/formats';
import { bigEndianBytes } from '../columnar/exact-bytes.ts';
import type { AvroOutput } from './avro-output.ts';
import type { AvroRecord, AvroType } from './avro-schema.ts';

export type AvroWrite = (output: AvroOutput, value: Scalar) => void;

const DAY_MS = 86_400_000;

/** A value that the schema has no place for. */
class NoPlace extends Error {}

/** Writer of rows as records of a schema; columns are matched by name, fields without a column get NULL. */
export function recordWriter(record: AvroRecord, columns: readonly Field[]): (output: AvroOutput, row: readonly Scalar[]) => void {
  for (const { name, type } of columns) {
    if (!record.fields.some((field) => field.name === name))
      throw connectorError('VS4404', {
        column: name,
        type: typeText(type),
        format: `Avro record "${record.name}", which has no such field`,
      });
  }
  const writers = new Writers();
  const steps = record.fields.map((field) => {
    const at = columns.findIndex(({ name }) => name === field.name);
    const column = columns[at] ?? { name: field.name, type: { kind: 'null' as const }, nullable: true };
    return { at, column, write: writers.of(field.type, column.type) };
  });
  return (output, row) => {
    for (const { at, column, write } of steps) {
      try {
        write(output, at < 0 ? null : (row[at] as Scalar));
      } catch (error) {
        if (!(error instanceof NoPlace)) throw error;
        throw connectorError('VS4404', { column: column.name, type: `${typeText(column.type)} (${error.message})`, format: 'Avro' });
      }
    }
  };
}

class Writers {
  private readonly made = new Map<AvroType, AvroWrite>();

  /** `column`: the type of the values, for what a schema leaves open. */
  of(type: AvroType, column: SqlType): AvroWrite {
    const known = this.made.get(type);
    if (known !== undefined && type.kind === 'record') return known;
    let own: AvroWrite = () => {};
    if (type.kind === 'record') this.made.set(type, (output, value) => own(output, value));
    own = this.make(type, column);
    return own;
  }

  private make(type: AvroType, column: SqlType): AvroWrite {
    switch (type.kind) {
      case 'union':
        return this.union(type.branches, column);
      case 'array': {
        const write = this.of(type.items, column.kind === 'array' ? column.element : { kind: 'any' });
        return (output, value) => {
          if (!Array.isArray(value)) throw new NoPlace('it is no array');
          if (value.length > 0) output.long(value.length);
          for (const item of value as readonly Scalar[]) write(output, item);
          output.long(0);
        };
      }
      case 'map': {
        const write = this.of(type.values, column.kind === 'map' ? column.value : { kind: 'any' });
        return (output, value) => {
          const entries = value instanceof Map ? [...(value as ReadonlyMap<string, Scalar>)] : Object.entries(structOf(value));
          if (entries.length > 0) output.long(entries.length);
          for (const [key, item] of entries) {
            output.text(key);
            write(output, item);
          }
          output.long(0);
        };
      }
      case 'record': {
        const fields = type.fields.map((field) => {
          const inner = column.kind === 'struct' ? column.fields.find((one) => one.name === field.name)?.type : undefined;
          return { name: field.name, write: this.of(field.type, inner ?? { kind: 'any' }) };
        });
        return (output, value) => {
          const own = value instanceof Map ? Object.fromEntries(value as ReadonlyMap<string, Scalar>) : structOf(value);
          for (const { name, write } of fields) write(output, Object.hasOwn(own, name) ? (own[name] as Scalar) : null);
        };
      }
      default:
        return primitive(type, column);
    }
  }

  private union(branches: readonly AvroType[], column: SqlType): AvroWrite {
    const nullAt = branches.findIndex((branch) => branch.kind === 'null');
    const others = branches.map((branch, at) => ({ at, branch, write: this.of(branch, column) })).filter(({ at }) => at !== nullAt);
    return (output, value) => {
      if (value === null) {
        if (nullAt < 0) throw new NoPlace('NULL has no place there');
        output.long(nullAt);
        return;
      }
      const found = others.find(({ branch }) => takes(branch, value)) ?? others[0];
      if (found === undefined) throw new NoPlace('only NULL has a place there');
      output.long(found.at);
      found.write(output, value);
    };
  }
}

const structOf = (value: Scalar): Readonly<Record<string, Scalar>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    throw new NoPlace('it has no fields');
  return value as Readonly<Record<string, Scalar>>;
};

/** Whether a branch of a union is the one for a value. */
function takes(branch: AvroType, value: Scalar): boolean {
  switch (typeof value) {
    case 'string':
      return branch.kind === 'string' || (branch.kind === 'enum' && branch.symbols.includes(value));
    case 'boolean':
      return branch.kind === 'boolean';
    case 'number':
      if (branch.kind === 'double' || branch.kind === 'float') return true;
      return 'logical' in branch && branch.logical !== undefined
        ? true
        : (branch.kind === 'long' || branch.kind === 'int') && Number.isInteger(value);
    case 'bigint':
      return branch.kind === 'long' || ('logical' in branch && branch.logical === 'decimal');
    default:
      if (value instanceof Uint8Array) return branch.kind === 'bytes' || branch.kind === 'fixed';
      if (Array.isArray(value)) return branch.kind === 'array';
      return branch.kind === (value instanceof Map ? 'map' : 'record');
  }
}

function primitive(type: Exclude<AvroType, { kind: 'union' | 'array' | 'map' | 'record' }>, column: SqlType): AvroWrite {
  const required = (write: AvroWrite): AvroWrite => {
    return (output, value) => {
      if (value === null) throw new NoPlace('NULL has no place there');
      write(output, value);
    };
  };
  switch (type.kind) {
    case 'null':
      return (_, value) => {
        if (value !== null) throw new NoPlace('only NULL has a place there');
      };
    case 'boolean':
      return required((output, value) => output.byte(value === true ? 1 : 0));
    case 'float':
      return required((output, value) => output.float(Number(value)));
    case 'double':
      return required((output, value) => output.double(Number(value)));
    case 'int':
    case 'long':
      return required((output, value) => output.long(integerOf(type.kind === 'int', type.logical, value)));
    case 'string':
      return required(column.kind === 'string' ? (output, value) => output.text(String(value)) : anyText(column));
    case 'enum':
      return required((output, value) => {
        const at = type.symbols.indexOf(String(value));
        if (at < 0) throw new NoPlace(`"${String(value).slice(0, 40)}" is no symbol of enum "${type.name}"`);
        output.long(at);
      });
    case 'bytes':
      return required((output, value) => output.sized(bytesOf(type.logical, value, 0)));
    case 'fixed':
      return required((output, value) => {
        const bytes = bytesOf(type.logical, value, type.size);
        if (bytes.length !== type.size) throw new NoPlace(`it has ${bytes.length} bytes and not ${type.size}`);
        output.raw(bytes);
      });
  }
}

/** A text column takes what is no text as its JSON. */
function anyText(column: SqlType): AvroWrite {
  const write = jsonTextOf(column);
  return (output, value) => output.text(typeof value === 'string' ? value : write(value));
}

function integerOf(isShort: boolean, logical: string | undefined, value: Scalar): number | bigint {
  if (typeof value === 'bigint') {
    if (isShort || BigInt.asIntN(64, value) !== value) throw new NoPlace('it has more bits than there are');
    return value;
  }
  if (typeof value !== 'number') throw new NoPlace('it is no number');
  if (logical === 'timestamp-nanos') return BigInt(Math.round(value * 1000)) * 1000n;
  const whole = logical === 'date' ? Math.floor(value / DAY_MS) : logical?.endsWith('micros') ? Math.round(value * 1000) : value;
  const result = logical?.endsWith('millis') ? Math.round(whole) : whole;
  if (!Number.isSafeInteger(result)) throw new NoPlace('it is no whole number');
  if (isShort && result !== (result | 0)) throw new NoPlace('it has more than 32 bits');
  return result;
}

function bytesOf(logical: string | undefined, value: Scalar, size: number): Uint8Array {
  if (logical === 'decimal' && (typeof value === 'number' || typeof value === 'bigint')) return bigEndianBytes(BigInt(value), size);
  if (logical === 'uuid' && typeof value === 'string')
    return Uint8Array.from(value.replaceAll('-', '').match(/../g) ?? [], (h) => parseInt(h, 16));
  if (value instanceof Uint8Array) return value;
  throw new NoPlace('it is no bytes');
}
