import { connectorError } from '@velostream/core/connect';
import type { NamespaceBase, Field as ReflectedField, ReflectionObject, Root, Type } from 'protobufjs';
import { loadDriver } from '../load-driver.ts';

export type ProtoScalar =
  | 'double'
  | 'float'
  | 'int32'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'sfixed32'
  | 'int64'
  | 'uint64'
  | 'sint64'
  | 'fixed64'
  | 'sfixed64'
  | 'bool'
  | 'string'
  | 'bytes';

export type ProtoValueType =
  | { readonly kind: 'scalar'; readonly scalar: ProtoScalar }
  | { readonly kind: 'enum'; readonly symbols: ReadonlyMap<number, string> }
  | { readonly kind: 'message'; readonly message: ProtoMessage };

export interface ProtoField {
  readonly name: string;
  readonly id: number;
  readonly type: ProtoValueType;
  readonly isRepeated: boolean;
  readonly isPacked: boolean;
  /** Type of the keys of a map. */
  readonly mapKey: ProtoScalar | undefined;
  /** Whether "not set" can be told from the default; a field that cannot has its default where it is missing. */
  readonly hasPresence: boolean;
}

/** A message type; fields may lead back to it. */
export interface ProtoMessage {
  /** With its package, without a dot before it. */
  readonly name: string;
  readonly fields: ProtoField[];
}

export interface ProtobufSchemaOptions {
  /** Text of a `.proto` file, or a serialised FileDescriptorSet. */
  readonly schema: string | Uint8Array;
  /** Message type by name, or by its place in the file as the Confluent framing has it; the first one by default. */
  readonly message?: string | readonly number[];
  /** Texts of imported `.proto` files by the name in the import. The well-known types are there already. */
  readonly imports?: Readonly<Record<string, string>>;
}

const TEXT_MAX = 4 * 1024 ** 2;
const invalid = (problem: string, cause?: unknown) => connectorError('VS4314', { format: 'Protobuf', problem }, { cause });

/** Reads a schema and finds its message type. */
export async function protoMessage({ schema, message, imports = {} }: ProtobufSchemaOptions): Promise<ProtoMessage> {
  if (schema.length > TEXT_MAX) throw invalid(`it is longer than ${TEXT_MAX} characters`);
  const protobuf = (await loadDriver(() => import('protobufjs'), 'protobuf', 'protobufjs')) as typeof import('protobufjs') & {
    readonly default?: typeof import('protobufjs');
  };
  const library = protobuf.default ?? protobuf;
  const root = new library.Root();
  let found: Type;
  try {
    const listed = typeof schema === 'string' ? parseAll(library, root, schema, imports) : await fromDescriptor(library, schema);
    listed.root.resolveAll();
    found = messageOf(listed.root, listed.types, message);
  } catch (error) {
    throw error instanceof Error && 'code' in error ? error : invalid(error instanceof Error ? error.message : 'it makes no sense', error);
  }
  return new Conversion(library).message(found);
}

interface Listed {
  readonly root: Root;
  /** Message types of the file itself, outermost ones, in order. */
  readonly types: readonly Type[];
}

function parseAll(library: typeof import('protobufjs'), root: Root, text: string, imports: Readonly<Record<string, string>>): Listed {
  const parsed = library.parse(text, root, { keepCase: true });
  const types = outermost(root, library);
  const done = new Set<string>();
  const waiting = [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (done.has(name)) continue;
    done.add(name);
    const wellKnown = library.common.get(name);
    const own = Object.hasOwn(imports, name) ? imports[name] : undefined;
    if (own !== undefined) {
      const inner = library.parse(own, root, { keepCase: true });
      waiting.push(...(inner.imports ?? []), ...(inner.weakImports ?? []));
    } else if (wellKnown?.nested !== undefined && wellKnown.nested !== null) root.addJSON(wellKnown.nested);
    else if (name.startsWith('google/protobuf/')) addOptions(library, root, name);
    else throw invalid(`import "${name.slice(0, 200)}" is not given`);
  }
  return { root, types };
}

/** Imports that only bring options, such as `descriptor.proto`: nothing of them is needed to read messages. */
function addOptions(library: typeof import('protobufjs'), root: Root, name: string): void {
  if (name !== 'google/protobuf/descriptor.proto') throw invalid(`import "${name}" is not given`);
  for (const option of [
    'FileOptions',
    'MessageOptions',
    'FieldOptions',
    'EnumOptions',
    'EnumValueOptions',
    'ServiceOptions',
    'MethodOptions',
  ]) {
    const space = root.define('google.protobuf');
    if (space.get(option) === null) space.add(new library.Type(option));
  }
}

async function fromDescriptor(library: typeof import('protobufjs'), bytes: Uint8Array): Promise<Listed> {
  await import('protobufjs/ext/descriptor.js');
  const root = library.Root.fromDescriptor(bytes, { keepCase: true });
  return { root, types: outermost(root, library) };
}

function outermost(space: NamespaceBase, library: typeof import('protobufjs')): readonly Type[] {
  return space.nestedArray.flatMap((inner: ReflectionObject) => {
    if (inner instanceof library.Type) return [inner];
    return inner instanceof library.Namespace ? outermost(inner, library) : [];
  });
}

function messageOf(root: Root, types: readonly Type[], message: string | readonly number[] | undefined): Type {
  if (typeof message === 'string') {
    try {
      return root.lookupType(message);
    } catch (error) {
      throw invalid(`there is no message "${message}"; there are ${types.map(nameOf).slice(0, 20).join(', ')}`, error);
    }
  }
  let [type, ...rest] = [types[message?.[0] ?? 0], ...(message?.slice(1) ?? [])] as [Type | undefined, ...number[]];
  for (const index of rest) type = type?.nestedArray.filter((inner) => 'fields' in inner)[index] as Type | undefined;
  rest = [];
  if (type === undefined) throw invalid(message === undefined ? 'it has no message' : `it has no message at place ${message.join('.')}`);
  return type;
}

const nameOf = (type: ReflectionObject): string => type.fullName.replace(/^\./, '');

/** Messages of the library as plain data, each once. */
class Conversion {
  private readonly made = new Map<Type, ProtoMessage>();
  private readonly library: typeof import('protobufjs');

  constructor(library: typeof import('protobufjs')) {
    this.library = library;
  }

  message(type: Type): ProtoMessage {
    const known = this.made.get(type);
    if (known !== undefined) return known;
    const fields: ProtoField[] = [];
    const message: ProtoMessage = { name: nameOf(type), fields };
    this.made.set(type, message);
    for (const field of type.fieldsArray) {
      field.resolve();
      const mapKey = field.map ? ((field as ReflectedField & { readonly keyType: string }).keyType as ProtoScalar) : undefined;
      fields.push({
        name: field.name,
        id: field.id,
        type: this.valueType(field),
        isRepeated: field.repeated,
        isPacked: field.packed,
        mapKey,
        hasPresence: field.hasPresence,
      });
    }
    return message;
  }

  private valueType(field: ReflectedField): ProtoValueType {
    const { resolvedType } = field;
    if (resolvedType instanceof this.library.Enum) {
      const symbols = new Map<number, string>();
      for (const [name, number] of Object.entries(resolvedType.values)) if (!symbols.has(number)) symbols.set(number, name);
      return { kind: 'enum', symbols };
    }
    if (resolvedType !== null && resolvedType !== undefined) return { kind: 'message', message: this.message(resolvedType as Type) };
    return { kind: 'scalar', scalar: field.type as ProtoScalar };
  }
}
