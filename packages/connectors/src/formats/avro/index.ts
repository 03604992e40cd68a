export { avro } from './avro.ts';
export type { AvroOptions } from './avro-options.ts';
export { type AvroRecordOptions, avroRecords } from './avro-records.ts';
