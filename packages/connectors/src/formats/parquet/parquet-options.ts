import { defineOptions, type OptionsIn, option } from '@velostream/core/connect/options';

/** Options for writing Parquet; reading needs none. */
export const PARQUET_SPECS = {
  'parquet.compression': option.choice(['snappy', 'none', 'gzip', 'zstd', 'brotli'], {
    about: 'How pages are packed.',
    default: 'snappy',
    aliases: ['parquet.codec'],
  }),
  'parquet.row_group_rows': option.count({
    about: 'Rows of a row group; a sink holds so many in memory.',
    default: 100_000,
    min: 1,
    max: 10_000_000,
  }),
} as const;

export const PARQUET_OPTIONS = defineOptions(PARQUET_SPECS);
export type ParquetOptions = OptionsIn<typeof PARQUET_OPTIONS>;
