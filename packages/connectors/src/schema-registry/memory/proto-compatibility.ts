import type { Enum, Field, NamespaceBase, ReflectionObject, Root, Type } from 'protobufjs';
import { loadDriver } from '../../formats/load-driver.ts';

type Library = typeof import('protobufjs');

/** Scalars whose bytes may be read as each other, see "Updating A Message Type" of Protocol Buffers. */
const SAME_BYTES: readonly (readonly string[])[] = [
  ['int32', 'int64', 'uint32', 'uint64', 'bool', 'enum'],
  ['sint32', 'sint64'],
  ['string', 'bytes'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
  ['float'],
  ['double'],
];

export interface ProtoText {
  readonly text: string;
  readonly references: readonly string[];
}

export interface ProtoRules {
  /** Throws where the text is no schema. */
  check(schema: ProtoText): void;
  /** Why data of the writer's schema is read wrongly with the reader's, by the rules that Confluent documents; empty: it is not. */
  problems(reader: ProtoText, writer: ProtoText): readonly string[];
}

/** The rules for Protocol Buffers, on the parser of `protobufjs`. */
export async function loadProtoRules(): Promise<ProtoRules> {
  const loaded = (await loadDriver(() => import('protobufjs'), 'protobuf', 'protobufjs')) as Library & { readonly default?: Library };
  const library = loaded.default ?? loaded;
  const parsed = (schema: ProtoText): Parsed => parse(library, schema);
  return {
    check: (schema) => void parsed(schema),
    problems(reader, writer) {
      const found: string[] = [];
      const [read, written] = [parsed(reader), parsed(writer)];
      if (read.packageName !== written.packageName)
        found.push(`PACKAGE_CHANGED at /: "${written.packageName}" became "${read.packageName}"`);
      new Comparison(library, found).types(read.own, written.own, '/');
      return found;
    },
  };
}

interface Parsed {
  readonly packageName: string;
  /** What the file itself defines, outermost first. */
  readonly own: readonly ReflectionObject[];
}

function parse(library: Library, { text, references }: ProtoText): Parsed {
  const root: Root = new library.Root();
  for (const reference of references) library.parse(reference, root, { keepCase: true });
  const before = new Set(definitionsIn(root, library));
  const { package: name } = library.parse(text, root, { keepCase: true });
  return { packageName: name ?? '', own: definitionsIn(root, library).filter((each) => !before.has(each)) };
}

/** Messages and enums outside of any message. */
function definitionsIn(space: NamespaceBase, library: Library): ReflectionObject[] {
  return space.nestedArray.flatMap((each) =>
    each instanceof library.Type || each instanceof library.Enum
      ? [each]
      : each instanceof library.Namespace
        ? definitionsIn(each, library)
        : [],
  );
}

class Comparison {
  private readonly library: Library;
  private readonly found: string[];
  private readonly seen = new Set<Type>();

  constructor(library: Library, found: string[]) {
    this.library = library;
    this.found = found;
  }

  types(read: readonly ReflectionObject[], written: readonly ReflectionObject[], at: string): void {
    for (const old of written) {
      if (!(old instanceof this.library.Type)) continue;
      const now = read.find((each): each is Type => each.name === old.name && each instanceof this.library.Type);
      if (now === undefined) this.found.push(`MESSAGE_REMOVED at ${at}${old.name}: readers have no such message`);
      else this.messages(now, old, `${at}${old.name}/`);
    }
  }

  private messages(read: Type, written: Type, at: string): void {
    if (this.seen.has(written)) return;
    this.seen.add(written);
    const now = new Map(read.fieldsArray.map((field) => [field.id, field]));
    const before = new Map(written.fieldsArray.map((field) => [field.id, field]));
    for (const [id, old] of before) {
      const field = now.get(id);
      if (field !== undefined) this.fields(field, old, `${at}${id}`);
      else if (isRequired(old)) this.found.push(`REQUIRED_FIELD_REMOVED at ${at}${id}: "${old.name}" is required`);
    }
    for (const [id, field] of now)
      if (!before.has(id) && isRequired(field)) this.found.push(`REQUIRED_FIELD_ADDED at ${at}${id}: nobody writes "${field.name}"`);
    this.oneofs(read, written, at);
    this.types(read.nestedArray, written.nestedArray, at);
  }

  /** A field of this number: other data under it is read as what it is not. */
  private fields(now: Field, old: Field, at: string): void {
    if (isMap(now) || isMap(old)) {
      if (!isMap(now) || !isMap(old)) this.found.push(`FIELD_KIND_CHANGED at ${at}: only one of both is a map`);
      else if (!isSameScalar(now.keyType, old.keyType)) this.found.push(`FIELD_SCALAR_KIND_CHANGED at ${at}: keys are read otherwise`);
    }
    const [kind, was] = [this.kindOf(now), this.kindOf(old)];
    if ((kind === 'message') !== (was === 'message')) this.found.push(`FIELD_KIND_CHANGED at ${at}: ${old.type} became ${now.type}`);
    else if (kind === 'message') {
      if (lastName(now.type) !== lastName(old.type)) this.found.push(`FIELD_NAMED_TYPE_CHANGED at ${at}: ${old.type} became ${now.type}`);
    } else if (!isSameScalar(kind, was)) this.found.push(`FIELD_SCALAR_KIND_CHANGED at ${at}: ${old.type} became ${now.type}`);
    else if (now.repeated !== old.repeated && !['string', 'bytes'].includes(was))
      this.found.push(`FIELD_NUMERIC_LABEL_CHANGED at ${at}: only one of both is repeated`);
  }

  private oneofs(read: Type, written: Type, at: string): void {
    for (const oneof of read.oneofsArray) {
      const old = oneof.fieldsArray.flatMap(({ id }) => written.fieldsArray.find((field) => field.id === id) ?? []);
      const moved = old.filter((field) => field.partOf === null || field.partOf === undefined);
      if (moved.length > 1) this.found.push(`MULTIPLE_FIELDS_MOVED_TO_ONEOF at ${at}${oneof.name}: only one of them is kept`);
      else if (moved.length === 1 && old.length > 1)
        this.found.push(`FIELD_MOVED_TO_EXISTING_ONEOF at ${at}${oneof.name}: one of them is lost`);
    }
    for (const oneof of written.oneofsArray) {
      const now = read.oneofs?.[oneof.name];
      for (const { id, name } of now === undefined ? [] : oneof.fieldsArray)
        if (!now?.fieldsArray.some((field) => field.id === id))
          this.found.push(`ONEOF_FIELD_REMOVED at ${at}${oneof.name}/${id}: "${name}" is gone`);
    }
  }

  private kindOf(field: Field): string {
    if (SAME_BYTES.some((group) => group.includes(field.type))) return field.type;
    const named: ReflectionObject | null | undefined = field.parent?.lookup(field.type) as Enum | Type | null;
    return named instanceof this.library.Enum ? 'enum' : 'message';
  }
}

/** `required` itself is only known after all names are resolved, which needs every import. */
const isRequired = (field: Field): boolean => field.rule === 'required';
const isMap = (field: Field): field is Field & { readonly keyType: string } => field.map;
const isSameScalar = (a: string, b: string): boolean => SAME_BYTES.some((group) => group.includes(a) && group.includes(b));
const lastName = (type: string): string => type.slice(type.lastIndexOf('.') + 1);
