import { defineOptions } from '@velostream/core/connect/options';
import { defineRandomAccessFormat, type RandomAccessFormat } from '../random-access.ts';
import { arrowEncoder } from './arrow-encoder.ts';
import { openArrow } from './arrow-file.ts';

const ARROW_OPTIONS = defineOptions({});

/**
 * Arrow IPC: files (also known as Feather), and streams that were kept as files. Read one record batch at a time, packed with LZ4 or
 * zstd or not; written as files. Decimals and 64-bit integers are exact.
 */
export const arrow = (): RandomAccessFormat<Record<never, never>> =>
  defineRandomAccessFormat<Record<never, never>>({
    name: 'arrow',
    aliases: ['feather', 'ipc', 'application/vnd.apache.arrow.file'],
    extensions: ['arrow', 'arrows', 'feather', 'ipc'],
    options: ARROW_OPTIONS,
    open: (file, _, signal) => openArrow(file, signal),
    encoder: (fields) => arrowEncoder(fields),
  });
