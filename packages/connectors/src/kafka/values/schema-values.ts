import { scalarAt } from '@velostream/core/connect/formats';
import type { RecordCodec } from '../../formats/record-codec.ts';
import { decodeEach } from './text-values.ts';
import type { ValueFormat } from './value-format.ts';

/** Records of one schema that is given, without framing. */
export function schemaValues(open: () => Promise<RecordCodec>): ValueFormat {
  return {
    needsSamples: false,
    describe: async () => ({ fields: (await open()).fields, origin: 'declared' }),
    async decoder(fields) {
      const read = (await open()).reader(fields);
      return { decode: (picked) => [decodeEach(picked, fields, read)], close: () => {} };
    },
    async encoder(fields) {
      const write = (await open()).writer(fields);
      return {
        encode: (batch) => Array.from({ length: batch.length }, (_, row) => write(batch.columns.map((column) => scalarAt(column, row)))),
      };
    },
  };
}
