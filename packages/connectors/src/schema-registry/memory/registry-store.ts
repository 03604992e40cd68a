import { parseAvroSchema } from '../../formats/avro/avro-schema.ts';
import type { SchemaKind } from '../schema-registry.ts';
import { type CompatibilityLevel, incompatibilities, type StoredSchema } from './compatibility.ts';
import type { ProtoRules } from './proto-compatibility.ts';

export interface Reference {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

export interface NewSchema {
  readonly kind: SchemaKind;
  readonly text: string;
  readonly references: readonly Reference[];
}

export interface Version extends NewSchema {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
  isDeleted: boolean;
}

/** An answer that is no success, as the HTTP interface tells it. */
export class RegistryFault extends Error {
  readonly status: number;
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
    this.status = code < 1000 ? code : Math.floor(code / 100);
  }
}

const SCHEMAS_MAX = 100_000;

/** Subjects, versions and numbers. Holds everything until it is dropped, at most 100,000 schemas. */
export class RegistryStore {
  private readonly subjects = new Map<string, Version[]>();
  private readonly byId: NewSchema[] = [];
  private readonly ids = new Map<string, number>();
  private readonly levels = new Map<string, CompatibilityLevel>();
  global: CompatibilityLevel = 'BACKWARD';
  /** There before the first schema of its kind is. */
  protobuf: ProtoRules | undefined;

  names(): string[] {
    return [...this.subjects.keys()].filter((name) => this.has(name));
  }

  has(subject: string): boolean {
    return this.subjects.get(subject)?.some((v) => !v.isDeleted) === true;
  }

  versions(subject: string): readonly Version[] {
    const live = (this.subjects.get(subject) ?? []).filter((v) => !v.isDeleted);
    if (live.length === 0) throw new RegistryFault(40401, `Subject '${subject}' not found.`);
    return live;
  }

  version(subject: string, wanted: string): Version {
    const live = this.versions(subject);
    if (wanted === 'latest' || wanted === '-1') return live.at(-1) as Version;
    if (!/^[1-9]\d*$/.test(wanted)) throw new RegistryFault(42202, `The specified version '${wanted}' is not a valid version id.`);
    const found = live.find((v) => v.version === Number(wanted));
    if (!found) throw new RegistryFault(40402, `Version ${wanted} not found.`);
    return found;
  }

  schema(id: number): NewSchema {
    const found = this.byId[id - 1];
    if (!found) throw new RegistryFault(40403, `Schema ${id} not found`);
    return found;
  }

  /** Versions that have the schema of this number. */
  uses(id: number): Version[] {
    this.schema(id);
    return [...this.subjects.values()].flat().filter((v) => v.id === id && !v.isDeleted);
  }

  find(subject: string, schema: NewSchema): Version {
    const key = keyOf(schema);
    const found = this.versions(subject).find((v) => keyOf(v) === key);
    if (!found) throw new RegistryFault(40403, 'Schema not found');
    return found;
  }

  register(subject: string, schema: NewSchema): number {
    this.checkText(schema);
    const key = keyOf(schema);
    const list = this.subjects.get(subject) ?? [];
    const known = list.find((v) => !v.isDeleted && keyOf(v) === key);
    if (known) return known.id;
    const problems = this.problems(subject, schema);
    if (problems.length > 0)
      throw new RegistryFault(
        409,
        `Schema being registered is incompatible with an earlier schema for subject "${subject}": ${problems.join('; ')}`,
      );
    if (this.byId.length >= SCHEMAS_MAX) throw new RegistryFault(50001, `a registry in memory holds at most ${SCHEMAS_MAX} schemas`);
    const id = this.ids.get(key) ?? this.byId.push(schema);
    this.ids.set(key, id);
    // Numbers of versions are not used twice, even after a delete.
    list.push({ ...schema, subject, version: (list.at(-1)?.version ?? 0) + 1, id, isDeleted: false });
    this.subjects.set(subject, list);
    return id;
  }

  /** Why a schema does not go with those before it; `against`: with one of them only. */
  problems(subject: string, schema: NewSchema, against?: Version): readonly string[] {
    this.checkText(schema);
    const before = against ? [against] : (this.subjects.get(subject) ?? []).filter((v) => !v.isDeleted);
    return incompatibilities(
      this.level(subject),
      this.stored(schema),
      before.map((v) => this.stored(v)),
      this,
    );
  }

  remove(subject: string, version?: Version): number[] {
    const gone = version ? [version] : this.versions(subject);
    for (const one of gone) one.isDeleted = true;
    return gone.map((v) => v.version);
  }

  level(subject: string): CompatibilityLevel {
    return this.levels.get(subject) ?? this.global;
  }

  ownLevel(subject: string): CompatibilityLevel {
    const level = this.levels.get(subject);
    if (level === undefined) throw new RegistryFault(40408, `Subject '${subject}' does not have subject-level compatibility configured`);
    return level;
  }

  setLevel(subject: string, level: CompatibilityLevel | null): void {
    if (level === null) this.levels.delete(subject);
    else this.levels.set(subject, level);
  }

  private checkText(schema: NewSchema): void {
    try {
      if (schema.kind === 'AVRO') parseAvroSchema(schema.text, this.stored(schema).references);
      else if (schema.kind === 'JSON') JSON.parse(schema.text);
      else this.protobuf?.check(this.stored(schema));
    } catch (error) {
      if (error instanceof RegistryFault) throw error;
      throw new RegistryFault(42201, `Invalid schema: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private stored({ kind, text, references }: NewSchema, depth = 0): StoredSchema {
    if (depth > 20) throw new RegistryFault(42201, 'Invalid schema: its references are nested too deep');
    const texts = references.flatMap((reference) => {
      const version = this.version(reference.subject, String(reference.version));
      // What a schema needs comes before it.
      return [...this.stored(version, depth + 1).references, version.text];
    });
    return { kind, text, references: texts };
  }
}

/** The same schema whatever its spaces. */
function keyOf({ kind, text, references }: NewSchema): string {
  let plain = text;
  if (kind !== 'PROTOBUF')
    try {
      plain = JSON.stringify(JSON.parse(text));
    } catch {
      // The name of a primitive may stand there without quotes.
    }
  return JSON.stringify([kind, plain, references.map((r) => [r.name, r.subject, r.version])]);
}
