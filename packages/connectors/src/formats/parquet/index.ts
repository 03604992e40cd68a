export { parquet } from './parquet.ts';
export { openParquet } from './parquet-file.ts';
export type { ParquetOptions } from './parquet-options.ts';
