import { kafkaError } from '@velostream/core/connect';
import { jsonSchemaFields } from '../../schema-registry/json-schema-fields.ts';
import type { SchemaRegistry } from '../../schema-registry/schema-registry.ts';
import { FRAME_BYTES, framed } from '../../schema-registry/wire-format.ts';
import { jsonValues } from './json-values.ts';
import type { ValueFormat } from './value-format.ts';

/** JSON behind the number of its JSON Schema. Columns come from the newest schema; values are read as JSON, not checked against it. */
export function jsonSchemaValues(registry: SchemaRegistry, subject: string): ValueFormat {
  const plain = jsonValues(FRAME_BYTES);
  const newest = async (signal: AbortSignal) => {
    const found = await registry.latest(subject, signal);
    if (found === null) throw kafkaError('VS4813', { what: `subject "${subject}"`, problem: 'it is not registered' });
    if (found.kind !== 'JSON') throw kafkaError('VS4814', { name: subject, problem: `it is a schema of ${found.kind}` });
    return found;
  };
  return {
    needsSamples: false,
    describe: async (_, signal) => ({ fields: jsonSchemaFields((await newest(signal)).text), origin: 'registry' }),
    decoder: (fields, options, signal) => plain.decoder(fields, options, signal),
    async encoder(fields, signal) {
      const { id } = await newest(signal);
      const inner = await jsonValues().encoder(fields, signal);
      return { encode: (batch) => inner.encode(batch).map((value) => framed(id, value, false)) };
    },
  };
}
