export type { ProtobufOptions } from './proto-options.ts';
export { protobufRecords } from './proto-records.ts';
export type { ProtobufSchemaOptions } from './proto-schema.ts';
export { protobuf } from './protobuf.ts';
