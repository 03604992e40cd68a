export { VeloError } from '../diagnostics/velo-error.ts';
export type { Field } from '../values/column.ts';
export type { RecordBatch } from '../values/record-batch.ts';
export type { SqlType } from '../values/types.ts';
export type {
  BadRecord,
  ConnectorDefinition,
  ConnectorHost,
  Guarantees,
  OptionsSchema,
  PushedPredicate,
  ReadRequest,
  Sink,
  SinkWrite,
  Source,
  SourceBatch,
  SourceDescription,
} from './connector.ts';
export { defineConnector } from './connector.ts';
export type { CodecDefinition, DecodedBatch, DecodeRequest, Decoder, Encoder, FormatDefinition } from './format.ts';
export { defineFormat } from './format.ts';
export type { Json, Offset } from './offset.ts';
