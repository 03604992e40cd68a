import { connectorError } from '@velostream/core/connect';
import type { Scalar } from '@velostream/core/connect/formats';
import { bigEndian } from '../columnar/exact-column.ts';
import type { AvroInput } from './avro-input.ts';
import type { AvroField, AvroRecord, AvroType } from './avro-schema.ts';
import { fallbackScalar } from './default-value.ts';

/** Reads one value in scalar form. */
export type AvroRead = (input: AvroInput) => Scalar;
export type AvroSkip = (input: AvroInput) => void;

const DAY_MS = 86_400_000;
/** Values nested deeper than this are refused: a record can hold itself. */
const DEPTH_MAX = 64;

const mismatch = (writer: AvroType, reader: AvroType) =>
  connectorError('VS4314', { format: 'Avro', problem: `what was written as ${writer.kind} cannot be read as ${reader.kind}` });

/**
 * Makes readers of what was written with one schema as another asks for it (schema resolution): fields by name or alias, defaults for
 * what was not written, int to long to float to double, bytes to string and back, unions branch by branch.
 */
export class AvroReaders {
  private readonly made = new Map<AvroType, Map<AvroType, AvroRead>>();
  private readonly skips = new Map<AvroType, AvroSkip>();
  private depth = 0;

  /** Reader of the fields that `wanted` names in order; null for one that neither schema has. */
  record(writer: AvroRecord, reader: AvroRecord, wanted: readonly string[]): (input: AvroInput, values: Scalar[]) => void {
    const steps = this.steps(writer, reader, (name) => wanted.indexOf(name));
    const missing = this.missing(writer, reader, (name) => wanted.indexOf(name));
    return (input, values) => {
      // A record that failed leaves the count of its depth behind.
      this.depth = 0;
      for (const { at, value } of missing) values[at] = value;
      for (const step of steps) {
        if (step.at < 0) step.skip(input);
        else values[step.at] = step.read(input);
      }
    };
  }

  read(writer: AvroType, reader: AvroType): AvroRead {
    const known = this.made.get(writer)?.get(reader);
    if (known !== undefined) return known;
    // Recursive types meet this one while it is being made.
    let own: AvroRead = () => {
      throw new RangeError('a type has no reader');
    };
    const late: AvroRead = (input) => own(input);
    const byReader = this.made.get(writer) ?? new Map<AvroType, AvroRead>();
    this.made.set(writer, byReader);
    byReader.set(reader, late);
    own = this.make(writer, reader);
    byReader.set(reader, own);
    return own;
  }

  skip(type: AvroType): AvroSkip {
    const known = this.skips.get(type);
    if (known !== undefined) return known;
    let own: AvroSkip = () => {};
    this.skips.set(type, (input) => own(input));
    own = this.makeSkip(type);
    this.skips.set(type, own);
    return own;
  }

  private make(writer: AvroType, reader: AvroType): AvroRead {
    if (writer.kind === 'union') {
      const branches = writer.branches.map((branch) => this.lazily(branch, reader));
      return (input) => {
        const index = input.count();
        const read = branches[index];
        if (read === undefined) throw new RangeError(`branch ${index} of a union of ${branches.length}`);
        return read(input);
      };
    }
    if (reader.kind === 'union') {
      const branch = reader.branches.find((one) => fits(writer, one, true)) ?? reader.branches.find((one) => fits(writer, one, false));
      if (branch === undefined) throw mismatch(writer, reader);
      return this.read(writer, branch);
    }
    if (!fits(writer, reader, false)) throw mismatch(writer, reader);
    return this.same(writer, reader);
  }

  /** A branch that does not fit is an error only when a value has it. */
  private lazily(writer: AvroType, reader: AvroType): AvroRead {
    try {
      return this.read(writer, reader);
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  private same(writer: AvroType, reader: AvroType): AvroRead {
    switch (writer.kind) {
      case 'record':
        return this.struct(writer, reader as AvroRecord);
      case 'array': {
        const read = this.read(writer.items, (reader as typeof writer).items);
        return this.guarded((input) => arrayOf(input, read));
      }
      case 'map': {
        const read = this.read(writer.values, (reader as typeof writer).values);
        return this.guarded((input) => mapOf(input, read));
      }
      case 'enum':
        return enumOf(writer, reader as typeof writer);
      default:
        return primitive(writer, reader);
    }
  }

  private struct(writer: AvroRecord, reader: AvroRecord): AvroRead {
    const names = reader.fields.map((field) => field.name);
    const steps = this.steps(writer, reader, (name) => names.indexOf(name));
    const missing = this.missing(writer, reader, (name) => names.indexOf(name));
    return this.guarded((input) => {
      // Keys in the order of the reader's schema, whatever the writer's is.
      const value: Record<string, Scalar> = Object.create(null);
      for (const name of names) value[name] = null;
      for (const one of missing) value[names[one.at] as string] = one.value;
      for (const step of steps) {
        if (step.at < 0) step.skip(input);
        else value[names[step.at] as string] = step.read(input);
      }
      return value;
    });
  }

  private steps(writer: AvroRecord, reader: AvroRecord, placeOf: (name: string) => number) {
    return writer.fields.map((field) => {
      const target = reader.fields.find((one) => isSameField(field, one));
      const at = target === undefined ? -1 : placeOf(target.name);
      const skip = this.skip(field.type);
      return { at, skip, read: target === undefined || at < 0 ? nothing : this.read(field.type, target.type) };
    });
  }

  private missing(writer: AvroRecord, reader: AvroRecord, placeOf: (name: string) => number) {
    return reader.fields
      .filter((field) => placeOf(field.name) >= 0 && !writer.fields.some((one) => isSameField(one, field)))
      .map((field) => {
        if (field.fallback === undefined)
          throw connectorError('VS4314', { format: 'Avro', problem: `field "${field.name}" was not written and has no default` });
        return { at: placeOf(field.name), value: fallbackScalar(field.type, field.fallback) };
      });
  }

  private guarded(read: AvroRead): AvroRead {
    return (input) => {
      if (++this.depth > DEPTH_MAX) {
        this.depth = 0;
        throw new RangeError(`values are nested deeper than ${DEPTH_MAX}`);
      }
      const value = read(input);
      this.depth--;
      return value;
    };
  }

  private makeSkip(type: AvroType): AvroSkip {
    switch (type.kind) {
      case 'record': {
        const skips = type.fields.map((field) => this.skip(field.type));
        return (input) => {
          if (++this.depth > DEPTH_MAX) throw new RangeError(`values are nested deeper than ${DEPTH_MAX}`);
          for (const skip of skips) skip(input);
          this.depth--;
        };
      }
      case 'array': {
        const skip = this.skip(type.items);
        return (input) => skipBlocks(input, skip);
      }
      case 'map': {
        const skip = this.skip(type.values);
        return (input) =>
          skipBlocks(input, () => {
            input.skip(input.count());
            skip(input);
          });
      }
      case 'union': {
        const skips = type.branches.map((branch) => this.skip(branch));
        return (input) => {
          const skip = skips[input.count()];
          if (skip === undefined) throw new RangeError('a union has no such branch');
          skip(input);
        };
      }
      case 'fixed':
        return (input) => input.skip(type.size);
      case 'enum':
        return (input) => void input.long();
      case 'bytes':
      case 'string':
        return (input) => input.skip(input.count());
      default: {
        const read = primitive(type, type);
        return (input) => void read(input);
      }
    }
  }
}

const nothing: AvroRead = () => null;

const isSameField = (writer: AvroField, reader: AvroField): boolean => writer.name === reader.name || reader.aliases.includes(writer.name);

const bareName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Whether values written as one type can be read as another; `exactly`: without a promotion. */
function fits(writer: AvroType, reader: AvroType, exactly: boolean): boolean {
  if (reader.kind === 'union') return reader.branches.some((branch) => fits(writer, branch, exactly));
  if (writer.kind === reader.kind) {
    if (writer.kind === 'fixed') return writer.size === (reader as typeof writer).size;
    if (!exactly || !('name' in writer) || !('name' in reader)) return true;
    return bareName(writer.name) === bareName(reader.name) || reader.aliases.includes(writer.name);
  }
  if (exactly) return false;
  switch (writer.kind) {
    case 'int':
      return reader.kind === 'long' || reader.kind === 'float' || reader.kind === 'double';
    case 'long':
      return reader.kind === 'float' || reader.kind === 'double';
    case 'float':
      return reader.kind === 'double';
    case 'string':
      return reader.kind === 'bytes';
    case 'bytes':
      return reader.kind === 'string';
    default:
      return false;
  }
}

/** Calls `each` for every element of the blocks of an array or map. Every element takes a byte at least. */
function eachOf(input: AvroInput, each: () => void): void {
  for (;;) {
    let count = input.count();
    if (count === 0) return;
    if (count < 0) {
      count = -count;
      input.count();
    }
    if (count > input.bytes.length - input.at) throw new RangeError('a list has more elements than bytes');
    for (let i = 0; i < count; i++) each();
  }
}

function skipBlocks(input: AvroInput, each: AvroSkip): void {
  eachOf(input, () => each(input));
}

function arrayOf(input: AvroInput, read: AvroRead): Scalar {
  const items: Scalar[] = [];
  eachOf(input, () => items.push(read(input)));
  return items;
}

function mapOf(input: AvroInput, read: AvroRead): Scalar {
  const map = new Map<string, Scalar>();
  eachOf(input, () => {
    const key = input.text();
    map.set(key, read(input));
  });
  return map;
}

type Enum = Extract<AvroType, { kind: 'enum' }>;

function enumOf(writer: Enum, reader: Enum): AvroRead {
  const symbols = writer.symbols.map((symbol) => (reader.symbols.includes(symbol) ? symbol : reader.fallback));
  return (input) => {
    const index = input.count();
    if (index < 0 || index >= symbols.length) throw new RangeError(`symbol ${index} of an enum of ${symbols.length}`);
    const symbol = symbols[index];
    if (symbol === undefined) throw new RangeError(`symbol "${writer.symbols[index]}" is not one of the reader's`);
    return symbol;
  };
}

/** A value without parts, as the reader's schema has it. */
function primitive(writer: AvroType, reader: AvroType): AvroRead {
  switch (writer.kind) {
    case 'null':
      return nothing;
    case 'boolean':
      return (input) => input.boolean();
    case 'float':
      return (input) => input.float();
    case 'double':
      return (input) => input.double();
    case 'int':
    case 'long':
      return integer(reader);
    case 'bytes':
    case 'string':
      return reader.kind === 'string' ? (input) => input.text() : bytes((input) => input.take(input.count()), reader);
    case 'fixed':
      return bytes((input) => input.take(writer.size), reader);
    default:
      throw mismatch(writer, reader);
  }
}

function integer(reader: AvroType): AvroRead {
  if (reader.kind === 'float' || reader.kind === 'double') return (input) => Number(input.long());
  switch ('logical' in reader ? reader.logical : undefined) {
    case 'date':
      return (input) => Number(input.long()) * DAY_MS;
    case 'time-millis':
    case 'timestamp-millis':
      return (input) => Number(input.long());
    case 'time-micros':
    case 'timestamp-micros':
      return (input) => Number(input.long()) / 1000;
    case 'timestamp-nanos':
      return (input) => Number(BigInt(input.long()) / 1000n) / 1000;
    default:
      return (input) => input.long();
  }
}

function bytes(take: (input: AvroInput) => Uint8Array, reader: AvroType): AvroRead {
  const logical = 'logical' in reader ? reader.logical : undefined;
  if (logical === 'decimal')
    return (input) => {
      const part = take(input);
      if (part.length > 64) throw new RangeError(`a decimal of ${part.length} bytes`);
      return bigEndian(part, 0, part.length);
    };
  if (logical === 'uuid')
    return (input) => Array.from(take(input), (b, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + b.toString(16).padStart(2, '0')).join('');
  return (input) => new Uint8Array(take(input));
}
