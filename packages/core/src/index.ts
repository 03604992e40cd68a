export { VeloError } from './diagnostics/velo-error.ts';
export type { Change, Engine, EngineOptions, Query, Row, RunOptions, SourceInput, Value } from './engine/api.ts';
