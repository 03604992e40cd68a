export { VeloError } from '../diagnostics/velo-error.ts';
export type {
  Change,
  Checkpoint,
  ChooseCheckpoint,
  CommitOptions,
  Compat,
  Engine,
  EngineOptions,
  EngineQuery,
  Provenance,
  Query,
  QueryMetrics,
  Row,
  RunOptions,
  Script,
  Silence,
  SourceInput,
  SourceMetrics,
  Value,
  WorkersMetrics,
} from './api.ts';
export { checkpointFromBytes } from './checkpoint-from-bytes.ts';
export { createEngine } from './create-engine.ts';
export { type Job, type JobOptions, runJob } from './run-job.ts';
