import { type AvroType, parseAvroSchema } from '../../formats/avro/avro-schema.ts';
import type { SchemaKind } from '../schema-registry.ts';
import { avroProblems } from './avro-compatibility.ts';
import { jsonProblems } from './json-compatibility.ts';
import type { ProtoRules } from './proto-compatibility.ts';

export const LEVELS = ['NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE', 'FORWARD', 'FORWARD_TRANSITIVE', 'FULL', 'FULL_TRANSITIVE'] as const;
export type CompatibilityLevel = (typeof LEVELS)[number];

export interface StoredSchema {
  readonly kind: SchemaKind;
  readonly text: string;
  /** Texts of the schemas that it names. */
  readonly references: readonly string[];
}

/** What compares schemas of a kind; of Protobuf it is loaded with the first one. */
export interface Rules {
  readonly protobuf: ProtoRules | undefined;
}

/** Problems of a new schema beside the ones before it, the newest last. */
export function incompatibilities(
  level: CompatibilityLevel,
  next: StoredSchema,
  before: readonly StoredSchema[],
  rules: Rules,
): readonly string[] {
  if (level === 'NONE') return [];
  const checked = level.endsWith('_TRANSITIVE') ? before : before.slice(-1);
  return checked.flatMap((old) => {
    if (old.kind !== next.kind) return [`a subject holds ${old.kind} schemas, not ${next.kind}`];
    return [
      ...(level.startsWith('BACKWARD') || level.startsWith('FULL') ? problemsOf(next, old, rules) : []),
      ...(level.startsWith('FORWARD') || level.startsWith('FULL') ? problemsOf(old, next, rules) : []),
    ];
  });
}

function problemsOf(reader: StoredSchema, writer: StoredSchema, { protobuf }: Rules): readonly string[] {
  if (reader.kind === 'JSON') return jsonProblems(JSON.parse(reader.text), JSON.parse(writer.text));
  if (reader.kind === 'PROTOBUF') return protobuf?.problems(reader, writer) ?? [];
  return avroProblems(parsed(reader), parsed(writer));
}

const parsed = (schema: StoredSchema): AvroType => parseAvroSchema(schema.text, schema.references);
