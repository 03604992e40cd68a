import { connectorError } from '@velostream/core/connect';

export type Logical =
  | 'decimal'
  | 'date'
  | 'time-millis'
  | 'time-micros'
  | 'timestamp-millis'
  | 'timestamp-micros'
  | 'timestamp-nanos'
  | 'uuid';

export type Primitive = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';

export interface AvroField {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: AvroType;
  /** Undefined: there is none (NULL is a default, too). */
  readonly fallback: unknown;
}

interface Annotated {
  readonly logical: Logical | undefined;
  readonly precision: number;
  readonly scale: number;
}
interface Named {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A schema with its names resolved; records may lead back to themselves. */
export type AvroType =
  | ({ readonly kind: Primitive } & Annotated)
  | ({ readonly kind: 'fixed'; readonly size: number } & Named & Annotated)
  | ({ readonly kind: 'enum'; readonly symbols: readonly string[]; readonly fallback: string | undefined } & Named)
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | ({ readonly kind: 'record'; readonly fields: AvroField[] } & Named);

export type AvroRecord = Extract<AvroType, { kind: 'record' }>;

const PRIMITIVES = new Set<string>(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);
const NODES_MAX = 50_000;
const DEPTH_MAX = 100;
const TEXT_MAX = 4 * 1024 ** 2;

const invalid = (problem: string) => connectorError('VS4314', { format: 'Avro', problem });

/** Reads a schema from its JSON text. `references`: schemas of other types that it names, as a registry lists them. */
export function parseAvroSchema(text: string, references: readonly string[] = []): AvroType {
  if (text.length > TEXT_MAX) throw invalid(`it is longer than ${TEXT_MAX} characters`);
  const parser = new Parser();
  for (const reference of references) parser.parse(jsonOf(reference), '', 0);
  return parser.parse(jsonOf(text), '', 0);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A primitive may stand there without its quotes, as some tools write it.
    if (PRIMITIVES.has(text.trim())) return text.trim();
    throw invalid('it is not JSON');
  }
}

class Parser {
  private readonly named = new Map<string, AvroType>();
  private nodes = 0;

  parse(schema: unknown, namespace: string, depth: number): AvroType {
    if (++this.nodes > NODES_MAX || depth > DEPTH_MAX) throw invalid('it is too large or nested too deep');
    if (typeof schema === 'string') return this.byName(schema, namespace);
    if (Array.isArray(schema)) return this.union(schema, namespace, depth);
    if (typeof schema !== 'object' || schema === null) throw invalid(`${JSON.stringify(schema)} is no type`);
    const s = new Map(Object.entries(schema));
    const type = s.get('type');
    if (typeof type === 'object') return this.parse(type, namespace, depth + 1);
    switch (type) {
      case 'array':
        return { kind: 'array', items: this.parse(s.get('items'), namespace, depth + 1) };
      case 'map':
        return { kind: 'map', values: this.parse(s.get('values'), namespace, depth + 1) };
      case 'record':
      case 'error':
        return this.record(s, namespace, depth);
      case 'enum':
        return this.enumeration(s, namespace);
      case 'fixed':
        return this.fixed(s, namespace);
      default:
        if (typeof type !== 'string') throw invalid('a type has no name');
        return PRIMITIVES.has(type) ? { kind: type as Primitive, ...annotation(s, type, 0) } : this.byName(type, namespace);
    }
  }

  private byName(name: string, namespace: string): AvroType {
    if (PRIMITIVES.has(name)) return { kind: name as Primitive, logical: undefined, precision: 0, scale: 0 };
    const known = this.named.get(qualified(name, namespace)) ?? this.named.get(name);
    if (known === undefined) throw invalid(`type "${name.slice(0, 100)}" is not defined`);
    return known;
  }

  private union(branches: readonly unknown[], namespace: string, depth: number): AvroType {
    if (branches.length === 0) throw invalid('a union has no types');
    return {
      kind: 'union',
      branches: branches.map((branch) => {
        const type = this.parse(branch, namespace, depth + 1);
        if (type.kind === 'union') throw invalid('a union stands directly in a union');
        return type;
      }),
    };
  }

  private record(s: ReadonlyMap<string, unknown>, outer: string, depth: number): AvroType {
    const { name, namespace } = nameOf(s, outer);
    const fields: AvroField[] = [];
    const record: AvroRecord = { kind: 'record', name, aliases: texts(s.get('aliases')).map((a) => qualified(a, namespace)), fields };
    this.named.set(name, record);
    const listed = s.get('fields');
    if (!Array.isArray(listed)) throw invalid(`record "${name}" has no fields`);
    for (const entry of listed) {
      const f = new Map(Object.entries((entry ?? {}) as object));
      const field = f.get('name');
      if (typeof field !== 'string' || field === '') throw invalid(`a field of record "${name}" has no name`);
      if (fields.some((other) => other.name === field)) throw invalid(`record "${name}" has two fields "${field}"`);
      fields.push({
        name: field,
        aliases: texts(f.get('aliases')),
        type: this.parse(f.get('type'), namespace, depth + 1),
        fallback: f.get('default'),
      });
    }
    return record;
  }

  private enumeration(s: ReadonlyMap<string, unknown>, outer: string): AvroType {
    const { name, namespace } = nameOf(s, outer);
    const symbols = texts(s.get('symbols'));
    if (symbols.length === 0) throw invalid(`enum "${name}" has no symbols`);
    const fallback = s.get('default');
    const type: AvroType = {
      kind: 'enum',
      name,
      aliases: texts(s.get('aliases')).map((a) => qualified(a, namespace)),
      symbols,
      fallback: typeof fallback === 'string' ? fallback : undefined,
    };
    this.named.set(name, type);
    return type;
  }

  private fixed(s: ReadonlyMap<string, unknown>, outer: string): AvroType {
    const { name, namespace } = nameOf(s, outer);
    const size = s.get('size');
    if (!Number.isSafeInteger(size) || (size as number) < 0 || (size as number) > 1 << 24)
      throw invalid(`fixed "${name}" has no usable size`);
    const type: AvroType = {
      kind: 'fixed',
      name,
      aliases: texts(s.get('aliases')).map((a) => qualified(a, namespace)),
      size: size as number,
      ...annotation(s, 'fixed', size as number),
    };
    this.named.set(name, type);
    return type;
  }
}

const qualified = (name: string, namespace: string): string => (name.includes('.') || namespace === '' ? name : `${namespace}.${name}`);

function nameOf(s: ReadonlyMap<string, unknown>, outer: string): { readonly name: string; readonly namespace: string } {
  const name = s.get('name');
  // Empty names are not allowed, and polars writes them.
  if (typeof name !== 'string') throw invalid('a type has no name');
  const own = s.get('namespace');
  const full = qualified(name, typeof own === 'string' ? own : outer);
  return { name: full, namespace: full.includes('.') ? full.slice(0, full.lastIndexOf('.')) : '' };
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** A logical type that does not fit what it stands on is to be ignored, says the specification. */
function annotation(s: ReadonlyMap<string, unknown>, type: string, size: number): Annotated {
  const none: Annotated = { logical: undefined, precision: 0, scale: 0 };
  const name = s.get('logicalType');
  const one = (logical: Logical): Annotated => ({ ...none, logical });
  switch (name) {
    case 'decimal': {
      const precision = Number(s.get('precision'));
      const scale = Number(s.get('scale') ?? 0);
      const fits = (type === 'bytes' || type === 'fixed') && precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision;
      return fits ? { logical: 'decimal', precision, scale } : none;
    }
    case 'date':
    case 'time-millis':
      return type === 'int' ? one(name) : none;
    case 'time-micros':
    case 'timestamp-millis':
    case 'timestamp-micros':
    case 'timestamp-nanos':
      return type === 'long' ? one(name) : none;
    case 'local-timestamp-millis':
    case 'local-timestamp-micros':
    case 'local-timestamp-nanos':
      return type === 'long' ? one(name.slice('local-'.length) as Logical) : none;
    case 'uuid':
      return type === 'string' || (type === 'fixed' && size === 16) ? one('uuid') : none;
    default:
      return none;
  }
}
