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
export { type Job, type JobOptions, runJob } from './engine/run-job.ts';
export type { Execution, Session } from './protocol/studio/session.ts';
export type { StudioStore } from './protocol/studio/store.ts';
export type { Studio } from './protocol/studio/studio.ts';
export type { ColumnSchema, TableSchema } from './sql/catalog/schema.ts';
export {
  browserStore,
  createStudio,
  type HostSource,
  type Logger,
  memoryStore,
  type StudioOptions,
  secretFreeStore,
  type TemplateSource,
} from './studio/index.ts';
