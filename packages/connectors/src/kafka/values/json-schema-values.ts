import { kafkaError } from '@velostream/core/connect';
import { jsonSchemaFields } from '../../schema-registry/json-schema-fields.ts';
import type { SchemaRegistry } from '../../schema-registry/schema-registry.ts';
import { FRAME_BYTES, framed, schemaIdOf } from '../../schema-registry/wire-format.ts';
import type { RecordChunk } from '../records/record-chunk.ts';
import { jsonValues } from './json-values.ts';
import { SchemaWatch } from './schema-watch.ts';
import type { ValueFormat } from './value-format.ts';

export interface JsonSchemaOptions {
  readonly registry: SchemaRegistry;
  readonly subject: string;
  /** For warnings. */
  readonly topic: string;
  warn(message: string): void;
}

/** JSON behind the number of its JSON Schema. Columns come from the newest schema; values are read as JSON, not checked against it. */
export function jsonSchemaValues({ registry, subject, topic, warn }: JsonSchemaOptions): ValueFormat {
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
    async decoder(fields, options, signal) {
      const inner = await plain.decoder(fields, options, signal);
      const watch = new SchemaWatch(topic, (await newest(signal)).id, warn);
      return {
        async prepare(picked) {
          let last = -1;
          for (let i = 0; i < picked.length; i++) {
            const { bytes, values } = picked.chunks[picked.chunk[i] as number] as RecordChunk;
            const row = picked.row[i] as number;
            const start = values[row * 2] as number;
            const id = start < 0 ? null : schemaIdOf(bytes, start, values[row * 2 + 1] as number);
            if (id === null || id === last) continue;
            last = id;
            watch.see(id);
          }
        },
        decode: (picked) => inner.decode(picked),
        close: () => inner.close(),
      };
    },
    async encoder(fields, signal) {
      const { id } = await newest(signal);
      const inner = await jsonValues().encoder(fields, signal);
      return { encode: (batch) => inner.encode(batch).map((value) => framed(id, value, false)) };
    },
  };
}
