import { defineRandomAccessFormat, type RandomAccessFormat } from '../random-access.ts';
import { parquetEncoder } from './parquet-encoder.ts';
import { openParquet } from './parquet-file.ts';
import { PARQUET_OPTIONS, type ParquetOptions } from './parquet-options.ts';

/**
 * Parquet. Read by range: the footer first, then only the pages of the columns that a query reads, and only the row groups whose
 * statistics leave a chance. Decimals and 64-bit integers are exact, texts keep the dictionary of the file, lists, maps and structures
 * become ARRAY, MAP and STRUCT. Written with statistics, in row groups.
 */
export const parquet = (): RandomAccessFormat<ParquetOptions> =>
  defineRandomAccessFormat<ParquetOptions>({
    name: 'parquet',
    aliases: ['application/vnd.apache.parquet'],
    extensions: ['parquet', 'parq'],
    options: PARQUET_OPTIONS,
    open: (file, _, signal) => openParquet(file, signal),
    encoder: parquetEncoder,
  });
