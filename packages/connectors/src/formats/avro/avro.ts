import { defineRandomAccessFormat, type RandomAccessFormat } from '../random-access.ts';
import { avroEncoder } from './avro-encoder.ts';
import { openAvro } from './avro-file.ts';
import { AVRO_OPTIONS, type AvroOptions } from './avro-options.ts';

/**
 * Avro container files. Read block by block with schema resolution; a block that makes no sense is reported and the next one read.
 * Longs and decimals are exact, records become STRUCT, unions with null are columns that can be NULL. Single records: `avroRecords`.
 */
export const avro = (): RandomAccessFormat<AvroOptions> =>
  defineRandomAccessFormat<AvroOptions>({
    name: 'avro',
    aliases: ['application/avro'],
    extensions: ['avro'],
    options: AVRO_OPTIONS,
    open: (file, options, signal) => openAvro(file, options['avro.schema'], signal),
    encoder: avroEncoder,
  });
