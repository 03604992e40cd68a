export { connectorError } from '../diagnostics/codes/connector.ts';
export { databaseError } from '../diagnostics/codes/database.ts';
export { kafkaError } from '../diagnostics/codes/kafka.ts';
export { VeloError } from '../diagnostics/velo-error.ts';
export type { Field } from '../values/column.ts';
export type { RecordBatch } from '../values/record-batch.ts';
export type { SqlType } from '../values/types.ts';
export type {
  BadRecord,
  CommitContext,
  ConnectorDefinition,
  ConnectorHost,
  Guarantees,
  OptionsSchema,
  PushedPredicate,
  ReadPart,
  ReadRequest,
  RecoveredCommit,
  Sink,
  SinkWrite,
  Source,
  SourceBatch,
  SourceDescription,
  SourceSplit,
  SystemName,
} from './connector.ts';
export { defineConnector } from './connector.ts';
export { datagen } from './datagen/datagen.ts';
export type { CodecDefinition, DecodedBatch, DecodeRequest, Decoder, Encoder, FormatDefinition } from './format.ts';
export { defineFormat } from './format.ts';
export { type MemoryConnector, memory } from './memory/memory.ts';
export type { NetworkPolicy, NetworkTarget } from './network-policy.ts';
export type { Json, Offset } from './offset.ts';
export { waitFor } from './wait-for.ts';
