import { connectorError } from '@velostream/core/connect';
import { columnBuilder, type Scalar, STRING, scalarAt } from '@velostream/core/connect/formats';
import { type RecordChunk, valueAt } from '../records/record-chunk.ts';
import { sampleOf } from './json-values.ts';
import type { BadValue, DecodedValues, PickedRecords, ValueFormat } from './value-format.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const FIELDS = [{ name: 'value', type: STRING, nullable: true }] as const;

/** The whole value as one column `value`. */
export function textValues(): ValueFormat {
  return {
    needsSamples: false,
    describe: async () => ({ fields: FIELDS, origin: 'declared' }),
    async decoder(fields) {
      const read = (bytes: Uint8Array): readonly Scalar[] => {
        const text = utf8.decode(bytes);
        return fields.map((field) => (field.name === 'value' ? text : null));
      };
      return { decode: (picked) => [decodeEach(picked, fields, read)], close: () => {} };
    },
    async encoder(fields) {
      const at = Math.max(
        0,
        fields.findIndex((field) => field.name === 'value'),
      );
      const { type, name } = fields[at] ?? { type: STRING, name: 'value' };
      if (fields.length === 0 || type.kind !== 'string')
        throw connectorError('VS4404', { column: name, type: type.kind, format: 'string' });
      const encoder = new TextEncoder();
      return {
        encode: (batch) => Array.from({ length: batch.length }, (_, i) => encoder.encode(String(scalarAt(batch.columns[at]!, i) ?? ''))),
      };
    },
  };
}

/** Decodes value by value: for formats whose records are read one at a time. A tombstone is a row of NULLs. */
export function decodeEach(
  picked: PickedRecords,
  fields: Parameters<ValueFormat['decoder']>[0],
  read: (bytes: Uint8Array) => readonly Scalar[],
): DecodedValues {
  const builders = fields.map((field) => columnBuilder(field.type, { capacity: picked.length }));
  const records = new Int32Array(picked.length);
  const bad: BadValue[] = [];
  let length = 0;
  for (let i = 0; i < picked.length; i++) {
    const chunk = picked.chunks[picked.chunk[i] as number] as RecordChunk;
    const row = picked.row[i] as number;
    const value = valueAt(chunk, row);
    let scalars: readonly Scalar[] | null = null;
    if (value !== null) {
      try {
        scalars = read(value);
      } catch (error) {
        const coded = isCoded(error) ? error : connectorError('VS4310', { format: 'the format', problem: messageOf(error) });
        bad.push({
          record: i,
          error: coded,
          sample: sampleOf(chunk.bytes, chunk.values[row * 2] as number, chunk.values[row * 2 + 1] as number),
        });
        continue;
      }
    }
    for (let c = 0; c < builders.length; c++) builders[c]!.append(scalars === null ? null : (scalars[c] as Scalar));
    records[length++] = i;
  }
  const isDense = length === picked.length;
  return {
    columns: builders.map((b) => b.finish()),
    length,
    records: isDense ? null : records.subarray(0, length),
    bad,
    upTo: picked.length,
  };
}

const isCoded = (error: unknown): error is BadValue['error'] =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && error.code.startsWith('VS');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
