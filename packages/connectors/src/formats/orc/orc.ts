import { defineOptions } from '@velostream/core/connect/options';
import { defineRandomAccessFormat, type RandomAccessFormat } from '../random-access.ts';
import { openOrc } from './orc-file.ts';

const ORC_OPTIONS = defineOptions({});

/**
 * ORC, read only: stripe by stripe, and of a stripe the streams of the columns that a query reads. Both integer encodings, dictionaries,
 * lists, maps, structures; packed with zlib, Snappy, LZ4 or zstd. Decimals are exact. A TIMESTAMP is what clocks showed where it was
 * written; a "timestamp with local time zone" is an instant.
 */
export const orc = (): RandomAccessFormat<Record<never, never>> =>
  defineRandomAccessFormat<Record<never, never>>({
    name: 'orc',
    aliases: ['application/orc'],
    extensions: ['orc'],
    options: ORC_OPTIONS,
    open: (file, _, signal) => openOrc(file, signal),
  });
