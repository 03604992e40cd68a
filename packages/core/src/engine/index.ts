export { VeloError } from '../diagnostics/velo-error.ts';
export type {
  Change,
  Checkpoint,
  Compat,
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
  SourceMetrics,
  Value,
} from './api.ts';
export { checkpointFromBytes } from './checkpoint-from-bytes.ts';
export { createEngine } from './create-engine.ts';
