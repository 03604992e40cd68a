export { VeloError } from './diagnostics/velo-error.ts';
export type {
  Change,
  Checkpoint,
  Engine,
  EngineOptions,
  Provenance,
  Query,
  QueryMetrics,
  Row,
  RunOptions,
  Script,
  Silence,
  SourceInput,
  Value,
} from './engine/api.ts';
export { createEngine } from './engine/create-engine.ts';
export type { ColumnSchema, TableSchema } from './sql/catalog/schema.ts';
