import { type AvroType, parseAvroSchema } from '../../formats/avro/avro-schema.ts';
import type { SchemaKind } from '../schema-registry.ts';
import { avroProblems } from './avro-compatibility.ts';

export const LEVELS = ['NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE', 'FORWARD', 'FORWARD_TRANSITIVE', 'FULL', 'FULL_TRANSITIVE'] as const;
export type CompatibilityLevel = (typeof LEVELS)[number];

export interface StoredSchema {
  readonly kind: SchemaKind;
  readonly text: string;
  /** Texts of the schemas that it names. */
  readonly references: readonly string[];
}

/** Problems of a new schema beside the ones before it, the newest last. Only Avro is checked: of other kinds nothing is known. */
export function incompatibilities(level: CompatibilityLevel, next: StoredSchema, before: readonly StoredSchema[]): readonly string[] {
  if (level === 'NONE') return [];
  const checked = level.endsWith('_TRANSITIVE') ? before : before.slice(-1);
  return checked.flatMap((old) => {
    if (old.kind !== next.kind) return [`a subject holds ${old.kind} schemas, not ${next.kind}`];
    if (next.kind !== 'AVRO') return [];
    const [newer, older] = [parsed(next), parsed(old)];
    return [
      ...(level.startsWith('BACKWARD') || level.startsWith('FULL') ? avroProblems(newer, older) : []),
      ...(level.startsWith('FORWARD') || level.startsWith('FULL') ? avroProblems(older, newer) : []),
    ];
  });
}

const parsed = (schema: StoredSchema): AvroType => parseAvroSchema(schema.text, schema.references);
